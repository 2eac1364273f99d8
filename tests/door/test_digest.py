"""Item 10: a near miss is graded as the file that it is taken for, so its grade is that of the right name."""

from pathlib import Path

import pytest

from autograder.submissions import read_submission
from tests.door.near_misses import TAKEN
from tests.door.row import Row
from tests.door.work import losses
from tests.submissions.platforms import unpacked

#: Those whose content is a module already: a notebook's is made of its cells.
MODULES = [row for row in TAKEN if "notebook" not in row.what and "two" not in row.what]


@pytest.mark.xfail(strict=True, reason="a near miss is unreadable")
@pytest.mark.parametrize("row", MODULES, ids=[row.what for row in MODULES])
def test_the_digest_is_over_what_is_graded(row: Row, tmp_path: Path) -> None:
    right = read_submission(unpacked(tmp_path / "right", losses()), "losses")
    taken = read_submission(unpacked(tmp_path / "taken", row.build()), "losses")
    assert taken.digest == right.digest
    assert set(taken.files) == set(right.files)
