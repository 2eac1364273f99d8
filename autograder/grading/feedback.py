"""The two texts of a check: feedback for the student, details for the instructor."""

import re
from collections.abc import Sequence

from autograder.bank import Variant
from autograder.grading.session import Case
from autograder.proxy.errors import student_frames, student_type
from autograder.verdicts import CRASHED, FAILED, MEMORY, MISSING, NOT_STARTED, PASSED, TIMEOUT

__all__ = ["details_text", "feedback_text", "tidy"]

#: Characters of one text.
_LONGEST = 4000


def feedback_text(module: str, cases: Sequence[Case], mistake: Variant | None) -> str:
    """Return what the student reads about a check.

    Of a hidden check it tells the verdict, the misconception's hint, the exception's type and the line of the
    student's own file; nothing that the check said.
    """
    wrong = next((c for c in cases if c.verdict != PASSED), None)
    if wrong is None:
        return "Passed."
    parts = [_share(cases), _sentence(module, wrong)]
    if mistake is not None:
        parts.append(f"This is what a known mistake gives ({mistake.name}): {mistake.hint}")
    return tidy(" ".join(p for p in parts if p))


def details_text(cases: Sequence[Case]) -> str:
    """Return what the instructor reads: for every case that did not pass, all that the check said."""
    wrong = [c for c in cases if c.verdict != PASSED]
    blocks = [f"{c.name} ({c.where}): {c.verdict}\n{c.message}{_trace(c)}" for c in wrong]
    return tidy("\n\n".join(blocks), figures=False)


def tidy(text: str, figures: bool = True) -> str:
    """Make a text the same on every machine and fit to print: addresses out, figures to 4 digits, bounded."""
    text = re.sub(r"0x[0-9a-fA-F]{6,}", "0x...", text)
    text = "".join(ch if ch.isprintable() or ch == "\n" else "?" for ch in text)
    if figures:
        text = re.sub(r"-?\d+\.\d{4,}(?:[eE][+-]?\d+)?", lambda m: f"{float(m.group()):.4g}", text)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + " [...]"


def _share(cases: Sequence[Case]) -> str:
    if len(cases) == 1:
        return ""
    passed = sum(c.verdict == PASSED for c in cases)
    return f"{passed} of {len(cases)} cases pass."


def _sentence(module: str, case: Case) -> str:
    hidden, place = case.spec.hidden, _place(module, case)
    if case.verdict == NOT_STARTED:
        return f"Not started: the placeholder is still there{place}."
    if case.verdict == MISSING:
        what = "a function or class that the assignment asks for"
        return f"{module}.py lacks {what}." if hidden else f"{module}.py lacks {what}: {_words(case)}."
    if case.verdict in (TIMEOUT, MEMORY, CRASHED):
        why = student_type(_error(case)) if student_frames(_error(case)) else _words(case)
        return f"{_STOPPED[case.verdict]}{place}: {why}."
    if student_frames(_error(case)):
        message = "" if hidden else f": {_error(case)}"
        return f"Your code raised {student_type(_error(case))}{place}{message}."
    return "This hidden check failed." if hidden else _assertion(case)


_STOPPED = {
    TIMEOUT: "Your code was stopped for taking too long",
    MEMORY: "Your code ran out of memory",
    CRASHED: "Your code ended before it answered",
}


def _assertion(case: Case) -> str:
    message = re.sub(r"^(AssertionError|Failed): ", "", case.message)
    return message if case.verdict == FAILED else f"{case.verdict}: {message}"


def _error(case: Case) -> BaseException:
    assert case.error is not None
    return case.error


def _words(case: Case) -> str:
    return str(_error(case)).rstrip(".")


def _place(module: str, case: Case) -> str:
    frames = student_frames(_error(case))
    if not frames:
        return ""
    inside = f", in {frames[-1].function}" if frames[-1].function.isidentifier() else ""
    return f" (line {frames[-1].line} of {module}.py{inside})"


def _trace(case: Case) -> str:
    frames = student_frames(_error(case))
    return "".join(f"\n  at line {f.line} of the submission, in {f.function}" for f in frames)
