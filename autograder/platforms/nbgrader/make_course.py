"""Making and updating the folder of an nbgrader course, without overwriting what an instructor changed."""

import hashlib
import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from autograder.course.assignment import Assignment
from autograder.course.build import build_files
from autograder.errors import UserError
from autograder.files import write_atomically
from autograder.platforms.nbgrader.config import config_text
from autograder.platforms.nbgrader.source_notebook import manual_points, notebook_digest, source_notebook

CONFIG = "nbgrader_config.py"
#: The file that records the digest of each file made here. A folder that holds it was made by us.
RECORD = ".autograder.json"


def make_course(folder: Path, assignments: Sequence[Assignment]) -> None:
    """Make `folder` an nbgrader course of these topics, or bring those topics up to date in it.

    A new course gets `nbgrader_config.py`, which is the instructor's from then on. A file in `source/` is
    made again only if nobody changed it; points that an instructor gave to answers in words are kept.

    Raises:
        UserError: the folder holds something else, a file was changed since it was made, or a topic's source
            is invalid: then nothing is written. Or the folder can't be written to.
    """
    made = _Made.read(folder)
    wanted = {name: text for topic in assignments for name, text in _source_files(folder, topic).items()}
    changed = [name for name, text in wanted.items() if made.is_changed(name, text)]
    if changed:
        raise UserError(
            f"changed since it was made: {', '.join(changed)} in {folder}; "
            "move your version elsewhere and run this again, then bring your changes back"
        )
    if not (folder / CONFIG).exists():
        wanted[CONFIG] = _new_config(folder.resolve(), assignments[0].course)
    made.write(wanted)


def _source_files(folder: Path, assignment: Assignment) -> dict[str, str]:
    place = f"source/{assignment.name}"
    files = {f"{place}/{name}": text for name, text in build_files(assignment).items()}
    notebook = f"{place}/{assignment.name}.ipynb"
    files[notebook] = source_notebook(assignment, _points_given(folder / notebook))
    return files


def _points_given(notebook: Path) -> dict[str, float]:
    try:
        return manual_points(notebook.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, AttributeError) as error:
        raise UserError(
            f"{notebook} can't be read as a notebook; move it elsewhere and run this again"
        ) from error


@dataclass
class _Made:
    """The record of the files that were made in a folder before."""

    folder: Path
    digests: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> "_Made":
        """Read the record; a new or empty folder has none yet."""
        try:
            return cls(folder, dict(json.loads((folder / RECORD).read_text(encoding="utf-8"))))
        except FileNotFoundError:
            if folder.is_dir() and not any(folder.iterdir()):
                return cls(folder)
        except (OSError, ValueError, TypeError) as error:
            raise UserError(f"{folder / RECORD} can't be read ({error}); restore it from a backup") from error
        if folder.exists():
            raise UserError(f"{folder} was not made by `autograder nbgrader`; name a new or an empty folder")
        return cls(folder)

    def is_changed(self, name: str, wanted: str) -> bool:
        """Whether a file is there that is neither as it was made nor as it will be."""
        path = self.folder / name
        return path.exists() and _digest(path) not in (self.digests.get(name), _digest_of(name, wanted))

    def write(self, files: Mapping[str, str]) -> None:
        """Write the files, and then the record."""
        self.digests |= {name: _digest_of(name, text) for name, text in files.items() if name != CONFIG}
        record = json.dumps(self.digests, indent=1, sort_keys=True) + "\n"
        try:
            for name, text in {**files, RECORD: record}.items():
                path = self.folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                write_atomically(path, text)
        except OSError as error:
            raise UserError(f"can't write into {self.folder}: {error.strerror}") from error


def _digest(path: Path) -> str:
    try:
        return _digest_of(path.name, path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return "unreadable"


def _digest_of(name: str, text: str) -> str:
    return notebook_digest(text) if name.endswith(".ipynb") else hashlib.sha256(text.encode()).hexdigest()


def _new_config(folder: Path, course: Path) -> str:
    shared = Path(os.path.commonpath([folder, course]))
    relative = shared != Path(shared.anchor)
    where = Path(os.path.relpath(course, folder)) if relative else course
    return config_text(re.sub(r"[^\w-]+", "-", folder.name), where.as_posix())
