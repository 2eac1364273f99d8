"""The old name of `autograder.variants`, by which courses of an earlier version import it."""

from autograder.variants import Bank, Variant, correct, edit, load_bank, misconception

__all__ = ["Bank", "Variant", "correct", "edit", "load_bank", "misconception"]
