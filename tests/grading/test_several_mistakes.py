"""Mistakes are told function by function, however the submission keeps its caches."""

from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from autograder.course.assignment import Assignment, find_assignment
from autograder.grading import known_answers, match_misconception
from autograder.grading.candidates import candidates_of
from autograder.grading.effort import Effort
from autograder.grading.result import CheckResult
from tests.in_process import graded_here

REFERENCE = '''\
"""A scale, its gradient, and a mean."""

import numpy as np


def scale_forward(x, factor):
    return factor * x, (x, factor)


def scale_backward(dout, cache):
    x, factor = cache
    return factor * dout, np.sum(dout * x)


def mean(x):
    return np.sum(x) / x.size


def centred(x):
    return x - mean(x)


def softmax(x):
    shifted = x - np.max(x)
    return np.exp(shifted) / np.sum(np.exp(shifted))


def batch(x, factor, rng):
    return factor * x[rng.choice(len(x), 3)]


def places(n, rng):
    return rng.integers(0, n, 400)
'''

CHECKS = '''\
import numpy as np
import pytest


@pytest.mark.points(1)
def test_forward(student, rng):
    """The output"""
    x = rng.normal(size=(4, 3))
    assert np.allclose(student.scale_forward(x, 1.3)[0], 1.3 * x)


@pytest.mark.points(1)
@pytest.mark.parametrize("n", [1, 5])
def test_backward(student, rng, n):
    """The gradients"""
    x, dout = rng.normal(size=n), rng.normal(size=n)
    _, cache = student.scale_forward(x, 1.7)
    dx, dfactor = student.scale_backward(dout, cache)
    assert np.allclose(dx, 1.7 * dout)
    assert np.allclose(dfactor, dout @ x)


@pytest.mark.points(1)
@pytest.mark.parametrize("shape", [(2, 3), (4, 2)])
def test_backward_of_images(student, rng, shape):
    """The gradient of arrays with two axes"""
    x, dout = rng.normal(size=shape), rng.normal(size=shape)
    dx, _ = student.scale_backward(dout, student.scale_forward(x, 1.0)[1])
    assert np.shape(dx) == shape and np.allclose(dx, dout)


@pytest.mark.points(1)
def test_negative(student, rng):
    """A negative factor: the output and the gradient"""
    x, dout = rng.normal(size=3), rng.normal(size=3)
    out, cache = student.scale_forward(x, -1.4)
    assert np.allclose(out, -1.4 * x) and np.allclose(student.scale_backward(dout, cache)[0], -1.4 * dout)


@pytest.mark.points(1)
def test_both(student, rng):
    """A mean, and an output"""
    x = rng.normal(size=6)
    found = [student.mean(x), student.scale_forward(x, 0.3)[0]]
    assert np.allclose(found[0], np.mean(x)) and np.allclose(found[1], 0.3 * x)


@pytest.mark.points(1)
def test_mean(student, rng):
    """A mean"""
    assert np.isclose(student.mean(rng.normal(size=5)), 17.0) or np.isclose(student.mean(np.ones(4)), 1.0)


@pytest.mark.points(1)
def test_mean_without_loops(student):
    """A mean of many numbers takes no more lines"""
    assert student.mean.lines(np.ones(30)) == student.mean.lines(np.ones(3))


@pytest.mark.points(1)
def test_centred(student, rng):
    """Numbers about their mean"""
    x = rng.normal(size=5)
    assert np.allclose(student.centred(x), x - np.mean(x))


@pytest.mark.points(1)
def test_batch_of_equals(student, rng):
    """A batch of numbers that are all the same"""
    x = np.full(6, rng.normal())
    assert np.allclose(student.batch(x, 0.3, rng), 0.3 * x[:3])


@pytest.mark.points(1)
def test_batch(student, rng):
    """A batch of any numbers"""
    x = rng.normal(size=50)
    assert np.isin(np.round(student.batch(x, 0.3, rng), 9), np.round(0.3 * x, 9)).all()


@pytest.mark.points(1)
@pytest.mark.parametrize("high", [0.0, 1000.0])
def test_softmax(student, rng, high):
    """Probabilities of large scores"""
    x = rng.normal(size=4)
    x[0] += high
    assert np.isclose(np.sum(student.softmax(x)), 1.0)


@pytest.mark.points(1)
@pytest.mark.parametrize("n", [5, 8])
def test_places(student, rng, n):
    """Every place comes up"""
    last = int(np.max(student.places(n, rng)))
    assert last == n - 1, f"the last place should be {n - 1}, but it is {last}"
'''

