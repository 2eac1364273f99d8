"""otter's results, made from a grade."""

from otter.run import AutograderConfig
from otter.test_files import GradingResults, TestCase
from otter.test_files.abstract_test import TestCaseResult
from otter.test_files.ottr_test import OttrTestFile

from autograder.grading.result import CheckResult, Grade
from autograder.platforms.gradescope.export import failure, results
from autograder.platforms.gradescope.visibility import AFTER_PUBLISHED, HIDDEN
from autograder.verdicts import CheckVerdict


class ResultsOfGrade(GradingResults):  # type: ignore[misc]  # otter has no types
    """What otter's commands and its API report of a submission that was graded in our sandbox.

    Args:
        grade: the grade, or the reason why there is none.
    """

    def __init__(self, grade: Grade | str):
        checks = () if isinstance(grade, str) else grade.checks
        super().__init__([_test_file(check) for check in checks])
        self._grade = grade

    @property
    def total(self) -> float:
        """The points earned, summed as in the grade."""
        return 0 if isinstance(self._grade, str) else self._grade.score

    @property
    def possible(self) -> float:
        """The points that could be earned."""
        return 0 if isinstance(self._grade, str) else self._grade.max_score

    def to_gradescope_dict(self, ag_config: AutograderConfig) -> dict[str, object]:
        """Return the content of results.json."""
        if isinstance(self._grade, str):
            return failure(self._grade)
        return results(self._grade, AFTER_PUBLISHED if ag_config.show_hidden else HIDDEN)


def _test_file(check: CheckResult) -> OttrTestFile:
    """Return the form in which otter keeps a check's result."""
    case = TestCase(check.title, "", check.hidden, check.max_points, None, None)
    file = OttrTestFile(check.id, f"{check.id}.py", [case], all_or_nothing=False)
    file.test_case_results = [TestCaseResult(case, check.feedback, check.verdict == CheckVerdict.PASSED)]
    file.update_score(check.points)
    return file
