"""Students read what helps them; of hidden checks, nothing that tells what they hold."""

import math
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.answers import MOST_LINES, MOST_REASONS
from autograder.course.assignment import Assignment, find_assignment
from autograder.grading import CheckResult, Grade, grade_submission
from autograder.grading.feedback import TOLD_TYPES, tidy

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
    "line": "def mean(x): exec(compile('1/0', __file__, 'exec').replace(co_firstlineno=int(x[0])))",
    "line of another function": "def mean(x):\n  go(x)\n\n" + "\n" * 720 + "def go(x):\n" + "  1/0\n" * 20,
    "type of the language": "def mean(x): raise type('print', (Exception,), {})",
    "message that is garbled": "import os, struct\ndef mean(x):\n  b = b'\\x92\\xa2Ok' + b'x' * int(x[0])\n"
    "  os.write(3, struct.pack('>I', len(b)) + b)",
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


@pytest.mark.parametrize(
    "kind", ["UnicodeError", "BufferError", "Exception", "StopIteration", "GeneratorExit"]
)
def test_hidden_checks_tell_types_of_a_fixed_small_set(grade: Grading, kind: str) -> None:
    """Fifteen of them and "another kind" are four bits; all names that Python has would be seven."""
    secret = check(grade(f"def mean(x): raise {kind}"), "test_secret")
    known = "ValueError" if kind == "UnicodeError" else "an exception of another kind"
    assert known in secret.feedback
    assert kind == known or kind not in secret.feedback.replace("another kind", "")


def test_a_case_of_a_hidden_check_tells_so_many_bits() -> None:
    """As SECURITY.md states; whoever allows more types, lines or reasons has to state it there."""
    kinds = 5  # of sentences with a type or a line: not started, raised, out of memory, stopped, ended
    told = kinds * (len(TOLD_TYPES) + 1) * (MOST_LINES + 1)
    assert math.ceil(math.log2(told)) == 19
    stated = (Path(__file__).parents[2] / "SECURITY.md").read_text()
    assert f"At most 19 bits for each reason, and at most {MOST_REASONS} reasons" in " ".join(stated.split())


def test_hidden_checks_tell_lines_of_functions_asked_for_only(grade: Grading) -> None:
    """Of the frames that an exception went through the innermost one in such a function."""
    helped = grade("def mean(x):\n    return helper(x)\n\n\ndef helper(x):\n    return 1 / 0\n")
    assert check(helped, "test_secret").feedback == "Your code raised ZeroDivisionError (line 2 of tiny.py)."
    assert "ZeroDivisionError (line 6 of tiny.py, in helper)" in check(helped, "test_mean").feedback
    above = grade("1 / 0\n\n\ndef mean(x):\n    return 1.0\n")
    assert check(above, "test_secret").feedback == "Your code raised ZeroDivisionError."
    assert "ZeroDivisionError (line 1 of tiny.py)" in check(above, "test_mean").feedback


@pytest.mark.parametrize("line", [0, 3, 7, 40, 2**31 - 1])
def test_a_line_is_told_only_if_the_function_stands_there(grade: Grading, line: int) -> None:
    forged = f"f.__code__ = f.__code__.replace(co_firstlineno={line})"
    source = f"def f(x): 1 / 0\n\nx = 1\n{forged}\ndef mean(x):\n    f(x)\n    y = 2\n"
    public = check(grade(source), "test_mean")
    assert "ZeroDivisionError (line 6 of tiny.py, in mean): division by zero" in public.feedback


def test_public_checks_run_first_and_stay_in_their_place(tiny: Assignment, tmp_path: Path) -> None:
    """So what code has learnt from a hidden check finds no public one to tell it."""
    folder = tmp_path / "course" / "solutions" / "tiny"
    shutil.copytree(tiny.folder, folder)
    checks = folder / "test_tiny.py"
    content = checks.read_text()
    order = tmp_path / "order"
    noted = f"    open({str(order)!r}, 'a').write(__import__('inspect').stack()[0].function + ' ')\n"
    hidden = '### BEGIN HIDDEN TESTS\n@pytest.mark.points(1)\ndef test_early(student):\n    """Early"""\n'
    content = content.replace("\n\n\n@pytest", f"\n\n\n{hidden}### END HIDDEN TESTS\n\n\n@pytest", 1)
    checks.write_text(re.sub(r'(    """.*"""\n)', lambda found: found[1] + noted, content))
    (tmp_path / "ada").mkdir()
    (tmp_path / "ada" / "tiny.py").write_text("def mean(x): return 1.0\n")
    graded = grade_submission(tmp_path / "ada", find_assignment("tiny", folder.parent.parent), seed=0)
    ran = list(dict.fromkeys(order.read_text().split()))
    assert ran == ["test_mean", "test_thirds", "test_spread", "test_early", "test_secret"]
    assert [c.id for c in graded.checks] == [ran[3], *ran[:3], ran[4]]


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
