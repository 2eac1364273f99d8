"""Making a handout: the folder, and the zip of it that stands beside."""

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.course.assignment import Assignment
from autograder.course.build import CACHES, build_files, differences
from autograder.errors import UserError
from autograder.files import replace_folder, write_atomically, zipped
from autograder.handout.wheel import Wheel, make_wheel
from autograder.home.hints import kept_hints

_TEMPLATE = Path(__file__).with_name("readme.md").read_text(encoding="utf-8")
_REQUIREMENTS = "requirements.txt"


@dataclass(frozen=True)
class Handout:
    """What was made.

    Attributes:
        folder: with all that a class gets.
        archive: the zip of it, in which all lies in one folder of the same name.
        topics: the names of the topics in it.
        wheel: the name of the package's file.
    """

    folder: Path
    archive: Path
    topics: tuple[str, ...]
    wheel: str


def make_handout(out: Path, assignments: Sequence[Assignment]) -> Handout:
    """Write what a class gets: the folder `out`, and `<out>.zip` beside it.

    Args:
        out: need not exist; an earlier handout, in which nothing was changed, is replaced.
        assignments: the topics to hand out, as `autograder build` made them.

    Raises:
        UserError: a topic is not up to date, what is there is no handout, or it can't be written.
    """
    out = out.resolve()
    archive = out.with_name(f"{out.name}.zip")
    _refuse_what_is_not_ours(out, archive)
    wheel = make_wheel()
    topics = tuple(assignment.name for assignment in assignments)
    files = {
        wheel.name: wheel.content,
        _REQUIREMENTS: f"./{wheel.name}\n".encode(),
        "README.md": _readme(out.name, wheel, topics).encode(),
    }
    for assignment in assignments:
        files |= _released(assignment)
    try:
        with replace_folder(out) as fresh:
            _write(fresh, files)
            packed = zipped({f"{out.name}/{name}": content for name, content in files.items()})
            write_atomically(archive, packed)
    except OSError as error:
        raise UserError(f"can't write {out}: {error.strerror or error}") from error
    return Handout(out, archive, topics, wheel.name)


def _released(assignment: Assignment) -> dict[str, bytes]:
    """Return a topic's files, by name; only what `autograder build` makes may go to a class."""
    folder = assignment.released
    if differences(folder, build_files(assignment) | kept_hints(folder, assignment.digest)):
        raise UserError(
            f"assignments/{assignment.name} is not what solutions/{assignment.name} makes; to mend it: "
            f"autograder build {assignment.name}"
        )
    kept = (path for path in sorted(folder.iterdir()) if path.name not in CACHES)
    return {f"{assignment.name}/{path.name}": path.read_bytes() for path in kept}


def _readme(folder: str, wheel: Wheel, topics: Sequence[str]) -> str:
    rows = "\n".join(f"| [{topic}]({topic}/README.md) | `{topic}/{topic}.py` |" for topic in topics)
    return _TEMPLATE.format(folder=folder, wheel=wheel.name, topic=topics[0], topics=rows)


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)


def _refuse_what_is_not_ours(out: Path, archive: Path) -> None:
    """Refuse to replace anything but a handout as it was made: the zip tells what that was.

    Raises:
        UserError: the zip is no handout's, or the folder holds what the zip does not.
    """
    made = _made_before(out.name, archive)
    if out.exists() and not out.is_dir():
        raise UserError(f"{out} is a file; name a folder to make")
    for path in sorted(out.rglob("*")) if out.is_dir() else ():
        if path.is_dir() and not path.is_symlink():
            continue
        name = path.relative_to(out).as_posix()
        if path.is_symlink() or made.get(name) != path.read_bytes():
            raise UserError(
                f"{path} is no part of a handout as `autograder handout` made it; move it away, or "
                "name another folder"
            )


def _made_before(folder: str, archive: Path) -> dict[str, bytes]:
    """Return the files of an earlier handout, by their names in its folder; none where there is no zip."""
    if not archive.exists():
        return {}
    try:
        with zipfile.ZipFile(archive) as packed:
            found = {name.partition("/")[2]: packed.read(name) for name in packed.namelist()}
    except (zipfile.BadZipFile, OSError) as error:
        raise UserError(f"{archive} is no handout; move it away, or name another folder") from error
    if not {_REQUIREMENTS, "README.md"} <= found.keys() or b"dl_autograder-" not in found[_REQUIREMENTS]:
        raise UserError(f"{archive} is no handout; move it away, or name another folder")
    return found
