"""Item 10: a near miss is graded as the file that it is taken for, so its grade is that of the right name."""

import re
from pathlib import Path

import pytest

from autograder.course.assignment import find_assignment
from autograder.grading.wanted import wanted_for
from autograder.submissions import read_submission
from tests.door.near_misses import TAKEN
from tests.door.row import Row
from tests.door.work import ROOT, losses
from tests.submissions.platforms import unpacked

#: Those whose content is a module already: a notebook's is made of its cells.
MODULES = [row for row in TAKEN if not re.search("notebook|two", row.what)]


@pytest.mark.parametrize("row", MODULES, ids=[row.what for row in MODULES])
def test_the_digest_is_over_what_is_graded(row: Row, tmp_path: Path) -> None:
    wanted = wanted_for(find_assignment("losses", ROOT))
    right = read_submission(unpacked(tmp_path / "right", losses()), wanted)
    taken = read_submission(unpacked(tmp_path / "taken", row.build()), wanted)
    assert taken.digest == right.digest
    assert set(taken.files) == set(right.files)
