"""The class of the table as the platforms let an instructor download it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.door.row import Files, Row
from tests.door.work import zipped
from tests.submissions.platforms import metadata

__all__ = ["PLATFORMS", "Platform", "travels"]


def travels(row: Row) -> bool:
    """Whether a platform would carry it: something was handed in, and the student's name is not the point."""
    return bool(row.build()) and (row.loose or row.student.startswith(f"{row.item:02}-"))


def uploads(row: Row) -> Files:
    """The files as they are uploaded: one by one, or in a zip where there are folders."""
    files = row.build()
    return {"work.zip": zipped(files)} if any("/" in name for name in files) else files


def _canvas(rows: Sequence[Row]) -> Files:
    return {
        f"student{i}_{1000 + i}_{90_000 + 100 * i + j}_{name}": content
        for i, row in enumerate(rows)
        for j, (name, content) in enumerate(uploads(row).items())
    }


def _moodle(rows: Sequence[Row]) -> Files:
    return {
        f"Student {i}_{1000 + i}_assignsubmission_file/{name}": content
        for i, row in enumerate(rows)
        for name, content in uploads(row).items()
    }


def _gradescope(rows: Sequence[Row]) -> Files:
    about = "".join(
        f"submission_{i}:\n" + metadata((f"Student {i}", "", f"s{i}@example.edu")) for i in range(len(rows))
    )
    return {
        "submission_metadata.yml": f"---\n{about}".encode(),
        **{
            f"submission_{i}/{name}": content
            for i, row in enumerate(rows)
            for name, content in row.build().items()
        },
    }


def _nbgrader(rows: Sequence[Row]) -> Files:
    return {
        f"submitted/s{i}/losses/{name}": content
        for i, row in enumerate(rows)
        for name, content in {**row.build(), "timestamp.txt": b"2024-03-05 12:00:00.000000 UTC\n"}.items()
    }


@dataclass(frozen=True)
class Platform:
    """How a platform packs a class.

    Attributes:
        name: value of `--from`.
        pack: the files of the download.
        student: the name that the student of a number gets.
        own: the rows that are its own doing, of which nothing is said: Canvas numbers second attempts.
    """

    name: str
    pack: Callable[[Sequence[Row]], Files]
    student: Callable[[int], str]
    own: frozenset[str] = frozenset()


PLATFORMS = [
    Platform("canvas", _canvas, lambda i: f"student{i}_{1000 + i}", frozenset({"numbered by Canvas"})),
    Platform("moodle", _moodle, lambda i: f"Student {i}_{1000 + i}"),
    Platform("gradescope", _gradescope, lambda i: f"s{i}@example.edu"),
    Platform("nbgrader", _nbgrader, lambda i: f"s{i}"),
]
