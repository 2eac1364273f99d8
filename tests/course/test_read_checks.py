"""What checks declare is read off their source, and refused in a sentence where it can't be."""

from fractions import Fraction
from pathlib import Path

import pytest

from autograder.checkspec import CheckSpec
from autograder.course.assignment import find_assignment
from autograder.course.read_checks import checks_of
from autograder.errors import UserError
from autograder.grading.run_checks import run_checks
from autograder.proxy.channel import DirectChannel
from autograder.seeds import NumberedSeed

CHECKS = '''
import pytest


class Net:
    def test(self):
        return self


@pytest.mark.parametrize("n", [1, 2])
@pytest.mark.points(0.1)
def test_one(student, n):
    """
    Title  
    What follows is for colleagues.
    """

    def test_inside():
        return n


class TestGroup:
    ### BEGIN HIDDEN TESTS
    @pytest.mark.points("1/3")
    @pytest.mark.after("test_one")
    ### END HIDDEN TESTS
    def test_two(self, student):
        """Two"""
'''  # noqa: W291


def test_what_checks_declare() -> None:
    assert checks_of(CHECKS, "test_work.py") == (
        CheckSpec("test_one", "Title", Fraction(1, 10), hidden=False),
        CheckSpec("test_two", "Two", Fraction(1, 3), hidden=True, after="test_one"),
    )


def check(*marks: str, name: str = "test_a", doc: str = '"""A"""') -> str:
    return "".join(f"@pytest.mark.{mark}\n" for mark in marks) + f"def {name}(student):\n    {doc}\n"


WRITTEN_OUT = "^test_work.py, line 2: test_a: its points must be one number, written out as in points\\(2\\)$"
NO_NAME = "^test_work.py, line 3: test_a: @pytest.mark.after takes the name of one check, written out"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (check(), "^test_work.py, line 1: test_a has no @pytest.mark.points\\(n\\)$"),
        (
            check("points(1)", doc="pass"),
            "^test_work.py, line 2: test_a has no docstring; its first",
        ),
        (check("points(WORTH)"), WRITTEN_OUT),
        (check("points()"), WRITTEN_OUT),
        (check("points(1, 2)"), WRITTEN_OUT),
        (check("points(n=1)"), WRITTEN_OUT),
        (check("points('many')"), WRITTEN_OUT),
        (check("points([1])"), WRITTEN_OUT),
        (check("points('1/0')"), WRITTEN_OUT),
        (check("points(1)", "after(FIRST)"), NO_NAME),
        (check("points(1)", "after(1)"), NO_NAME),
        (check("points(1)", "after()"), NO_NAME),
        (check("points(1)") * 2, "^test_work.py: 2 checks have the name test_a; rename all but one$"),
        ("def test_a(:\n", "^test_work.py, line 1: this is not Python"),
    ],
)
def test_what_can_not_be_read_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        checks_of(text, "test_work.py")


@pytest.mark.parametrize(
    "text",
    [
        "if True:\n    @pytest.mark.points(1)\n    def test_b(student):\n        '''B'''\n",
        "test_b = test_a\n",
    ],
)
def test_a_test_that_is_not_in_the_source_is_refused(tmp_path: Path, text: str) -> None:
    topic = tmp_path / "solutions" / "work"
    topic.mkdir(parents=True)
    (topic / "work.py").write_text("")
    (topic / "test_work.py").write_text(f"import pytest\n\n{check('points(1)')}\n{text}")
    with pytest.raises(UserError, match="test_b can't be read as a check; define it with `def` at"):
        run_checks(
            find_assignment("work", tmp_path), {"": lambda: DirectChannel("", "work")}, NumberedSeed(0)
        )
