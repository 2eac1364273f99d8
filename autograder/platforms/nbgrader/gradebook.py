"""Writing the grades of a class into nbgrader's gradebook: as `nbgrader autograde` does, but faster."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.api import Grade as ScoredCell
from nbgrader.api import Gradebook, InvalidEntry, MissingEntry
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import AssignLatePenalties
from nbgrader.utils import compute_checksum, determine_grade, parse_utc
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError, SAWarning
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from autograder.course.assignment import Assignment
from autograder.errors import UserError
from autograder.files import is_the_machines
from autograder.grading.result import Grade
from autograder.platforms.nbgrader.autograded import write_autograded
from autograder.platforms.nbgrader.cells import grade_id
from autograder.platforms.nbgrader.make_course import CONFIG
from autograder.platforms.nbgrader.release import read_release
from autograder.platforms.nbgrader.restore import read_notebook, restored
from autograder.platforms.nbgrader.results import show_grade
from autograder.submissions.hand_in import HandIn
from autograder.verdicts import SubmissionVerdict


def write_gradebook(folder: Path, topic: Assignment, graded: Sequence[tuple[HandIn, Grade]]) -> str:
    """Write grades into an nbgrader course: its gradebook, and the notebooks in `autograded/`.

    Points and comments that a person gave stay. What has not changed is not written again.

    Args:
        folder: of the nbgrader course.
        topic: the assignment.
        graded: each submission with its grade; grades with the verdict infrastructure are left out.

    Returns:
        A line on what was written.

    Raises:
        UserError: the course has no release or gradebook of this topic, or can't be written to.
    """
    course = _Course.read(folder, topic)
    try:
        with warnings.catch_warnings(), course.open_gradebook() as gradebook:
            warnings.simplefilter("ignore", SAWarning)  # from nbgrader's own queries
            writer = _Writer(course, gradebook)
            for one, grade in graded:
                if grade.verdict != SubmissionVerdict.INFRASTRUCTURE:
                    writer.write_apart(one, grade)
    except (DatabaseError, InvalidEntry) as error:
        raise UserError(
            f"the gradebook {course.database} can't be written ({_reason(error)}); the grades are kept: "
            "once it is free, or restored from a backup, run the same command again"
        ) from error
    new, failed = writer.new, writer.failed
    written = f"{sum(new)} of {len(graded)} written to {course.database}"
    left_out = f"; left out: {'; '.join(failed)}" if failed else ""
    return f"{written}; {new.count(False)} stood there already{left_out}"


def _reason(error: Exception) -> str:
    return next(iter(str(getattr(error, "orig", error)).splitlines()), type(error).__name__)


@dataclass(frozen=True)
class _Course:
    """An nbgrader course, read with its own settings."""

    config: Config
    directory: CourseDirectory
    topic: Assignment
    released: NotebookNode

    @classmethod
    def read(cls, folder: Path, topic: Assignment) -> "_Course":
        if not (folder / CONFIG).is_file():
            raise UserError(
                f"there is no {folder / CONFIG}, so no gradebook to write to; the grades are kept"
            )
        try:
            config = PyFileConfigLoader(CONFIG, path=str(folder.resolve())).load_config()
        except Exception as error:  # the file is a program, which the instructor may change
            raise UserError(f"{folder / CONFIG} can't be used: {error}") from error
        directory = CourseDirectory(config=config)
        release = Path(directory.format_path(directory.release_directory, ".", topic.name))
        return cls(config, directory, topic, read_release(release, topic))

    @property
    def database(self) -> str:
        """The gradebook's file or address, for messages."""
        url = make_url(self.directory.db_url)
        return str(url.database if url.drivername == "sqlite" else url)

    def open_gradebook(self) -> Gradebook:
        """Open the gradebook, which must have the cells of the topic's release."""
        advice = f"run `nbgrader generate_assignment {self.topic.name}` first"
        if make_url(self.directory.db_url).drivername == "sqlite" and not Path(self.database).is_file():
            raise UserError(f"there is no gradebook {self.database}; {advice}")
        gradebook = Gradebook(self.directory.db_url, self.directory.course_id)
        try:
            notebook = gradebook.find_notebook(self.topic.name, self.topic.name)
            known = {cell.name for cell in notebook.grade_cells}
        except MissingEntry:
            known = set()
        if known != {grade_id(cell) for cell in self.released.cells if grade_id(cell)}:
            gradebook.close()
            raise UserError(f"the gradebook {self.database} does not have the release's cells; {advice}")
        return gradebook