BANK = """\
from autograder.variants import edit, misconception

misconception("gradient-of-a-sum", hint="One.", edits=[edit("scale_backward", "factor * dout", "1.0 * dout")])
misconception("factor-squared", hint="Two.", edits=[edit("scale_forward", "factor * x", "factor**2 * x")])
misconception(
    "factor-without-sign", hint="Eleven.", edits=[edit("scale_forward", "factor * x", "abs(factor) * x")]
)
misconception(
    "gradient-left-flat", hint="Twelve.", edits=[edit("scale_backward", "* dout,", "* dout.ravel(),")]
)
misconception("sum-for-mean", hint="Three.", edits=[edit("mean", " / x.size", "")])
misconception(
    "factor-squared-in-a-batch", hint="Six.", edits=[edit("batch", "factor * x", "factor**2 * x")]
)
misconception(
    "mean-in-a-loop", hint="Eight.", edits=[edit("mean", "np.sum(x)", "sum(float(v) for v in x.ravel())")]
)
misconception(
    "doubled-in-the-cache", hint="Seven.", edits=[edit("scale_forward", ", (x, factor)", ", (2 * x, factor)")]
)
misconception("no-gradient", hint="Four.", edits=[edit("scale_backward", "factor * dout", "0.0 * dout")])
misconception(
    "no-shift",
    hint="Five.",
    edits=[
        edit("softmax", "shifted = x - np.max(x)", "shifted = x"),
        edit("softmax", "np.exp(shifted) / np.sum(np.exp(shifted))", "np.exp(x - np.log(np.sum(np.exp(x))))"),
    ],
)
misconception("last-place-left-out", hint="Nine.", edits=[edit("places", "(0, n,", "(0, n - 1,")])
misconception("half-of-the-places", hint="Ten.", edits=[edit("places", "(0, n,", "(0, n // 2,")])
"""

RIGHT = """\
import numpy as np

def scale_forward(x, factor):
    return factor * x, CACHE

def scale_backward(dout, cache):
    x, factor = UNPACKED
    return factor * dout, np.sum(dout * x)

def mean(x):
    return np.average(x)

def centred(x):
    return x - x.mean()

def softmax(x):
    e = np.exp(x - x.max())
    return e / e.sum()

def batch(x, factor, rng):
    return x[rng.permutation(len(x))[:3]] * factor

def places(n, rng):
    return np.array([int(n * rng.random()) for _ in range(400)])
"""

CACHES = {
    "a tuple": ("(x, factor)", "cache"),
    "a list": ("[x, factor]", "cache"),
    "a dictionary": ('{"x": x, "f": factor}', '(cache["x"], cache["f"])'),
    "an array": ("np.append(x.ravel(), factor)", "(cache[:-1].reshape(dout.shape), cache[-1])"),
    "a list that is emptied": ("[factor, x]", "(cache.pop(), cache.pop())"),
}

Results = Callable[..., dict[str, CheckResult]]


@pytest.fixture
def results(tmp_path: Path) -> Results:
    """Grades RIGHT with some texts exchanged; gives the checks that fail by name."""
    folder = tmp_path / "solutions" / "parts"
    folder.mkdir(parents=True)
    (folder / "parts.py").write_text(REFERENCE)
    (folder / "test_parts.py").write_text(CHECKS)
    (folder / "misconceptions.py").write_text(BANK)
    topic = find_assignment("parts", tmp_path)

    def graded(*changes: tuple[str, str], cache: str = "a tuple") -> dict[str, CheckResult]:
        kept, unpacked = CACHES[cache]
        text = RIGHT.replace("CACHE", kept).replace("UNPACKED", unpacked)
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        handed_in = tmp_path / "ada"
        handed_in.mkdir(exist_ok=True)
        (handed_in / "parts.py").write_text(text)
        found = graded_here(handed_in, topic)
        return {check.id: check for check in found.checks if check.verdict != "passed"}

    return graded


def names(results: dict[str, CheckResult]) -> dict[str, str | None]:
    return {name: check.misconception for name, check in results.items()}


BACKWARD = ("return factor * dout", "return dout * 1")
FORWARD = ("return factor * x", "return factor * (factor * x)")
MEAN = ("np.average(x)", "x.sum()")


def test_loops_of_any_form_are_loops(results: Results) -> None:
    loop = "total = 0.0\n    for value in x.ravel():\n        total += value\n    return total / x.size"
    assert names(results(("return np.average(x)", loop))) == {"test_mean_without_loops": "mean-in-a-loop"}


def test_what_a_forward_keeps_may_be_spoilt_in_the_backward(results: Results) -> None:
    assert names(results(("np.sum(dout * x)", "2 * np.sum(dout * x)"))) == {
        "test_backward": "doubled-in-the-cache"
    }


@pytest.mark.parametrize("cache", CACHES)
def test_how_a_cache_is_kept_does_not_matter(results: Results, cache: str) -> None:
    assert names(results(cache=cache)) == {}
    assert names(results(FORWARD, cache=cache)) == dict.fromkeys(
        ["test_forward", "test_both", "test_negative"], "factor-squared"
    )
    assert names(results(BACKWARD, cache=cache)) == dict.fromkeys(
        ["test_backward", "test_negative"], "gradient-of-a-sum"
    )


def test_several_mistakes_are_told_one_by_one(results: Results) -> None:
    found = results(FORWARD, BACKWARD, MEAN)
    assert names(found) == {
        "test_forward": "factor-squared",
        "test_backward": "gradient-of-a-sum",
        "test_negative": "factor-squared",
        "test_both": "factor-squared",
        "test_mean": "sum-for-mean",
    }
    assert found["test_both"].help == "Two. Another known mistake shows here too: Three."
    assert found["test_forward"].help == "Two."


