"""A grade as Gradescope's results.json.

The format: https://gradescope-autograders.readthedocs.io/en/latest/specs/. A student sees the total only when
no check is hidden any more.
"""

from collections.abc import Mapping, Sequence

from autograder.grading.result import CheckResult, Grade
from autograder.platforms.export import code_line
from autograder.platforms.gradescope.visibility import AFTER_PUBLISHED, Visibility
from autograder.verdicts import CheckVerdict, SubmissionVerdict

_NOT_GRADED = (
    "The grader's machine failed, which is not the submission's fault. Ask your instructor to run the "
    "autograder again."
)


def results(grade: Grade, hidden: Visibility = AFTER_PUBLISHED) -> dict[str, object]:
    """Return the content of results.json: what students may read, and no `details`.

    Args:
        grade: of one submission.
        hidden: when students see the verdicts and the feedback of hidden checks.
    """
    if grade.verdict == SubmissionVerdict.INFRASTRUCTURE:
        return failure(grade.feedback)
    extra = {
        "verdict": grade.verdict,
        "submission": grade.manifest.submission,
        "misconceptions": sorted({c.misconception for c in grade.checks if c.misconception}),
    }
    said = f"{grade.feedback}\n\n{code_line(grade)}".lstrip()
    return _content(grade.score, said, [_test(check, hidden) for check in grade.checks], extra)


def failure(why: str) -> dict[str, object]:
    """Return the content of results.json if there is no grade: no points, and the request to run it again.

    Args:
        why: one sentence. Only instructors see it, since it may quote the course's files.
    """
    test = {
        "name": "infrastructure: run the autograder again",
        "status": "failed",
        "output": why,
        "output_format": "text",
        "visibility": "hidden",
    }
    return _content(0, _NOT_GRADED, [test], {"verdict": SubmissionVerdict.INFRASTRUCTURE})


def _content(
    score: float, output: str, tests: Sequence[Mapping[str, object]], extra: Mapping[str, object]
) -> dict[str, object]:
    return {
        "score": score,
        "output": output,
        "output_format": "text",
        "stdout_visibility": "hidden",
        "tests": tests,
        "extra_data": extra,
    }


def _test(check: CheckResult, hidden: Visibility) -> dict[str, object]:
    return {
        "name": check.title,
        "score": check.points,
        "max_score": check.max_points,
        "status": "passed" if check.verdict == CheckVerdict.PASSED else "failed",
        "output": _output(check),
        "output_format": "text",
        "visibility": hidden if check.hidden else "visible",
    }


def _output(check: CheckResult) -> str:
    """Return what was wrong and what to try, as two paragraphs."""
    passed = check.verdict == CheckVerdict.PASSED
    wrong = check.rationale if passed else f"[{check.verdict}] {check.rationale}".rstrip()
    return f"{wrong}\n\n{check.advice}" if check.advice else wrong
