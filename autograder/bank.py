"""The old name of `autograder.variants`, by which courses of an earlier version import it."""

from autograder.variants.declarations import correct, edit, misconception

__all__ = ["correct", "edit", "misconception"]
