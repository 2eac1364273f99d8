"""Proxies: the student's module, its functions and classes, and handles to objects left in the sandbox."""

from collections.abc import Callable, Collection, Mapping
from copy import deepcopy
from types import MappingProxyType, ModuleType, TracebackType
from typing import Any, Self, TypeVar

import numpy as np

from autograder.answers import Answers, Opaque, missing_name
from autograder.forbidden import keeps_second
from autograder.proxy.callbacks import Exports
from autograder.proxy.channel import Channel
from autograder.proxy.documented import documented
from autograder.proxy.errors import garbled, remake
from autograder.proxy.over import Over
from autograder.proxy.transcript import Transcript
from autograder.sandbox.inside import messages, wire
from autograder.sandbox.inside.changes import change
from autograder.sandbox.inside.generators import SAFE, decode_generator, encode_generator, is_advanced
from autograder.sandbox.inside.wire import Encoded, Tagged
from autograder.verdicts import StudentCrashError

_M = TypeVar("_M", bound=messages.Message)


#: Characters of what is said of an answer that can't be read.
_LONGEST_REASON = 500


class Session:
    """One check's conversation with the student's code."""

    def __init__(
        self,
        channel: Channel,
        module: str,
        transcript: Transcript,
        handles: Collection[str] | None,
        answers: Answers,
        reference: Callable[[], ModuleType] | None,
    ):
        self.module = module
        self.answers = answers
        self.reference = reference
        self._handles = handles
        self._channel = channel
        self._transcript = transcript
        self._exports = Exports()
        self._names: dict[str, str] | None = None

    def start(self) -> None:
        """Have the student's module executed, since it will be asked for its names soon."""
        self._channel.start()

    def names(self) -> dict[str, str]:
        """Return the public names of the student's module and whether each is callable.

        Raises:
            Exception: what executing the module raised.
        """
        if self._names is None:
            self._names = dict(self._checked(self._channel.open()).names)
        return self._names

    def keeps_second(self, label: str) -> bool:
        """Return whether, of a pair that this function returns, the second value stays in the sandbox."""
        return keeps_second(label.removesuffix("()"), self._handles)

    def request(self, label: str, request: messages.Request) -> messages.Ok:
        """Send a request; return the reply, whose values are not decoded yet.

        Raises:
            Exception: what the student's code raised, re-made.
        """
        self.names()
        try:
            return self._checked(self._channel.exchange(label, request, self._exports.answer))
        except Exception as error:
            self._transcript.note(label, error, request)
            raise
        finally:
            self._exports.end_call()

    def ask(self, label: str, request: messages.Request, answered: str = "") -> Any:
        """Send a request, return the decoded value, and take it down as what `answered`, or `label`, gave."""
        reply = self.request(label, request)
        value = self.plain(answered or label, reply.value)
        self.note(answered or label, value, request)
        return value

    def note(
        self,
        label: str,
        value: Any,
        request: messages.Request,
        changed: Mapping[int | str, Any] = MappingProxyType({}),
    ) -> None:
        """Take down what the student's code answered."""
        self._transcript.note(label, value, request, changed)

    def encode(self, value: Any) -> Encoded:
        """Encode an argument; functions and objects of the check's become callbacks."""
        return wire.encode(value, self._export)

    def close(self) -> None:
        """End the conversation."""
        self._channel.close()

    def plain(self, label: str, data: Encoded) -> Any:
        """Re-make a value from plain data."""
        try:
            return wire.decode(data, lambda tagged: self._resolve(label, tagged))
        except wire.WireError as error:
            raise garbled(str(error)[:_LONGEST_REASON]) from error

    def _checked(self, reply: _M | messages.Error) -> _M:
        """Return the reply; raise what it tells of: the check's own exception where a callback raised it."""
        if isinstance(reply, messages.Error):
            raise self._exports.original(reply.number) or remake(reply)
        return reply

    def _export(self, value: Any) -> Tagged:
        if isinstance(value, (StudentFunction, Handle)):
            return list(object.__getattribute__(value, "_target"))
        if isinstance(value, np.random.Generator):
            return encode_generator(value)
        return self._exports.export(value)

    def _resolve(self, label: str, tagged: Tagged) -> Any:
        if tagged[0] == "handle" and len(tagged) == 4 and type(tagged[1]) is int:
            return Handle(self, ("handle", tagged[1]), f"{label}()", str(tagged[2])[:100])
        if tagged[0] == "remote" and len(tagged) == 2:
            return self._exports.find(tagged[1])
        if tagged[0] == "generator":
            return _generator(tagged)
        raise wire.WireError(f"unknown tag {tagged[0]}")


class StudentProxy:
    """Looks like the student's module.

    Args:
        channel: the way to the student's code.
        module: the module's name.
        transcript: takes down what the student's code answers.
        handles: functions whose second value stays in the sandbox; None for those named with `_forward`.
        answers: takes down how the student's functions keep their promises.
        reference: loads the reference, against which functions are held that are differenced; None where
            there is none.
    """

    def __init__(
        self,
        channel: Channel,
        module: str,
        transcript: Transcript,
        handles: Collection[str] | None = None,
        answers: Answers | None = None,
        reference: Callable[[], ModuleType] | None = None,
    ):
        self._session = Session(channel, module, transcript, handles, answers or Answers({}), reference)

    def __enter__(self) -> Self:
        self._session.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._session.close()

    def __getattr__(self, name: str) -> Any:
        __tracebackhide__ = True
        kind = self._session.names().get(name)
        if kind is None:
            session = self._session
            raise missing_name(session.module, name, session.names(), session.answers.promises)
        if kind == "callable":
            return StudentFunction(self._session, name)
        return self._session.ask(name, messages.GetName(name))

    def __repr__(self) -> str:
        return f"<student's module {self._session.module}>"