def test_what_is_known_of_mistakes_beside_another_is_kept(
    results: Results, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = names(results(FORWARD, BACKWARD))
    assert first["test_backward"] == "gradient-of-a-sum"

    def run(*_: object) -> NoReturn:
        raise AssertionError("run again")

    known_answers._known.cache_clear()
    monkeypatch.setattr(known_answers, "record", run)
    assert names(results(FORWARD, BACKWARD)) == first


def test_so_many_are_tried_beside_another_and_no_more(
    results: Results, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(match_misconception, "MOST_PAIRS", 0)
    assert names(results(FORWARD, BACKWARD))["test_backward"] is None


def test_comparisons_are_counted_once_and_bounded(tiny: Assignment) -> None:
    first, second, *_ = candidates_of(tiny).all
    effort = Effort(most=3)
    assert list(effort.afford({first: ["a"], second: ["a", "b"]}, "")) == [first, second]
    assert list(effort.afford({first: ["a"], second: ["b"]}, "")) == [first, second]
    assert (effort.made, effort.complete) == (3, True)
    assert list(effort.afford({first: ["a", "b"], second: ["a"]}, "")) == []
    assert list(effort.afford({second: ["a"]}, "other")) == []
    assert (effort.made, effort.complete) == (3, False)


def test_what_the_reference_calls_may_be_written_out(results: Results) -> None:
    """The mean alone is right; the mean of the numbers in the other function is not."""
    assert names(results(("x - x.mean()", "x - sum(x)"))) == {"test_centred": "sum-for-mean"}


def test_a_mistake_is_told_once_though_others_call_it(results: Results) -> None:
    found = results(MEAN, ("x - x.mean()", "x - mean(x)"))
    assert names(found) == dict.fromkeys(["test_both", "test_mean", "test_centred"], "sum-for-mean")
    assert found["test_centred"].help == "Three."


def test_a_mistake_that_fails_what_the_submission_passes_is_not_named(results: Results) -> None:
    """With n = 1 its answer is the mistake's, by chance; with n = 5 it is right."""
    by_chance = ("return factor * dout", "return (1.0 if len(x) == 1 else factor) * dout")
    assert names(results(by_chance)) == {"test_backward": None}


def test_a_mistake_must_agree_in_all_cases_that_it_explains(results: Results) -> None:
    at_times = ("return factor * dout", "return (1.0 if len(x) == 1 else 1.1) * dout")
    assert names(results(at_times)) == dict.fromkeys(
        ["test_backward", "test_backward_of_images", "test_negative"]
    )


def test_an_unknown_mistake_beside_a_known_one(results: Results) -> None:
    unknown = ("return factor * x", "return factor * x + 0.01")
    assert names(results(unknown, MEAN)) == {
        "test_forward": None,
        "test_negative": None,
        "test_both": "sum-for-mean",
        "test_mean": "sum-for-mean",
    }


def test_nan_in_other_places_than_the_known_mistakes(results: Results) -> None:
    overflowing = ("e = np.exp(x - x.max())", "e = np.exp(x)")
    assert names(results(overflowing)) == {"test_softmax": "no-shift"}


def test_a_mistake_beside_other_random_draws(results: Results) -> None:
    """What was drawn does not count where the reference would answer otherwise, too, with another seed."""
    assert names(results(("[:3]] * factor", "[:3]] * factor * factor"))) == {
        "test_batch_of_equals": "factor-squared-in-a-batch",
        "test_batch": None,
    }


def test_a_mistake_that_only_the_checks_words_tell(results: Results) -> None:
    """No number is what the known mistake draws, but each check finds the same amiss."""
    assert names(results(("int(n * rng", "int((n - 1) * rng"))) == {"test_places": "last-place-left-out"}
    assert names(results(("int(n * rng", "int((n + 4) * rng"))) == {"test_places": None}


def test_the_checks_words_tell_nothing_beside_a_mistake_that_is_sure(results: Results) -> None:
    """What fails in the same words may follow from that one."""
    found = results(("int(n * rng", "int((n - 1) * rng"), ("np.average(x)", "x.sum()"))
    assert names(found)["test_mean"] == "sum-for-mean"
    assert names(found)["test_places"] is None


def test_a_mistake_in_the_shape_alone(results: Results) -> None:
    """The numbers are right, but a gradient is flat."""
    flat = ("return factor * dout, np", "return factor * dout.ravel(), np")
    assert names(results(flat)) == {"test_backward_of_images": "gradient-left-flat"}


def test_a_mistake_told_after_another_is_told_first_where_that_does_no_harm(results: Results) -> None:
    """Wherever the output fails, the gradient fails too, and not the other way round."""
    found = results(
        ("return factor * x", "return abs(factor) * x"), ("return factor * dout", "return dout * 1")
    )
    assert names(found) == {"test_backward": "gradient-of-a-sum", "test_negative": "factor-without-sign"}
