"""`otter run` gives what `autograder grade` gives, whatever is handed in.

`make test` takes one case of the first topic, and every fifth of the second, which is graded sooner;
`make test-long` takes every fourth of the rest, `make test-by-hand` all others.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.grading import supervised
from autograder.sandbox.limits import Limits
from tests.platforms.otter.conftest import TOPICS, OtterRun, write_submission
from tests.platforms.otter.members import MODULES, NOTEBOOKS
from tests.platforms.otter.outcome import autograder_zip, deserved, expected, handed_in, told

pytestmark = pytest.mark.unmeasured

CASES = [*((module, "as-released") for module in MODULES), *(("partial", notebook) for notebook in NOTEBOOKS)]
FIRST, SECOND = TOPICS
EVERY = {FIRST: len(CASES), SECOND: 5}
LONG = [(topic, *case) for topic in TOPICS for place, case in enumerate(CASES) if place % EVERY[topic]]
BY_HAND = [run for place, run in enumerate(LONG) if place % 4]
RUNS = [
    pytest.param(
        *run,
        marks=[
            *([pytest.mark.long] if run in LONG else []),
            *([pytest.mark.by_hand] if run in BY_HAND else []),
        ],
        id="-".join(run),
    )
    for run in ((topic, *case) for topic in TOPICS for case in CASES)
]


@pytest.fixture
def short_calls(module: str) -> Iterator[None]:
    """Loops are not waited for as long as in a course."""
    with pytest.MonkeyPatch.context() as patch:
        if module == "endless-loop":
            patch.setattr(supervised, "Limits", lambda: Limits(call_cpu=0.5))
        yield


@pytest.mark.parametrize(("topic", "module", "notebook"), RUNS)
@pytest.mark.usefixtures("short_calls")
def test_scores_equal_those_of_autograder_grade(
    released: Path, topic: str, module: str, notebook: str, otter_run: OtterRun, tmp_path: Path
):
    submission = write_submission(tmp_path / "s.zip", handed_in(released, topic, module, notebook))
    results = otter_run(autograder_zip(released, topic), submission)
    assert told(results) == deserved(expected(topic, module))
    assert (results["score"] == 100) == (module in ("reference", "stderr"))
    assert (results["score"] == 0) == (module in ("no-module", "skeleton", "forged-result"))
