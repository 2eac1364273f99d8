"""The variants of a topic's reference: named mistakes that students make, and right solutions that look odd.

A topic's `misconceptions.py` and `correct_variants.py` declare variants of the reference with
`misconception`, `correct` and `edit`; `load_variants` reads them.
"""

from autograder.variants.declarations import correct, edit, misconception
from autograder.variants.loading import Variants, load_variants
from autograder.variants.variant import Variant

__all__ = ["Variant", "Variants", "correct", "edit", "load_variants", "misconception"]
