"""The proof that an assignment's checks do what they are for.

What is right keeps full marks, every known mistake loses points, and mutants of the reference are caught, all
through the ordinary grading path. `prove` runs it, `TopicProof` is its result.
"""

from autograder.proof.equivalence import equivalent
from autograder.proof.prove import prove
from autograder.proof.result import TopicProof

__all__ = ["TopicProof", "equivalent", "prove"]
