"""Whether every check gives the same verdict at home, on the module, and when graded, on the proxy."""

from autograder.proof.agreement.comparison import Compared, Disagreement, compare

__all__ = ["Compared", "Disagreement", "compare"]
