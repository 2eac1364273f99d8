"""Running checks on many wrong variants, each only until it is caught."""

from collections.abc import Mapping, Sequence

import pytest

from autograder.course.assignment import Assignment
from autograder.grading.run_checks import Case, Recorder, Students, record
from autograder.seeds import GradingSeed
from autograder.verdicts import CheckVerdict


def screen(
    assignment: Assignment,
    students: Students,
    seed: GradingSeed,
    plans: Mapping[str, Sequence[str]],
    enough: int,
) -> list[Case]:
    """Run the checks on one student's code after the other, each until enough checks have failed.

    Args:
        assignment: whose checks.
        students: for each key, what opens a channel to that student's code.
        seed: the grading seed.
        plans: for each student, the names of the tests to run, in the order to run them.
        enough: number of failed checks after which the next student's turn begins. Further cases of a
            failed check are left out.

    Returns:
        The cases that were run.

    Raises:
        UserError: the checks themselves can't be run.
        SandboxError: the machine failed.
    """
    return record(_Screener(students, plans, enough), assignment, seed)


class _Screener(Recorder):
    """Runs tests student by student, and skips those that can't tell anything new."""

    def __init__(self, students: Students, plans: Mapping[str, Sequence[str]], enough: int):
        super().__init__(students, None)
        pairs = ((student, test) for student, plan in plans.items() for test in plan)
        self._places = {pair: place for place, pair in enumerate(pairs)}
        self._enough = enough
        self._failed: dict[str, set[str]] = {student: set() for student in plans}

    def wanted_by(self, test: str) -> Sequence[str]:
        """Return the students whose plan has the test."""
        return [student for student in self._failed if (student, test) in self._places]

    def in_turn(self) -> list[pytest.Item]:
        """Return the tests student by student, and then by the student's plan."""

        def place(entry: tuple[pytest.Item, Case]) -> int:
            return self._places[entry[1].student, entry[1].name]

        self.case_of = dict(sorted(self.case_of.items(), key=place))
        return list(self.case_of)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> bool | None:
        """Leave out what can't tell anything new; True says that the test is dealt with."""
        case = self.case_of[item]
        failed = self._failed[case.student]
        if len(failed) < self._enough and case.spec.id not in failed:
            return None
        del self.case_of[item]
        return True

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logfinish(self) -> None:
        """Note which checks have failed by now."""
        super().pytest_runtest_logfinish()
        for case in self.case_of.values():
            if case.verdict != CheckVerdict.PASSED:
                self._failed[case.student].add(case.spec.id)
