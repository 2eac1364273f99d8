"""Signs for the instructor: named with their lines, and never a point lost for them."""

from collections.abc import Callable

import pytest

from autograder.grading import Grade
from autograder.grading.notes import notes_on

MEASURED = """
def relu_forward(x):
    return x, x

def numerical_gradient(f, x):
    return relu_forward(x)

def relu_backward(dout, cache):
    up, _ = relu_forward(cache + 1e-6)
    return dout * (up - cache) / 1e-6

def loss(x):
    return 0.0, numerical_gradient(loss, x)
"""


def test_gradients_that_may_be_measured_are_named_with_their_lines() -> None:
    measured = notes_on({"work.py": MEASURED.encode()}, "work")
    assert [note.partition(":")[0] for note in measured] == [
        "relu_backward calls relu_forward (line 9)",
        "loss calls numerical_gradient (line 13)",
    ]


def test_shortcuts_and_modules_brought_along_are_named() -> None:
    files = {"work.py": b"import torch.nn, numpy\nfrom scipy.special import softmax\n", "mine/engine.py": b""}
    notes = notes_on({**files, "test_work.py": b""}, "work")
    assert [
        word for note in notes for word in ("torch.nn", "scipy.special", "mine/engine.py") if word in note
    ] == [
        "torch.nn",
        "scipy.special",
        "mine/engine.py",
    ]
    assert len(notes) == 3


@pytest.mark.parametrize("source", [b"def f(:", b"\0", b"\xff", b"(" * 10**7, b"-" * 10**7 + b"1", b""])
def test_whatever_it_holds_is_looked_at_without_being_parsed(source: bytes) -> None:
    assert notes_on({"work.py": source}, "work") == ()


def test_there_is_an_end_to_them() -> None:
    assert len(notes_on({"work.py": b"import torch\n" * 10_000}, "work")) == 20


def test_notes_cost_no_points(grade: Callable[[str], Grade], right: str) -> None:
    plain, noted = grade(right), grade(f"{right}\ntry:\n    import torch\nexcept ImportError:\n    pass\n")
    assert plain.notes == ()
    assert len(noted.notes) == 1
    assert noted.score == plain.score == plain.max_score
    assert Grade.from_json(noted.to_json()) == noted
