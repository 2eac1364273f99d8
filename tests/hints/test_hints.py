"""Hints at home: who makes a known mistake reads its hint, and nobody else can read it."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.course.assignment import Assignment, find_assignment
from autograder.home.calls import Calls
from autograder.home.child.job import Job
from autograder.home.fingerprints import condensed, fingerprints
from autograder.home.hints import FILE, locked, read_hints
from autograder.home.report import Report
from autograder.home.session import Session
from autograder.home.tries import FILE as TRIES
from autograder.variants import Variant, load_variants

ROOT = Path(__file__).parents[2]
TOPICS = [path.parent.name for path in sorted((ROOT / "assignments").glob(f"*/{FILE}"))]


def prints(
    answer: object, case: str = "test_it", function: str = "f", number: int = 1
) -> list[tuple[str, str]]:
    return list(fingerprints(case, function, number, condensed(answer, keeps_second=False) or ()))


def share_one(some: list[tuple[str, str]], others: list[tuple[str, str]]) -> bool:
    return len(some) == len(others) and all(set(a) & set(b) for a, b in zip(some, others, strict=True))


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=8), st.integers(0, 2**32))
def test_rounding_errors_change_no_answer(numbers: list[float], seed: int) -> None:
    """On an edge of one grid is amid a step of the other, and sums are taken in some other order."""
    exact = np.array(numbers)
    if np.abs(exact).max() < 1e-3:
        return
    noise = 1 + 1e-14 * np.random.default_rng(seed).standard_normal(exact.shape)
    assert share_one(prints(exact), prints(exact * noise))


@pytest.mark.parametrize("number", [1.0, 0.5, 10.0, 1 / 3, 2.3025850929940455, 1e-5, -4.0])
def test_numbers_on_edges(number: float) -> None:
    assert share_one(prints(number), prints(np.nextafter(number, np.inf)))
    assert share_one(prints(number), prints(np.nextafter(number, -np.inf)))
    assert not share_one(prints(number), prints(number * (1 + 1e-4)))
    assert not share_one(prints(number), prints(-number))


def test_another_place_is_another_answer() -> None:
    answer = np.array([1.0, 2.5])
    assert not share_one(prints(answer), prints(answer, case="test_other"))
    assert not share_one(prints(answer), prints(answer, function="g"))
    assert not share_one(prints(answer), prints(answer, number=2))
    assert not share_one(prints(answer), prints(answer[::-1].copy()))


@pytest.mark.parametrize("answer", [0.0, np.zeros(3), np.full(4, np.nan), None, [1.0, 2.0], object(), {}])
def test_what_many_mistakes_give_says_nothing(answer: object) -> None:
    assert prints(answer) == []


def test_pairs_in_a_list_say_something() -> None:
    """So are the statistics of layers; a plain list of numbers may stand for many answers."""
    assert len(prints([(0.5, 1.0), (0.25, 0.75)])) == 2


def test_a_hint_is_opened_by_its_answers_only() -> None:
    (first, second), *_ = prints(np.array([0.25, 1.5]))
    hints = locked("digest", {first: "Why twice?", second: "Why twice?", "another": "Why not?"})
    assert hints.opened([second]) == ["Why twice?"]
    assert hints.opened([first, "another"]) == ["Why twice?", "Why not?"]
    assert hints.opened(["no answer"]) == []
    assert "Why" not in hints.to_json()


def outcome(assignment: Assignment, variant: Variant, folder: Path) -> dict[str, set[str]]:
    """The hints that each failing check of a variant opens at home."""
    shutil.copytree(assignment.released, folder)
    (folder / f"{assignment.name}.py").write_text(variant.source, encoding="utf-8")
    job = Job(str(folder / f"test_{assignment.name}.py"))
    found = Session(job, lambda *_: None).run()
    hints = read_hints(folder)
    assert hints is not None
    return {
        check.id: {hint for case in check.failures for hint in hints.opened(case.fingerprints)}
        for check in found.checks.values()
        if check.failures
    }


def _variants(topic: str, every: int) -> list[Variant]:
    return load_variants(find_assignment(topic, ROOT)).misconceptions[::every]


@pytest.mark.long
@pytest.mark.parametrize("topic", ["initialization", "losses"])
def test_mistakes_get_their_own_hint_or_none(topic: str, tmp_path: Path) -> None:
    """A hint that two mistakes share is the hint of both."""
    assignment = find_assignment(topic, ROOT)
    helped = failing = 0
    for number, variant in enumerate(_variants(topic, 12)):
        hints = outcome(assignment, variant, tmp_path / str(number))
        shown = set().union(*hints.values()) if hints else set()
        assert shown <= {variant.hint}, variant.name
        failing += bool(hints)
        helped += bool(shown)
    assert helped >= failing / 2


def test_an_answer_counts_as_it_was_when_it_was_given() -> None:
    """Optimizers hand a dictionary on, which later steps change in place."""
    calls, kept = Calls(), {"t": 1.0}
    calls.end(calls.begin("adam", [], {}), (2.0, kept), keeps_second=False)
    before = list(fingerprints("case", "adam", 1, calls.answers["adam"][0]))
    kept["t"] = 2.0
    assert list(fingerprints("case", "adam", 1, calls.answers["adam"][0])) == before


@pytest.mark.parametrize("topic", TOPICS)
def test_the_file_holds_no_hint_no_name_and_no_line_of_a_mistake(topic: str) -> None:
    assignment = find_assignment(topic, ROOT)
    text = (assignment.released / FILE).read_text(encoding="utf-8")
    content = json.loads(text)
    assert content["course"] == assignment.digest
    assert set(content) == {"course", "after", "hints", "locks"}
    for variant in load_variants(assignment).misconceptions:
        assert variant.name not in text
        assert variant.hint not in text
        assert variant.hint[:12] not in text


@pytest.mark.parametrize("source", [None, "def ("], ids=["missing", "no Python"])
def test_what_does_not_load_counts_as_no_try(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], source: str | None
) -> None:
    folder = Path(
        shutil.copytree(find_assignment("initialization", ROOT).released, tmp_path / "initialization")
    )
    module, content = folder / "initialization.py", json.loads((folder / FILE).read_text(encoding="utf-8"))
    (folder / FILE).write_text(json.dumps(content | {"after": 2}), encoding="utf-8")
    if source is None:
        module.unlink()
    else:
        module.write_text(source, encoding="utf-8")
    job = Job(str(folder / "test_initialization.py"))
    Report(job, Session(job, lambda *_: None).run()).print()
    assert "no check can run" in capsys.readouterr().out
    assert not (folder / TRIES).exists()


def test_a_hint_comes_after_some_failing_runs_each_with_other_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assignment = find_assignment("initialization", ROOT)
    (variant,) = [v for v in load_variants(assignment).misconceptions if v.name == "scale-squared"]
    folder = tmp_path / "initialization"
    shutil.copytree(assignment.released, folder)
    module, content = folder / "initialization.py", json.loads((folder / FILE).read_text(encoding="utf-8"))
    (folder / FILE).write_text(json.dumps(content | {"after": 2}), encoding="utf-8")
    job = Job(str(folder / "test_initialization.py"), ["test_small_weights"])

    def said(source: str) -> str:
        module.write_text(source, encoding="utf-8")
        Report(job, Session(job, lambda *_: None).run()).print()
        return " ".join(capsys.readouterr().out.split())

    for _ in range(2):  # the same code again is no other try
        shown = said(variant.source)
        assert "Its hint comes after 1 more failing run" in shown
        assert variant.hint not in shown
    assert variant.hint in said(f"{variant.source}\n# tried\n")
    said(assignment.reference.read_text(encoding="utf-8"))
    assert variant.hint not in said(variant.source)
