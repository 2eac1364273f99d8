"""The bank of a topic: named mistakes that students really make, and right solutions that look different.

A topic's `misconceptions.py` and `correct_variants.py` declare variants of the reference with
`misconception`, `correct` and `edit`; `load_bank` gives them as `Variant`s.
"""

from autograder.bank.declarations import correct, edit, misconception
from autograder.bank.loading import Bank, load_bank
from autograder.bank.variant import Variant

__all__ = ["Bank", "Variant", "correct", "edit", "load_bank", "misconception"]