class _Callable:
    """What can be called across the wire."""

    def __init__(self, session: Session, target: messages.Target, label: str):
        object.__setattr__(self, "_session", session)
        object.__setattr__(self, "_target", target)
        object.__setattr__(self, "_label", label)

    _session: Session
    _target: messages.Target
    _label: str

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        """Call it; arguments that it changes in place are changed here too."""
        __tracebackhide__ = True
        session, label = self._session, self._label
        function = label.removesuffix("()")
        session.answers.calls(function)
        packed = [wire.pack(session.encode(a)) for a in arguments]
        named = [(key, wire.pack(session.encode(value))) for key, value in keywords.items()]
        call = messages.Call(self._target, packed, named, session.keeps_second(label))
        reply = session.request(label, call)
        by_key: dict[int | str, Any] = dict(enumerate(arguments))
        by_key.update(keywords)
        # What an object that stays in the sandbox holds is the student's own affair.
        seen = {key for key, value in by_key.items() if not isinstance(value, _Callable)}
        changed = {key: session.plain(label, after) for key, after in reply.changed if key in seen}
        value = session.plain(label, reply.value)
        session.note(label, value, call, changed)
        for key, after in changed.items():
            _refuse_other_stream(by_key[key], after, function)
            change(by_key[key], after)
        session.answers.returned(function, value)
        return value

    def lines(self, *arguments: Any) -> int:
        """Call it and return how many Python lines it executed.

        Example:
            >>> few, many = np.ones((2, 3)), np.ones((200, 3))
            >>> student.relu_forward.lines(many) == student.relu_forward.lines(few)
            True
        """
        __tracebackhide__ = True
        packed = [wire.pack(self._session.encode(a)) for a in arguments]
        counted = self._session.ask(f"{self._label}.lines", messages.Lines(self._target, packed))
        return int(counted)

    def over(self, position: int, *arguments: Any, output: int | None = None) -> Over:
        """Return it as a function of the argument at `position`; of what it returns keep value `output`.

        The function is `f(x)`, and `f.map(xs)` for many inputs at once, which costs hardly more than one.

        Example:
            >>> x, w, b = np.ones((1, 2)), np.ones((2, 3)), np.zeros(3)
            >>> out = student.affine_forward.over(1, x, w, b, output=0)
            >>> out(5 * w)
            array([[10., 10., 10.]])
        """
        rest = [None if i == position else a for i, a in enumerate(arguments)]
        packed = [wire.pack(self._session.encode(a)) for a in rest]
        return Over(
            self._session,
            self._label,
            lambda inputs: messages.Map(self._target, position, packed, output, inputs),
            self._documented(position, arguments, output),
        )

    def _documented(
        self, position: int, arguments: tuple[Any, ...], output: int | None
    ) -> Callable[[], Callable[[Any], Any]] | None:
        """Return what loads the reference's function; None where one of these is in the sandbox alone."""
        (kind, name), load = self._target, self._session.reference
        if load is None or kind != "name" or any(isinstance(a, _Callable) for a in arguments):
            return None
        kept = deepcopy(arguments)
        return lambda: documented(getattr(load(), str(name)), position, kept, output)

    def __repr__(self) -> str:
        return f"<student's {self._label}>"

    def __deepcopy__(self, memo: Any) -> Self:
        return self


class StudentFunction(_Callable):
    """A function or class of the student's module."""

    def __init__(self, session: Session, name: str):
        super().__init__(session, ("name", name), name)


class Handle(_Callable, Opaque):
    """An object that stays in the sandbox: calls, attributes, items and `len` work."""

    def __init__(self, session: Session, target: messages.Target, label: str, class_name: str = "object"):
        super().__init__(session, target, label)
        object.__setattr__(self, "_class_name", class_name)

    def __getattr__(self, name: str) -> Any:
        __tracebackhide__ = True
        if name.startswith("__"):
            raise AttributeError(name)
        request = messages.GetAttr(self._target, name)
        return self._session.ask(self._label, request, f"{self._label}.{name}".replace("().", "."))

    def __setattr__(self, name: str, value: Any) -> None:
        __tracebackhide__ = True
        self._session.ask(self._label, messages.SetAttr(self._target, name, self._session.encode(value)))

    def __getitem__(self, key: Any) -> Any:
        __tracebackhide__ = True
        return self._session.ask(
            f"{self._label}[]", messages.GetItem(self._target, self._session.encode(key))
        )

    def __setitem__(self, key: Any, value: Any) -> None:
        __tracebackhide__ = True
        encode = self._session.encode
        self._session.ask(f"{self._label}[]", messages.SetItem(self._target, encode(key), encode(value)))

    def __len__(self) -> int:
        __tracebackhide__ = True
        return int(self._session.ask(f"len({self._label})", messages.Len(self._target)))


def _refuse_other_stream(before: Any, after: Any, function: str) -> None:
    """Raise where a generator comes back that no drawing from the check's leads to."""
    both = isinstance(before, np.random.Generator) and isinstance(after, np.random.Generator)
    if both and not is_advanced(after, before):
        raise StudentCrashError(
            f"{function} has set the state of the generator that it was given; it may only draw from it"
        )


def _generator(tagged: Tagged) -> np.random.Generator:
    try:
        return decode_generator(tagged[1], tagged[2], SAFE)
    except Exception as error:
        raise wire.WireError(f"a malformed generator: {type(error).__name__}") from error
