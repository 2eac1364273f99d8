"""Which functions of a file behave otherwise since it was last saved, so that only their checks run again."""

import ast
from collections.abc import Iterable, Iterator

from autograder.home.outcome import Checked, Outcome
from autograder.verdicts import CheckVerdict


def changed_functions(before: str, after: str) -> frozenset[str] | None:
    r"""Return the functions that may behave otherwise: those written anew, and those that use them.

    A method goes by its own name. Comments, empty lines and the order of functions change nothing.

    Args:
        before: a file's text.
        after: its text now.

    Returns:
        Their names; None where anything may behave otherwise, as after a change outside all functions.

    Example:
        >>> square = "def square(x): return x * x"
        >>> cube = "def cube(x): return square(x) * x"
        >>> sorted(changed_functions(f"{square}\n{cube}", f"{square} + 0\n{cube}") or [])
        ['cube', 'square']
    """
    try:
        old, new = ast.parse(before), ast.parse(after)
    except (SyntaxError, ValueError, RecursionError):
        return None
    if _outside(old) != _outside(new):
        return None
    was, now = dict(_definitions(old)), dict(_definitions(new))
    changed = {name for name in was | now if _shape(was.get(name)) != _shape(now.get(name))}
    return frozenset(name.rpartition(".")[2] for name in _with_users(changed, now))


def still_true(outcome: Outcome, changed: Iterable[str]) -> Outcome:
    """Return what of an outcome is as it was: the cases that passed and use none of these functions.

    What failed runs again in any case, since the lines that its message names have moved; so does what has
    passed a `breakpoint()`, which is told again.
    """
    gone = {*changed, *(_last(place.function) for place in outcome.paused)}
    kept = Outcome()
    for name, checked in outcome.checks.items():
        passed = [case for case in checked.cases if case.verdict == CheckVerdict.PASSED]
        cases = [case for case in passed if case.functions and not gone & set(map(_last, case.functions))]
        kept.checks[name] = Checked(checked.id, checked.title, checked.share, cases)
    return kept


def _outside(module: ast.Module) -> list[str]:
    """Return what stands outside all functions and methods."""
    found = []
    for node in module.body:
        if isinstance(node, ast.ClassDef):
            bare = [part for part in node.body if not isinstance(part, _FUNCTIONS)]
            found.append(ast.dump(ast.ClassDef(**{**dict(ast.iter_fields(node)), "body": bare})))
        elif not isinstance(node, _FUNCTIONS):
            found.append(ast.dump(node))
    return found


_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def _definitions(module: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    """Give functions and methods by their names; of several of one name the last one counts."""
    for node in module.body:
        if isinstance(node, _FUNCTIONS):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from (
                (f"{node.name}.{part.name}", part) for part in node.body if isinstance(part, _FUNCTIONS)
            )


def _shape(node: ast.AST | None) -> str:
    return ast.dump(node) if node is not None else ""


def _with_users(changed: set[str], now: dict[str, ast.AST]) -> set[str]:
    """Return functions and those that mention one of them, or the class of one, directly or not."""
    mentioned = {name: _words(node) for name, node in now.items()}
    found = set(changed)
    while True:
        words = {word for name in found for word in name.split(".")}
        more = {name for name, used in mentioned.items() if name not in found and used & words}
        if not more:
            return found
        found |= more


def _words(node: ast.AST) -> set[str]:
    """Return the names and attributes that a function uses."""
    return {
        part.id if isinstance(part, ast.Name) else part.attr
        for part in ast.walk(node)
        if isinstance(part, (ast.Name, ast.Attribute))
    }


def _last(name: str) -> str:
    return name.rpartition(".")[2]
