"""The summary that a student sees at the end of `pytest`: each check, its verdict and its points."""

from fractions import Fraction

import pytest

from autograder.checkspec import CheckSpec, spec_of
from autograder.scoring import earned, overall_verdict
from autograder.verdicts import PASSED

__all__ = ["VERDICT_PROPERTY", "HomeSummary"]

#: Under this name a test's report carries (check id, verdict).
VERDICT_PROPERTY = "autograder-verdict"


class HomeSummary:
    """Collects the verdicts of checks and prints them, with points, at the end."""

    def __init__(self) -> None:
        self._specs: dict[tuple[str, str], CheckSpec] = {}
        self._verdicts: dict[tuple[str, str], list[str]] = {}

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Read what each check is worth."""
        for item in session.items:
            if isinstance(item, pytest.Function) and item.get_closest_marker("points"):
                spec = spec_of(item)
                self._specs.setdefault((item.nodeid.partition("::")[0], spec.id), spec)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take down a case's verdict."""
        for name, value in report.user_properties:
            if name == VERDICT_PROPERTY and isinstance(value, (list, tuple)):
                check, verdict = value
                self._verdicts.setdefault((report.nodeid.partition("::")[0], check), []).append(verdict)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print a line per check and the sum of the points."""
        if not self._verdicts:
            return
        terminalreporter.section("points")
        total, possible = Fraction(0), Fraction(0)
        for key, verdicts in self._verdicts.items():
            spec, verdict = self._specs[key], overall_verdict(verdicts)
            points = earned(spec.points, verdicts)
            total, possible = total + points, possible + spec.points
            share = f"{float(points):.4g}/{float(spec.points):.4g}"
            terminalreporter.write_line(
                f"{verdict:<12} {share:>9}  {spec.title}", green=verdict == PASSED, red=verdict != PASSED
            )
        terminalreporter.write_line(
            f"{float(total):.4g} of {float(possible):.4g} points of the checks that ran", bold=True
        )
