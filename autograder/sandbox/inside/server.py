"""Answers the trusted side's requests by calling the student's functions."""

import os
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import ModuleType
from typing import Any

import numpy as np

from . import messages, wire
from .changes import change
from .denied import text_of
from .exceptions import RAISED_BY_CHECK, instance
from .generators import SAFE, decode_generator, encode_generator
from .kinds import name_of
from .sparse_stack import thicken, thin
from .student_calls import count_lines, evaluate_all
from .wire import Encoded, Tagged

#: Characters of an exception's message that are passed on.
MAX_MESSAGE = 2000
#: A packed handle is shorter: a tag and a number.
_HANDLE_BYTES = 32
#: Frames of the student's file that are passed on, the innermost ones.
MAX_FRAMES = 20


class Server:
    """One student's module, and the objects of it that the trusted side holds handles to.

    Args:
        module: the student's, already executed.
        file: the file name that the module's code was compiled with.
        call_back: sends a question to the trusted side and returns the reply.
    """

    def __init__(
        self, module: ModuleType, file: str, call_back: Callable[[messages.Question], messages.Reply]
    ):
        self.module = module
        self.file = file
        self._call_back = call_back
        self._handles: list[Any] = []

    def names(self) -> messages.Names:
        """Return the module's public names, each with "callable" or "value"."""
        return messages.Names(
            [
                (name, "callable" if callable(value) else "value")
                for name, value in vars(self.module).items()
                if not name.startswith("_") and not isinstance(value, ModuleType)
            ]
        )

    def answer(self, request: bytes) -> messages.Reply:
        """Carry out one packed request; whatever the student's code raises becomes an error reply."""
        try:
            return self._carry_out(messages.unpack_message(request, *messages.REQUESTS))
        except BaseException as error:
            return describe_error(error, self.file)

    def encode(self, value: Any) -> Encoded:
        """Encode for the trusted side; what is not plain data becomes a handle."""
        return wire.encode(value, self._export)

    def decode(self, data: Encoded) -> Any:
        """Decode what the trusted side sent; arrays can be written to."""
        return thaw(wire.decode(data, self._resolve))

    def ask(self, question: messages.Question) -> Any:
        """Ask about an object of the trusted side's, and return the value or raise its error."""
        return self.decode(self._reply(question).value)

    def ask_call(self, key: int, arguments: Sequence[Any], keywords: Mapping[str, Any]) -> Any:
        """Call a function of the trusted side's; what it changes in place over there is changed here too."""
        encoded = [self.encode(value) for value in arguments]
        named = [(name, self.encode(value)) for name, value in keywords.items()]
        reply = self._reply(messages.AskCall(key, encoded, named))
        given: dict[int | str, Any] = dict(enumerate(arguments))
        given.update(keywords)
        for which, after in reply.changed:
            change(given[which], self.decode(after))
        return self.decode(reply.value)

    def _reply(self, question: messages.Question) -> messages.Ok:
        reply = self._call_back(question)
        if isinstance(reply, messages.Ok):
            return reply
        error = instance(reply.bases, reply.text) or RuntimeError(reply.text)
        setattr(error, RAISED_BY_CHECK, reply.number)
        raise error

    def _carry_out(self, request: messages.Request) -> messages.Ok:
        match request:
            case messages.Call():
                return self._call(request)
            case messages.Map():
                result = self._map(request)
            case messages.Lines(target, arguments):
                result = count_lines(self._resolve(target), *self._unpacked(arguments))
            case messages.GetName(name):
                result = getattr(self.module, name)
            case messages.GetAttr(target, name):
                result = getattr(self._resolve(target), name)
            case messages.SetAttr(target, name, value):
                setattr(self._resolve(target), name, self.decode(value))
                result = None
            case messages.GetItem(target, key):
                result = self._resolve(target)[self.decode(key)]
            case messages.SetItem(target, key, value):
                self._resolve(target)[self.decode(key)] = self.decode(value)
                result = None
            case messages.Len(target):
                result = len(self._resolve(target))
        return messages.Ok(self.encode(result), [])

    def _call(self, request: messages.Call) -> messages.Ok:
        function = self._resolve(request.target)
        sent: list[tuple[int | str, bytes]] = [*enumerate(request.arguments), *request.keywords]
        values = self._unpacked(body for _, body in sent)
        count = len(request.arguments)
        named = {key: value for (key, _), value in zip(request.keywords, values[count:], strict=True)}
        result = function(*values[:count], **named)
        changed = [
            (key, after)
            for (key, before), value in zip(sent, values, strict=True)
            # What the caller holds a handle to, and so can't see, is no change that it waits for.
            if not _is_handle(before)
            and (after := self._encoded_state(value)) is not None
            and wire.pack(after) != before
        ]
        return messages.Ok(self._encode_result(result, request.keep_second), changed)

    def _map(self, request: messages.Map) -> Any:
        function = self._resolve(request.target)
        arguments = self._unpacked(request.arguments)
        inputs = _unstacked(self.decode(request.inputs))
        return _stacked(evaluate_all(function, request.position, arguments, request.output, inputs))

    def _unpacked(self, packed: Iterable[bytes]) -> list[Any]:
        return [self.decode(wire.unpack(body)) for body in packed]

    def _encode_result(self, result: Any, keep_second: bool) -> Encoded:
        """Encode what a call returned; where asked to, leave the second of two values here as a handle."""
        if keep_second and isinstance(result, tuple) and len(result) == 2:
            return ["tuple", self.encode(result[0]), self._export(result[1])]
        return self.encode(result)

    def _encoded_state(self, value: Any) -> Encoded:
        """Encode an argument that the call may have changed in place; None for one that it can't have."""
        if isinstance(value, (np.ndarray, dict, list)):
            return self.encode(value)
        if isinstance(value, np.random.Generator) and type(value.bit_generator).__name__ in SAFE:
            return encode_generator(value)
        return None

    def _export(self, value: Any) -> Tagged:
        if isinstance(value, RemoteObject):
            return ["remote", value._id]
        self._handles.append(value)
        return ["handle", len(self._handles) - 1, name_of(value), callable(value)]

    def _resolve(self, data: Sequence[Any]) -> Any:
        """Return what a request's target, or a tagged value, stands for."""
        kind, key = data[0], data[1]
        if kind == "name":
            return getattr(self.module, key)
        if kind == "handle":
            return self._handles[key]
        if kind == "remote":
            make = RemoteFunction if data[2] else RemoteObject
            return make(self, key)
        if kind == "generator":
            return decode_generator(*data[1:])
        raise wire.WireError(f"unknown tag {kind}")


