"""Whose second value stays in the sandbox is declared by the reference, or follows from the name."""

from pathlib import Path

import pytest

from autograder.errors import UserError
from autograder.forbidden import handles_in
from autograder.proxy import Handle, StudentProxy
from autograder.proxy.channel import DirectChannel
from autograder.proxy.transcript import Transcript

SOURCE = """
def run(x):
    return x, [x]

def run_forward(x):
    return x, [x]

class Layer:
    def run(self, x):
        return x, [x]

def make():
    return Layer()
"""


def second_values(handles: tuple[str, ...] | None) -> list[type]:
    with StudentProxy(DirectChannel(SOURCE, "work"), "work", Transcript(), handles) as student:
        calls = (student.run, student.run_forward, student.make().run)
        return [type(call(1.0)[1]) for call in calls]


def test_without_a_declaration_the_name_decides() -> None:
    assert second_values(None) == [list, Handle, list]


def test_a_declaration_decides_alone() -> None:
    assert second_values(("run",)) == [Handle, list, Handle]
    assert second_values(()) == [list, list, list]


def test_it_is_read_from_the_module(tmp_path: Path) -> None:
    module = tmp_path / "work.py"
    assert handles_in(module) is None
    module.write_text("def f():\n    HANDLES = ('f',)\n")
    assert handles_in(module) is None
    module.write_text("HANDLES = ('conv_forward_naive', 'run')\n")
    assert handles_in(module) == ("conv_forward_naive", "run")


def test_anything_else_is_said_to_be_wrong(tmp_path: Path) -> None:
    module = tmp_path / "work.py"
    module.write_text("import math\nHANDLES = ('run')\n")
    with pytest.raises(UserError, match=r"work\.py, line 2: HANDLES should be names of functions"):
        handles_in(module)
