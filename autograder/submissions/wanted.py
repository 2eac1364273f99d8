"""What a submission is searched for: the module of one topic, told from everything else."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Wanted:
    """One topic's module.

    Attributes:
        module: its name, without ending.
        names: functions and classes that the topic asks for; empty where that is not known.
        given: the lines that students receive, stripped; a file of these alone is not begun.
        others: the names that each other topic of the course asks for.
    """

    module: str
    names: frozenset[str] = frozenset()
    given: frozenset[str] = field(default=frozenset(), repr=False)
    others: Mapping[str, frozenset[str]] = field(default_factory=dict, repr=False)

    @property
    def file(self) -> str:
        """The name under which the module is to be handed in."""
        return f"{self.module}.py"

    def among(self, defined: frozenset[str]) -> frozenset[str]:
        """Return those of a file's definitions that are asked for; all where that is not known."""
        return defined & self.names if self.names else defined

    def foreign(self, defined: frozenset[str]) -> str:
        """Return the other topic that these definitions belong to rather than to this one; empty for none."""
        shared = {topic: len(defined & names) for topic, names in self.others.items()}
        best = max(sorted(shared), key=shared.__getitem__, default="")
        return best if best and shared[best] > len(defined & self.names) else ""
