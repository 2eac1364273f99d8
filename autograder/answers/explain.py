"""The sentence about a call that went wrong because of what a function takes, returns, or is called."""

import re
from collections.abc import Iterator, Mapping

from autograder.answers.answers import Answers
from autograder.answers.names import similar_name
from autograder.answers.promises import Promise
from autograder.answers.written import Written, written_in

_ADVICE = {
    "None": "Is a return missing?",
    "a generator": "Use return, not yield.",
    "a function": "Is a pair of parentheses missing, to call it?",
}
_BAD_CALL = re.compile(r"^(\w+(?:\.\w+)?)\(\) (?:missing|takes|got) ")
_NO_ATTRIBUTE = re.compile(r"^'(\w+)' object has no attribute '(\w+)'")


def explanation(error: BaseException, answers: Answers, module: str, text: str) -> str:
    """Return what explains why a check ended with an error; empty where nothing does.

    Args:
        error: what ended the check.
        answers: what was asked and returned in it.
        module: name of the student's module.
        text: its source.
    """
    written = written_in(text)
    return next(_explanations(str(error), error, answers, module, written), "")


def repeats(said: str, explained: str) -> bool:
    """Return whether what a check says asks only what an explanation has asked already.

    Example:
        >>> repeats("dx is None; is a return missing?", "f returned None. Is a return missing?")
        True
    """
    asked = _ADVICE["None"].lower().rstrip("?")
    return asked in explained.lower() and asked in said.lower()


def _explanations(
    message: str, error: BaseException, answers: Answers, module: str, written: Mapping[str, Written]
) -> Iterator[str]:
    bad_call, no_attribute = _BAD_CALL.match(message), _NO_ATTRIBUTE.match(message)
    called = set(answers.called)
    if isinstance(error, TypeError) and bad_call is not None:
        called.add(bad_call[1])
    for name in sorted(called & written.keys() & answers.promises.keys()):
        yield from _of_parameters(name, answers.promises[name], written[name], module)
    if isinstance(error, AttributeError) and no_attribute is not None:
        yield from _of_method(no_attribute[1], no_attribute[2], answers.promises, written)
    if answers.broken is not None:
        name, kind = answers.broken
        place = f" (line {written[name].line} of {module}.py)" if name in written else ""
        promise = answers.promises[name]
        advice = _ADVICE.get(kind, "Are they in this order?" if _swapped(kind, promise) else "")
        yield f"{name}{place} returned {kind}, but it should return {promise.returned}. {advice}".strip()


def _of_parameters(name: str, promise: Promise, found: Written, module: str) -> Iterator[str]:
    """Say how a function's parameters make it impossible to call it as it should be called."""
    wanted = [p.name for p in promise.parameters]
    place = f"(line {found.line} of {module}.py)"
    should = f"it should be {name}({', '.join(p for p in wanted if p != 'self')})"
    if not wanted or found.takes_any:
        return
    if wanted[0] == "self" and found.parameters[:1] != ("self",) and len(found.parameters) < len(wanted):
        method = name.rpartition(".")[2]
        yield f"{name} {place} lacks self, its first parameter: write def {method}({', '.join(wanted)})"
        return
    for parameter in promise.parameters:
        if parameter.default is not None and parameter.name in found.required:
            yield (
                f"{name} {place} has no default for {parameter.name}: "
                f"write {parameter.name}={parameter.default}"
            )
            return
    needed = [p.name for p in promise.parameters if p.default is None]
    swapped = sorted(found.parameters) == sorted(wanted) and list(found.parameters) != wanted
    if swapped or len(found.required) > len(wanted) or len(found.parameters) < len(needed):
        own = ", ".join(p for p in found.parameters if p != "self")
        yield f"You have {name}({own}) {place}; {should}"


def _of_method(
    holder: str, method: str, promises: Mapping[str, Promise], written: Mapping[str, Written]
) -> Iterator[str]:
    if f"{holder}.{method}" not in promises:
        return
    own = {name.rpartition(".")[2] for name in written if name.startswith(f"{holder}.")}
    asked = {name.rpartition(".")[2] for name in promises if name.startswith(f"{holder}.")}
    similar = similar_name(method, own, asked)
    yield f"{holder} has no method {method}" + (f"; you have {similar}" if similar else "")


def _swapped(kind: str, promise: Promise) -> bool:
    """Whether two values are of the right kinds, but the other way round."""
    return (
        promise.several
        and promise.values == ("a single number", "an array")
        and re.fullmatch(r"2 values \(an array of shape \([\d, ]*\) and a single number\)", kind) is not None
    )
