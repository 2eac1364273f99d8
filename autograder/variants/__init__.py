"""The bank of a topic: named mistakes that students really make, and right solutions that look different.

A topic's `misconceptions.py` and `correct_variants.py` declare variants of the reference with
`misconception`, `correct` and `edit`; `load_bank` gives them as `Variant`s.
"""

from autograder.variants.declarations import correct, edit, misconception
from autograder.variants.loading import Bank, load_bank
from autograder.variants.variant import Variant

__all__ = ["Bank", "Variant", "correct", "edit", "load_bank", "misconception"]
