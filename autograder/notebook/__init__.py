"""What the cells of a topic's notebook call: to begin, to run its checks, to say how far a long cell is."""

from autograder.notebook.check import check
from autograder.notebook.line import progress
from autograder.notebook.start import start

__all__ = ["check", "progress", "start"]
