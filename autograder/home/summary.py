"""The summary that a student sees at the end of `pytest`: each check, its verdict and its points."""

from fractions import Fraction

import pytest

from autograder.checkspec import CheckSpec
from autograder.course.read_checks import spec_of
from autograder.home.absent import absent_when_graded
from autograder.scoring import earned, overall_verdict
from autograder.verdicts import CheckVerdict

#: The property of a test's report that holds its check's id, title and points, and the verdict. These are
#: plain strings, so that they also arrive from the worker processes of pytest-xdist.
VERDICT_PROPERTY = "autograder-verdict"


def note_verdict(report: pytest.TestReport, item: pytest.Function, verdict: CheckVerdict) -> None:
    """Add what the summary needs to a test's report."""
    spec = spec_of(item)
    report.user_properties.append((VERDICT_PROPERTY, (spec.id, spec.title, str(spec.points), verdict.value)))


class HomeSummary:
    """Collects the verdicts of checks and prints them, with points, at the end."""

    def __init__(self) -> None:
        self._verdicts: dict[tuple[str, CheckSpec], list[CheckVerdict]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Record a case's verdict."""
        for name, value in report.user_properties:
            if name == VERDICT_PROPERTY and isinstance(value, (list, tuple)):
                check, title, points, verdict = value
                spec = CheckSpec(check, title, Fraction(points))
                self._verdicts.setdefault((report.nodeid.partition("::")[0], spec), []).append(
                    CheckVerdict(verdict)
                )

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print a line per check and the sum of the points."""
        if not self._verdicts:
            return
        terminalreporter.section("points")
        total, possible = Fraction(0), Fraction(0)
        for (_, spec), verdicts in self._verdicts.items():
            verdict = overall_verdict(verdicts)
            points = earned(spec.points, verdicts)
            total, possible = total + points, possible + spec.points
            share = f"{float(points):.4g}/{float(spec.points):.4g}"
            terminalreporter.write_line(
                f"{verdict:<12} {share:>9}  {spec.title}",
                green=verdict == CheckVerdict.PASSED,
                red=verdict != CheckVerdict.PASSED,
            )
        terminalreporter.write_line(
            f"{float(total):.4g} of {float(possible):.4g} points of the checks that ran", bold=True
        )
        for checks in dict.fromkeys(file for file, _ in self._verdicts):
            path = terminalreporter.config.rootpath / checks
            for absent in absent_when_graded(path.with_name(path.name.removeprefix("test_"))):
                terminalreporter.write_line(str(absent), yellow=True)
