"""Mutants that a person has judged equivalent, each with a reason."""

from dataclasses import dataclass

from autograder.proof.mutants import Mutant


@dataclass(frozen=True)
class Equivalent:
    """A change of the reference that the assignment's contract allows."""

    function: str
    before: str
    after: str
    reason: str

    def covers(self, mutant: Mutant) -> bool:
        """Whether the mutant is this change."""
        return (mutant.function, mutant.before, mutant.after) == (self.function, self.before, self.after)


def equivalent(function: str, before: str, after: str, reason: str) -> Equivalent:
    """Declare, in a topic's list `EQUIVALENT`, that a mutant is right.

    `autograder prove` then expects that no check catches it.

    Args:
        function: the top-level function or class that is changed.
        before: the changed lines of the reference, without indentation.
        after: what the mutant has instead, as `autograder prove` prints it.
        reason: why the contract allows it, and where the contract says so.

    Example:
        >>> entry = equivalent(
        ...     "svm_loss",
        ...     "dx = (margins > 0) / len(x)",
        ...     "dx = (margins >= 0) / len(x)",
        ...     "at a kink either slope is right; the notebook says so",
        ... )
        >>> entry.function
        'svm_loss'
    """
    return Equivalent(function, before, after, reason)
