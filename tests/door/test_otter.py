"""Item 16: `otter run` on zips whose notebook has another name, or none.

`make test-long` takes every other, `make test-by-hand` the rest.
"""

from pathlib import Path

import pytest

from tests.door.row import Files
from tests.door.work import RIGHT, SKELETON, notebook
from tests.platforms.otter.conftest import OtterRun, otter_run, quick_kernels, released, write_submission
from tests.platforms.otter.outcome import autograder_zip

__all__ = ["otter_run", "quick_kernels", "released"]

pytestmark = pytest.mark.long

_RIGHT, _BLANK = RIGHT.encode(), notebook(["import losses"])
#: What is in the zip, and the score.
ZIPS: dict[str, tuple[Files, float]] = {
    "a browser's second copy of the notebook": ({"losses.py": _RIGHT, "losses (1).ipynb": _BLANK}, 100),
    "another topic's notebook": ({"losses.py": _RIGHT, "dropout.ipynb": _BLANK}, 100),
    "a notebook with a capital letter": ({"losses.py": _RIGHT, "Losses.ipynb": _BLANK}, 100),
    "two notebooks": ({"losses.py": _RIGHT, "losses.ipynb": _BLANK, "scratch.ipynb": _BLANK}, 100),
    "a notebook in a folder": ({"hw/losses.py": _RIGHT, "hw/losses.ipynb": _BLANK}, 100),
    "no notebook": ({"losses.py": _RIGHT}, 100),
    "a module and a notebook of other names": ({"losses (1).py": _RIGHT, "losses (1).ipynb": _BLANK}, 100),
    "the skeleton and a notebook of another name": ({"losses.py": SKELETON.encode(), "hw.ipynb": _BLANK}, 0),
}


#: The others end without a result today: otter refuses a second notebook beside the one that we give it.
GRADED_TODAY = ("a notebook in a folder", "no notebook")
_DIES = pytest.mark.xfail(strict=True, reason="otter refuses a second notebook and leaves no result")


@pytest.mark.parametrize(
    "what",
    [
        pytest.param(
            what,
            marks=[
                *([] if what in GRADED_TODAY else [_DIES]),
                *([] if place % 2 else [pytest.mark.by_hand]),
            ],
        )
        for place, what in enumerate(ZIPS)
    ],
)
def test_otter_grades_it(what: str, released: Path, otter_run: OtterRun, tmp_path: Path) -> None:
    files, score = ZIPS[what]
    submission = write_submission(tmp_path / "submission.zip", files)
    assert otter_run(autograder_zip(released, "losses"), submission)["score"] == score
