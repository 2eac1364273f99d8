"""The old name of `autograder.platforms.nbgrader`: each course's `nbgrader_config.py` imports this one."""

from autograder.platforms.nbgrader import configure

__all__ = ["configure"]
