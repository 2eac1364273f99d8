"""What a student reads of several topics at once: a line each, and what to put right in one of them."""

from collections.abc import Sequence
from fractions import Fraction

from autograder.home.finding import Finding, in_figures
from autograder.home.paper import Paper
from autograder.home.report import Report


def print_overview(findings: Sequence[Finding], chosen: Finding | None = None) -> None:
    """Print a line for each topic, then the report on one: the first that has something wrong.

    Args:
        findings: on all topics.
        chosen: on which to report instead, as on the one that was saved last.
    """
    paper = Paper()
    longest = max(len(finding.topic) for finding in findings)
    paper.heading("Topics")
    for finding in findings:
        state = _state(finding)
        got, all_ = _points(finding)
        bar = paper.bar(float(got / all_) if all_ else 1.0)
        line = f"{finding.topic.ljust(longest)}  {bar}  {_said(finding, state)}"
        paper.say(line, f"  {paper.sign(state)} ", verdict=state)
    wrong = chosen or next((finding for finding in findings if _state(finding) == "failed"), None)
    if wrong is not None:
        paper.heading(f"{wrong.topic}:")
        Report(wrong.job, wrong.outcome).print()


def _said(finding: Finding, state: str) -> str:
    got, all_ = _points(finding)
    if finding.outcome.unloadable is not None:
        return "no check can run"
    text = f"{in_figures(got)} of {in_figures(all_)} public points"
    return f"{text}  not started" if state == "not started" and not got else text


def _state(finding: Finding) -> str:
    """Return the sign of a topic: wrong, complete, or nothing wrong but not complete."""
    if finding.outcome.unloadable is not None or any(check.failures for check in finding.checked):
        return "failed"
    got, all_ = _points(finding)
    return "passed" if got == all_ and not finding.outcome.left else "not started"


def _points(finding: Finding) -> tuple[Fraction, Fraction]:
    """Return what the topic has earned, of the checks that were asked for."""
    some = finding.job.names or finding.job.keyword
    return finding.earned, finding.ran if some else finding.public
