"""A fuzzer over all that reads what students hand in: files in, a module or a sentence out.

The quick form is part of the tests. The long one makes as many inputs as it is told to:
`python -m tests.submissions.fuzz 100000`.
"""

import random
from pathlib import Path

import pytest

from tests.submissions.fuzz import assert_read_or_told, write_hand_in


@pytest.mark.parametrize("start", range(0, 200, 50))
def test_anything_handed_in_is_read_or_told(start: int, tmp_path: Path) -> None:
    for number in range(start, start + 50):
        folder = tmp_path / str(number)
        folder.mkdir()
        assert_read_or_told(write_hand_in(folder, random.Random(number)))
