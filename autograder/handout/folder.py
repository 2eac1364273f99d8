"""The folder that a class gets, and a zip of it."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from autograder.course.assignment import Assignment
from autograder.course.build import build_files
from autograder.errors import UserError
from autograder.files import replace_folder, write_atomically, zipped
from autograder.handout.wheel import wheel
from autograder.home.hints import FILE as HINTS
from autograder.home.hints import read_hints

_README = Path(__file__).with_name("readme.md").read_text(encoding="utf-8")
_WHEEL = re.compile(r"dl_autograder-.*\.whl")


def handout_files(assignments: Sequence[Assignment], name: str) -> dict[str, bytes]:
    """Return the files of the handout by name. Equal sources give equal bytes.

    Args:
        assignments: the topics, in order; at least one.
        name: the folder's name; the zip has it, too.

    Raises:
        UserError: a topic can't be built.
    """
    engine, content = wheel()
    files = {engine: content, "requirements.txt": f"./{engine}\n".encode()}
    for topic in assignments:
        files |= {f"{topic.name}/{file}": text.encode() for file, text in build_files(topic).items()}
        hints = read_hints(topic.released)
        if hints is not None:
            files[f"{topic.name}/{HINTS}"] = hints.to_json().encode()
    readme = _README.format(
        topics="\n".join(f"- [{topic.name}]({topic.name}/README.md)" for topic in assignments),
        first=assignments[0].name,
        wheel=engine,
        folder=name,
        zip=f"{name}.zip",
    )
    return {**files, "README.md": readme.encode()}


def write_handout(out: Path, files: Mapping[str, bytes]) -> Path:
    """Write the folder, and a zip of it beside it; return the zip.

    Raises:
        UserError: it can't be written, or the folder holds files that a handout does not: nothing is removed.
    """
    _refuse_others(out, files)
    archive = out.with_name(f"{out.name}.zip")
    try:
        with replace_folder(out) as fresh:
            for name, content in files.items():
                (fresh / name).parent.mkdir(exist_ok=True)
                (fresh / name).write_bytes(content)
        write_atomically(archive, zipped({f"{out.name}/{name}": content for name, content in files.items()}))
    except OSError as error:
        raise UserError(f"can't write {out}: {error.strerror}") from error
    return archive


def _refuse_others(out: Path, files: Mapping[str, bytes]) -> None:
    """Refuse a folder with anything that is not of a handout; the wheel of another version is."""
    if out.exists() and not out.is_dir():
        raise UserError(f"{out} is a file; name a folder for the handout")
    there = sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file())
    strange = [name for name in there if name not in files and not _WHEEL.fullmatch(name)]
    if strange:
        raise UserError(f"{out} holds {strange[0]}, which would be lost; name a new folder, or remove it")
