"""Answers of known mistakes are worked out once, kept small, shared, and never trusted blindly."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from autograder.checkspec import CheckSpec
from autograder.course.assignment import Assignment
from autograder.course.read_checks import read_checks
from autograder.grading import Grade, known_answers, run_checks
from autograder.grading.answers_on_disk import AnswersOnDisk
from autograder.grading.candidates import candidates_of
from autograder.grading.known_answers import REMEMBERED, KnownAnswers, Recent
from autograder.grading.match_misconception import diagnose
from autograder.grading.run_checks import Case
from autograder.seeds import NumberedSeed
from autograder.verdicts import CheckVerdict
from tests.in_process import graded_here

SEED = NumberedSeed(0)
CASE = "test_mean"


@pytest.fixture
def grade(tiny: Assignment, tmp_path: Path) -> Callable[[str], Grade]:
    def graded(source: str) -> Grade:
        (tmp_path / "ada").mkdir(exist_ok=True)
        (tmp_path / "ada" / "tiny.py").write_text(source)
        return graded_here(tmp_path / "ada", tiny)

    return graded


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache of the user's, and a process that knows nothing yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    known_answers._known.cache_clear()
    return tmp_path / "cache"


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows by one whenever known mistakes are run."""
    found: list[int] = []

    def counted(plugin: known_answers._Rehearsal, assignment: Assignment, seed: NumberedSeed) -> list[Case]:
        found.append(1)
        return real(plugin, assignment, seed)

    real = run_checks.record
    monkeypatch.setattr(known_answers, "record", counted)
    return found


def learn(tiny: Assignment) -> known_answers.KnownCase:
    return KnownAnswers(tiny, SEED, AnswersOnDisk.of(tiny, SEED)).learn_answers(
        {CASE: candidates_of(tiny).all}
    )[CASE]


def files(cache: Path) -> list[Path]:
    return [path for path in cache.rglob("*") if path.is_file()]


def test_what_is_known_is_not_worked_out_again(tiny: Assignment, cache: Path, runs: list[int]) -> None:
    first = learn(tiny)
    before = len(runs)
    second = learn(tiny)
    assert len(runs) == before > 0
    assert first.wrong.keys() == second.wrong.keys()
    (one,), (other,) = first.wrong["mean-of-two"] or (), second.wrong["mean-of-two"] or ()
    assert (one.function, one.inputs, one.parts[0].scale) == (
        other.function,
        other.inputs,
        other.parts[0].scale,
    )
    np.testing.assert_array_equal(one.parts[0].places, other.parts[0].places)


def test_another_course_or_seed_has_files_of_its_own(tiny: Assignment, cache: Path, runs: list[int]) -> None:
    learn(tiny)
    other = NumberedSeed(1)
    KnownAnswers(tiny, other, AnswersOnDisk.of(tiny, other)).of_cases([CASE])
    assert len({path.parent for path in files(cache)}) == 2


def test_only_the_owner_can_read_them(tiny: Assignment, cache: Path) -> None:
    learn(tiny)
    assert {stat.S_IMODE(path.stat().st_mode) for path in files(cache)} == {0o600}
    assert {stat.S_IMODE(path.parent.stat().st_mode) for path in files(cache)} == {0o700}


def test_a_folder_that_others_can_read_is_left_alone(tiny: Assignment, cache: Path, runs: list[int]) -> None:
    learn(tiny)
    (folder,) = {path.parent for path in files(cache)}
    folder.chmod(0o755)
    before = len(runs)
    learn(tiny)
    assert len(runs) > before


def flipped(content: bytes) -> bytes:
    return content[:40] + bytes([content[40] ^ 1]) + content[41:]


@pytest.mark.parametrize("damage", [flipped, lambda content: content[:-1], lambda _: b""])
def test_a_damaged_file_is_worked_out_again(
    tiny: Assignment, cache: Path, runs: list[int], damage: Callable[[bytes], bytes]
) -> None:
    learn(tiny)
    for path in files(cache):
        path.write_bytes(damage(path.read_bytes()))
    before = len(runs)
    assert learn(tiny).wrong["mean-of-two"]
    assert len(runs) > before


def test_files_hold_no_arrays(tiny: Assignment, cache: Path) -> None:
    learn(tiny)
    assert sum(path.stat().st_size for path in files(cache)) < 4000


@pytest.mark.parametrize("place", ["missing", "a file", "/proc/1/nothing"])
def test_grades_are_the_same_without_the_cache(
    grade: Callable[[str], Grade], right: str, cache: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    wrong = right.replace("np.average(x)", "sum(x)").replace("np.var(x)", "np.var(x) * x.size")
    expected = grade(wrong).to_json()
    assert files(cache)
    known_answers._known.cache_clear()
    assert grade(wrong).to_json() == expected
    if place == "a file":
        (cache.parent / "file").write_text("")
        place = str(cache.parent / "file")
    monkeypatch.setenv("XDG_CACHE_HOME", place if os.path.isabs(place) else str(cache.parent / place))
    known_answers._known.cache_clear()
    assert grade(wrong).to_json() == expected


def test_a_right_submission_asks_for_nothing(
    grade: Callable[[str], Grade], right: str, cache: Path, runs: list[int]
) -> None:
    assert grade(right).score == 7
    assert runs == []
    assert not cache.exists()


def test_only_the_values_used_last_are_remembered() -> None:
    recent: Recent[str, int] = Recent(2)
    recent.put("a", 1)
    recent.put("b", 2)
    assert recent.get("a") == 1
    recent.put("c", 3)
    assert (recent.get("a"), recent.get("b"), recent.get("c"), len(recent)) == (1, None, 3, 2)


def failed(spec: CheckSpec, value: float) -> Case:
    case = Case(spec, CASE, 1, "", verdict=CheckVerdict.FAILED)
    case.transcript.note("mean", value)
    return case


def test_memory_is_flat_over_many_submissions(tiny: Assignment, cache: Path) -> None:
    (spec,) = (check for check in read_checks(tiny.checks) if check.id == CASE)
    kept = []
    for number in range(2000):
        diagnose(tiny, [failed(spec, number + 0.123)], SEED)
        known = known_answers.known_answers(tiny, SEED)
        entries = [known.cases.get(name) for name in (CASE, "test_spread")]
        kept.append((len(known.cases), len(known.verdicts), sum(len(case.wrong) for case in entries if case)))
    assert kept[20] == kept[-1]
    assert max(kept[-1][:2]) <= REMEMBERED
