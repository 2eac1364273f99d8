"""How a mistake is declared that a student may really make, and how it becomes a submission."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from autograder.course.assignment import Assignment
from autograder.variants.declarations import Edit, edit
from tests.student_code import completed, definitions, reference

__all__ = ["Mistake", "edit", "mistake", "mistakes_of"]


@dataclass(frozen=True)
class Mistake:
    """One submission with something wrong in it.

    Attributes:
        name: kebab-case, unique within the topic.
        names: for each mistake made, the misconceptions of the bank that it may rightly be called.
        source: functions and classes as the student wrote them, with imports and helpers.
        edits: changes of the reference's text, where that says it in fewer words.
    """

    name: str
    names: tuple[frozenset[str], ...]
    source: str
    edits: tuple[Edit, ...]

    @property
    def accepted(self) -> frozenset[str]:
        """All names that are right for it."""
        return frozenset().union(*self.names)

    def functions(self, assignment: Assignment) -> frozenset[str]:
        """The functions and classes of the reference that it replaces."""
        return frozenset({*definitions(self.source), *(e.function for e in self.edits)}) & frozenset(
            reference(assignment).names
        )

    def module(self, assignment: Assignment) -> str:
        """The whole module: everything but the mistake is the reference's."""
        text, parts = reference(assignment), {}
        for change in self.edits:
            old = parts.get(change.function, text.text_of(change.function))
            assert old.count(change.old) == 1, f"{self.name}: {change.old!r} is not there exactly once"
            parts[change.function] = old.replace(change.old, change.new)
        return completed(self.source + "\n\n" + "\n\n".join(parts.values()), assignment)


def mistake(
    name: str,
    names: Collection[str] | Mapping[str, Collection[str]],
    *,
    source: str = "",
    edits: Sequence[Edit] = (),
) -> Mistake:
    """Declare a mistake, in a topic's list `MISTAKES`.

    Args:
        name: kebab-case; says what is wrong, in other words than the bank's.
        names: the misconceptions that feedback may name; empty where the bank has none that fits. For several
            mistakes at once: for each function, what its mistake may be called; each is to be named.
        source: whole functions or classes as a student wrote them, with what they import, and helpers.
        edits: changes of the reference's text.
    """
    several = names.values() if isinstance(names, Mapping) else [names]
    return Mistake(name, tuple(frozenset(group) for group in several), source, tuple(edits))


def mistakes_of(topic: str) -> list[Mistake]:
    """The mistakes of a topic: `MISTAKES` in the file of that name beside this one, if there is one."""
    module = f"{__package__}.{topic}"
    return list(import_module(module).MISTAKES) if find_spec(module) else []
