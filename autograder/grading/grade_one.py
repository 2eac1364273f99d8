"""Grading one submission, in this process: a helper's."""

import platform
import time
import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from autograder.checkspec import CheckSpec
from autograder.course.assignment import Assignment
from autograder.course.read_checks import read_checks
from autograder.course.secret import grading_seed
from autograder.dependencies import first_make, root_of
from autograder.errors import UserError
from autograder.grading.absent_files import explain_absent
from autograder.grading.effort import Effort
from autograder.grading.feedback import as_sentence, details_text, help_text, rationale_text, tidy
from autograder.grading.helper.job import Job
from autograder.grading.helper.journal import Journal, Kind
from autograder.grading.helper.memory import lift_limit
from autograder.grading.helper.noted import NotingRecorder
from autograder.grading.helper.outcome import Known
from autograder.grading.match_misconception import diagnose
from autograder.grading.not_python import syntax_sentence
from autograder.grading.notes import notes_on
from autograder.grading.result import CheckResult, Grade, Manifest
from autograder.grading.run_checks import Case, record
from autograder.grading.wanted import wanted_for
from autograder.proxy.budget import Budget
from autograder.proxy.channel import SandboxChannel
from autograder.sandbox.levels.level import Level
from autograder.sandbox.limits import Limits
from autograder.sandbox.pool import warm_sandbox
from autograder.sandbox.process import CompilerError, SandboxError
from autograder.scoring import as_number, earned, overall_verdict
from autograder.seeds import GradingSeed
from autograder.submissions import HandIn, Submission, read_submission
from autograder.variants import Variant
from autograder.verdicts import CheckVerdict, StudentKilledError, SubmissionVerdict


def grade_here(job: Job, journal: Journal) -> Grade:
    """Grade one submission in this process, which what it sends back may bring down.

    Args:
        job: what to grade, and how.
        journal: what is known of it already; what is found out is written there, case by case.

    Raises:
        UserError: the assignment's checks can't be run.
    """
    submission = read_submission(job.handed_in, wanted_for(job.assignment))
    grading = _Grading(job.assignment, submission, job.seed, journal)
    try:
        return grading.grade(job.level, job.limits, job.started)
    except (UserError, MemoryError):
        raise
    except Exception as error:
        return grading.infrastructure(error)


def grade_lost(
    handed_in: Path | str | HandIn,
    assignment: Assignment,
    error: Exception,
    seed: GradingSeed | int | None = None,
) -> Grade:
    """Return the grade of a submission whose worker died: infrastructure, try again."""
    submission = read_submission(handed_in, wanted_for(assignment))
    with Journal.new() as journal:
        grading = _Grading(assignment, submission, grading_seed(assignment.course, seed), journal)
        return grading.infrastructure(error)


def manifest_of(
    handed_in: Path | str | HandIn, assignment: Assignment, seed: GradingSeed | int | None = None
) -> Manifest:
    """Return what the grade of a submission would be a function of."""
    submission = read_submission(handed_in, wanted_for(assignment))
    return Manifest(submission.digest, assignment.digest, grading_seed(assignment.course, seed).fingerprint)


