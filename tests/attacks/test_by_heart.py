"""Who learns nothing, but remembers, gains no point in the checks that train something.

Each file in `by_heart/` is made for the topic at the end of its name. It says with `# at most:` what is left
to it: points for what needs no training, such as the loss of a net that knows nothing.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction
from functools import partial
from pathlib import Path

import pytest

from autograder.checkspec import CheckSpec
from autograder.course.assignment import find_assignment
from autograder.data import load_digits
from autograder.grading.run_checks import Recorder, record
from autograder.proxy.channel import DirectChannel
from autograder.seeds import NumberedSeed
from autograder.verdicts import CheckVerdict
from tests.attacks.hand_in import HERE

pytestmark = pytest.mark.unmeasured

ROOT = Path(__file__).parents[2]
FILES = sorted((HERE / "by_heart").glob("*.py"))
#: These take seconds and run in `make test`; the others, and what they train, run in `make test-long`.
SAMPLE = {"neighbours_losses", "weights_carried_along_losses"}
#: What some carry along: the published digits, 115 KB.
PUBLISHED = """
PUBLISHED = np.frombuffer(bytes.fromhex("{images}"), np.uint8).reshape(1797, 64) / 16
DIGITS = np.frombuffer(bytes.fromhex("{labels}"), np.uint8).astype(int)
"""


class Trainings(Recorder):
    """Runs the checks that train something: those on digits."""

    def wanted_by(self, test: str) -> Sequence[str]:
        """Return the one student for such a check."""
        return super().wanted_by(test) if "_digits" in test else []


def source_of(path: Path) -> str:
    source = path.read_text("utf-8")
    if "PUBLISHED" not in source:
        return source
    images, labels = load_digits()
    table = {"images": images * 16, "labels": labels}
    return source + PUBLISHED.format(**{k: v.astype("u1").tobytes().hex() for k, v in table.items()})


def points_of(path: Path) -> dict[CheckSpec, Fraction]:
    """What the checks that train something give a submission, in process: its walls are not in question."""
    topic = find_assignment(path.stem.rpartition("_")[2], ROOT)
    plugin = Trainings({"": partial(DirectChannel, source_of(path), topic.name)}, None)
    passed = defaultdict(list)
    for case in record(plugin, topic, NumberedSeed(0)):
        passed[case.spec].append(case.verdict == CheckVerdict.PASSED)
    return {spec: spec.points * sum(cases) / len(cases) for spec, cases in passed.items()}


@pytest.mark.parametrize(
    "path",
    [pytest.param(p, id=p.stem, marks=[] if p.stem in SAMPLE else [pytest.mark.long]) for p in FILES],
)
def test_who_remembers_gains_nothing(path: Path) -> None:
    stated = re.search(r"^# at most: (\d+)$", path.read_text("utf-8"), re.MULTILINE)
    points = points_of(path)
    assert len(points) >= 2
    assert sum(points.values()) <= (int(stated[1]) if stated else 0), points
