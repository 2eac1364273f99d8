"""Students read what helps them; of hidden checks, nothing that tells what they hold."""

from collections.abc import Callable

import pytest

from autograder.grading import CheckResult, Grade
from autograder.grading.feedback import tidy

Grading = Callable[[str], Grade]

#: Ways to carry what a hidden check passes in out of the sandbox.
SMUGGLERS = {
    "returned": "def mean(x): return f'{x}'",
    "wrong value": "def mean(x): return float(x[0]) + 1",
    "message": "def mean(x): raise ValueError(f'{x}')",
    "assertion": "def mean(x): raise AssertionError(f'{x}')",
    "type": "def mean(x): raise type(f'E{int(x[0])}', (ValueError,), {})",
    "base type": "def mean(x): raise type(f'E{int(x[0])}', (BaseException,), {})",
    "placeholder": "def mean(x): raise NotImplementedError(f'{x}')",
    "exit": "def mean(x): raise SystemExit(f'{x}')",
    "memory": "def mean(x): raise MemoryError(f'{x}')",
    "code elsewhere": "exec(compile('def mean(x): raise MemoryError(str(x))', 'elsewhere', 'exec'))",
    "exit elsewhere": "exec(compile('def mean(x): raise SystemExit(str(x))', 'elsewhere', 'exec'))",
    "name": "def mean(x):\n  def f(): 1/0\n  f.__code__ = f.__code__.replace(co_name=f'f{x[0]:.0f}')\n  f()",
    "printed": "def mean(x):\n  print(x)\n  raise RuntimeError",
    "nothing": "def mean(x): pass",
    "missing": "vars()",
}


def check(grade: Grade, name: str) -> CheckResult:
    return next(c for c in grade.checks if c.id == name)


@pytest.mark.parametrize("way", SMUGGLERS)
def test_hidden_checks_tell_nothing_of_what_they_hold(grade: Grading, way: str) -> None:
    result = grade(SMUGGLERS[way])
    secret = check(result, "test_secret")
    assert secret.hidden
    assert secret.points == 0
    for word in ("731", "732", "424242", "EXPECTED", "assert"):
        assert word not in secret.feedback
    assert "424242" in secret.details


def test_the_instructor_reads_what_the_check_said(grade: Grading) -> None:
    secret = check(grade("def mean(x): return 0.0"), "test_secret")
    assert "EXPECTED 731.5 and got 0.0" in secret.details
    assert secret.feedback == "This hidden check failed: look at mean (line 1 of tiny.py)."


def test_hidden_checks_tell_the_type_and_the_line(grade: Grading) -> None:
    secret = check(grade("import math\n\ndef mean(x):\n    return 1 / 0\n"), "test_secret")
    assert "ZeroDivisionError" in secret.feedback
    assert "line 4 of tiny.py" in secret.feedback


def test_hidden_checks_tell_the_built_in_type_of_an_error_of_numpy(grade: Grading) -> None:
    in_place = "import numpy as np\n\ndef mean(x):\n    x = np.ones(3, int)\n    x /= 2\n"
    assert "Your code raised TypeError (line 5 of tiny.py)" in check(grade(in_place), "test_secret").feedback


def test_public_checks_tell_their_message_with_few_figures(grade: Grading) -> None:
    public = check(grade("def mean(x): return 0.0"), "test_mean")
    assert "not the mean, but 3.142" in public.feedback
    assert "3.14159265" in public.details


def test_public_checks_tell_the_students_own_error(grade: Grading) -> None:
    public = check(grade("def mean(x):\n    raise ValueError('my own words')\n"), "test_mean")
    assert "ValueError (line 2 of tiny.py, in mean): my own words" in public.feedback


def test_public_checks_tell_how_many_cases_pass(grade: Grading) -> None:
    feedback = check(grade("def mean(x): return 2"), "test_thirds").feedback
    assert feedback.startswith("1 of 3 cases pass. In cases 1 and 3 (here 1): ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<f at 0x7f3a00112233>", "<f at 0x...>"),
        ("1.23456789 and -0.000012345678 and 1.5e-7", "1.235 and -1.235e-05 and 1.5e-7"),
        ("1.23456e10", "1.235e+10"),
        ("version 1.2.3, 12 of 15", "version 1.2.3, 12 of 15"),
        ("bell\a escape\x1b[31m line\nnext \ud800", "bell? escape?[31m line\nnext ?"),
        ("x" * 5000, "x" * 4000 + " [...]"),
    ],
)
def test_texts_are_the_same_everywhere_and_fit_to_print(text: str, expected: str) -> None:
    assert tidy(text) == expected