class _Grading:
    """The grading of one submission, on its way to a `Grade`."""

    def __init__(self, assignment: Assignment, submission: Submission, seed: GradingSeed, journal: Journal):
        self.assignment = assignment
        self.submission = submission
        self.seed = seed
        self.journal = journal
        self.known = Known.of(journal)
        self.run: dict[str, Any] = {"versions": _versions()}

    def grade(self, level: Level, limits: Limits, started: float) -> Grade:
        """Read, run, diagnose, and put together."""
        self.run["sandbox"] = level.name
        if self.submission.problem:
            if self.submission.error is not None:
                self.run["traceback"] = traceback.format_exception(self.submission.error)
            return self.unreadable(self.submission.problem, CheckVerdict.MISSING)
        try:
            ran = self._run_twice_at_most(level, limits)
        except CompilerError as error:
            return self.unreadable(
                f"the file {self.assignment.name}.py can't be compiled: {error}", CheckVerdict.CRASHED
            )
        if isinstance(ran, str):
            return self.unreadable(ran, CheckVerdict.CRASHED)
        self.run["seconds"] = round(time.monotonic() - started, 3)
        self.run["printed"] = {c.name: c.printed.decode("utf-8", "replace") for c in ran if c.printed}
        return self.graded(ran)

    def _run_twice_at_most(self, level: Level, limits: Limits) -> list[Case] | str:
        """Run the checks; once more where the machine may have killed the compiler or a check's process."""
        try:
            ran = self._run(level, limits)
        except CompilerError:
            return self._run(level, limits)
        killed = (
            [] if isinstance(ran, str) else [c.name for c in ran if isinstance(c.error, StudentKilledError)]
        )
        if not killed:
            return ran
        self.run["killed_at_first"] = killed
        return self._run(level, limits)

    def _run(self, level: Level, limits: Limits) -> list[Case] | str:
        """Run the checks; return their cases, or why the module can't be read."""
        with warm_sandbox(level, limits) as sandbox:
            error = sandbox.load(
                self.submission.files,
                self.assignment.name,
                self.assignment.forbidden,
                explain_absent(self.submission, self.assignment),
            )
            if error is not None:
                name = self.assignment.name
                return syntax_sentence(name, error, self.submission.files[f"{name}.py"])
            budget = (self.known.budget or Budget.of(limits)).in_new_sandbox()
            opened = partial(SandboxChannel, sandbox, budget)
            plugin = NotingRecorder(opened, self.journal, self.known, budget)
            cases = record(plugin, self.assignment, self.seed)
            sandbox.child_cpu()
            if plugin.forgotten:
                self.run["not_compared"] = plugin.forgotten
            if budget.starved:
                self.run["starved"] = True
            self.run["cpu_seconds"] = round(budget.before + sandbox.spent, 3)
            return cases

    def graded(self, cases: Sequence[Case]) -> Grade:
        """Turn cases into checks' results."""
        mistakes = self._mistakes(cases)
        by_check: dict[CheckSpec, list[Case]] = {}
        for case in cases:
            by_check.setdefault(case.spec, []).append(case)
        module = self.assignment.name
        text = self.submission.files[f"{module}.py"].decode("utf-8", "replace")
        own = {s: _result(module, text, s, cases, mistakes) for s, cases in by_check.items()}
        results = list(_led_to_the_root(own))
        return self._grade(SubmissionVerdict.GRADED, "", results)

    def _mistakes(self, cases: Sequence[Case]) -> Mapping[str, Sequence[Variant]]:
        """Name the mistakes by check, unless that has brought down a helper before."""
        self.journal.append(Kind.NAMING)
        if self.known.unnamed:
            return {}
        lift_limit()  # what known mistakes need depends on the course only
        effort = Effort()
        mistakes = diagnose(self.assignment, cases, self.seed, effort)
        if effort.made:
            self.run["naming"] = {"comparisons": effort.made, "complete": effort.complete}
        return mistakes

    def unreadable(self, why: str, verdict: CheckVerdict) -> Grade:
        """Return the grade of a submission that can't be run: no points, and one sentence for all checks."""
        overall = SubmissionVerdict.ABSENT if self.submission.absent else SubmissionVerdict.UNREADABLE
        return self._grade(overall, tidy(as_sentence(why)), self._none_passed(verdict))

    def infrastructure(self, error: Exception) -> Grade:
        """Return the grade when the machine failed; it says to try again."""
        self.run["traceback"] = traceback.format_exception(error)
        why = str(error) if isinstance(error, SandboxError) else f"{type(error).__name__} in the grader"
        sentence = tidy(
            f"The grader's machine failed, which is not the submission's fault; grade it again ({why})."
        )
        return self._grade(
            SubmissionVerdict.INFRASTRUCTURE, sentence, self._none_passed(CheckVerdict.CRASHED)
        )

    def _none_passed(self, verdict: CheckVerdict) -> list[CheckResult]:
        """Return results without points and without words: what is wrong is said of the grade, once."""
        return [
            CheckResult(
                id=c.id,
                title=c.title,
                points=0,
                max_points=as_number(c.points),
                hidden=c.hidden,
                verdict=verdict,
                rationale="",
                details="",
                exact_points="0",
            )
            for c in read_checks(self.assignment.checks)
        ]

    def _grade(self, verdict: SubmissionVerdict, sentence: str, results: Sequence[CheckResult]) -> Grade:
        taken = tidy(as_sentence(self.submission.taken))
        said = [sentence, taken, *(tidy(f"{why}.") for why in self.submission.refused)]
        return Grade(
            student=self.submission.student,
            assignment=self.assignment.name,
            verdict=verdict,
            feedback=" ".join(filter(None, said)),
            score=as_number(sum((Fraction(r.exact_points) for r in results), Fraction(0))),
            max_score=as_number(sum((c.points for c in read_checks(self.assignment.checks)), Fraction(0))),
            checks=tuple(results),
            manifest=Manifest(self.submission.digest, self.assignment.digest, self.seed.fingerprint),
            run=self.run,
            notes=tuple(tidy(n) for n in notes_on(self.submission.files, self.assignment.name)),
            taken=taken,
        )


def _result(
    module: str, text: str, spec: CheckSpec, cases: Sequence[Case], mistakes: Mapping[str, Sequence[Variant]]
) -> CheckResult:
    verdicts = [c.verdict for c in cases]
    points = earned(spec.points, verdicts)
    found = mistakes.get(spec.id, ())
    return CheckResult(
        id=spec.id,
        title=spec.title,
        points=as_number(points),
        max_points=as_number(spec.points),
        hidden=spec.hidden,
        verdict=overall_verdict(verdicts),
        rationale=rationale_text(module, cases, text),
        details=details_text(cases, found if len(found) > 1 else ()),
        misconception=found[0].name if found else None,
        help=help_text(found),
        exact_points=str(points),
    )


def _led_to_the_root(results: Mapping[CheckSpec, CheckResult]) -> Iterator[CheckResult]:
    """Where a check failed and one that it depends on failed too, let its text only name the latter."""
    failed = {spec.id: spec for spec, result in results.items() if result.verdict != CheckVerdict.PASSED}
    for spec, result in results.items():
        root = root_of(spec, failed) if spec.id in failed else None
        yield result if root is None else replace(result, rationale=first_make(root), help="")


@cache
def _versions() -> dict[str, str]:
    packages = ("dl-autograder", "numpy", "pytest")
    return {"python": platform.python_version(), **{name: version(name) for name in packages}}
