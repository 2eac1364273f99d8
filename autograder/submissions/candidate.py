"""A file that may be the module that a submission is graded by, and what can be said of one that is not."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from autograder.submissions.notebook_text import code_cells, module_of
from autograder.submissions.source_text import as_python, defined_in, may_offer, text_of, what_instead
from autograder.submissions.wanted import Wanted

#: Endings that programs put behind a file's own.
_ADDED = (".txt", ".json", ".py")
#: Files beside the work, by what they are.
_KINDS = {
    ".pyc": "compiled Python",
    ".lnk": "a shortcut",
    ".url": "a shortcut",
    ".htm": "a web page",
    ".html": "a web page",
}
_TESTS = re.compile(r"test_|conftest\.|.*_test\.py$")


@dataclass(frozen=True)
class Candidate:
    """A file, seen as the module.

    Attributes:
        path: where it lies in the submission.
        source: the Python in it, as it would be graded.
        notebook: whether that was taken out of a notebook's cells.
        exact: whether it has the module's name.
        names: those it defines, of all that the topic asks for.
        begun: whether anything in it was not handed out.
        fault: why it can't be the module; empty where it can.
    """

    path: PurePosixPath
    source: bytes
    notebook: bool
    exact: bool
    names: frozenset[str]
    begun: bool
    fault: str

    @classmethod
    def of(cls, path: PurePosixPath, content: bytes, wanted: Wanted) -> "Candidate":
        """Look at a file."""
        cells = code_cells(content)
        source = as_python(content) if cells is None else module_of(cells, wanted.module)
        text, exact = text_of(source), path.name == wanted.file
        defined = defined_in(text)
        lines = {line.strip() for line in text.splitlines() if not line.lstrip().startswith("#")} - {""}
        fault = _fault(path, content, wanted, text, defined, cells is not None)
        return cls(
            path, source, cells is not None, exact, wanted.among(defined), not lines <= wanted.given, fault
        )


def may_be_module(path: PurePosixPath, wanted: Wanted) -> bool:
    """Whether a file's name is that of a module or a notebook, or near the name that was asked for."""
    name = plain_name(path.name)
    stem, ending = stem_of(name), PurePosixPath(name).suffix
    return ending in (".py", ".ipynb") or (
        ending in (".txt", ".json", "") and (wanted.module in stem or ".ipynb" in name)
    )


def plain_name(name: str) -> str:
    """Return a name without capitals, invisible characters, and spaces at the ends of its parts."""
    visible = "".join(ch for ch in unicodedata.normalize("NFKC", name) if unicodedata.category(ch) != "Cf")
    return ".".join(part.strip() for part in visible.casefold().split("."))


def stem_of(name: str) -> str:
    """Return a plain name without its endings."""
    path = PurePosixPath(name)
    while path.suffix in (".ipynb", *_ADDED):
        path = path.with_suffix("")
    return path.name


def listed(files: Mapping[str, bytes], candidates: Mapping[str, Candidate]) -> str:
    """Return the names of files with what is known of each, for a sentence."""
    most = 10
    named = [_with_remark(name, candidates.get(name)) for name in sorted(files)]
    if len(named) > most:
        named[most:] = [f"{len(named) - most} more"]
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"


def _with_remark(name: str, candidate: Candidate | None) -> str:
    path = PurePosixPath(name)
    remark = (
        _KINDS.get(path.suffix.lower(), "") if candidate is None else candidate.fault.removeprefix("it is ")
    )
    return f"{name[:100]} ({remark})" if remark else name[:100]


def _fault(
    path: PurePosixPath, content: bytes, wanted: Wanted, text: str, defined: frozenset[str], notebook: bool
) -> str:
    """Return why a file can't be the module; of one that has the module's name, only what is certain."""
    if not text.strip() and not notebook:
        return "it is empty"
    if instead := what_instead(content, path.stem):
        return f"it is {instead}"
    by_name = path.name == wanted.file and not notebook
    names = wanted.among(defined)
    if by_name and (names or not wanted.names):
        return ""
    if other := wanted.foreign(defined):
        return f"it looks like {other}.py, the file of another topic"
    if names or (by_name and may_offer(text, wanted.names)):
        return ""
    return _lack(path, wanted, notebook)


def _lack(path: PurePosixPath, wanted: Wanted, notebook: bool) -> str:
    """Say that a file has nothing of what is asked for."""
    if notebook:
        return "it is a notebook that defines none of the functions asked for"
    if plain_name(path.name).endswith(".ipynb"):
        return "it is no notebook that can be read"
    if path.name == wanted.file:
        return "it defines no function that this assignment asks for"
    checks = bool(_TESTS.match(path.name))
    return "it holds checks, not the work" if checks else "it defines none of the functions asked for"
