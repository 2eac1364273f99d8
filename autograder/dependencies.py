"""Checks that depend on another: which names are refused, and which check is to be put right first."""

from collections.abc import Collection, Mapping

from autograder.checkspec import CheckSpec
from autograder.errors import UserError

__all__ = ["first_make", "refuse_dependencies", "root_of"]


def refuse_dependencies(checks: Collection[CheckSpec], file: str) -> None:
    """Refuse a name after which no check can come.

    Args:
        checks: all checks of a file.
        file: what to call it in errors.

    Raises:
        UserError: a check depends on one that is not there, on itself, on one that depends on it, or, though
            students have it, on a hidden one.
    """
    by_id = {check.id: check for check in checks}
    for check in checks:
        if check.after is not None and (why := _refused(check, check.after, by_id)):
            raise UserError(f"{file}: {check.id} can't come after {check.after}: {why}")


def _refused(check: CheckSpec, after: str, by_id: Mapping[str, CheckSpec]) -> str:
    """Return what is wrong with the name; an empty text where nothing is."""
    if after not in by_id:
        return "there is no such check"
    if by_id[after].hidden and not check.hidden:
        return "students don't have that check"
    seen, named = {check.id}, by_id.get(after)
    while named is not None and named.id not in seen:
        seen.add(named.id)
        named = by_id.get(named.after or "")
    return "" if named is None else "they would wait for each other"


def root_of(check: CheckSpec, failed: Mapping[str, CheckSpec]) -> CheckSpec | None:
    """Return the check to be put right before this one; None where it depends on none that failed.

    Args:
        check: one that failed.
        failed: by their ids, all checks that failed. Of a chain of them, the first is the one.
    """
    root, named = None, check.after
    others = {id_: spec for id_, spec in failed.items() if id_ != check.id}
    while named in others:
        root = others.pop(named)
        named = root.after
    return root


def first_make(root: CheckSpec) -> str:
    """Return what a student reads of a check that depends on one that failed."""
    return f'First make "{root.title}" pass.'
