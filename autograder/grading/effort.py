"""How much the naming of one submission's mistakes may take."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from autograder.grading.candidates import Candidate

#: Comparisons in all, several times those that a submission with a mistake in every function needs.
MOST_COMPARISONS: Final = 20_000


@dataclass
class Effort:
    """How much the naming of one submission's mistakes may take, in comparisons: the same on every machine.

    A comparison is that of one known mistake with the submission in one case; mostly what the mistake
    answers there is known, else the case is run on it.

    Attributes:
        most: how many there may be.
        complete: whether all that were wanted were made.
    """

    most: int = MOST_COMPARISONS
    complete: bool = True
    _made: set[tuple[str, str, str]] = field(default_factory=set)

    @property
    def made(self) -> int:
        """How many there were."""
        return len(self._made)

    def afford(
        self, wanted: Mapping[Candidate, Sequence[str]], beside: str
    ) -> dict[Candidate, Sequence[str]]:
        """Return the first of these candidates, with the cases to compare them in, that there is room for.

        Args:
            wanted: the candidates, each with its cases.
            beside: what stands in for the reference; what was compared with it before costs nothing.
        """
        afforded = {}
        for candidate, names in wanted.items():
            new = {(beside, candidate.key, name) for name in names}
            if len(self._made) + len(new - self._made) > self.most:
                self.complete = False
                break
            self._made |= new
            afforded[candidate] = names
        return afforded
