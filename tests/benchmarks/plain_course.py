"""An equal assignment for plain nbgrader and plain otter-grader: the same checks, run in the kernel.

What an instructor would have without this project: a cell per check, and the student's module beside the
notebook. Both tools are set up as their documentation asks, with one thing more: nbgrader is told not to
overwrite the student's module.
"""

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.course.assignment import Assignment

HERE = Path(__file__).parent
SCRIPTS = Path(sys.executable).parent

_SETUP = """
from pathlib import Path

from bare_run import BareChecks

bare = BareChecks(Path("{topic}_checks") / "{topic}", Path("{topic}.py"))
"""

_OTTER_CONFIG = """# ASSIGNMENT CONFIG
name: plain
generate: true
export_cell: false
run_tests: false
files:"""


def nbgrader_course(
    root: Path, assignment: Assignment, checks: Sequence[str], modules: Sequence[Path]
) -> None:
    """Make a course in which every module is handed in by a student of its own: `student-0`, ..."""
    topic = assignment.name
    source = root / "source" / topic
    _write_support(source, assignment)
    shutil.copy(modules[0], source / f"{topic}.py")
    notebook = _notebook(topic, [_graded_cell(check) for check in checks])
    nbformat.write(notebook, source / f"{topic}.ipynb")
    (root / "nbgrader_config.py").write_text(
        "c = get_config()\n"
        "c.CourseDirectory.course_id = 'plain'\n"
        f"c.Autograde.exclude_overwriting = {{{topic!r}: [{topic + '.py'!r}]}}\n"
        "c.ExecutePreprocessor.timeout = 600\n"
    )
    run([SCRIPTS / "nbgrader", "generate_assignment", topic], root)
    _hand_in(root, topic, modules)


def our_course(root: Path, topic: str, modules: Sequence[Path]) -> None:
    """Make the course of `autograder nbgrader`, with the same hand-ins."""
    run([SCRIPTS / "autograder", "nbgrader", str(root), topic], HERE)
    run([SCRIPTS / "nbgrader", "generate_assignment", topic], root)
    _hand_in(root, topic, modules)


def _hand_in(root: Path, topic: str, modules: Sequence[Path]) -> None:
    for number, module in enumerate(modules):
        folder = root / "submitted" / f"student-{number}" / topic
        shutil.copytree(root / "release" / topic, folder)
        shutil.copy(module, folder / f"{topic}.py")


def otter_assignment(
    root: Path, assignment: Assignment, checks: Sequence[str], module: Path
) -> tuple[Path, Path]:
    """Return the autograder zip that `otter assign` makes, and a submission's zip."""
    topic = assignment.name
    master = root / "master"
    _write_support(master, assignment)
    shutil.copy(module, master / f"{topic}.py")
    cells = [cell for number, check in enumerate(checks) for cell in _question(number, check)]
    support = [path for path in sorted(master.rglob("*.py")) if path != master / f"{topic}.py"]
    listed = "".join(f"\n    - {path.relative_to(master)}" for path in support)
    notebook = _notebook(topic, cells)
    notebook.cells.insert(0, nbformat.v4.new_raw_cell(_OTTER_CONFIG + listed))
    nbformat.write(notebook, master / f"{topic}.ipynb")
    run([SCRIPTS / "otter", "assign", "--no-run-tests", f"{topic}.ipynb", str(root / "dist")], master)
    (autograder,) = (root / "dist" / "autograder").glob("*.zip")
    submission = root / "submission.zip"
    with zipfile.ZipFile(submission, "w") as archive:
        archive.write(root / "dist" / "student" / f"{topic}.ipynb", f"{topic}.ipynb")
        archive.write(module, f"{topic}.py")
    return autograder, submission


def run(command: Sequence[str | Path], folder: Path) -> None:
    """Run a command quietly; where it fails, show what it said."""
    paths = f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}"  # nbgrader looks for a command of its own there
    environment = {**os.environ, "PATH": paths}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{command} failed:\n{done.stdout}{done.stderr}")


def _write_support(folder: Path, assignment: Assignment) -> None:
    """Put beside the notebook what its cells need: the checks, the reference, and what runs them."""
    inner = folder / f"{assignment.name}_checks" / assignment.name
    inner.mkdir(parents=True)
    shutil.copy(assignment.checks, inner)
    shutil.copy(assignment.reference, inner)
    shutil.copy(HERE / "bare_run.py", folder)


def _notebook(topic: str, cells: Sequence[NotebookNode]) -> NotebookNode:
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    setup = nbformat.v4.new_code_cell(_SETUP.format(topic=topic).strip())
    return nbformat.v4.new_notebook(cells=[setup, *cells], metadata=kernel)


def _graded_cell(check: str) -> NotebookNode:
    nbgrader = {
        "schema_version": 3, "grade": True, "solution": False, "locked": True, "task": False,
        "grade_id": check, "points": 1, "cell_type": "code",
    }  # fmt: skip
    return nbformat.v4.new_code_cell(f"bare.run({check!r})", metadata={"nbgrader": nbgrader})


def _question(number: int, check: str) -> list[NotebookNode]:
    return [
        nbformat.v4.new_raw_cell(f"# BEGIN QUESTION\nname: q{number}\npoints: 1"),
        nbformat.v4.new_raw_cell("# BEGIN TESTS"),
        nbformat.v4.new_code_cell(f"bare.run({check!r})"),
        nbformat.v4.new_raw_cell("# END TESTS"),
        nbformat.v4.new_raw_cell("# END QUESTION"),
    ]
