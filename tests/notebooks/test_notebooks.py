"""The notebooks, as students get them: they run with the reference, and stop where work is open."""

import re
from collections.abc import Iterable
from pathlib import Path

import nbclient
import pytest

from autograder.course.assignment import Assignment, assignment_names, find_assignment
from autograder.course.clearing import clear_module
from autograder.course.outline import exercises_of

from .running import ROOT, drawing_cells, execute, pictures_and_text, shows_a_picture, solve, students_folder

pytestmark = pytest.mark.unmeasured

TOPICS = assignment_names(ROOT)
#: Its notebook has a part for files that students download; its test makes some.
WITH_FILES = "training"
#: The lightest; `make test` runs no other.
LIGHT = "initialization"


def cases(topics: Iterable[str]) -> list[object]:
    """The topics as parameters."""
    return [pytest.param(name, marks=[] if name == LIGHT else [pytest.mark.long]) for name in topics]


def first_exercise(topic: Assignment) -> str:
    """The first function or method to write in the module; its notebook begins with it."""
    signature = exercises_of(clear_module(topic.reference))[0].signature
    return signature.partition("(")[0]


@pytest.mark.parametrize("topic", cases(name for name in TOPICS if name != WITH_FILES))
def test_it_runs_from_top_to_bottom_with_the_reference(topic: str, tmp_path: Path):
    folder = students_folder(topic, tmp_path)
    solve(folder)
    notebook = execute(folder)
    _, printed = pictures_and_text(notebook)
    assert [cell.source for cell in drawing_cells(notebook) if not shows_a_picture(cell)] == []
    assert re.search(r"(?<![\d.])([\d.]+) of the \1 public points", printed)


@pytest.mark.parametrize("topic", cases(TOPICS))
def test_with_the_skeleton_it_stops_at_the_first_exercise_with_a_sentence(topic: str, tmp_path: Path):
    with pytest.raises(nbclient.exceptions.CellExecutionError) as stopped:
        execute(students_folder(topic, tmp_path))
    said = str(stopped.value)
    assert f"{first_exercise(find_assignment(topic, ROOT))}, line" in said
    assert "Traceback" not in said
