"""The step of nbgrader's `autograde` that grades: in our sandbox, in place of running the notebook."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.course.assignment import Assignment
from autograder.grading import Grade, grade_submission
from autograder.grading.grader import INFRASTRUCTURE
from autograder.nbgrader_course.results import show_grade

__all__ = ["SandboxedGrading"]


class SandboxedGrading(NbGraderPreprocessor):
    """Grades the student's module as `autograder grade` does, and shows the grade in the notebook's cells."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Grade the submission that this notebook belongs to.

        Raises:
            NbGraderException: the machine failed; nbgrader goes on with the others, its next run tries again.
        """
        topic, directory = self.parent.topic, self.parent.parent.coursedir
        student = resources["nbgrader"]["student"]
        folder = Path(directory.format_path(directory.submitted_directory, student, topic.name))
        show_grade(nb, _graded(folder, topic, student))
        return nb, resources


def _graded(folder: Path, topic: Assignment, student: str) -> Grade:
    """Grade; where the machine fails, try once more."""
    for _ in range(2):
        grade = replace(grade_submission(folder, topic), student=student)
        if grade.verdict != INFRASTRUCTURE:
            return grade
    raise NbGraderException(grade.feedback)
