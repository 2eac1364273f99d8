"""The known mistakes of a topic, each as students may have it: in all its functions, or in one."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from autograder.course.assignment import Assignment
from autograder.variants import Variant, load_variants
from autograder.variants.module_text import ModuleText, redrawn

#: What the text of a function holds that draws random numbers.
_DRAWING = ("np.random", "rng", "chance")


@dataclass(frozen=True, eq=False)
class Candidate:
    """A known mistake, or the part of it that is in one function.

    Attributes:
        key: tells its variant apart from all others of the topic.
        rank: its place in the file.
        variant: the module with the mistake.
        direct: the functions that hold it.
        touched: these, and all that use them.
    """

    key: str
    rank: int
    variant: Variant = field(repr=False)
    direct: frozenset[str]
    touched: frozenset[str]


@dataclass(frozen=True)
class Candidates:
    """All known mistakes of a topic.

    Attributes:
        all: the mistakes.
        drawing: the functions that draw random numbers, so that answers may differ.
        redrawn: the reference, drawing other random numbers from a generator that it is given; None where no
            function is given one. What it answers differently depends on chance.
    """

    all: tuple[Candidate, ...]
    drawing: frozenset[str]
    redrawn: Candidate | None = None


def candidates_of(assignment: Assignment) -> Candidates:
    """Return a topic's known mistakes, in the order of the file.

    Raises:
        UserError: a misconception is declared wrongly.
    """
    return _candidates(assignment, assignment.digest)


@lru_cache(maxsize=16)
def _candidates(assignment: Assignment, digest: str) -> Candidates:
    variants = load_variants(assignment).misconceptions
    found = (c for rank, variant in enumerate(variants) for c in _of_variant(rank, variant))
    reference = ModuleText(assignment.reference.read_text(encoding="utf-8"))
    drawing = [n for n in reference.names if any(word in reference.text_of(n) for word in _DRAWING)]
    return Candidates(tuple(found), reference.users_of(drawing), _redrawn(reference))


def _redrawn(reference: ModuleText) -> Candidate | None:
    texts = {name: reference.text_of(name) for name in reference.names}
    parts = {name: other for name, text in texts.items() if (other := redrawn(text)) != text}
    if not parts:
        return None
    variant = Variant("redrawn", "", reference, parts)
    return Candidate("redrawn", 0, variant, variant.exchanged, variant.replaces)


def beside(base: Candidate, other: Candidate) -> Candidate | None:
    """Return a mistake in a module that has another one too; None where both are in one function."""
    if base.variant.parts.keys() & other.variant.parts.keys():
        return None
    variant = replace(other.variant, parts={**base.variant.parts, **other.variant.parts})
    return replace(other, key=f"{base.key}+{other.key}", variant=variant)


def _of_variant(rank: int, variant: Variant) -> Iterator[Candidate]:
    yield from _in_its_functions(variant.name, rank, variant)
    seen = {variant.exchanged}
    for function in sorted(variant.replaces):
        part = variant.only(function)
        if part.exchanged not in seen:
            seen.add(part.exchanged)
            yield from _in_its_functions(f"{variant.name}/{function}", rank, part)
        if function not in variant.exchanged and not variant.reference.is_class(function):
            written_out = variant.written_out_in(function)
            yield from _in_its_functions(f"{variant.name}/within {function}", rank, written_out)


def _in_its_functions(key: str, rank: int, variant: Variant) -> Iterator[Candidate]:
    """Yield a mistake; where only a helper has it, once for each function that uses the helper."""
    public = frozenset(name for name in variant.exchanged if not name.startswith("_"))
    fed = [frozenset([backward]) for backward in _fed_by(public, variant)]
    for direct in [public, *fed] if public else [frozenset([f]) for f in sorted(variant.replaces)]:
        yield Candidate(key, rank, variant, direct, variant.reference.users_of(direct))


def _fed_by(exchanged: frozenset[str], variant: Variant) -> list[str]:
    """Return the backwards that get an exchanged forward's cache: a mistake may show in them alone."""
    forwards = {name.partition("_forward") for name in exchanged if "_forward" in name}
    return [
        name
        for name in variant.reference.names
        if name not in exchanged
        and any(name.startswith(f"{layer}_backward") and name.endswith(end) for layer, _, end in forwards)
    ]
