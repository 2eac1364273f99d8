"""No attack gains a point, gets in or out, moves a neighbour's grade, or leaves something running.

`submissions/` and `special.py` hold the attacks, each with a sentence on what it tries. They print a line
that begins with BREACH where they succeed in what only a broken sandbox allows.

In `make test` one attack in eight tries the best level of protection. In `make test-long` all do, and a
quarter of them try the other levels too; all others do so in `make test-by-hand`.
"""

import json
import re
from collections.abc import Callable, Collection

import pytest

from autograder.grading import grade_submission
from autograder.grading.feedback import TOLD_TYPES
from autograder.sandbox.levels.bare import Bare
from autograder.verdicts import SubmissionVerdict
from tests.attacks.conftest import HERE, LIMITS, NEIGHBOURS, SAFE, SUBMISSIONS, Outcome, Scene, Siege
from tests.attacks.special import SPECIAL

pytestmark = pytest.mark.unmeasured

WORD = "a-word-that-must-not-get-out"
NAMES = [*(path.stem for path in SUBMISSIONS), *SPECIAL]
BEST, OTHERS = SAFE[:1], SAFE[1:]
LONG, BY_HAND = (pytest.mark.long,), (pytest.mark.long, pytest.mark.by_hand)
#: Who attacks which levels, and when. What is not whole has a name that says so.
SIEGES = [
    (Siege(level, tuple(names)), f"{level.name}{part}", marks)
    for levels, names, part, marks in (
        (BEST, NAMES[::8], "-eighth", ()),
        (BEST, NAMES, "", LONG),
        (OTHERS, NAMES[1::4], "-quarter", LONG),
        (OTHERS, [name for place, name in enumerate(NAMES) if place % 4 != 1], "-rest", BY_HAND),
    )
    for level in levels
]
each_siege = pytest.mark.parametrize(
    "outcome", [pytest.param(siege, id=name, marks=marks) for siege, name, marks in SIEGES], indirect=True
)


def _each(names: Collection[str]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        ("outcome", "name"),
        [
            pytest.param(siege, attack, id=f"{name}-{attack}", marks=marks)
            for siege, name, marks in SIEGES
            for attack in siege.attackers
            if attack in names
        ],
        indirect=["outcome"],
    )


each_attack = _each(NAMES)
each_single_file = _each([path.stem for path in SUBMISSIONS])


def honest_points(name: str) -> int:
    """What the answers that an attack gives without its tricks are worth; it says so itself."""
    path = HERE / "submissions" / f"{name}.py"
    found = re.search(r"^# honest: (\d+)$", path.read_text(), re.MULTILINE) if path.is_file() else None
    return int(found[1]) if found else 0


def test_there_are_enough_of_them() -> None:
    assert len(NAMES) > 220  # as SECURITY.md says
    for path in SUBMISSIONS:
        assert re.match(r'"""[A-Z].+\."""\n', path.read_text()), path.name
    assert all(build.__doc__ for build in SPECIAL.values())


@each_attack
def test_an_attack_gains_nothing(outcome: Outcome, name: str) -> None:
    grade = outcome.grades[name]
    assert grade.verdict in (SubmissionVerdict.GRADED, SubmissionVerdict.UNREADABLE), grade.run.get(
        "traceback"
    )
    assert grade.score <= honest_points(name), [(c.id, c.verdict) for c in grade.checks if c.points]
    assert grade.max_score == 12
    assert len(grade.checks) == 6


@each_attack
def test_an_attack_finds_no_way_out(outcome: Outcome, name: str) -> None:
    grade = outcome.grades[name]
    printed = "\n".join(grade.run.get("printed", {}).values())
    assert "BREACH" not in printed, printed[printed.index("BREACH") :][:500]
    for told in (printed, grade.feedback, *(check.feedback for check in grade.checks)):
        assert WORD not in told


@each_single_file
def test_a_hidden_check_tells_little_of_an_attack(outcome: Outcome, name: str) -> None:
    """A type of a few, and a line that stands in the file: other figures may be what it passed."""
    lines = (HERE / "submissions" / f"{name}.py").read_text().count("\n")
    for check in outcome.grades[name].checks:
        if not check.hidden:
            continue
        raised = re.search(r"Your code raised (an exception of another kind|\w+)", check.feedback)
        assert raised is None or raised[1] in (*TOLD_TYPES, "an exception of another kind")
        without_lines = re.sub(r"\(line (\d+) of attacked\.py\)", _line_within(lines), check.feedback)
        assert not re.search(r"\d", without_lines), check.feedback


def _line_within(lines: int) -> Callable[[re.Match[str]], str]:
    return lambda found: "" if 0 < int(found[1]) <= lines else found[0]


@each_siege
def test_neighbours_get_the_same_grade_to_the_byte(outcome: Outcome) -> None:
    assert len(outcome.alone) == NEIGHBOURS
    for name, alone in outcome.alone.items():
        assert json.loads(alone)["score"] == 12
        assert outcome.grades[name].to_json() == alone


@each_siege
def test_nothing_outside_is_changed(outcome: Outcome) -> None:
    assert outcome.changed == set()


@each_siege
def test_nobody_connects_to_anything(outcome: Outcome) -> None:
    assert outcome.connections == 0


@each_siege
def test_nothing_is_left_running(outcome: Outcome) -> None:
    assert outcome.left == set()


@each_siege
def test_every_attack_ends_within_its_limits(outcome: Outcome) -> None:
    """A call that is stopped may have used what the limit is looked at for, no more than one call's worth."""
    used = {name: grade.run.get("cpu_seconds", 0) for name, grade in outcome.grades.items()}
    over = {
        name: seconds for name, seconds in used.items() if seconds > 2 * (LIMITS.total_cpu + LIMITS.call_cpu)
    }
    assert over == {}


@pytest.mark.parametrize("name", ["read_the_solutions", "read_neighbours", "read_the_system"])
def test_without_walls_the_alarm_rings(scene: Scene, name: str) -> None:
    """What these try works where there is no sandbox to speak of: only harmless ones may be tried so."""
    grade = grade_submission(scene.members / name, scene.topic, level=Bare(), limits=LIMITS)
    assert "BREACH" in grade.run["printed"]["test_mean"]
