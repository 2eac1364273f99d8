"""The step of nbgrader's `autograde` that grades in our sandbox, instead of running the notebook."""

from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.course.assignment import Assignment
from autograder.grading import Grade, grade_submission
from autograder.grading.grade_one import manifest_of
from autograder.grading.store import Store
from autograder.platforms.nbgrader.reader import hand_in, usual_out
from autograder.platforms.nbgrader.results import show_grade
from autograder.submissions import HandIn
from autograder.verdicts import SubmissionVerdict


class SandboxedGrading(NbGraderPreprocessor):
    """Grades the student's module as `autograder grade` does, and shows the grade in the notebook's cells."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Grade the submission that this notebook belongs to.

        Raises:
            NbGraderException: the machine failed; nbgrader goes on with the others.
        """
        topic, directory = self.parent.topic, self.parent.parent.coursedir
        student = resources["nbgrader"]["student"]
        folder = Path(directory.format_path(directory.submitted_directory, student, topic.name))
        show_grade(nb, _graded(hand_in(folder), topic, usual_out(Path(directory.root), topic.name)))
        return nb, resources


def _graded(submission: HandIn, topic: Assignment, out: Path) -> Grade:
    """Take the grade from the folder of grades; if it has none, grade and write it there, with details."""
    with Store(out) as store:
        grade = store.find(submission.student, topic.name, manifest_of(submission, topic))
        return grade or _grade(submission, topic, store)


def _grade(submission: HandIn, topic: Assignment, store: Store) -> Grade:
    """Grade and write the grade; if the machine fails, try once more."""
    for _ in range(2):
        grade = grade_submission(submission, topic)
        store.write(grade)
        store.describe(submission)
        if grade.verdict != SubmissionVerdict.INFRASTRUCTURE:
            return grade
    raise NbGraderException(grade.feedback)
