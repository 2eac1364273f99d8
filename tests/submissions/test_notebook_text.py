"""A notebook's definitions are taken out of its cells; what the cells try out is not."""

import ast
import json
import time

import pytest

from autograder.submissions.notebook_text import code_cells, module_of
from autograder.submissions.statements import top_level_statements


def lines(*cells: str) -> list[str]:
    """The lines that are left of cells of code, without blank ones."""
    return [line for line in module_of(list(cells), "tiny").decode().splitlines() if line]


def test_magics_calls_and_training_are_left_out() -> None:
    first = "%matplotlib inline\n!pip install x\nimport numpy as np\nnp.mean?\n"
    second = "history = train(net)\nprint(history)\n"
    assert lines(first, second, "for i in range(3):\n    train(net)\n", "files = !ls\n") == [
        "import numpy as np"
    ]


@pytest.mark.parametrize(
    "code",
    [
        "Array = np.ndarray",
        "rng = np.random.default_rng(0)",
        "square = lambda x: power(x, 2)",
        "try:\n    import cupy as np\nexcept ImportError:\n    import numpy as np",
        "@decorated\n# why\ndef f(x):\n\n    return '''\n% no magic\n'''",
        "class Net:\n    def f(self): return (1,\n2)",
        "Net.train = train",
    ],
)
def test_what_defines_is_kept(code: str) -> None:
    assert lines(code) == [line for line in code.splitlines() if line]


@pytest.mark.parametrize(
    "code",
    ["data = np.load('x.npy')", "X, y = digits()\nmean = X.mean", "if __name__ == '__main__':\n    import x"],
)
def test_what_may_fail_or_take_long_is_not(code: str) -> None:
    assert lines(code) == []


def test_lines_keep_their_numbers() -> None:
    text = module_of(["print(1)\nx = 3\n", "%%time\ndef f():\n    return x"], "tiny").decode()
    assert text.split("\n")[1:5] == ["x = 3", "", "def f():", "    return x"]


def test_magics_of_whole_cells() -> None:
    assert lines("%%writefile tiny.py\nx = 1", "%%writefile other.py\ny = 1", "%%bash\nz = 1") == ["x = 1"]
    assert lines("from tiny import mean\nimport tiny") == ["import tiny"]


def test_a_magic_within_a_body_leaves_python() -> None:
    ast.parse(module_of(["def f():\n    %timeit g()\n"], "tiny"))


def test_a_notebook_of_the_old_form() -> None:
    cell = {"cell_type": "code", "input": ["x = 1\n", "y = 2"]}
    assert code_cells(json.dumps({"worksheets": [{"cells": [cell]}]}).encode()) == ["x = 1\ny = 2"]


@pytest.mark.parametrize("content", [b"{", b"{}", b'{"cells": 1}', b"[]", b"{" * 100_000, b'{"a":' * 100_000])
def test_what_is_no_notebook(content: bytes) -> None:
    assert code_cells(content) is None


PARTS = ["(", '"', "'''\n", "a", "? ", "x = ", "\\\n", "@\n", "=(\n", "f(", "%\n", "\\"]


@pytest.mark.parametrize(
    "part",
    [pytest.param(part, marks=[pytest.mark.long] if place % 3 else []) for place, part in enumerate(PARTS)],
)
def test_no_text_takes_long(part: str) -> None:
    text = part * (2**18 // len(part))
    begun = time.process_time()
    module_of([text], "tiny")
    assert time.process_time() - begun < 5
    if "%" not in part and "?" not in part:
        assert "".join(top_level_statements(text)) == text
