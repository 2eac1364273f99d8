"""Which function and which call a failure is said to be about."""

import pytest

from autograder.home.child.job import Job
from autograder.home.events import Ended
from autograder.home.session import Session

CHECKS = '''
import numpy as np
import pytest
from autograder import assert_gradient
from autograder.checks import assert_close

X = np.array([1.0, 2.0])

@pytest.mark.points(1)
def test_first_of_two(student):
    """The first of two answers is compared after the second call"""
    one, other = student.twice(X), student.twice(X[:1])
    assert_close(one, 2 * X)

@pytest.mark.points(1)
def test_made_from(student):
    """What is compared is made from the first answer"""
    one, _ = student.twice(X), student.twice(X[:1])
    mean = one.mean()
    assert_close(mean, 3.0)

@pytest.mark.points(1)
def test_of_many(student):
    """Nobody knows which call it was"""
    answers = [student.is_small(x) for x in (1.0, 2.0)]
    for answer in answers:
        if answer:
            raise AssertionError("the answer should be False")

def ask(student, questions):
    for x in questions:
        if student.is_small(x):
            continue
    raise AssertionError("one of the answers is wrong")

@pytest.mark.points(1)
def test_of_a_list(student):
    """Of several questions one may be named in the check"""
    first = X.copy()
    questions = [first, 2 * X]
    ask(student, questions)

@pytest.mark.points(1)
def test_of_another(student):
    """A function is called that has nothing to do with it"""
    net = student.Net()
    student.unrelated(X)
    assert_close(net.w, 2.0, what="w")

@pytest.mark.points(1)
def test_of_a_method(student):
    """A method answers"""
    answer = student.Net().predict(X)
    net = student.Net()
    answer = net.predict(X)
    assert_close(answer, 2.0, what="the prediction")

@pytest.mark.points(1)
def test_of_one_of_two_methods(student):
    """Either method may be why"""
    net = student.Net()
    net.train(X)
    assert_close(net.predict(X), 2.0, what="the prediction")

@pytest.mark.points(1)
def test_changed(student):
    """What a call should store"""
    first, second = {}, {"t": 1}
    student.unrelated(first)
    student.unrelated(second)
    assert_close(second["t"], 2.0, what="t")

@pytest.mark.points(1)
def test_trained(student):
    """A function changes an object"""
    net = student.Net()
    student.descend(net, 0.5)
    w = net.w
    assert_close(w, 2.0, what="w")

@pytest.mark.points(1)
def test_learns(student):
    """A training"""
    net = student.Net()
    net.train(X)
    assert_close(net.w, 2.0, what="the accuracy")

@pytest.mark.points(1)
def test_raises_in_a_helper(student):
    """A gradient whose code raises in a helper"""
    assert_gradient(lambda x: x, X, lambda x, upstream: student.helped(upstream), name="dx")

@pytest.mark.points(1)
def test_method_raises(student):
    """A method raises after a call that was right"""
    x = student.unrelated(X)
    net = student.Net()
    net.broken(x)

@pytest.mark.points(1)
def test_missing(student):
    """There is no such function"""
    x = student.unrelated(X)
    student.not_there(x)

@pytest.mark.points(1)
def test_forgotten(student):
    """A return is missing"""
    assert_close(student.forgotten(X), X, what="the answer")

@pytest.mark.points(1)
def test_raises(student):
    """A call raises"""
    student.unrelated(X)
    student.raises(X, depth=1)

@pytest.mark.points(1)
def test_slope(student):
    """A gradient"""
    for name in ("dx", "dx again"):
        assert_gradient(student.twice.over(0, X), X, lambda x, upstream: student.slope(upstream), name=name)

@pytest.mark.points(1)
def test_nan(student):
    """nan comes of an earlier call"""
    _, scale = student.scaled(X)
    assert_close(student.twice(scale * X), 2 * X, what="the output")

@pytest.mark.points(1)
def test_nan_at_once(student):
    """nan comes of the call itself"""
    assert_close(student.scaled(X)[1], X, what="the scale")
'''
WORK = """\
import numpy as np

def twice(x):
    return 3 * x

def scaled(x):
    return x, np.array([1.0, np.nan])

def is_small(x):
    return True

class Net:
    def __init__(self):
        self.w = 1.0

    def broken(self, x):
        return x.nothing

    def predict(self, x):
        return 1.0

    def train(self, x):
        self.loss_history = [1.0, 2.0, 3.0, 4.0, 5.0]

def descend(net, rate):
    net.w = net.w - rate

def _helper(x):
    größe = x; return größe + x[7] * 2

def helped(x):
    return _helper(x)

def forgotten(x) -> np.ndarray:
    x + 1

def unrelated(x):
    return x

def raises(x, depth):
    return raises(x, 0) if depth else x.nothing

def slope(upstream):
    return upstream
"""


