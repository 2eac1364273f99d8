"""A whole proof of a small topic: it succeeds, and fails whatever one weakens."""

import json
from collections.abc import Callable
from concurrent.futures import Executor

import pytest
from click.testing import CliRunner, Result

from autograder.cli.prove import command
from autograder.course.assignment import Assignment
from autograder.errors import UserError
from autograder.proof import prove
from autograder.proof.probes import Probes
from autograder.proof.seeds import lost_by_seed
from autograder.proof.test_coverage import entering, find_reach

MakeTopic = Callable[..., Assignment]


def test_good_checks_are_proven(make_topic: MakeTopic, workers: Executor):
    proof = prove(make_topic(), workers)
    assert proof.problems == []
    found = proof.to_json()
    assert found["correct"] == {"total": 3, "lost": []}
    assert found["misconceptions"] == {
        "total": 3, "caught": 3, "named": 3, "named_first": 3, "missed": [], "wrong_names": []
    }  # fmt: skip
    assert found["mutants"]["diagnosed"] == found["mutants"]["killed"]
    assert [wrong for wrong in found["mutants"]["wrong_names"] if wrong["fit"] == "wrong"] == []
    assert found["mutants"]["total"] == found["mutants"]["killed"] == len(proof.trials) > 10
    assert found["mutants"]["survivors"] == []
    assert 0 < found["mutants"]["crashing"] < found["mutants"]["killed"]
    assert found["checks"]["test_spread_of_columns"]["sole_kills"] > 0
    assert found["checks"]["test_scaled_worked_example"]["kills"] >= 1


SPREAD = "student.spread(x), np.sqrt((x**2).sum(axis=0) / 4))"
WEAKENED = {
    "a wide tolerance": ({SPREAD: SPREAD[:-1] + ", rtol=9)"}, "mutants killed: "),
    "fewer rows": ({SPREAD: "student.spread(x[:1]), abs(x[0]))"}, "mutants killed: "),
    "fewer cases": ({"[0.5, 3.0]": "[2.0]"}, "factor-ignored keeps full marks"),
}


@pytest.mark.long
@pytest.mark.parametrize(("checks", "problem"), WEAKENED.values(), ids=WEAKENED)
def test_a_weakened_check_is_found_out(
    make_topic: MakeTopic, workers: Executor, checks: dict[str, str], problem: str
):
    problems = prove(make_topic(checks=checks), workers).problems
    assert any(found.startswith(problem) for found in problems), problems


MATRIX = "    x = rng.standard_normal((4, 3))\n"


@pytest.mark.long
def test_a_check_that_rejects_what_is_right(make_topic: MakeTopic, workers: Executor):
    call = "student.picked(np.array([0.5, 1.5, 2.5]), np.array([2, 0]))"
    too_sharp = {f"assert_close({call}": f"assert type({call}) is np.ndarray\n    assert_close({call}"}
    proof = prove(make_topic(checks=too_sharp), workers)
    assert "as-list, which is right, loses points" in proof.problems
    (lost,) = proof.to_json()["correct"]["lost"]
    assert (lost["variant"], lost["check"]) == ("as-list", "test_picked")
    assert lost["feedback"]


def judged(after: str) -> dict[str, str]:
    return {
        "EQUIVALENT = []": f'EQUIVALENT = [equivalent("scaled", "return x * factor", "{after}", "so be it")]'
    }


@pytest.mark.long
def test_a_mutant_that_is_judged_equivalent_and_caught(make_topic: MakeTopic, workers: Executor):
    """Either the judgement is wrong, or the check asks more than the contract."""
    proof = prove(make_topic(battery=judged("return x / factor")), workers)
    assert [trial.mutant.after for trial in proof.disputed] == ["return x / factor"]
    assert proof.problems == ["caught, though it is equivalent: " + proof.disputed[0].mutant.name]


@pytest.mark.long
def test_a_mutant_that_is_judged_equivalent_and_not_caught(make_topic: MakeTopic, workers: Executor):
    only_shapes = {
        "factor * x)": "factor * x, rtol=1e9)",
        "np.array([2.0, 4.0, 6.0]))": "np.zeros(3), atol=99)",
    }
    proof = prove(make_topic(checks=only_shapes, battery=judged("return x / factor")), workers)
    assert [trial.mutant.after for trial in proof.equivalent] == ["return x / factor"]
    assert "return x / factor" not in [trial.mutant.after for trial in proof.survivors]


def test_a_judgement_about_a_mutant_that_is_gone(make_topic: MakeTopic, workers: Executor):
    with pytest.raises(UserError, match="take it out: return x \\* factor -> return 7"):
        prove(make_topic(battery=judged("return 7")), workers)


