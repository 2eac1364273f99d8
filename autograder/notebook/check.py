"""`check("svm_loss")` in a notebook: what `autograder check svm_loss` says, below the cell."""

import io
import os
import time

from autograder.home.child.job import Job
from autograder.home.outcome import Outcome
from autograder.home.paper import Paper
from autograder.home.places import Source
from autograder.home.report import Report
from autograder.home.selection import holds
from autograder.home.session import Session
from autograder.notebook.html_paper import HtmlPaper
from autograder.notebook.line import Line
from autograder.notebook.opened import opened_checks
from autograder.verdicts import CheckVerdict

_STALE = (
    "The notebook still holds your code from before. No other cell runs until {file} can be executed: mend "
    "it, save it, and run the cell again."
)
_ONLY_HIDDEN = "No public check looks at {names}; when the work is graded, hidden ones may."
_GRADED = "check() does nothing while nbgrader runs the notebook; the cells below have the checks."


def check(*names: str) -> None:
    """Run the public checks on the saved file, and show what to put right first and the points so far.

    They run in a process of their own, with the limits that hold when the work is graded; nothing that the
    notebook has in memory takes part.

    Args:
        names: functions of yours, or checks; all checks if there is none.

    Raises:
        UserError: there are no checks, or none fits the names.
    """
    if os.environ.get("NBGRADER_EXECUTION"):
        print(_GRADED)
        return
    checks = opened_checks()
    job, line = Job(str(checks), list(names)), Line()
    unseen = [name for name in names if name in Source(job.module).written and not holds(checks, [name])]
    if unseen and len(unseen) == len(names):
        print(_ONLY_HIDDEN.format(names=" or ".join(unseen)))
        return
    line.tell(f"Checking {job.module.name} ...")
    outcome = Session(job, lambda done, planned, title: line.tell(_how_far(done, planned, title))).run()
    line.show({"text/html": _html(job, outcome), "text/plain": _text(job, outcome)})


def _how_far(done: int, planned: int, title: str) -> str:
    return f"{done} of {planned}  {title}"


def _html(job: Job, outcome: Outcome) -> str:
    paper = HtmlPaper(_colour(outcome))
    _write(paper, job, outcome)
    return paper.html


def _text(job: Job, outcome: Outcome) -> str:
    with io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n") as out:
        paper = TextPaper(out)
        _write(paper, job, outcome)
        out.flush()
        out.seek(0)
        return out.read().strip("\n")


class TextPaper(Paper):
    """A terminal's paper, but for the call that runs a check again."""

    def again(self, check: str) -> str:
        """Return the call that runs a check again."""
        return f'check("{check}")'


def _write(paper: Paper, job: Job, outcome: Outcome) -> None:
    file = job.module
    Report(job, outcome, paper).print()
    if outcome.unloadable is not None:
        paper.say(_STALE.format(file=file.name))
    if file.is_file():
        saved = time.strftime("%H:%M:%S", time.localtime(file.stat().st_mtime))
        paper.say(f"{file.name} as saved at {saved}")


def _colour(outcome: Outcome) -> str:
    """Return the colour of all: red where anything is wrong, grey where something is not started."""
    verdicts = {checked.verdict for checked in outcome.checks.values() if checked.cases}
    if outcome.unloadable is not None or verdicts - {CheckVerdict.PASSED, CheckVerdict.NOT_STARTED}:
        return "failed"
    return "not started" if CheckVerdict.NOT_STARTED in verdicts or outcome.left else "passed"
