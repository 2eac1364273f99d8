"""The sentences about calls that go wrong."""

import numpy as np
import pytest

from autograder.answers import Answers, explanation, promises_in, similar_name, source_line
from autograder.answers.written import written_in

PROMISES = promises_in(
    "def loss(x: Array, y: Array, h: float = 0.5) -> tuple[float, Array]: ...\n"
    "class Net:\n"
    "    def run(self, x: Array) -> Array: ...\n"
)
X = np.ones(2)
RIGHT = "def loss(x, y, h=1): pass\nclass Net:\n    def run(self, x): pass\n"


def explained(text: str, error: Exception, *called: str) -> str:
    answers = Answers(PROMISES)
    for name in called:
        answers.calls(name)
    return explanation(error, answers, "work", text)


@pytest.mark.parametrize(
    ("head", "sentence"),
    [
        ("def loss(y, x, h=1):", "You have loss(y, x, h) (line 2 of work.py); it should be loss(x, y, h)"),
        ("def loss(x, y, h, reg, more):", "loss (line 2 of work.py) has no default for h: write h=0.5"),
        ("def loss(x):", "You have loss(x) (line 2 of work.py); it should be loss(x, y, h)"),
        ("def loss(a,b,c,d):", "You have loss(a, b, c, d) (line 2 of work.py); it should be loss(x, y, h)"),
        ("def loss(scores, labels=None, h=(1, 2), *, more=3):", ""),
        ("def loss(*arguments):", ""),
        ("def loss(\n    x: dict[str, int],  # all\n    y: int = 3,\n    h=1,\n):", ""),
    ],
)  # fmt: skip
def test_parameters(head: str, sentence: str) -> None:
    assert explained(f"\n{head}\n    pass\n", ValueError("any"), "loss") == sentence
    assert explained(f"\n{head}\n    pass\n", ValueError("any")) == ""


def test_a_call_that_does_not_fit_names_its_function() -> None:
    error = TypeError("Net.run() takes 1 positional argument but 2 were given")
    sentence = "Net.run (line 2 of work.py) lacks self, its first parameter: write def run(self, x)"
    assert explained("class Net:\n    def run(x): pass\n", error) == sentence
    assert explained(RIGHT, error) == ""


def test_a_misspelt_method() -> None:
    error = AttributeError("'Net' object has no attribute 'run'")
    assert (
        explained("class Net:\n    def runs(self, x): pass\n", error)
        == "Net has no method run; you have runs"
    )
    assert explained("class Net:\n    pass\n", error) == "Net has no method run"
    assert explained(RIGHT, AttributeError("'Net' object has no attribute 'walk'")) == ""


@pytest.mark.parametrize(
    ("value", "kind", "advice"),
    [
        (None, "None", " Is a return missing?"),
        ((x for x in "ab"), "a generator", " Use return, not yield."),
        (len, "a function", " Is a pair of parentheses missing, to call it?"),
        ((X, 1.0), "2 values (an array of shape (2,) and a single number)", " Are they in this order?"),
        ({"loss": 1.0}, "a dict", ""),
        ({1.0}, "an object of type set", ""),
        ((1.0, "x", []), "3 values (a single number, text and a list)", ""),
    ],
)  # fmt: skip
def test_what_came_back(value: object, kind: str, advice: str) -> None:
    answers = Answers(PROMISES)
    answers.returned("loss", (1.0, np.ones(2)))
    assert explanation(TypeError("any"), answers, "work", RIGHT) == ""
    answers.returned("loss", value)
    assert explanation(TypeError("any"), answers, "work", RIGHT) == (
        f"loss (line 1 of work.py) returned {kind}, "
        f"but it should return 2 values: a single number and an array.{advice}"
    )


@pytest.mark.parametrize(
    ("name", "there", "similar"),
    [
        ("softmax_loss", ["softmax_los"], "softmax_los"),
        ("LinearClassifier", ["linearclassifier", "x"], "linearclassifier"),
        ("l1_penalty", ["l2_penalty"], ""),
        ("predict", ["train"], ""),
    ],
)
def test_similar_names(name: str, there: list[str], similar: str) -> None:
    assert similar_name(name, there, {"l1_penalty", "l2_penalty"}) == similar


def test_written_functions_are_found_line_by_line() -> None:
    assert written_in("def f(a,  # one (\n    b=2,\n):\n")["f"].parameters == ("a", "b")
    text = "class A:\n    def f(self): pass\n    def g(self):\n        def h(x): pass\n\n"
    text += "async def k(a, /, b): pass\n(((\n"
    found = written_in(text)
    assert {name: found[name].line for name in found} == {"A": 1, "A.f": 2, "A.g": 3, "k": 6}
    assert found["k"].parameters == ("a", "b")
    assert source_line(text, 2) == "def f(self): pass"
    assert source_line(text, 99) == ""
