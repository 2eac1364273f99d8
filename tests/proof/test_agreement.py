"""Verdicts at home and when graded are held side by side."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

import pytest
from click.testing import CliRunner, Result

from autograder.cli.prove import command
from autograder.course.assignment import Assignment
from autograder.proof.agreement import compare
from autograder.proof.agreement.slips import slips_of

pytestmark = pytest.mark.unmeasured

MakeTopic = Callable[..., Assignment]

#: A class, whose object a check at home holds itself.
KEEPER = '''

class Keeper:
    """Keeps an array."""

    def __init__(self):
        self.state = np.ones(2)

    def total(self):
        """The sum of the array."""
        return self.state.sum()
'''
#: It looks at the array before it calls the method, and again afterwards at what it then had.
BLIND = '''

@pytest.mark.points(1)
def test_keeper(student):
    """Keeper: its array is left alone"""
    keeper = student.Keeper()
    state = keeper.state
    assert keeper.total() == 2
    assert_close(state, np.ones(2))
'''
SEEING = BLIND.replace("assert_close(state,", "assert_close(keeper.state,")


def with_keeper(topic: Assignment, check: str) -> Assignment:
    topic.reference.write_text(topic.reference.read_text() + KEEPER)
    topic.checks.write_text(topic.checks.read_text() + check)
    return topic


@pytest.mark.long
def test_a_check_that_reads_state_back_agrees(make_topic: MakeTopic, workers: Executor):
    compared = compare(with_keeper(make_topic(), SEEING), workers)
    assert compared.found == ()
    assert compared.slips > 20
    assert compared.cases > compared.slips


ENDLESS = """
misconception("endless", hint="When?", edits=[edit("spread", "    return", "    while True: x\\n    return")])
"""


class HereAndNow(Executor):
    """Does tasks in this process."""

    def submit(self, task: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_result(task(*args, **kwargs))
        return done


def test_an_endless_loop_is_left_out(
    make_topic: MakeTopic, workers: Executor, monkeypatch: pytest.MonkeyPatch
):
    """The cases before it are compared."""
    topic = make_topic()
    topic.misconceptions.write_text(topic.misconceptions.read_text() + ENDLESS)
    (endless,) = (slip for slip in slips_of(topic) if slip.name == "endless")
    assert endless.tests == ("test_spread_of_columns",)
    monkeypatch.setattr("autograder.proof.agreement.limited._SECONDS", 0.2)
    monkeypatch.setattr("autograder.proof.agreement.comparison.slips_of", lambda _: [endless])
    compared = compare(topic, HereAndNow())
    assert (compared.slips, compared.cases, compared.found) == (1, 0, ())


def test_a_slip_that_spoils_state_is_found(make_topic: MakeTopic, monkeypatch: pytest.MonkeyPatch):
    topic = with_keeper(make_topic(), BLIND)
    slips = [slip for slip in slips_of(topic) if slip.name == "Keeper.total spoils its own object"]
    monkeypatch.setattr("autograder.proof.agreement.comparison.slips_of", lambda _: slips)
    (found,) = compare(topic, HereAndNow()).found
    assert (found.test, found.at_home, found.graded) == ("test_keeper", "failed", "passed")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    def run(topic: Assignment, *arguments: str) -> Result:
        monkeypatch.chdir(topic.course)
        return CliRunner().invoke(command, ["--agree", "--jobs", "1", *arguments])

    return run


@pytest.mark.long
def test_a_check_that_does_not_is_found(make_topic: MakeTopic, run: Callable[..., Result]):
    done = run(with_keeper(make_topic(), BLIND))
    assert done.exit_code == 1
    assert "small: Keeper.total spoils its own object: test_keeper is failed at home, passed" in done.output
    assert done.output.endswith("1 checks have another verdict at home than when graded\n")


def test_a_sample_by_the_command(make_topic: MakeTopic, run: Callable[..., Result]):
    done = run(make_topic(), "--mutants", "3")
    assert done.exit_code == 0
    assert "cases of 3 variants were compared" in done.output
