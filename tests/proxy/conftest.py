"""One submission, as checks see it in the sandbox, directly, and at home."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from autograder.home.module import student_module
from autograder.proxy import StudentProxy
from autograder.proxy.channel import DirectChannel
from autograder.proxy.transcript import Transcript

SOURCE = """
import math
import random
from decimal import Decimal
import numpy as np

answer = 42
table = {"a": [1, 2.5], "b": (None, True)}
weights = np.arange(3.0)
_secret = 1


def double(x):
    return 2 * x


def describe(x, *more, scale=1.0, name="none"):
    return [type(x).__name__, len(more), scale, name]


def no_change(x):
    return None


def affine_forward(x, w, b):
    return x @ w + b, (x, w, b)


def affine_backward(dout, cache):
    x, w, b = cache
    return dout @ w.T, x.T @ dout, dout.sum(axis=0)


def loss(x, y):
    return float(np.sum(x * y)), y + 0.0 * x


def norm(x):
    return np.float64(np.sum(x * x))


def rows(x):
    return [float(r) for r in x]


def change(x):
    x[0] = 7


def grow(param):
    param["mode"] = "test"
    param["mean"] = np.ones(2)


def append(items):
    items.append("new")


def fill(x=None):
    x[...] = 5.0


def draw(rng, n):
    return rng.normal(size=n)


def zeros(dtype):
    return np.zeros(2, dtype=dtype)


def keep(rule, *seen):
    state = {"count": 0, "array": np.zeros(2)}
    rule(state, more=seen)
    rule(state, more=seen)
    return state


def of_another_kind(kind):
    objects = np.array([1.0, 2.0], dtype=object)
    kinds = {"Decimal": Decimal(1), "set": {1.0}, "array of type object": objects}
    return {**kinds, "longdouble": np.longdouble(1.5), "longdoubles": np.ones(2, np.longdouble)}[kind]


def in_longdouble(x):
    return np.sum(x, dtype=np.longdouble), x.astype(np.longdouble)


def told(visitor):
    items = []
    visitor(items, items=items)
    return items


def apply(f, *arguments, **keywords):
    return f(*arguments, **keywords)


def twice(f, x):
    return f(f(x))


def swallow(f):
    try:
        f()
    except Exception as error:
        return type(error).__name__
    raise KeyError("nothing raised")


def use(thing):
    thing.count = thing.count + 1
    thing["key"] = thing["key"] + [1]
    return thing.total(thing.count)


def fail(kind):
    raise {
        "value": ValueError("a/b of no use"),
        "key": KeyError("k"),
        "own": Strange("odd"),
        "unicode": UnicodeDecodeError("utf-8", b"x", 0, 1, "bad"),
        "placeholder": NotImplementedError("todo"),
        "zero": ZeroDivisionError(),
        "memory": MemoryError(),
    }[kind]


class Strange(ValueError):
    pass


def show(x):
    print(x)
    return f"{x} {np.einsum('ij,ik,jk->', x, x, x.T @ x, optimize=True)}"


def loop(n):
    total = 0
    for i in range(n):
        total += i
    return total


def at_random():
    return random.random(), np.random.random(), hash("text")


def count(module_state=[0]):
    module_state[0] += 1
    return module_state[0]


class Classifier:
    def __init__(self, loss, size=3):
        self.loss = loss
        self.W = np.zeros(size)

    def train(self, steps):
        for _ in range(steps):
            self.W = self.W + self.loss(self.W)
        return [float(i) for i in range(steps)]

    def __len__(self):
        return len(self.W)

    def __getitem__(self, i):
        return self.W[i]

    def __setitem__(self, i, value):
        self.W[i] = value
"""


@pytest.fixture(scope="session")
def in_sandbox(submit: Callable[..., Any]) -> Any:
    return submit(SOURCE)


@contextmanager
def opened(place: str, request: pytest.FixtureRequest) -> Iterator[Any]:
    if place == "sandbox":
        with request.getfixturevalue("in_sandbox").check() as proxy:
            yield proxy
    elif place == "direct":
        with StudentProxy(DirectChannel(SOURCE, "work"), "work", Transcript()) as proxy:
            yield proxy
    else:
        file = request.getfixturevalue("tmp_path") / "work.py"
        file.write_text(SOURCE)
        with student_module(file) as module:
            yield module


@pytest.fixture(params=["sandbox", "direct"])
def student(request: pytest.FixtureRequest) -> Iterator[Any]:
    """The submission across both channels."""
    with opened(request.param, request) as proxy:
        yield proxy


@pytest.fixture(params=["sandbox", "direct", "home"])
def anywhere(request: pytest.FixtureRequest) -> Iterator[Any]:
    """The submission across both channels and as the module itself: all must behave alike."""
    with opened(request.param, request) as module:
        yield module
