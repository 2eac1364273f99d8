"""The function and the call of a check that a failure is about, as far as one can be sure of them."""

import traceback

from autograder.home.calls import Call, Calls
from autograder.home.origins import Trail
from autograder.home.places import Source


def failing_function(sentence: str, trail: Trail, calls: Calls, source: Source) -> str:
    """Return the function or method to be looked at: the last one in the file, where nothing tells more.

    Args:
        sentence: what is said of the failure; a function that it names is that one.
        trail: what led to it.
        calls: what the check used.
        source: the student's file.
    """
    words, used = _words(sentence), source.in_order(list(calls.used))
    named = [name for name in used if name in words]
    if named:
        return named[-1]
    last = used[-1] if used else ""
    asked = source.in_order([name for name in trail.nearest if name in source.written])
    if not asked or last in asked:
        return last
    # Of several methods, such as `train` and `predict`, any may be why: then the class is named.
    method = asked[-1]
    if calls.take_objects_of(last, method.partition(".")[0]):
        return last
    return method if "." not in method or trail.methods == {method} else method.partition(".")[0]


def raising_call(error: BaseException, calls: Calls, function: str) -> Call | None:
    """Return the call in which the student's code raised; None where it was called in another way.

    Args:
        error: the exception, with its traceback.
        calls: those that the check made.
        function: the one that raised, which the gradient check may have called by itself.
    """
    frames = (frame for frame, _ in traceback.walk_tb(error.__traceback__))
    found = [value for frame in frames for value in frame.f_locals.values() if isinstance(value, Call)]
    alone = calls.last(function) if calls.counts[function] == 1 else None
    return found[-1] if found else alone


def failing_call(sentence: str, trail: Trail, calls: Calls, function: str) -> Call | None:
    """Return the call whose answer was compared; None where it may have been another one.

    Args:
        sentence: what is said of the failure.
        trail: what led to it.
        calls: those that the check made.
        function: the one that is to be looked at.
    """
    if callable(trail.answer):  # the gradient check calls it itself, at last
        return calls.last(function)
    found = calls.that_returned(trail.answer) or _made_with(trail, calls) or _changed(trail, calls)
    if found is None and (function in _words(sentence) or calls.counts == {function: 1}):
        return calls.last(function)
    return found


def _made_with(trail: Trail, calls: Calls) -> Call | None:
    """Return the call that gave what the compared value was made from."""
    for origin in trail.origins:
        if not origin.function:
            found = calls.that_returned(origin.value)
            if found is not None:
                return found
        elif calls.counts[origin.function]:
            # What an earlier line asked may have been asked again since.
            sure = calls.counts[origin.function] == 1 or (origin.once and not origin.steps)
            return calls.last(origin.function) if sure else None
    return None


def _changed(trail: Trail, calls: Calls) -> Call | None:
    """Return the call that was given what is looked at after it."""
    return next(filter(None, map(calls.that_took, [trail.answer, *trail.looked_at])), None)


def _words(sentence: str) -> set[str]:
    return set(sentence.replace("(", " ").replace(":", " ").split())