@pytest.mark.long
@pytest.mark.unmeasured
def test_without_probes_every_mutant_counts_as_wrong(make_topic: MakeTopic, workers: Executor):
    topic = make_topic(
        reference={"return x * factor": "return x * factor + 0"},
        bank={"x * factor": "x * factor + 0", "x * 2.0": "x * 2.0 + 0"},
    )
    assert [trial.mutant.kind for trial in prove(topic, workers).equivalent] == [
        "arithmetic",
        "term dropped",
        "term doubled",
    ]
    topic.probes.unlink()
    proof = prove(topic, workers)
    assert (proof.equivalent, proof.disputed) == ([], [])
    assert len(proof.survivors) == 3


IDLE = '''

@pytest.mark.points(1)
def test_idle(student):
    """Nothing"""
    student.scaled(np.ones(2))
'''


def test_a_check_that_catches_nothing_of_its_own(make_topic: MakeTopic, workers: Executor):
    topic = make_topic()
    topic.checks.write_text(topic.checks.read_text() + IDLE)
    assert prove(topic, workers).problems == ["test_idle catches none of the misconceptions"]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    def run(topic: Assignment, *arguments: str) -> Result:
        monkeypatch.chdir(topic.course)
        return CliRunner().invoke(command, ["--jobs", "1", *arguments])

    return run


@pytest.mark.long
def test_the_command_writes_all_it_is_asked_for(make_topic: MakeTopic, run: Callable[..., Result]):
    topic = make_topic()
    done = run(topic, "--json", "proof.json", "--matrix", "matrix", "--table")
    assert done.exit_code == 0, done.output
    assert "full marks: 3 of 3 right variants" in done.output
    found = json.loads((topic.course / "proof.json").read_text())
    assert sorted(found) == ["small"]
    assert (
        "| small | 4 | 3 of 3 | 3 of 3 | 3 | 0 of " in (topic.course / "solutions" / "README.md").read_text()
    )
    assert (topic.course / "matrix" / "matrix-small.png").read_bytes().startswith(b"\x89PNG")
    assert "<code>+ return x / factor</code>" in (topic.course / "matrix" / "matrix-small.html").read_text()


@pytest.mark.unmeasured
@pytest.mark.long
def test_the_command_fails_with_a_weakened_check_and_shows_the_survivor(
    make_topic: MakeTopic, run: Callable[..., Result]
):
    checks, _ = WEAKENED["a wide tolerance"]
    done = run(make_topic(checks=checks), "small")
    assert done.exit_code == 1
    assert (
        "    -return np.sqrt(np.mean(x * x, axis=0))\n    +return np.sqrt(np.sum(x * x, axis=0))"
        in done.output
    )


@pytest.mark.long
@pytest.mark.parametrize("seeds", ["2", "6"])
def test_seeds(make_topic: MakeTopic, run: Callable[..., Result], seeds: str):
    done = run(make_topic(), "--seeds", seeds)
    assert (done.exit_code, done.output.splitlines()[-1]) == (0, f"not one point lost with {seeds} seeds")


@pytest.mark.unmeasured
@pytest.mark.long
def test_a_flaky_check_is_found_by_seeds(make_topic: MakeTopic, run: Callable[..., Result]):
    """It fails for one number in five."""
    flaky = {MATRIX: MATRIX + "    assert rng.integers(5)\n"}
    done = run(make_topic(checks=flaky), "--seeds", "12")
    assert done.exit_code == 1
    assert "reference fails test_spread_of_columns with seed" in done.output


@pytest.mark.unmeasured
@pytest.mark.long
def test_a_variant_that_is_wrong_for_some_inputs_is_found_by_seeds(make_topic: MakeTopic, workers: Executor):
    """For two inputs in three it is right, also with the seeds that everything is run with."""
    rarely = 'correct("rarely-wrong", edits=[edit("spread", "axis=0))", "axis=0)) + (x[0, 0] > 0.4)")])\n'
    topic = make_topic(bank={'correct("as-list"': rarely + 'correct("as-list"'})
    lost = {(one.variant, one.test) for one in lost_by_seed(topic, workers, 12)}
    assert lost == {("correct-rarely-wrong", "test_spread_of_columns")}


def test_tests_that_enter_a_function_are_told_from_others(make_topic: MakeTopic):
    topic = make_topic()
    source = topic.reference.read_text("utf-8")
    entered = find_reach(topic, Probes()).tests
    assert entering(entered, source, {"spread"}) == ["test_spread_of_columns"]
    assert len(entering(entered, source, {"scaled"})) == 3
    assert entering(entered, source, set()) == []
