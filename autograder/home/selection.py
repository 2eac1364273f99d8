"""Which checks the names on the command line ask for."""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from autograder.course.mentions import mentions_in
from autograder.course.read_checks import read_checks


def asks_for(names: Sequence[str], check: str, mentioned: Collection[str]) -> bool:
    """Return whether one of these names asks for a check; no names ask for all.

    Args:
        names: of functions, methods (`Class.method`) and checks.
        check: the check's name.
        mentioned: the words in the check's source.

    Example:
        >>> asks_for(["svm_loss"], "test_hinge", {"svm_loss", "over"})
        True
        >>> asks_for(["relu_backward"], "test_gradient", {"relu", "_backward"})
        True
    """
    return not names or any(name == check or _mentions(mentioned, name.rpartition(".")[2]) for name in names)


def _mentions(words: Collection[str], name: str) -> bool:
    """Return whether a name is among words, or two of them make it, as in `f"{layer}_backward"`."""
    ends = [word for word in words if word.startswith("_") and name.endswith(word)]
    return name in words or any(name.removesuffix(end) in words for end in ends)


def checks_below(place: Path) -> Iterator[Path]:
    """Give the files of checks in a folder, or those of the topics in its folders, or beside a file."""
    if place.is_file():
        beside = place.with_name(f"test_{place.name.removeprefix('test_')}")
        yield from [beside.resolve()] if beside.is_file() else []
        return
    here = sorted(place.glob("test_*.py"))
    yield from (
        file.resolve() for file in here or sorted(place.glob("*/test_*.py")) if here or _is_topic(file)
    )


def _is_topic(checks: Path) -> bool:
    """Return whether checks stand beside what they check, or what tells of it, as those of a topic do."""
    module = checks.with_name(checks.name.removeprefix("test_"))
    return module.is_file() or checks.with_name("README.md").is_file()


def holds(checks: Path, names: Sequence[str]) -> bool:
    """Return whether one of a file's checks is asked for by its name or by that of a function.

    Raises:
        UserError: the file can't be read.
    """
    mentions = mentions_in(checks)
    return any(asks_for(names, spec.id, mentions.get(spec.id, frozenset())) for spec in read_checks(checks))
