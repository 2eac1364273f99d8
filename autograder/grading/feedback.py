"""The texts of a check: rationale and help for the student, details for the instructor."""

import re
from collections.abc import Sequence, Set

from autograder.answers import (
    MOST_REASONS,
    Reason,
    explanation,
    lies_in,
    listed,
    reasons,
    repeats,
    source_line,
    written_in,
)
from autograder.grading.run_checks import Case
from autograder.proxy.errors import StudentFrame, is_students, student_frames, student_type
from autograder.variants import Variant
from autograder.verdicts import CheckVerdict, GarbledReplyError

#: The module of our own exceptions, which begins their names; of no use to a reader.
_OURS = "autograder.verdicts."
#: Characters of one text, and of one of several reasons in it.
_LONGEST, _LONGEST_REASON = 4000, 900
#: Characters that a text is looked at of; what is shown of it stands in a tenth of them.
_MOST_LOOKED_AT = 40_000
#: A number with four digits or more after the point. It begins where its digits begin, and gives back none of
#: them, so that a text of digits takes no longer than another.
_FIGURE = re.compile(r"(?:-|(?<!\d))\d++\.\d{4,}+(?:[eE][+-]?\d+)?")
#: A hidden check that calls more functions than these tells of none.
_MOST_SUSPECTS = 6
#: The types of exceptions that a hidden check tells; any other is told as one of these that it is a kind of.
TOLD_TYPES = {
    "ArithmeticError", "AssertionError", "AttributeError", "ImportError", "IndexError", "KeyError",
    "NameError", "NotImplementedError", "OSError", "RecursionError", "RuntimeError", "SystemExit",
    "TypeError", "ValueError", "ZeroDivisionError",
}  # fmt: skip


def rationale_text(module: str, cases: Sequence[Case], text: str = "") -> str:
    """Return what was wrong, for the student: every different reason, once.

    For a hidden check it gives only the verdict, how many cases it holds for, the exception's type, one of
    `TOLD_TYPES`, and lines of the student's own file: where it was raised, if that is in a function that the
    topic asks for, and where the functions begin that the check calls. It gives nothing of the check's own
    message, nor of the student's: both may tell of what the check holds.

    Args:
        module: name of the student's module.
        cases: all cases of one check.
        text: the module's source.
    """
    wrong = [c for c in cases if c.verdict != CheckVerdict.PASSED]
    if not wrong:
        return "Passed."
    if len(cases) == 1:
        return tidy(_ended(_sentence(module, wrong[0], cases, text)))
    found = reasons([(_case_name(c), _sentence(module, c, cases, text)) for c in wrong])
    told = [f"{_which(reason, found, cases)}{_ended(_cut(reason.text))}" for reason in found[:MOST_REASONS]]
    rest = sum(len(reason.cases) for reason in found[MOST_REASONS:])
    told += [f"{rest} more {'cases fail' if rest > 1 else 'case fails'} in other ways."] if rest else []
    return tidy(" ".join([f"{len(cases) - len(wrong)} of {len(cases)} cases pass.", *told]))


def help_text(mistakes: Sequence[Variant]) -> str:
    """Return what to try, for the student: the hints of misconceptions, one by one; empty for none.

    No hint is told with the misconception's name, which would be the answer.
    """
    hints = [_ended(mistake.hint) for mistake in mistakes]
    return tidy(" Another known mistake shows here too: ".join(hints))


def details_text(cases: Sequence[Case], mistakes: Sequence[Variant] = ()) -> str:
    """Return what the instructor reads: the whole message of every case that failed; names of mistakes."""
    wrong = [c for c in cases if c.verdict != CheckVerdict.PASSED]
    named = [f"Known mistakes: {', '.join(mistake.name for mistake in mistakes)}"] if mistakes else []
    blocks = [f"{c.name} ({c.where}): {c.verdict}\n{c.message.removeprefix(_OURS)}{_trace(c)}" for c in wrong]
    return tidy("\n\n".join([*named, *blocks]), figures=False)


def tidy(text: str, figures: bool = True) -> str:
    """Make a text printable, not too long, and the same on every machine: no addresses, 4 digits a number."""
    text = re.sub(r"0x[0-9a-fA-F]{6,}", "0x...", text[:_MOST_LOOKED_AT])
    text = "".join(ch if ch.isprintable() or ch == "\n" else "?" for ch in text)
    if figures:
        text = _FIGURE.sub(lambda m: f"{float(m.group()):.4g}", text)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + " [...]"


def as_sentence(text: str) -> str:
    """Return a text with a capital at its beginning and a stop at its end; an empty one as it is."""
    return _ended(f"{text[0].upper()}{text[1:]}") if text else ""


def _which(reason: Reason, found: Sequence[Reason], cases: Sequence[Case]) -> str:
    """Say which cases a reason holds for; of a hidden check only how many, where reasons differ."""
    if not cases[0].spec.hidden:
        several = len(reason.cases) > 1
        first = f" (here {reason.cases[0]})" if reason.alike else ""
        return f"In {'cases' if several else 'case'} {reason.names}{first}: "
    return "" if len(found) == 1 else f"In {len(reason.cases)} of {len(cases)} cases: "


def _case_name(case: Case) -> str:
    return case.name.partition("[")[2].rstrip("]")


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_REASON else text[:_LONGEST_REASON] + " [...]"