@pytest.fixture(scope="module")
def failures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Ended]:
    folder = tmp_path_factory.mktemp("work")
    (folder / "test_work.py").write_text(CHECKS, encoding="utf-8")
    (folder / "work.py").write_text(WORK, encoding="utf-8")
    outcome = Session(Job(str(folder / "test_work.py")), lambda *_: None).run()
    return {name: checked.failures[0] for name, checked in outcome.checks.items()}


@pytest.mark.parametrize(
    ("check", "call"),
    [
        ("test_first_of_two", "twice(x of shape (2,))"),
        ("test_made_from", "twice(x of shape (2,))"),
        ("test_of_many", ""),
        ("test_of_a_list", ""),
        ("test_of_another", ""),
        ("test_changed", "unrelated(x)"),
        ("test_trained", "descend(net, rate=0.5)"),
        ("test_raises", "raises(x of shape (2,), depth=1)"),
        ("test_method_raises", ""),
        ("test_missing", ""),
        ("test_raises_in_a_helper", "helped(x of shape (2,))"),
        ("test_slope", "slope(upstream of shape (2,))"),
    ],
)
def test_the_call_is_shown_whose_answer_was_compared(
    failures: dict[str, Ended], check: str, call: str
) -> None:
    assert failures[check].call == call
    assert bool(failures[check].paste) == (bool(call) and check != "test_trained")


@pytest.mark.parametrize(
    ("check", "function", "source"),
    [
        ("test_of_a_method", "Net.predict", "def predict(self, x):"),
        ("test_of_one_of_two_methods", "Net", "class Net:"),
        ("test_of_another", "Net", "class Net:"),
        ("test_trained", "descend", "def descend(net, rate):"),
        ("test_slope", "slope", "def slope(upstream):"),
    ],
)
def test_the_function_or_method_is_named_that_answered(
    failures: dict[str, Ended], check: str, function: str, source: str
) -> None:
    place = failures[check].place
    assert place is not None
    assert (place.function, place.source) == (function, source)


def test_the_first_call_that_gave_nan_is_named(failures: dict[str, Ended]) -> None:
    place = "[1] is nan (1 of 2 entries are not finite)"
    first = f"The first came from scaled: value 2 of its answer{place}."
    assert failures["test_nan"].sentence == f"the output{place}. {first}"
    assert failures["test_nan_at_once"].sentence == f"the scale{place}"


def test_a_loss_that_rises_is_told(failures: dict[str, Ended]) -> None:
    assert "The loss rises, from 1 to 3" in failures["test_learns"].sentence


def test_a_missing_return_is_asked_for_once(failures: dict[str, Ended]) -> None:
    said = "forgotten (line 34 of work.py) returned None, but it should return an array. Is a return missing?"
    assert failures["test_forgotten"].sentence == said


def test_what_raised_in_a_helper_is_marked(failures: dict[str, Ended]) -> None:
    found = failures["test_raises_in_a_helper"]
    assert found.place is not None
    assert (found.place.function, found.place.source) == ("_helper", "größe = x; return größe + x[7] * 2")
    assert found.carets == "                          ^^^^"
    assert failures["test_raises"].carets == " " * 34 + "^^^^^^^^^"
    assert failures["test_forgotten"].carets == ""
