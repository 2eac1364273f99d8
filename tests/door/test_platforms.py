"""The table through the platforms' downloads: the same verdicts, scores and words as from a plain folder.

`make test-long` takes every fourth row, `make test-by-hand` all.
"""

from pathlib import Path

import pytest

from tests.door.class_folder import QUICK_CHECKS, course_without_bank, grade_folder, misses
from tests.door.platforms import PLATFORMS, Platform, travels
from tests.door.rows import QUICK
from tests.submissions.platforms import unpacked

pytestmark = pytest.mark.long


@pytest.mark.parametrize("every", [4, pytest.param(1, marks=pytest.mark.by_hand)])
@pytest.mark.parametrize("platform", PLATFORMS, ids=[platform.name for platform in PLATFORMS])
def test_a_platform_changes_nothing(platform: Platform, every: int, tmp_path: Path) -> None:
    rows = [row for row in QUICK if travels(row) and row.what not in platform.own][::every]
    course = course_without_bank(tmp_path / "course", QUICK_CHECKS)
    source = unpacked(tmp_path / "download", platform.pack(rows))
    outcome = grade_folder(source, "losses", tmp_path / "out", "--from", platform.name, course=course)
    found = {row.what: misses(row, outcome.grades.get(platform.student(i))) for i, row in enumerate(rows)}
    wrong = [f"{what}: {'; '.join(missed)}" for what, missed in found.items() if missed]
    assert not wrong, "\n".join(wrong)
    assert len(outcome.grades) == len(rows)
