"""The plugin that otter loads outside of its kernel, before it reads the submission."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from nbformat import NotebookNode
from otter.run import AutograderConfig
from otter.test_files import GradingResults

from autograder.course.assignment import find_assignment
from autograder.grading import Grade, grade_submission
from autograder.platforms.gradescope.run import report, tell_instructors
from autograder.platforms.otter.layout import handed_in, move_all, otters_own
from autograder.platforms.otter.master import empty_notebook
from autograder.platforms.otter.results import ResultsOfGrade


class GradingApart:
    """Grades in our sandbox; what otter runs afterwards contains nothing of the student's.

    Args:
        submission_path: the notebook, in otter's folder of the submission; empty for `otter assign`.
        submission_metadata: not used.
        plugin_config: names the topic.
    """

    def __init__(
        self,
        submission_path: str,
        submission_metadata: Mapping[str, object],
        plugin_config: Mapping[str, str],
    ):
        self._folder = Path(submission_path).parent.parent
        self._topic = plugin_config["topic"]
        self._grade: Grade | str = "otter-grader did not ask for a grade."

    def before_grading(self, config: AutograderConfig) -> None:
        """Move the submission out of the folder in which otter runs the notebook, and grade it."""
        submission, kept = self._folder / "submission", handed_in(self._folder)
        with TemporaryDirectory(prefix="autograder-otter-") as elsewhere:
            if not kept.exists():
                kept = Path(elsewhere, submission.name)
                move_all(submission, kept, but=otters_own(self._folder))
            shutil.rmtree(submission / "tests")  # there is nothing to run in otter's kernel
            self._grade = self._grade_of(kept)

    def _grade_of(self, submission: Path) -> Grade | str:
        try:
            grade = grade_submission(submission, find_assignment(self._topic, self._folder / "source"))
        except Exception as error:
            return report(error)
        tell_instructors(grade)
        return grade

    def before_execution(self, submission: NotebookNode) -> NotebookNode:
        """Make otter run a notebook without cells."""
        return empty_notebook()

    def after_grading(self, results: GradingResults) -> None:
        """Replace otter's own results, which are empty, by the grade."""
        results.__class__ = ResultsOfGrade
        results.__init__(self._grade)  # otter keeps this object, so it is changed in place