class _Writer:
    """Writes the students one by one.

    Attributes:
        new: for each student who was written, whether the files have changed.
        failed: each student who could not be written, and why.
    """

    def __init__(self, course: _Course, gradebook: Gradebook):
        self.course = course
        self.topic = course.topic.name
        self.gradebook = gradebook
        self.new: list[bool] = []
        self.failed: list[str] = []
        notebook = gradebook.find_notebook(self.topic, self.topic)
        # Looked up once, since the gradebook forgets what it has read at every commit.
        self.names = {cell.id: cell.name for cell in (*notebook.grade_cells, *notebook.solution_cells)}

    def write_apart(self, hand_in: HandIn, grade: Grade) -> None:
        """Write one student; whatever that student's files do to the libraries, the others are written."""
        try:
            self.new.append(self.write(hand_in, grade))
        except (DatabaseError, InvalidEntry):  # these are the gradebook's
            raise
        except OSError as error:
            if is_the_machines(error):
                raise UserError(
                    f"the files of {hand_in.student} can't be written: {error.strerror}; the grades are kept"
                ) from error
            self.failed.append(f"{hand_in.student} ({error.strerror})")
        except Exception as error:
            self.gradebook.db.rollback()
            self.failed.append(f"{hand_in.student} ({type(error).__name__}: {_reason(error)[:200]})")

    def write(self, hand_in: HandIn, grade: Grade) -> bool:
        """Write one student's files and scores; return whether the files have changed."""
        directory = self.course.directory
        submitted = Path(directory.format_path(directory.submitted_directory, hand_in.student, self.topic))
        notebook = restored(read_notebook(submitted / f"{self.topic}.ipynb"), self.course.released)
        show_grade(notebook, grade)
        is_new = write_autograded(directory, submitted, notebook)
        self._record(hand_in, notebook, is_new)
        return is_new

    def _record(self, hand_in: HandIn, notebook: NotebookNode, is_new: bool) -> None:
        self.gradebook.update_or_create_student(hand_in.student)
        when = _timestamp(hand_in.submitted)
        submission = self.gradebook.update_or_create_submission(
            self.topic, hand_in.student, **({"timestamp": when} if when else {})
        )
        submitted = next(held for held in submission.notebooks if held.name == self.topic)
        cells = {grade_id(cell): cell for cell in notebook.cells}
        for record in submitted.grades:
            _set_score(record, determine_grade(cells[self.names[record.cell_id]])[0], is_new)
        for comment in submitted.comments:
            cell = cells[self.names[comment.cell_id]]
            unanswered = cell.metadata.nbgrader.get("checksum") == compute_checksum(cell)
            comment.auto_comment = "No response." if unanswered else None
        self.gradebook.db.commit()
        if submission.total_seconds_late > 0 or submitted.late_submission_penalty is not None:
            self._set_penalty(hand_in.student, notebook)

    def _set_penalty(self, student: str, notebook: NotebookNode) -> None:
        """Let nbgrader work out the late penalty, with the plugin that the course has chosen."""
        names = {
            "notebook": self.topic,
            "assignment": self.topic,
            "student": student,
            "db_url": self.course.directory.db_url,
        }
        AssignLatePenalties(config=self.course.config).preprocess(notebook, {"nbgrader": names})


def _set_score(record: ScoredCell, score: float | None, is_new: bool) -> None:
    """Set what a cell earned, as nbgrader does: a cell that a person has scored needs that person again."""
    if is_new or record.auto_score != score:
        record.auto_score = score
        record.needs_manual_grade = record.manual_score is not None or score is None


def _timestamp(text: str) -> datetime | None:
    """Return the time as nbgrader reads it; None if it can't be read."""
    try:
        return parse_utc(text) if text else None
    except (ValueError, OverflowError):
        return None
