"""Reading submitted notebooks for nbgrader's `autograde`, whatever they hold."""

import glob
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbgrader.converters.base import NbGraderException
from traitlets import Unicode

from autograder.course.assignment import Assignment, find_assignment
from autograder.errors import UserError
from autograder.platforms.nbgrader.release import read_release
from autograder.platforms.nbgrader.restore import read_notebook, restored
from autograder.sandbox.levels.choose import choose_level


class SubmissionExporter(NotebookExporter):
    """Replaces a notebook that is missing or can't be read by the released one, and restores all others.

    nbgrader makes one exporter for each run of `autograde`, so errors that stop all grading are found here.
    """

    course = Unicode(help="The folder that holds the course's solutions/.").tag(config=True)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        assert self.parent is not None
        directory = self.parent.coursedir
        root, name = Path(directory.root), directory.assignment_id
        try:
            self.topic = _find_topic(name, Path(self.course), root)
            self.released = read_release(
                Path(directory.format_path(directory.release_directory, ".", name)), self.topic
            )
            choose_level(allow_unsandboxed=False)
        except UserError as error:
            self.log.error("%s", error)
            raise NbGraderException(str(error)) from error
        self._expect_one_notebook_of_each()

    def from_filename(
        self, filename: str, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Convert what a student handed in, or what nbgrader has just made of it."""
        return self.from_notebook_node(
            restored(read_notebook(Path(filename)), self.released), resources=resources, **kw
        )

    def _expect_one_notebook_of_each(self) -> None:
        """Make nbgrader grade everybody who handed in anything, even without a notebook of that name."""
        assert self.parent is not None
        directory = self.parent.coursedir
        everybody = directory.format_path(
            directory.submitted_directory, directory.student_id, self.topic.name
        )
        self.parent.assignments = {
            folder: [str(Path(folder, f"{self.topic.name}.ipynb"))] for folder in glob.glob(everybody)
        }


def _find_topic(name: str, course: Path, root: Path) -> Assignment:
    """Return the topic of an nbgrader assignment.

    Args:
        name: the assignment's name.
        course: the folder that should hold `solutions/`.
        root: the folder of the nbgrader course.

    Raises:
        UserError: the solutions are not there, or have no such topic.
    """
    if not (course / "solutions").is_dir():
        raise UserError(
            f"there is no folder solutions/ in {course}; write where it is now into {root}/nbgrader_config.py"
        )
    return find_assignment(name, course)
