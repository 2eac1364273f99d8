"""What `autograder check` says at home of the same files.

`make test-long` takes every third, `make test-by-hand` the others.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.door.row import Row
from tests.door.rows import ROWS
from tests.door.work import ROOT

pytestmark = pytest.mark.long

AT_HOME = [row for row in ROWS if row.home is not None]


def check_at_home(row: Row, folder: Path) -> str:
    """Put the files where a student works, and return what the command prints."""
    shutil.copytree(ROOT / "assignments" / row.topic, folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name, content in row.build().items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    ran = subprocess.run(
        [sys.executable, "-P", "-m", "autograder", "check", "."],  # as the command does, not from here
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.stdout + ran.stderr


def misses_at_home(row: Row, printed: str) -> list[str]:
    """Return what is not as the row wants it."""
    assert row.home is not None
    read = " ".join(printed.lower().split())  # it is wrapped
    return [
        *(f"doesn't say {word!r}" for word in row.home.says if word.lower() not in read),
        *(f"says {word!r}" for word in row.home.never if word.lower() in read),
    ]


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(
            row,
            id=row.what,
            marks=[
                *([pytest.mark.xfail(strict=True, reason=row.todo_at_home)] if row.todo_at_home else []),
                *([pytest.mark.by_hand] if place % 3 else []),
            ],
        )
        for place, row in enumerate(AT_HOME)
    ],
)
def test_at_home(row: Row, tmp_path: Path) -> None:
    printed = check_at_home(row, tmp_path / row.topic)
    assert misses_at_home(row, printed) == [], printed[-2000:]
