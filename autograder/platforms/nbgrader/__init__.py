"""nbgrader: a course of the topics, graded in the sandbox, with the grades in nbgrader's gradebook.

`nbgrader_config.py` of such a course imports this package, so the package itself imports little.
"""

from autograder.platforms.nbgrader.config import configure

__all__ = ["configure"]
