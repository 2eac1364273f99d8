"""A course's topics as a course of nbgrader's: made, graded in the sandbox, and kept in nbgrader's gradebook.

`nbgrader_config.py` of such a course imports this package, so it imports little itself.
"""

from autograder.platforms.nbgrader.config import configure

__all__ = ["configure"]
