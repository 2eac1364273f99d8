"""What a class gets: the package as a wheel, the topics, and how to begin, in one folder and a zip of it."""

from autograder.handout.make import Handout, make_handout

__all__ = ["Handout", "make_handout"]
