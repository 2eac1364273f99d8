"""Mutants: the reference with one small mistake in it, of the kinds that students make.

The kept libraries (mutmut, cosmic-ray) are not used: they know the operators of Python but none of NumPy
(axes, keepdims, mean for sum, in-place for copy), run a test command of their own choosing in the module's
own process, and offer no way to hand their mutants to a sandbox. Python's `ast` does all the work that a
library would: reading, positions and writing.
"""

from autograder.proof.mutants.generate import mutants_of
from autograder.proof.mutants.mutant import Mutant

__all__ = ["Mutant", "mutants_of"]
