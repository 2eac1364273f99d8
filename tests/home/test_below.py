"""A net that fails because of a function that it calls."""

import io
from pathlib import Path

from autograder.home.below import stands_on
from autograder.home.child.job import Job
from autograder.home.paper import Paper
from autograder.home.report import Report
from autograder.home.session import Session

CHECKS = '''
import pytest
from autograder.checks import assert_close

@pytest.mark.points(1)
def test_net(student):
    """A net"""
    net = student.Net()
    assert_close(net.loss(2.0), 4.0, what="the loss")

@pytest.mark.points(1)
def test_square(student):
    """A square"""
    assert_close(student.square(2.0), 4.0, what="the square")
'''
WORK = """\
def relu(x):
    return max(x, 0)

def square(x):
    return x * x

def unrelated(x):
    return relu(x)

class Net:
    def loss(self, x):
        return self.hidden(x)

    def hidden(self, x):
        return deeper(x)

def deeper(x):
    return square(relu(x))
"""


def said(folder: Path, old: str, new: str) -> str:
    (folder / "test_work.py").write_text(CHECKS)
    (folder / "work.py").write_text(WORK.replace(old, new))
    job = Job(str(folder / "test_work.py"))
    out = io.StringIO()
    Report(job, Session(job, lambda *_: None).run(), Paper(out)).print()
    return " ".join(out.getvalue().split())


def test_what_a_class_stands_on_is_followed() -> None:
    assert stands_on(WORK, "Net") == ["relu", "square", "deeper"]
    assert stands_on(WORK, "Net.loss") == ["relu", "square", "deeper"]
    assert stands_on(WORK, "square") == []
    assert stands_on("def f(n):\n    return g(n)\n\ndef g(n):\n    return f(n)\n", "f") == ["g"]
    assert stands_on("def f(", "f") == []


def test_functions_without_a_check_of_their_own_are_named(tmp_path: Path) -> None:
    text = said(tmp_path, "max(x, 0)", "x + 1")
    assert "Fix this first: Net.loss, work.py line 11" in text
    assert (
        "If it is right, look at what it calls and no public check looks at alone: relu and deeper." in text
    )


def test_a_function_that_fails_its_own_check_comes_before_what_stands_on_it(tmp_path: Path) -> None:
    text = said(tmp_path, "x * x", "x")
    assert "Fix this first: square, work.py line 4" in text
    assert "Net.loss, work.py line 11: the loss should be 4, but it is 2" in text.partition("What else")[2]


def test_nothing_is_named_where_a_line_raised(tmp_path: Path) -> None:
    assert "It calls" not in said(tmp_path, "return self.hidden(x)", "return self.hiden(x)")
