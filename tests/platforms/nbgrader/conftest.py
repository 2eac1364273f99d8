"""An nbgrader course of real topics, and a class that hands in all sorts of things through its exchange."""

import contextlib
import csv
import html
import json
import os
import re
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

import nbformat
import pytest
from click.testing import CliRunner, Result
from nbgrader.tests import run_nbgrader

from autograder.cli import _cli
from autograder.course.assignment import find_assignment
from autograder.course.clearing import clear_module
from autograder.grading import Grade, grade_submission
from autograder.platforms.nbgrader import grading_step
from autograder.sandbox.limits import Limits
from autograder.variants import load_variants
from autograder.variants.module_text import ModuleText

ROOT = Path(__file__).resolve().parents[3]
TOPIC = "initialization"
#: Endless code shall not take the time that the course grants it; honest calls of this topic take 0.1 s.
SHORT = Limits(call_cpu=0.5, call_wall=20.0, total_cpu=10.0, total_wall=80.0)
REFERENCE = find_assignment(TOPIC, ROOT).reference.read_text(encoding="utf-8")
SKELETON = clear_module(find_assignment(TOPIC, ROOT).reference)
MISCONCEPTIONS = ("weights-all-zero", "he-like-xavier")


def with_bodies(source: str, **bodies: str) -> str:
    parts = {name: f"def {name}(*args, **kwargs):\n    {body}" for name, body in bodies.items()}
    return ModuleText(source).with_parts(parts, preamble="")


def modules() -> dict[str, str | None]:
    """What students hand in as their module; None for nothing."""
    known = {v.name: v.source for v in load_variants(find_assignment(TOPIC, ROOT)).misconceptions}
    noise = "import sys\nimport warnings\n\nwarnings.warn('a warning')\nprint('a cry', file=sys.stderr)\n"
    right = ModuleText(REFERENCE).text_of("symmetry_broken")
    return {
        "reference": REFERENCE,
        **{name: known[name] for name in MISCONCEPTIONS},
        "skeleton": SKELETON,
        "endless": with_bodies(REFERENCE, symmetry_broken="while True:\n        pass"),
        "os-exit": with_bodies(REFERENCE, he_init="import os\n\n    os._exit(0)"),
        "none": None,
        "noisy": ModuleText(SKELETON).with_parts({"symmetry_broken": right}, preamble=noise),
        "part": ModuleText(SKELETON).with_parts({"symmetry_broken": right}, preamble=""),
    }


def untouched(folder: Path) -> None:
    pass


def change(edit: Callable[[Any], None]) -> Callable[[Path], None]:
    """Make what edits the notebook's JSON of what edits its content."""

    def changed(folder: Path) -> None:
        path = folder / f"{TOPIC}.ipynb"
        notebook = json.loads(path.read_text())
        edit(notebook)
        path.write_text(json.dumps(notebook))

    return changed


def tests_of(notebook: Any) -> list[Any]:
    cells = notebook["cells"]
    return [c for c in cells if c["metadata"].get("nbgrader", {}).get("grade") and c["cell_type"] == "code"]


def answer(notebook: Any) -> None:
    (cell,) = [c for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("solution")]
    cell["source"] = "I trust `he_init` least, where $a<b$. <script>alert('answer')</script>"


def delete_cells(notebook: Any) -> None:
    for cell in [*tests_of(notebook)[:5], tests_of(notebook)[-1]]:
        notebook["cells"].remove(cell)


def double_cells(notebook: Any) -> None:
    notebook["cells"] += [json.loads(json.dumps(cell)) for cell in tests_of(notebook)[:3]]


def edit_cells(notebook: Any) -> None:
    """All that a notebook's metadata could be made to say."""
    cells = tests_of(notebook)
    cells[0]["source"] = "1000.0"
    cells[1]["metadata"]["nbgrader"]["points"] = 1000
    cells[2]["metadata"]["nbgrader"]["schema_version"] = 99
    cells[3]["metadata"]["nbgrader"] = "graded"
    cells[4]["metadata"]["nbgrader"]["grade_id"] = ["a", "list"]
    cells[5]["metadata"]["nbgrader"] = {"grade": True}
    cells[6]["metadata"]["nbgrader"]["grade_id"] = cells[7]["metadata"]["nbgrader"]["grade_id"]
    cells[8].update(cell_type="markdown")
    cells[9]["metadata"]["nbgrader"].update(solution=True, locked=False)


SCRIPT = "<script>alert('student')</script>"


