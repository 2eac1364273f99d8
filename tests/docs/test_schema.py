"""The published schema of grade.json, held against real files and against broken ones."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from autograder.course.assignment import Assignment
from autograder.grading import grade_submission
from tests.docs.conftest import ROOT

SCHEMA = json.loads((ROOT / "docs" / "schemas" / "grade.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
CHECKS = '''\
import pytest


@pytest.mark.points(2)
def test_double(student):
    """The double of two"""
    assert student.double(2) == 4


@pytest.mark.points(1)
@pytest.mark.parametrize("n", [0, 1, 2])
def test_any_double(student, n):
    """The double of any number"""
    assert student.double(n) == 2 * n
'''
#: One submission for each way that a grade can look.
SUBMISSIONS = {
    "right": "def double(n):\n    return 2 * n\n",
    "wrong": "def double(n):\n    return n * n\n",
    "raises": "def double(n):\n    raise ValueError(n)\n",
    "not started": "def double(n):\n    raise NotImplementedError\n",
    "missing": "",
    "crashed": "import os\n\n\ndef double(n):\n    os._exit(0)\n",
    "unreadable": "def double(n:\n",
}


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.fixture
def topic(tmp_path: Path) -> Assignment:
    folder = tmp_path / "solutions" / "work"
    folder.mkdir(parents=True)
    (folder / "work.py").write_text(SUBMISSIONS["right"])
    (folder / "test_work.py").write_text(CHECKS)
    return Assignment("work", folder)


@pytest.fixture
def graded(topic: Assignment, tmp_path: Path) -> Callable[[str], Any]:
    """What stands in the grade.json of a submission."""

    def grade(kind: str) -> Any:
        (tmp_path / kind).mkdir()
        (tmp_path / kind / "work.py").write_text(SUBMISSIONS[kind])
        return json.loads(grade_submission(tmp_path / kind, topic).to_json())

    return grade


def test_real_files_are_of_that_form(graded: Callable[[str], Any]) -> None:
    for kind in SUBMISSIONS:
        VALIDATOR.validate(graded(kind))


def test_other_fields_values_and_files_without_one_are_not(graded: Callable[[str], Any]) -> None:
    right = graded("wrong")
    for change in (
        lambda grade: grade.update(verdict="passed"),
        lambda grade: grade.update(secret=1),
        lambda grade: grade.pop("manifest"),
        lambda grade: grade["checks"][0].update(points="two"),
        lambda grade: grade["checks"][0].update(verdict="right"),
        lambda grade: grade["checks"][0].update(seed=3),
        lambda grade: grade["manifest"].pop("course"),
    ):
        broken = json.loads(json.dumps(right))
        change(broken)
        with pytest.raises(ValidationError):
            VALIDATOR.validate(broken)
