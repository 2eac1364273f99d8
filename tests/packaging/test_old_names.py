"""Names that handed-out files and courses of an earlier version import go on working."""

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

#: What files outside this repository import by names that this package's own files no longer use.
OLD = [
    ("autograder.nbgrader_course", "configure"),
    ("autograder.bank", "correct"),
    ("autograder.bank", "edit"),
    ("autograder.bank", "misconception"),
    ("autograder.checks.notebook", "run_check"),
    ("autograder.checks.notebook", "hidden_check"),
    ("autograder.checks.notebook", "prepare_notebook"),
    ("autograder.proof", "equivalent"),
]


def imported() -> Iterator[tuple[str, str]]:
    """Give what the files of the course import from this package."""
    for folder in ("assignments", "solutions"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("autograder"):
                    yield from ((str(node.module), alias.name) for alias in node.names)


@pytest.mark.parametrize(("module", "name"), sorted({*OLD, *imported()}))
def test_the_name_can_be_imported(module: str, name: str) -> None:
    assert hasattr(importlib.import_module(module), name)
