"""The folder that feedback is made from, whatever a student's files are called."""

from pathlib import Path

import nbformat
import pytest
from nbgrader.coursedir import CourseDirectory

from autograder.platforms.nbgrader.autograded import write_autograded


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


@pytest.mark.parametrize(
    ("students", "courses"), [("test_work.py/mine", "test_work.py"), ("data", "data/x.csv"), ("a.py", "a.py")]
)
def test_a_students_file_gives_way_to_the_courses(tmp_path: Path, students: str, courses: str) -> None:
    submitted = tmp_path / "submitted" / "ada" / "work"
    write(submitted / students, "the student's")
    write(submitted / "work.py", "the student's")
    write(tmp_path / "source" / "work" / courses, "the course's")
    write(tmp_path / "source" / "work" / "work.py", "the course's")
    directory, notebook = CourseDirectory(root=str(tmp_path)), nbformat.v4.new_notebook()
    assert write_autograded(directory, submitted, notebook)
    folder = tmp_path / "autograded" / "ada" / "work"
    files = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert files == {courses, "work.py", "work.ipynb"}
    assert (folder / courses).read_text() == "the course's"
    assert (folder / "work.py").read_text() == "the student's"
    assert not write_autograded(directory, submitted, notebook)
    write(submitted / "more.txt", "")
    assert write_autograded(directory, submitted, notebook)
