"""Checks that depend on others: which dependencies are refused, and which check to put right first."""

from collections.abc import Collection, Mapping

from autograder.checkspec import CheckSpec
from autograder.errors import UserError


def refuse_dependencies(checks: Collection[CheckSpec], file: str) -> None:
    """Refuse dependencies that no student could follow.

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
    return "they would wait for each other" if _chain(check, by_id)[-1].after in by_id else ""


def root_of(check: CheckSpec, failed: Mapping[str, CheckSpec]) -> CheckSpec | None:
    """Return the check to be put right before this one; None where it depends on none that failed.

    Args:
        check: one that failed.
        failed: by their ids, all checks that failed; of a chain of them, the root is returned.
    """
    root = _chain(check, failed)[-1]
    return None if root is check else root


def _chain(check: CheckSpec, others: Mapping[str, CheckSpec]) -> list[CheckSpec]:
    """Return a check, the one of the others that it depends on, and so on; each at most once."""
    left = {id_: spec for id_, spec in others.items() if id_ != check.id}
    chain = [check]
    while (named := left.pop(chain[-1].after or "", None)) is not None:
        chain.append(named)
    return chain


def first_make(root: CheckSpec) -> str:
    """Return what a student reads of a check that depends on one that failed."""
    return f'First make "{root.title}" pass.'
