"""Grading in the process of the test, where it can look and change things; else a helper grades."""

import os
import time
from pathlib import Path

from autograder.course.assignment import Assignment
from autograder.grading import Grade
from autograder.grading.grade_one import grade_here
from autograder.grading.helper.job import Job
from autograder.grading.helper.journal import Journal
from autograder.sandbox.levels.choose import choose_level
from autograder.sandbox.limits import Limits
from autograder.seeds import NumberedSeed


def graded_here(folder: Path, topic: Assignment) -> Grade:
    """Grade a submission in this process."""
    with Journal.new() as journal:
        job = Job(folder, topic, NumberedSeed(0), choose_level(), Limits(), time.monotonic(), os.getcwd())
        return grade_here(job, journal)
