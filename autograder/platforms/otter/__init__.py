"""otter-grader: what `otter assign` is given, and grading outside of otter's kernel.

otter-grader runs the student's notebook and the tests in one process, and reads the result from a file that
this process wrote. Here, a plugin grades in our sandbox before otter runs anything, and otter then runs
nothing of the student's.
"""

from autograder.blas import use_one_thread

use_one_thread()  # before otter imports NumPy in the container where it grades
