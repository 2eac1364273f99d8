"""Which file of a submission is graded: the one of the right name, or the only one that can be meant."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from autograder.submissions.candidate import Candidate, listed, may_be_module
from autograder.submissions.rules import UnreadableError
from autograder.submissions.wanted import Wanted


@dataclass(frozen=True)
class Chosen:
    """What is graded.

    Attributes:
        files: contents by name, from the folder of the module up; the module has its right name.
        note: what was taken for the module; empty where it was handed in as it should be.
    """

    files: dict[str, bytes]
    note: str = ""


def choose_module(files: Mapping[str, bytes], wanted: Wanted, take: str = "", strict: bool = False) -> Chosen:
    """Find the module among the files of a submission.

    A file of the right name counts, the one nearest to the top. Where there is none, or only what was handed
    out, a single other file that defines what the topic asks for is taken for it.

    Args:
        files: contents by relative name.
        wanted: the module.
        take: the file that an instructor said counts; empty where none did.
        strict: whether only the right name counts.

    Raises:
        UnreadableError: there is no such file, or several, of which none is clearly meant.
    """
    if take:
        return _taken(files, wanted, take)
    candidates = {
        name: Candidate.of(PurePosixPath(name), content, wanted)
        for name, content in files.items()
        if may_be_module(PurePosixPath(name), wanted)
    }
    usable = [candidate for candidate in candidates.values() if not candidate.fault]
    exact = [candidate for candidate in usable if candidate.exact]
    near = [] if strict else [candidate for candidate in usable if not candidate.exact]
    for group in (_nearest_to_top(_begun(exact)), _widest(_begun(near)), _nearest_to_top(exact), near):
        if group:
            return _only(group, files, wanted, untouched=bool(exact))
    raise UnreadableError(_nothing(files, candidates, wanted))


def _taken(files: Mapping[str, bytes], wanted: Wanted, take: str) -> Chosen:
    if take not in files:
        raise UnreadableError(f"the file {take}, which was to be taken, is not in the submission")
    chosen = Candidate.of(PurePosixPath(take), files[take], wanted)
    note = f"the file {take} was graded as {wanted.file}, as the instructor chose"
    return Chosen(_from_module_up(files, chosen, wanted), "" if chosen.exact else note)


def _begun(candidates: Iterable[Candidate]) -> list[Candidate]:
    return [candidate for candidate in candidates if candidate.begun]


def _nearest_to_top(candidates: list[Candidate]) -> list[Candidate]:
    depth = min((len(candidate.path.parts) for candidate in candidates), default=0)
    return [candidate for candidate in candidates if len(candidate.path.parts) == depth]


def _widest(candidates: list[Candidate]) -> list[Candidate]:
    """Return the candidate that defines all that the others do, and more than each; else all of them."""
    for one in candidates:
        if all(one.source == other.source or one.names > other.names for other in candidates):
            return [one]
    return candidates


def _only(group: list[Candidate], files: Mapping[str, bytes], wanted: Wanted, untouched: bool) -> Chosen:
    """Return the one that all candidates agree on."""
    first = min(group, key=lambda candidate: str(candidate.path))
    if any(candidate.source != first.source for candidate in group):
        names = listed({str(candidate.path): b"" for candidate in group}, {})
        what = (
            f"there are two files {wanted.file} ({names})"
            if first.exact
            else f"it is not clear which file is meant ({names})"
        )
        raise UnreadableError(f"{what}; hand in only one, under the name {wanted.file}")
    return Chosen(_from_module_up(files, first, wanted), _note(first, wanted, untouched))


def _note(chosen: Candidate, wanted: Wanted, untouched: bool) -> str:
    """Say what was taken for the module."""
    name, file = chosen.path.name, wanted.file
    if chosen.exact and not chosen.notebook:
        return ""
    if chosen.notebook:
        return (
            f"the notebook {name} was graded as {file}: the definitions in its code cells count, and the "
            f"number of a line counts the lines of these cells; next time hand in {file} as Python"
        )
    unlike = f", since {file} holds only what was handed out" if untouched else ""
    return f"{name!r} was graded as {file}{unlike}; next time name it {file}"


def _nothing(files: Mapping[str, bytes], candidates: Mapping[str, Candidate], wanted: Wanted) -> str:
    """Say why nothing can be graded, and what was found."""
    if not files:
        return f"there is no file {wanted.file} in the submission, nor any other that can be read; hand it in"
    exact = next((candidate for candidate in candidates.values() if candidate.exact), None)
    if exact is None:
        near = [name for name, candidate in candidates.items() if not candidate.fault]
        advice = f"name it {wanted.file}" if len(near) == 1 else f"hand in {wanted.file}"
        return f"there is no file {wanted.file} in the submission, only {listed(files, candidates)}; {advice}"
    others = {name: content for name, content in files.items() if name != str(exact.path)}
    also = f" (there is also {listed(others, candidates)})" if others else ""
    advice = "" if ";" in exact.fault else f"; hand in the {wanted.file} that you worked in"
    return f"the file {exact.path} can't be graded{also}: {exact.fault}{advice}"


def _from_module_up(files: Mapping[str, bytes], chosen: Candidate, wanted: Wanted) -> dict[str, bytes]:
    """Return the files in the module's folder, named from there, with the module under its name.

    A folder of that name gives way to the module.
    """
    top = chosen.path.parent
    paths = {name: PurePosixPath(name) for name in files}
    others = {
        str(path.relative_to(top)): files[name]
        for name, path in paths.items()
        if path.is_relative_to(top) and not path.is_relative_to(top / wanted.file) and path != chosen.path
    }
    return {**others, wanted.file: chosen.source}