def forge_outputs(notebook: Any) -> None:
    """Points and a program, in every place of a notebook that is shown."""
    for cell in tests_of(notebook):
        data = {"text/plain": "3.0", "text/html": SCRIPT}
        cell["outputs"] = [
            {"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": 1}
        ]
    picture = {"a.png": {"image/svg+xml": f"<svg>{SCRIPT}</svg>"}}
    notebook["cells"] += [
        {"cell_type": "markdown", "metadata": {}, "source": f"{SCRIPT}\n\n<img src=x onerror=alert(1)>"},
        {"cell_type": "markdown", "metadata": {}, "source": "![](attachment:a.png)", "attachments": picture},
        {
            "cell_type": "markdown",
            "metadata": {},
            "source": "[press](javascript:alert(1)) `<u>` <!-- gone -->",
        },
        {"cell_type": "markdown", "metadata": {}, "source": "[press][x]\n\n[x]: java&#115;cript:alert(2)"},
        {"cell_type": "raw", "metadata": {"raw_mimetype": "text/html"}, "source": SCRIPT},
    ]
    notebook["metadata"]["language_info"] = {"name": SCRIPT}
    notebook["metadata"]["title"] = SCRIPT


#: Each student: which module, and what becomes of the folder that was fetched.
STUDENTS: dict[str, tuple[str, Callable[[Path], None]]] = {
    "reference": ("reference", change(answer)),
    **{name: (name, untouched) for name in MISCONCEPTIONS},
    "skeleton": ("skeleton", untouched),
    "endless-loop": ("endless", untouched),
    "os-exit": ("os-exit", untouched),
    "no-module": ("none", untouched),
    "stderr": ("noisy", untouched),
    "broken-notebook": ("part", lambda f: (f / f"{TOPIC}.ipynb").write_text('{"cells": [') and None),
    "not-text": ("part", lambda f: (f / f"{TOPIC}.ipynb").write_bytes(bytes(range(256))) and None),
    "no-notebook": ("part", lambda f: (f / f"{TOPIC}.ipynb").unlink()),
    "other-name": ("part", lambda f: (f / f"{TOPIC}.ipynb").rename(f / "copy.ipynb") and None),
    "deleted-cells": ("part", change(delete_cells)),
    "doubled-cells": ("part", change(double_cells)),
    "edited-cells": ("part", change(edit_cells)),
    "forged-outputs": ("skeleton", change(forge_outputs)),
    "late": ("part", untouched),
}


