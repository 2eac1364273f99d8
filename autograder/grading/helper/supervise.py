"""Grading a submission in helpers: one, or as many as the submission brings down."""

import os
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

from autograder.course.assignment import Assignment
from autograder.errors import UserError
from autograder.grading.helper.bounds import BOUNDS, Bounds
from autograder.grading.helper.job import Job, Refused
from autograder.grading.helper.journal import Journal, Kind
from autograder.grading.helper.pool import warm_helper
from autograder.grading.helper.process import Helper, HelperEnded
from autograder.grading.result import Grade
from autograder.sandbox.levels.level import Level
from autograder.sandbox.limits import Limits
from autograder.sandbox.process import SandboxError
from autograder.seeds import GradingSeed
from autograder.submissions import HandIn

#: So often a helper may be ended by something else until the machine is to blame.
_MOST_KILLED = 3
#: So often it may break down in one case, or before any.
_MOST_CRASHES = 2


def grade_in_helper(
    handed_in: Path | str | HandIn,
    assignment: Assignment,
    seed: GradingSeed,
    level: Level,
    limits: Limits,
    bounds: Bounds = BOUNDS,
) -> Grade:
    """Grade one submission in a helper; where that has to be ended, go on in another.

    Args:
        handed_in: the student's folder or zip, or what a reader found in a download.
        assignment: the topic.
        seed: the grading seed.
        level: the sandbox to use.
        limits: what the submission may use.
        bounds: what the grader may use for it.

    Raises:
        UserError: the course can't be graded with.
        SandboxError: the machine failed.
    """
    job = Job(handed_in, assignment, seed, level, limits, time.monotonic(), os.getcwd())
    with Journal.new() as journal:
        answer = _Supervision(job, journal, bounds).run()
    if isinstance(answer, Refused):
        raise UserError(answer.why)
    return answer


class _Supervision:
    """One submission's way through helpers.

    Args:
        job: what they are to do.
        journal: what the next one is to know of what the last one found out.
        bounds: what they may use.
    """

    def __init__(self, job: Job, journal: Journal, bounds: Bounds):
        self._job, self._journal, self._bounds = job, journal, bounds
        self._used = 0.0
        self._killed = 0
        self._crashes: Counter[str] = Counter()
        self._told: list[str] = []

    def run(self) -> Grade | Refused:
        """Return what the last helper answers."""
        while True:
            try:
                with warm_helper(self._bounds) as helper:
                    answer = self._ask(helper)
            except HelperEnded as ended:
                self._take_note(ended)
                continue
            if isinstance(answer, Grade) and self._told:
                return replace(answer, run={**answer.run, "helpers_ended": self._told})
            return answer

    def _ask(self, helper: Helper) -> Grade | Refused:
        """Have a helper work; what it uses counts, and that it starts, where it was started for this."""
        before, used = helper.counted, 0.0

        def left() -> float:
            nonlocal used
            used = helper.cpu - before
            return self._bounds.all_cpu - self._used - used

        try:
            return helper.grade(self._job, self._journal, left, self._bounds)
        finally:
            if not self._journal.naming:
                self._used += used

    def _take_note(self, ended: HelperEnded) -> None:
        """Write down what the next helper has to know.

        Raises:
            SandboxError: it is not the submission's fault.
        """
        self._journal.look()
        case, naming = self._journal.running, self._journal.naming
        where = case or ("naming mistakes" if naming else "between cases")
        self._told.append(f"{where}: {ended.why}")
        if ended.why == "killed":
            self._killed += 1
            if self._killed >= _MOST_KILLED:
                raise SandboxError(str(ended)) from ended
            return
        self._crashes[where] += 1
        again = self._crashes[where] < _MOST_CRASHES
        if ended.why == "crashed" and again:
            return
        if case:
            self._journal.append(_OF_CASE[ended.why])
        elif not again:
            raise SandboxError(str(ended)) from ended
        elif naming:
            self._journal.append(Kind.UNNAMED)
        if not naming and self._used >= self._bounds.all_cpu:
            self._journal.append(Kind.USED_UP)
            self._used = 0.0  # no case will run any more


#: What is written down of the case in which a helper ended.
_OF_CASE = {"time": Kind.TIMEOUT, "memory": Kind.MEMORY, "crashed": Kind.CRASHED}
