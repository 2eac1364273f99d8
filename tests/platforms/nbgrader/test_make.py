"""`autograder nbgrader`: what it makes, what it leaves alone, and what it says when it can't."""

import json
from pathlib import Path

import nbformat
import pytest

from autograder.course.assignment import Assignment, find_assignment
from autograder.errors import UserError
from autograder.platforms.nbgrader.make_course import CONFIG, RECORD, make_course

from .conftest import ROOT, autograder

MODULE = '''\
"""Tiny."""


def f():
    """Return 1."""
    ### BEGIN SOLUTION
    return 1
    ### END SOLUTION
'''
CHECKS = '''\
import pytest


@pytest.mark.points(2.5)
def test_seen(student):
    """What is seen"""
    assert student.f() == 1


### BEGIN HIDDEN TESTS
@pytest.mark.points({points})
def test_unseen(student):
    """What is not"""
    assert student.f() == "the value that nobody shall read"
### END HIDDEN TESTS
'''


@pytest.fixture
def tiny(tmp_path: Path) -> Assignment:
    return write_topic(tmp_path / "course", "tiny")


def write_topic(course: Path, name: str, points: float = 1) -> Assignment:
    folder = course / "solutions" / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.py").write_text(MODULE)
    (folder / f"test_{name}.py").write_text(CHECKS.format(points=points))
    (folder / f"{name}.md").write_text("# Tiny\n\nRead on.\n")
    return find_assignment(name, course)


def state(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_new_course_holds_what_nbgrader_and_students_need(tiny: Assignment, tmp_path: Path) -> None:
    make_course(tmp_path / "new", [tiny])
    assert set(state(tmp_path / "new")) == {
        CONFIG, RECORD, "source/tiny/tiny.py", "source/tiny/tiny.ipynb", "source/tiny/test_tiny.py",
        "source/tiny/README.md",
    }  # fmt: skip
    assert "configure(c, __file__, course='../course')" in (tmp_path / "new" / CONFIG).read_text()


def test_public_checks_are_run_and_hidden_ones_are_not_told(tiny: Assignment, tmp_path: Path) -> None:
    make_course(tmp_path / "new", [tiny])
    cells = nbformat.read(tmp_path / "new/source/tiny/tiny.ipynb", as_version=4).cells
    seen, unseen = cells[-2:]
    assert seen.source.endswith('run_check("test_tiny.py::test_seen")')
    assert "2.5 points" in seen.source
    assert unseen.source.endswith("hidden_check()")
    assert "nobody" not in json.dumps(cells)


def test_made_again_it_is_the_same_to_the_byte(tiny: Assignment, tmp_path: Path) -> None:
    make_course(tmp_path / "new", [tiny])
    before = state(tmp_path / "new")
    make_course(tmp_path / "new", [tiny])
    assert state(tmp_path / "new") == before


def test_an_update_brings_new_checks_and_leaves_settings_alone(tiny: Assignment, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    make_course(folder, [tiny])
    (folder / CONFIG).write_text("# mine\n")
    (folder / "source/tiny/data.csv").write_text("1,2\n")
    make_course(
        folder, [write_topic(tmp_path / "course", "tiny", points=7), write_topic(tmp_path / "course", "more")]
    )
    assert "7 points" in (folder / "source/tiny/tiny.ipynb").read_text()
    assert (folder / "source/more/more.ipynb").is_file()
    assert (folder / CONFIG).read_text() == "# mine\n"
    assert (folder / "source/tiny/data.csv").is_file()


def test_an_update_keeps_the_points_of_answers_in_words(tiny: Assignment, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    make_course(folder, [tiny])
    path = folder / "source/tiny/tiny.ipynb"
    notebook = nbformat.read(path, as_version=4)
    (answer,) = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("solution")]
    answer.metadata.nbgrader.points = 5
    notebook.metadata["seen_by"] = "an editor"
    nbformat.write(notebook, path)
    make_course(folder, [write_topic(tmp_path / "course", "tiny", points=7)])
    points = [
        c.metadata.nbgrader.points
        for c in nbformat.read(path, as_version=4).cells
        if "nbgrader" in c.metadata
    ]
    assert points == [5, 2.5, 7]


@pytest.mark.parametrize("name", ["tiny.py", "tiny.ipynb"])
def test_an_instructors_edit_is_never_overwritten(tiny: Assignment, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "new"
    make_course(folder, [tiny])
    path = folder / "source/tiny" / name
    path.write_text(path.read_text().replace("Read on", "Read this").replace("Return 1", "Return one"))
    before = state(folder)
    with pytest.raises(UserError, match=rf"changed since it was made: source/tiny/{name}"):
        make_course(folder, [write_topic(tmp_path / "course", "tiny", points=7)])
    assert state(folder) == before


def test_a_folder_with_other_contents_is_left_alone(tiny: Assignment, tmp_path: Path) -> None:
    (tmp_path / "theirs" / "source").mkdir(parents=True)
    (tmp_path / "theirs" / CONFIG).write_text("c = get_config()\n")
    before = state(tmp_path / "theirs")
    with pytest.raises(UserError, match="was not made by"):
        make_course(tmp_path / "theirs", [tiny])
    assert state(tmp_path / "theirs") == before


@pytest.mark.parametrize("record", ["[", "[1]", '{"a": 1'])
def test_a_damaged_record_is_one_line(tiny: Assignment, tmp_path: Path, record: str) -> None:
    make_course(tmp_path / "new", [tiny])
    (tmp_path / "new" / RECORD).write_text(record)
    with pytest.raises(UserError, match="restore it from a backup"):
        make_course(tmp_path / "new", [tiny])


def test_a_notebook_that_is_none_is_one_line(tiny: Assignment, tmp_path: Path) -> None:
    make_course(tmp_path / "new", [tiny])
    (tmp_path / "new/source/tiny/tiny.ipynb").write_text("no notebook")
    with pytest.raises(UserError, match="can't be read as a notebook"):
        make_course(tmp_path / "new", [tiny])


def test_the_command_names_unknown_topics(tmp_path: Path) -> None:
    result = autograder("nbgrader", tmp_path / "new", "nosuch")
    assert "there is no assignment 'nosuch'" in str(result.exception)
    assert not (tmp_path / "new").exists()


def test_the_command_is_listed() -> None:
    assert "nbgrader" in autograder("--help").output
    assert ROOT.is_dir()
