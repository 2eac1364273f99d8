"""Each topic says in its skeleton which packages it forbids, and is read rightly."""

from pathlib import Path

import pytest

from autograder.course.assignment import assignment_names, find_assignment
from autograder.errors import UserError
from autograder.forbidden import forbidden_in
from autograder.sandbox.packages import importable_names

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", assignment_names(ROOT))
def test_students_are_told(name: str) -> None:
    topic = find_assignment(name, ROOT)
    assert {"autograd", "jax", "sklearn", "tensorflow", "torch"} <= set(topic.forbidden)
    assert forbidden_in(topic.released / f"{name}.py") == topic.forbidden
    assert f": {', '.join(topic.forbidden)}.\n" in (topic.released / "README.md").read_text("utf-8")


@pytest.mark.parametrize("name", assignment_names(ROOT))
def test_nothing_is_forbidden_that_numpy_or_matplotlib_need(name: str) -> None:
    assert not set(find_assignment(name, ROOT).forbidden) & set(importable_names())


def test_a_topic_may_forbid_nothing(tmp_path: Path) -> None:
    (tmp_path / "work.py").write_text("def f():\n    FORBIDDEN = ('torch',)\n")
    assert forbidden_in(tmp_path / "work.py") == ()
    assert forbidden_in(tmp_path / "missing.py") == ()


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("('torch')", "should be names of packages in parentheses"),
        ("('torch.nn',)", "should be names of packages in parentheses"),
        ("(3,)", "should be names of packages in parentheses"),
        ("tuple(NAMES)", "should be names of packages in parentheses"),
        ("('torch', 'numpy')", "holds numpy, which can't be forbidden"),
        ("('math',)", "holds math, which can't be forbidden"),
    ],
)
def test_anything_else_is_said_to_be_wrong(tmp_path: Path, value: str, words: str) -> None:
    (tmp_path / "work.py").write_text(f"import math\nFORBIDDEN = {value}\n")
    with pytest.raises(UserError, match=rf"work\.py, line 2: FORBIDDEN {words}"):
        forbidden_in(tmp_path / "work.py")
