"""Names that are wrong for what they are given to are reported."""

from collections.abc import Callable
from concurrent.futures import Executor

import pytest

from autograder.course.assignment import Assignment
from autograder.proof import TopicProof, prove
from autograder.proof.mutants import mutants_of
from autograder.proof.names import Fit, GivenName, fit_of
from autograder.proof.probes import Answers, Difference
from autograder.proof.prove import try_all
from autograder.proof.report import report_lines
from autograder.proof.trial import Trial
from autograder.proxy.transcript import Transcript
from autograder.variants import load_variants

MakeTopic = Callable[..., Assignment]


def given(topic: Assignment, workers: Executor, before: str, after: str) -> Trial:
    """What becomes of one mutant."""
    (mutant,) = (
        m for m in mutants_of(topic.reference.read_text()) if before in m.before and m.after == after
    )
    (trial,) = try_all(topic, [mutant], workers, diagnosed=1)
    return trial


@pytest.mark.long
def test_a_mutant_that_is_a_known_mistake_has_its_name(make_topic: MakeTopic, workers: Executor):
    trial = given(make_topic(), workers, "np.sqrt", "return np.mean(x * x, axis=0)")
    assert trial.names == (GivenName("test_spread_of_columns", "root-forgotten", Fit.SAME),)


@pytest.mark.parametrize(
    ("function", "name", "other", "fit"),
    [
        ("spread", "root-forgotten", 1.0, Fit.SAME),
        ("spread", "root-forgotten", 2.0, Fit.PERHAPS),
        ("spread", "factor-ignored", 1.0, Fit.WRONG),
    ],
)
def test_the_fit_of_a_name(make_topic: MakeTopic, function: str, name: str, other: float, fit: Fit):
    topic = make_topic()
    mutant = next(m for m in mutants_of(topic.reference.read_text()) if m.function == function)
    (variant,) = (v for v in load_variants(topic).misconceptions if v.name == name)

    def answers(source: str | None) -> list[Answers]:
        transcript = Transcript()
        transcript.note(function, 1.0 if source is None else other)
        return [transcript.entries]

    assert fit_of(mutant, variant, answers) == fit


def test_names_of_mutants_are_told(make_topic: MakeTopic):
    mutant = mutants_of(make_topic().reference.read_text())[0]
    names = (GivenName("test_a", "some-mistake", Fit.WRONG), GivenName("test_b", "another", Fit.PERHAPS))
    trial = Trial(mutant, Difference.VALUE, frozenset(), frozenset({"test_a", "test_b"}), names)
    proof = TopicProof("small", "small.py", (), (), (trial,), {}, complete=False, seconds=0.0)
    assert proof.wrong_names == 1
    told = "\n".join(report_lines(proof))
    assert "names of 1 caught mutants (a sample): 1 are given one, 1 checks one that is wrong" in told
    assert "  wrong name: some-mistake by test_a\n    small.py:" in told
    assert "  doubtful name: another by test_b\n    small.py:" in told


@pytest.mark.long
def test_wrong_names_are_counted_and_told(make_topic: MakeTopic, workers: Executor):
    topic = make_topic()
    bank = topic.misconceptions.read_text()
    twins = 'misconception("a-twin", hint="Hm?", edits=[edit("spread", ROOT, "np.mean(x * x, axis=0)")])\n'
    topic.misconceptions.write_text(bank.replace('misconception("root', f'{twins}misconception("root'))
    proof = prove(topic, workers, 4)
    assert [v.name for v in proof.misnamed] == ["root-forgotten"]
    assert [v.name for v in proof.misconceptions if not v.named_first] == ["root-forgotten"]
    assert proof.wrong_names == 1
    assert "  wrong name: root-forgotten is called a-twin by test_spread_of_columns" in [*report_lines(proof)]
    (wrong,) = proof.to_json()["misconceptions"]["wrong_names"]
    assert wrong == {"variant": "root-forgotten", "check": "test_spread_of_columns", "name": "a-twin"}
