"""Whether a line of a student's file is one of a function's, told by how the file is indented."""

import ast
from pathlib import Path

import pytest

from autograder.answers import MOST_LINES, lies_in

SOLUTIONS = Path(__file__).parents[2] / "solutions"
TEXT = '''\
import x

def f(
    a,
) -> int:
    """Says

# nothing
    """
    if a:
        return 1

    def g():
        return 2
    return g()

x = f(1)
if x:
    f(2)

class C:
    def m(self):
        return [
            3
        ]
'''
F, G, C, M = range(3, 16), range(13, 15), range(21, 26), range(22, 26)


@pytest.mark.parametrize("path", sorted(SOLUTIONS.glob("*/[!t]*.py")), ids=lambda path: path.stem)
def test_every_statement_of_a_function_lies_in_it(path: Path) -> None:
    """In references, variants and probes: functions of many styles."""
    text = path.read_text()
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
    statements = [(statement, function) for function in functions for statement in function.body]
    assert functions
    assert [s.lineno for s, function in statements if not lies_in(text, s.lineno, function.name)] == []


@pytest.mark.parametrize(("function", "lines"), [("f", F), ("g", G), ("C", C), ("m", M), ("other", ())])
def test_other_lines_do_not(function: str, lines: range) -> None:
    count = TEXT.count("\n")
    found = {line for line in range(-2, count + 3) if lies_in(TEXT, line, function)}
    # Blank lines after a function count as its own.
    assert set(lines) <= found <= {*lines, *(n + 1 for n in lines)}


@pytest.mark.parametrize("function", ["<module>", "<lambda>", "<listcomp>", ""])
def test_what_has_no_name_can_be_anywhere_in_the_file(function: str) -> None:
    count = TEXT.count("\n")
    assert [line for line in range(-1, count + 9) if lies_in(TEXT, line, function)] == [*range(1, count + 2)]
    asked = {line for line in range(1, count + 2) if lies_in(TEXT, line, function, {"C"})}
    assert set(C) <= asked <= {*C, C.stop}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_python_sees_it_and_late_ones_are_not_believed(end: str) -> None:
    text = f"def f():{end}\x0c{end}" + f"    x = '\u2028'{end}" * 5000
    believed = [line for line in range(1, 5100) if lies_in(text, line, "f", {"f"})]
    assert believed == list(range(1, MOST_LINES + 1))