@dataclass
class Course:
    """An nbgrader course, and the commands run in it."""

    folder: Path
    logs: dict[str, str] = field(default_factory=dict)

    def nbgrader(self, *arguments: str, status: int = 0) -> str:
        """Run one of nbgrader's commands in the course's folder; return what it logs."""
        self.logs[arguments[0]] = log = run(self.folder, *arguments, status=status)
        return log

    def export(self) -> dict[tuple[str, str], dict[str, str]]:
        """Return the lines that `nbgrader export` writes, by topic and student."""
        self.nbgrader("export")
        with (self.folder / "grades.csv").open(newline="") as file:
            return {(line["assignment"], line["student_id"]): line for line in csv.DictReader(file)}

    def tables(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return all that is in the gradebook."""
        with contextlib.closing(sqlite3.connect(self.folder / "gradebook.db")) as db:
            names = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {name: sorted(db.execute(f"SELECT * FROM {name}"), key=repr) for name in sorted(names)}

    def scores(self, student: str, topic: str = TOPIC) -> dict[str, tuple[float | None, bool]]:
        """Return a student's score of each cell, and whether a person should look at it."""
        query = """
            SELECT base_cell.name, grade.auto_score, grade.needs_manual_grade FROM grade
            JOIN base_cell ON base_cell.id = grade.cell_id
            JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
            JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
            JOIN assignment ON assignment.id = submitted_assignment.assignment_id
            WHERE submitted_assignment.student_id = ? AND assignment.name = ?
        """
        with contextlib.closing(sqlite3.connect(self.folder / "gradebook.db")) as db:
            return {name: (score, bool(look)) for name, score, look in db.execute(query, (student, topic))}

    def notebook(self, student: str) -> nbformat.NotebookNode:
        path = self.folder / "autograded" / student / TOPIC / f"{TOPIC}.ipynb"
        return nbformat.read(path, as_version=4)

    def feedback(self, student: str) -> str:
        return (self.folder / "feedback" / student / TOPIC / f"{TOPIC}.html").read_text(encoding="utf-8")


def run(folder: Path, *arguments: str, status: int = 0) -> str:
    """Run one of nbgrader's commands in a folder; `nbgrader db` looks for a program beside Python's."""
    before, environment = list(sys.path), os.environ
    try:
        with contextlib.chdir(folder), pytest.MonkeyPatch.context() as patch:
            patch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
            return str(run_nbgrader(list(arguments), retcode=status))
    finally:
        sys.path[:] = before
        os.environ = environment  # noqa: B003 (nbgrader leaves a copy of it, which no process started here sees)


def autograder(*arguments: object) -> Result:
    """Run our command in the course that holds solutions/."""
    with contextlib.chdir(ROOT):
        return CliRunner().invoke(_cli, [str(a) for a in arguments], catch_exceptions=True)


@cache
def expected(module: str) -> Grade:
    """Return the grade that `autograder grade` gives a folder with that module."""
    import tempfile

    text = modules()[module]
    with tempfile.TemporaryDirectory() as folder:
        if text is not None:
            Path(folder, f"{TOPIC}.py").write_text(text, encoding="utf-8")
        return grade_submission(folder, find_assignment(TOPIC, ROOT), limits=SHORT)


def made(folder: Path) -> Course:
    """The course of two topics, as our command makes it."""
    result = autograder("nbgrader", folder, "losses", TOPIC)
    assert result.exit_code == 0, result.output
    return Course(folder)


@pytest.fixture(scope="session")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The course on Friday evening: made, released, fetched, worked on, submitted and collected."""
    folder = tmp_path_factory.mktemp("week")
    exchange = folder / "exchange"
    exchange.mkdir()
    exchange.chmod(0o777)
    course = made(folder / "dl101")
    with (course.folder / "nbgrader_config.py").open("a") as config:
        config.write(f"c.Exchange.root = {str(exchange)!r}\nc.LateSubmissionPlugin.penalty_method = 'zero'\n")
    course.nbgrader("db", "assignment", "add", TOPIC, "--duedate=2050-01-01 12:00:00 UTC")
    for topic in (TOPIC, "losses"):
        course.nbgrader("generate_assignment", topic)
        course.nbgrader("release_assignment", topic)
    settings = [f"--Exchange.root={exchange}", f"--Exchange.cache={folder / 'cache'}", "--course=dl101"]
    texts = modules()
    for student, (module, spoil) in STUDENTS.items():
        home = folder / "homes" / student
        home.mkdir(parents=True)
        run(home, "fetch_assignment", TOPIC, *settings)
        _write_module(home / TOPIC / f"{TOPIC}.py", texts[module])
        spoil(home / TOPIC)
        run(home, "submit", TOPIC, f"--student={student}", *settings)
    course.nbgrader("collect", TOPIC)
    (course.folder / "submitted" / "late" / TOPIC / "timestamp.txt").write_text("2050-01-01 13:00:00 UTC")
    return course


def _write_module(path: Path, text: str | None) -> None:
    if text is None:
        path.unlink()
    else:
        path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="session")
def week(collected: Course) -> Course:
    """The course on Monday: graded by `nbgrader autograde`, with feedback."""
    course = copy_of(collected, "monday")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grading_step, "grade_submission", partial(grade_submission, limits=SHORT))
        course.nbgrader("autograde", TOPIC)
    course.nbgrader("generate_feedback", TOPIC)
    return course


@pytest.fixture(scope="session")
def fast(collected: Course, week: Course) -> Course:
    """The same, graded by `autograder grade`, which finds all grades but two done."""
    course = copy_of(collected, "fast")
    store = f"autograder-grades/{TOPIC}"
    shutil.copytree(week.folder / store, course.folder / store)
    for student in ("skeleton", "forged-outputs"):
        shutil.rmtree(course.folder / store / student)
    result = autograder("grade", "--from", "nbgrader", course.folder, "--assignment", TOPIC, "--jobs", 1)
    assert result.exit_code == 0, result.output
    course.logs["grade"] = result.output
    return course


def copy_of(course: Course, name: str) -> Course:
    shutil.copytree(course.folder, course.folder.parent / name)
    return Course(course.folder.parent / name)


def text_of(page: str) -> str:
    """The text of a page of HTML, as a person reads it."""
    return html.unescape(re.sub(r"<[^>]*>", "", page))


@pytest.fixture(autouse=True)
def _same_folder() -> Iterator[None]:
    """Nothing here may leave the tests in another folder."""
    before = Path.cwd()
    yield
    assert Path.cwd() == before
