"""Objects of the check's that the student's code may use while a call is under way."""

from dataclasses import dataclass
from types import BuiltinMethodType, MethodType
from typing import Any

from autograder.sandbox.inside import messages, wire
from autograder.sandbox.inside.wire import Encoded, Tagged

#: What the student's code reads in place of an exception's own text. Where it lets the exception through,
#: the check's own arrives.
_TEXT = "raised by a function or an object of the check's"
#: Objects of the check's that a case may hand out, and exceptions of theirs that one call may bring about.
_MOST_OBJECTS, _MOST_RAISED = 10_000, 10_000
#: Of these, the first that keep their traceback, and with it what the function was given.
_MOST_WHOLE = 2


class Exports:
    """Functions and objects that went into the sandbox as arguments; answers what it asks of them.

    What student code can reach through them is narrow: functions can be called; of objects, public attributes
    that are plain data or methods, and items, can be read, called and set. Anything else is refused.
    """

    def __init__(self) -> None:
        self._objects: list[Any] = []
        self._raised: list[Exception] = []

    def export(self, value: Any) -> Tagged:
        """Return the tagged list that stands for `value` on the wire.

        Raises:
            WireError: there are too many already.
        """
        if len(self._objects) >= _MOST_OBJECTS:
            raise wire.WireError("too many functions and objects of the check's")
        self._objects.append(value)
        return ["remote", len(self._objects) - 1, callable(value)]

    def find(self, key: Any) -> Any:
        """Return the object with that number.

        Raises:
            WireError: there is none.
        """
        if type(key) is not int or not 0 <= key < len(self._objects):
            raise wire.WireError("no such callback")
        return self._objects[key]

    def answer(self, question: messages.Question) -> messages.Reply:
        """Carry out what the student's code asks; an exception of ours goes back by bases and number."""
        try:
            if isinstance(question, messages.AskCall):
                return self._call(question)
            return messages.Ok(wire.encode(self._carry_out(question), self._export_method), [])
        except Exception as error:
            self._keep(error)
            bases = [k.__name__ for k in type(error).__mro__ if k.__module__ == "builtins"]
            # The text would tell what the check's functions are called, and perhaps what they hold.
            return messages.Error(bases[0], bases, _TEXT, [], len(self._raised) - 1)

    def original(self, number: Any) -> Exception | None:
        """Return the check's own exception of that number, raised by a callback in this call, or None."""
        known = type(number) is int and 0 <= number < len(self._raised)
        return self._raised[number] if known else None

    def _keep(self, error: Exception) -> None:
        """Keep an exception for `original`; of most not what it holds by its traceback, such as arguments."""
        self._raised.append(error)
        if len(self._raised) > _MOST_WHOLE:
            error.__traceback__ = error.__context__ = error.__cause__ = None
        if len(self._raised) > _MOST_RAISED:
            raise wire.WireError("too many exceptions of the check's in one call")

    def end_call(self) -> None:
        """Forget the exceptions of the call that has ended."""
        self._raised.clear()

    def _carry_out(self, question: messages.Question) -> Any:
        target = self.find(question.key)
        match question:
            case messages.AskGetAttr(_, name):
                value = getattr(target, _public(name))
                return _Method(value) if _is_method_of(value, target) else value
            case messages.AskSetAttr(_, name, value):
                setattr(target, _public(name), self._decode(value))
            case messages.AskGetItem(_, item):
                return target[self._decode(item)]
            case messages.AskSetItem(_, item, value):
                target[self._decode(item)] = self._decode(value)
        return None

    def _call(self, question: messages.AskCall) -> messages.Ok:
        """Call a function; the reply also tells which dictionaries and lists it has changed in place."""
        target = self.find(question.key)
        if not callable(target):
            raise TypeError("not a function")
        values = [self._decode(a) for a in question.arguments]
        named = {key: self._decode(value) for key, value in question.keywords}
        given: dict[int | str, Any] = dict(enumerate(values))
        given.update(named)
        before = {key: self._state(value) for key, value in given.items()}
        result = wire.encode(target(*values, **named), self._export_method)
        after = {key: self._state(value) for key, value in given.items()}
        return messages.Ok(result, [(key, state) for key, state in after.items() if state != before[key]])

    def _state(self, value: Any) -> Encoded:
        """Encode an argument that a call may change in place: a dictionary or a list; of others, None."""
        return wire.encode(value, self._export_known) if isinstance(value, (dict, list)) else None

    def _export_known(self, value: Any) -> Tagged:
        """Export again what has been exported; anything else stays here."""
        for key, known in enumerate(self._objects):
            if known is value:
                return ["remote", key, callable(value)]
        return self._export_method(value)

    def _export_method(self, value: Any) -> Tagged:
        """Export a method of an object that was itself exported; everything else stays here."""
        if isinstance(value, _Method):
            return self.export(value.bound)
        raise TypeError("only plain data can be had from an object of the check's")

    def _decode(self, data: Encoded) -> Any:
        return wire.decode(data, self._resolve)

    def _resolve(self, tagged: Tagged) -> Any:
        if tagged[0] == "remote" and len(tagged) == 2:
            return self.find(tagged[1])
        raise wire.WireError("only plain data can be given to a function of the check's")


@dataclass(frozen=True)
class _Method:
    """A bound method that may be exported."""

    bound: Any


def _public(name: str) -> str:
    if name.startswith("_"):
        raise AttributeError("not a public attribute")
    return name


def _is_method_of(value: Any, target: Any) -> bool:
    return isinstance(value, (MethodType, BuiltinMethodType)) and value.__self__ is target
