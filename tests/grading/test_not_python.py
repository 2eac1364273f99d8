"""What can't be read as Python is told by what the line is instead."""

import pytest

from autograder.grading.not_python import syntax_sentence
from autograder.sandbox.inside.messages import Error


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("%matplotlib inline", "a magic of notebooks"),
        ("    !ls", "a command for the shell"),
        ("np.mean?", "asks a notebook for help"),
        ("```python", "a fence of Markdown"),
        ("=======", "marks a conflict"),
        (">>>>>>> main", "marks a conflict"),
        (">>> x = 1", "the prompt of the interpreter"),
        ("In [3]: x = 1", "the prompt of a notebook"),
        ("print 'x'", "Python 2"),
        ("print >>out, x", "Python 2"),
        ("exec code", "Python 2"),
        ("except ValueError, e:", "Python 2"),
        ("raise ValueError, 'x'", "Python 2"),
        ("if a <> b:", "Python 2"),
        ("x = 0777", "Python 2"),
        ("print(\u201cx\u201d)", "word processor"),
    ],
)
def test_what_a_line_is_instead(line: str, words: str) -> None:
    error = Error("SyntaxError", ["SyntaxError"], "invalid syntax (tiny.py, line 2)", [(2, "")], None)
    said = syntax_sentence("tiny", error, f"x = 1\n{line}\n".encode())
    assert "tiny.py, line 2, can't be read as Python (SyntaxError: invalid syntax): " in said
    assert words in said


@pytest.mark.parametrize("line", ["def f(x:", "print = 3 4", "x = 'a?", "x = 10 20"])
def test_of_other_lines_nothing_is_guessed(line: str) -> None:
    error = Error("SyntaxError", ["SyntaxError"], "invalid syntax", [(1, "")], None)
    assert syntax_sentence("tiny", error, line.encode()).endswith("(SyntaxError: invalid syntax)")
