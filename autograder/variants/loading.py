"""Reading a topic's variants: what `misconceptions.py` and `correct_variants.py` declare is applied."""

import re
import runpy
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.course.assignment import CORRECT_VARIANTS, Assignment
from autograder.errors import UserError
from autograder.variants.declarations import Declaration, Edit, collecting
from autograder.variants.module_text import ModuleText
from autograder.variants.variant import Variant

KEBAB_CASE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Variants:
    """A topic's misconceptions and correct variants, in the order of the files."""

    misconceptions: tuple[Variant, ...]
    correct: tuple[Variant, ...]


def load_variants(assignment: Assignment) -> Variants:
    """Return a topic's variants; none where the topic has neither of the two files.

    Correct variants may stand in `misconceptions.py` too, as they did before there was a file for them.

    Raises:
        UserError: a variant is declared wrongly or does not fit the reference; the message says which and
        why.
    """
    files = [path for path in (assignment.misconceptions, assignment.correct_variants) if path.is_file()]
    if not files:
        return Variants((), ())
    reference = ModuleText(assignment.reference.read_text(encoding="utf-8"))
    variants = list(_variants(files, reference))
    return Variants(
        misconceptions=tuple(variant for right, variant in variants if not right),
        correct=tuple(variant for right, variant in variants if right),
    )


def _variants(files: Sequence[Path], reference: ModuleText) -> Iterator[tuple[bool, Variant]]:
    """Yield whether each variant is right, and the variant."""
    names: Counter[str] = Counter()
    for path in files:
        with collecting() as families:
            runpy.run_path(str(path))
        declared = [member for family in families for member in family.members()]
        names.update(one.name for one in declared)
        try:
            _check_names(declared, names)
            if path.name == CORRECT_VARIANTS:
                _check_that_all_are_right(declared)
            yield from ((one.right, _variant(one, reference)) for one in declared)
        except UserError as error:
            raise UserError(f"{path}: {error}") from error


def _check_names(declared: list[Declaration], names: Counter[str]) -> None:
    """Check the names of one file; `names` counts those of all files so far."""
    for name in dict.fromkeys(one.name for one in declared):
        if names[name] > 1:
            raise UserError(f"{name} is declared {names[name]} times; give each variant a name of its own")
        if not KEBAB_CASE.fullmatch(name):
            raise UserError(f"the name {name!r} is not in kebab-case, like softmax-no-shift")


def _check_that_all_are_right(declared: list[Declaration]) -> None:
    """Keep misconceptions, on which grades depend, out of a file that is no part of the course's digest."""
    for one in declared:
        if not one.right:
            raise UserError(f"{one.name} is declared as wrong; move it to misconceptions.py")


def _variant(declaration: Declaration, reference: ModuleText) -> Variant:
    if not declaration.right and not declaration.hint.strip():
        raise UserError(f"{declaration.name} has no hint; write what helps a student who made this mistake")
    parts = dict(declaration.definitions)
    for change in declaration.edits:
        parts[change.function] = _edited(change, declaration.name, parts, reference)
    variant = Variant(declaration.name, declaration.hint, reference, parts, declaration.preamble)
    _check_source(variant)
    return variant


def _edited(change: Edit, name: str, parts: dict[str, str], reference: ModuleText) -> str:
    if change.function not in reference.names:
        raise UserError(f"{name} edits {change.function}, but the reference has no such function or class")
    text = parts.get(change.function) or reference.text_of(change.function)
    found = text.count(change.old)
    if found != 1:
        raise UserError(
            f"{name} edits the text {change.old!r}, which occurs {found} times in {change.function}; "
            "it must occur exactly once"
        )
    return text.replace(change.old, change.new)


def _check_source(variant: Variant) -> None:
    if variant.source == variant.reference.source:
        raise UserError(f"{variant.name} changes nothing")
    if variant.hint and not variant.replaces:
        raise UserError(f"{variant.name} exchanges no function of the reference; look at the names it uses")
    try:
        compile(variant.source, f"<{variant.name}>", "exec")
    except SyntaxError as error:
        text = (error.text or "").strip()
        raise UserError(f"{variant.name} is not Python: {error.msg}: {text!r}") from error
