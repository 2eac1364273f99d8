"""Running the real `otter assign`, and completing what it makes."""

import shutil
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from otter.api import grade_submission as run_otter
from otter.assign import main as otter_assign

from autograder.course.assignment import Assignment
from autograder.course.build import build_files
from autograder.errors import UserError
from autograder.platforms.autograder_files import course_files, package_files
from autograder.platforms.gradescope.autograder_zip import NOT_RUN
from autograder.platforms.gradescope.export import failure
from autograder.platforms.gradescope.visibility import Visibility
from autograder.platforms.otter.master import empty_notebook, master_notebook
from autograder.platforms.write_zip import write_zip
from autograder.printable import as_json

_HAND_IN = """
## Hand in with otter-grader

`pip install otter-grader` in the same way. The last cell of the notebook makes a zip of the notebook and
`{topic}.py`: hand that in.
"""


def zip_name(topic: str) -> str:
    """Return the name of a topic's autograder zip."""
    return f"{topic}-autograder.zip"


def assign(assignment: Assignment, out: Path, hidden: Visibility) -> None:
    """Make `out/student/` and `out/autograder/`, which holds the zip, and try the zip.

    Args:
        assignment: the topic.
        out: an empty folder.
        hidden: when students see the results of hidden checks on Gradescope.

    Raises:
        UserError: the reference does not get full marks.
    """
    with TemporaryDirectory(prefix="autograder-otter-") as folder:
        master, made = Path(folder, f"{assignment.name}.ipynb"), Path(folder, "made")
        nbformat.write(master_notebook(assignment, hidden), master)
        otter_assign(str(master), str(made), no_pdfs=True)
        (otters,) = (made / "autograder").glob("*.zip")
        shutil.copytree(made / "student", out / "student")
        (out / "autograder").mkdir()
        write_zip(out / "autograder" / zip_name(assignment.name), _completed(otters, assignment))
    _add_what_students_need(assignment, out / "student")
    _try_reference(assignment, out / "autograder" / zip_name(assignment.name))


def _completed(otters: Path, assignment: Assignment) -> dict[str, bytes]:
    """Return the files of otter's zip with our package, the topic, and an empty notebook added."""
    with zipfile.ZipFile(otters) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    first_line, _, rest = files["run_autograder"].partition(b"\n")
    at_first = b"cp /autograder/source/not_run.json /autograder/results/results.json"
    # It takes the place of the student's: otter would fail if that is broken or missing.
    notebook = nbformat.writes(empty_notebook()).encode()
    return {
        **files,
        **package_files(),
        **course_files(assignment),
        "run_autograder": b"\n".join([first_line, at_first, rest]),
        "run_otter.py": Path(__file__).with_name("run_otter.py").read_bytes(),
        "not_run.json": as_json(failure(NOT_RUN)).encode(),
        f"files/{assignment.name}.ipynb": notebook,
    }


def _add_what_students_need(assignment: Assignment, folder: Path) -> None:
    """Add the skeleton, the public checks and the README to otter's notebook."""
    files = build_files(assignment)
    del files[f"{assignment.name}.ipynb"]
    files["README.md"] += _HAND_IN.format(topic=assignment.name)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _try_reference(assignment: Assignment, autograder: Path) -> None:
    """Let otter grade the reference, as `otter assign` does for ordinary assignments."""
    found = run_otter(str(assignment.reference), str(autograder), quiet=True)
    if found.total != found.possible or not found.possible:
        raise UserError(
            f"otter gives the reference of {assignment.name} {found.total:g} of {found.possible:g} points; "
            f"`autograder grade` on a folder with {assignment.reference.name} in it says more"
        )