def _sentence(module: str, case: Case, cases: Sequence[Case], text: str) -> str:
    hidden, place = case.spec.hidden, _place(module, case, text)
    if case.verdict == CheckVerdict.NOT_STARTED:
        return f"Not started: the placeholder is still there{place}"
    if case.verdict == CheckVerdict.MISSING:
        return _missing(module, case)
    if case.verdict in (CheckVerdict.TIMEOUT, CheckVerdict.MEMORY, CheckVerdict.CRASHED):
        return _stopped(case, place)
    if student_frames(_error(case)):
        raised = f"Your code raised {_type(case)}{place}"
        if hidden:
            return raised
        told = _told(case, text)
        return _joined(f"{raised}: {told}" if told else raised, _explained(module, case, text))
    return _failed_hidden(module, cases, text) if hidden else _failed(module, case, text)


def _missing(module: str, case: Case) -> str:
    """Name what is missing; of a hidden check only what the assignment asks for."""
    if case.spec.hidden and getattr(_error(case), "name", None) not in case.answers.promises:
        return f"{module}.py lacks a function or class that the assignment asks for"
    return str(_error(case))


def _failed_hidden(module: str, cases: Sequence[Case], text: str) -> str:
    """Say which of the student's functions the failing cases call."""
    failed = [c for c in cases if _is_plain_failure(c)]
    passed = {name for c in cases if c.verdict == CheckVerdict.PASSED for name in c.answers.called}
    suspects = dict.fromkeys(name for case in failed for name in _suspects(case, passed))
    if not 0 < len(suspects) <= _MOST_SUSPECTS:
        return "This hidden check failed"
    written = written_in(text)
    lines = [f"line {written[n].line} of {module}.py" if n in written else "" for n in suspects]
    places = [f"{n} ({line})" if line else n for n, line in zip(suspects, lines, strict=True)]
    return f"This hidden check failed: look at {listed(places)}"


def _is_plain_failure(case: Case) -> bool:
    """Whether a case failed by what came back, not by an exception of the student's code."""
    return case.verdict == CheckVerdict.FAILED and not student_frames(_error(case))


def _suspects(case: Case, passed: Set[str]) -> list[str]:
    """Return the functions that a case calls: those that no passing one calls, if there are any."""
    used = [name for name in case.answers.promises if name in case.answers.called]
    used = [name for name in used if not any(other.startswith(f"{name}.") for other in used)]
    return [name for name in used if name not in passed] or used


def _failed(module: str, case: Case, text: str) -> str:
    """Say what was wrong with an answer; where the check itself stumbled over it, its error says nothing."""
    explained = _explained(module, case, text)
    if explained and not isinstance(case.error, AssertionError):
        return explained
    found = _assertion(case)
    if repeats(found, explained):
        return explained
    return f"{_ended(explained)} The check says: {found}" if explained else found


def _explained(module: str, case: Case, text: str) -> str:
    return explanation(_error(case), case.answers, module, text)


def _told(case: Case, text: str) -> str:
    """Return an exception's message, or the line that raised one without any."""
    frame = _frame(case, text)
    return str(_error(case)) or (source_line(text, frame.line) if frame else "")


def _joined(*sentences: str) -> str:
    return " ".join(_ended(sentence) for sentence in sentences if sentence)


def _stopped(case: Case, place: str) -> str:
    """Say how the student's code ended; of what it raised itself a hidden check tells only the type."""
    error = _error(case)
    if is_students(error):
        why = "" if case.spec.hidden else _why(error)
        return f"Your code {_ENDS[case.verdict]}{place}: {_type(case)}{why}"
    hides_why = case.spec.hidden and isinstance(error, GarbledReplyError)
    text = str(error.args[0]) if hides_why else str(error)
    return (
        f"{text[:1].upper()}{text[1:]}"
        if case.verdict == CheckVerdict.CRASHED
        else f"Your code {_ENDS[case.verdict]}: {text}"
    )


def _why(error: BaseException) -> str:
    if student_type(error) == "SystemExit":
        return "; take out the exit(), quit() or sys.exit() that ends it"
    return f": {error}" if isinstance(error, SyntaxError) else ""


_ENDS = {
    CheckVerdict.TIMEOUT: "was stopped for taking too long",
    CheckVerdict.MEMORY: "ran out of memory",
    CheckVerdict.CRASHED: "ended before it answered",
}


def _assertion(case: Case) -> str:
    """Return the check's own message; of an error that it ran into, what it could not do with the answer."""
    if case.verdict == CheckVerdict.FAILED and isinstance(case.error, AssertionError):
        return re.sub(r"^(AssertionError|Failed): ", "", case.message)
    return case.stumbled or f"The check ran into {case.message}"


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "?", "!")) else f"{sentence}."


def _error(case: Case) -> BaseException:
    assert case.error is not None
    return case.error


def _place(module: str, case: Case, text: str) -> str:
    frame = _frame(case, text)
    if frame is None:
        return ""
    named = frame.function.isidentifier() and not case.spec.hidden
    inside = f", in {frame.function}" if named else ""
    return f" (line {frame.line} of {module}.py{inside})"


def _frame(case: Case, text: str) -> StudentFrame | None:
    """Return the innermost frame that lies where it says; for a hidden check, in a function asked for."""
    tops = {name.partition(".")[0] for name in case.answers.promises if not name.startswith("_")}
    asked = tops if case.spec.hidden else None
    frames = reversed(student_frames(_error(case)))
    return next((f for f in frames if lies_in(text, f.line, f.function, asked)), None)


def _type(case: Case) -> str:
    """Name the exception's type; for a hidden check one of a few: others can have any name."""
    name = student_type(_error(case))
    if not case.spec.hidden:
        return name
    nearest = (kind.__name__ for kind in type(_error(case)).__mro__)
    return next((kind for kind in (name, *nearest) if kind in TOLD_TYPES), "an exception of another kind")


def _trace(case: Case) -> str:
    frames = student_frames(_error(case))
    return "".join(f"\n  at line {f.line} of the submission, in {f.function}" for f in frames)
