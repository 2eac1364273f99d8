"""What a check holds at home is its own, as in grading: verdicts are the same in both places."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.home.module import student_module
from autograder.proxy.channel import DirectChannel
from autograder.proxy.student import StudentProxy
from autograder.proxy.transcript import Transcript

SOURCE = """
from collections import namedtuple

import numpy as np

shared = np.zeros(2)
kept = []


def fill(value):
    shared[:] = value
    return shared


def double(x):
    x *= 2


def keep(values, rng):
    kept.append((values, rng))


def spoil():
    for values, rng in kept:
        values += 1
        rng.random() if hasattr(rng, "random") else None


def scale_forward(x, factor):
    return x * factor, [x, factor]


def scale_backward(dout, cache):
    cache[0] += 1
    cache[1] += 1
    return dout * cache[1], cache[0]


Cache = namedtuple("Cache", "x by")


def shift_forward(x, by):
    return x + by, Cache(x, by)


def shift_backward(dout, cache):
    return dout + cache.by


def remember(config):
    config.setdefault("state", np.zeros(2))
    config["state"] += 1
    return config


def swallow(x):
    x += 1
    raise ValueError("after all")
"""


@pytest.fixture(params=["home", "graded"])
def student(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    """The module itself, and a proxy to it."""
    if request.param == "graded":
        with StudentProxy(DirectChannel(SOURCE, "work"), "work", Transcript()) as proxy:
            yield proxy
    else:
        (tmp_path / "work.py").write_text(SOURCE)
        with student_module(tmp_path / "work.py") as module:
            yield module


def test_what_was_returned_stays_as_it_was(student: Any):
    first = student.fill(1.0)
    student.fill(2.0)
    assert first.tolist() == [1.0, 1.0]


def test_what_is_changed_during_the_call_is_changed(student: Any):
    x = np.ones(2)
    student.double(x)
    assert x.tolist() == [2.0, 2.0]


def test_what_is_changed_later_is_not(student: Any):
    x, rng = np.ones(2), np.random.default_rng(0)
    student.keep(x, rng)
    student.spoil()
    assert x.tolist() == [1.0, 1.0]
    assert rng.random() == np.random.default_rng(0).random()


def test_what_a_backward_pass_does_to_its_cache_is_forgotten(student: Any):
    """API.md allows it to overwrite its own cache, and a check may call it twice."""
    x = np.ones(2)
    _, cache = student.scale_forward(x, 3.0)
    for _ in range(2):
        dx, held = student.scale_backward(np.ones(2), cache)
        assert (dx.tolist(), held.tolist()) == ([4.0, 4.0], [2.0, 2.0])
    assert x.tolist() == [1.0, 1.0]


def test_a_cache_may_be_a_named_tuple(student: Any):
    out, cache = student.shift_forward(np.ones(2), 3.0)
    assert student.shift_backward(out, cache).tolist() == [7.0, 7.0]


def test_a_dictionary_takes_what_was_put_into_it_but_no_more(student: Any):
    config: dict[str, Any] = {}
    once = student.remember(config)["state"]
    state = config["state"]
    student.remember(config)
    assert (once.tolist(), state.tolist(), config["state"].tolist()) == ([1.0, 1.0], [1.0, 1.0], [2.0, 2.0])


def test_a_call_that_raises_changes_nothing(student: Any):
    x = np.ones(2)
    with pytest.raises(ValueError, match="after all"):
        student.swallow(x)
    assert x.tolist() == [1.0, 1.0]


@pytest.mark.parametrize("make", [dict, list, lambda: np.ones(3)], ids=["dictionary", "list", "array"])
def test_what_is_not_changed_stays_the_same_object(student: Any, make: Callable[[], Any]):
    inner = make()
    config = {"inner": inner, "state": np.zeros(2)}
    student.keep(np.ones(2), config)
    assert config["inner"] is inner