class RemoteObject:
    """An object of the check's, seen from the student's code: attributes, items and methods work."""

    def __init__(self, server: Server, key: Any):
        object.__setattr__(self, "_server", server)
        object.__setattr__(self, "_id", key)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return self._server.ask(messages.AskGetAttr(self._id, name))

    def __setattr__(self, name: str, value: Any) -> None:
        self._server.ask(messages.AskSetAttr(self._id, name, self._server.encode(value)))

    def __getitem__(self, key: Any) -> Any:
        return self._server.ask(messages.AskGetItem(self._id, self._server.encode(key)))

    def __setitem__(self, key: Any, value: Any) -> None:
        encode = self._server.encode
        self._server.ask(messages.AskSetItem(self._id, encode(key), encode(value)))

    def __deepcopy__(self, memo: Any) -> "RemoteObject":
        return self


class RemoteFunction(RemoteObject):
    """A function of the check's, seen from the student's code."""

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        """Call it, over there."""
        return self._server.ask_call(self._id, arguments, keywords)


def _is_handle(packed: bytes) -> bool:
    data = wire.unpack(packed) if len(packed) < _HANDLE_BYTES else None
    return isinstance(data, list) and data[:1] == ["handle"]


def thaw(value: Any) -> Any:
    """Return the value with arrays that can be written to.

    What only a cache can hold, such as a named tuple, stays itself: nobody knows how to make another.
    """
    if isinstance(value, np.ndarray):
        return value.copy()
    if type(value) is dict:
        return {key: thaw(v) for key, v in value.items()}
    if type(value) in (list, tuple):
        return type(value)(thaw(v) for v in value)
    return value


def describe_error(error: BaseException, file: str) -> messages.Error:
    """Return the reply that tells of an exception."""
    bases = [k.__name__ for k in type(error).__mro__ if k.__module__ == "builtins"]
    folder = os.path.dirname(file)
    trace = traceback.extract_tb(error.__traceback__)
    try:
        text = _without_folders(
            text_of(error) + _place_beside(trace, file), folder, os.environ.get("HOME", "")
        )
    except BaseException:
        text = ""
    frames = [(frame.lineno or 0, frame.name[:100]) for frame in trace if frame.filename == file]
    if isinstance(error, SyntaxError) and error.filename == file:
        frames.append((error.lineno or 0, ""))
    number = vars(error).get(RAISED_BY_CHECK)
    return messages.Error(type(error).__name__[:100], bases, text[:MAX_MESSAGE], frames[-MAX_FRAMES:], number)


def _place_beside(trace: traceback.StackSummary, file: str) -> str:
    """Say where an exception comes from, where that is another file of the submission's."""
    folder = os.path.dirname(file)
    inside = [frame for frame in trace if folder and frame.filename.startswith(f"{folder}/")]
    if not inside or inside[-1].filename == file:
        return ""
    return f" ({inside[-1].filename}, line {inside[-1].lineno})"


def _without_folders(text: str, *folders: str) -> str:
    """Take out where the submission and its home happen to lie: that differs from machine to machine."""
    for folder in filter(None, folders):
        text = text.replace(f"{folder}/", "").replace(folder, ".")
    return text


def _stacked(outputs: list[Any]) -> Any:
    """Return alike outputs as one array, which travels much faster than a list of them."""
    for kind, name in ((np.ndarray, "array"), (np.generic, "scalar"), (float, "float")):
        if (
            all(isinstance(o, kind) for o in outputs)
            and len({(np.shape(o), _dtype(o)) for o in outputs}) == 1
        ):
            return (name, thin(wire.narrowed(np.stack([np.asarray(o) for o in outputs]))))
    return ("each", list(outputs))


def _unstacked(inputs: Any) -> Any:
    kind, values = inputs
    return thicken(values) if kind == "stack" else values


def _dtype(value: Any) -> Any:
    return getattr(value, "dtype", float)
