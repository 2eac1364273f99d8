"""Answers the trusted side's requests by calling the student's functions."""

import os
import traceback
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import numpy as np

from . import wire
from .exceptions import RAISED_BY_CHECK, instance
from .generators import SAFE, decode_generator, encode_generator
from .sparse_stack import thicken, thin
from .student_calls import count_lines, evaluate_all

__all__ = ["RemoteFunction", "RemoteObject", "Server", "describe_error", "thaw"]

#: Characters of an exception's message that are passed on.
MAX_MESSAGE = 2000
#: Frames of the student's file that are passed on, the innermost ones.
MAX_FRAMES = 20

Message = list[Any]


class Server:
    """One student's module, and the objects of it that the trusted side holds handles to.

    Args:
        module: the student's, already executed.
        file: the file name that the module's code was compiled with.
        call_back: sends a request to the trusted side and returns the reply.
    """

    def __init__(self, module: ModuleType, file: str, call_back: Callable[[Message], Message]):
        self.module = module
        self.file = file
        self._call_back = call_back
        self._handles: list[Any] = []

    def names(self) -> list[list[str]]:
        """Return the module's public names, each with "callable" or "value"."""
        return [
            [name, "callable" if callable(value) else "value"]
            for name, value in vars(self.module).items()
            if not name.startswith("_") and not isinstance(value, ModuleType)
        ]

    def answer(self, request: Message) -> Message:
        """Carry out one request; whatever the student's code raises becomes an error reply."""
        try:
            reply: Message = getattr(self, f"_do_{request[0]}")(*request[1:])
            return reply
        except BaseException as error:
            return [*describe_error(error, self.file), getattr(error, RAISED_BY_CHECK, None)]

    def encode(self, value: Any) -> Any:
        """Encode for the trusted side; what is not plain data becomes a handle."""
        return wire.encode(value, self._export)

    def decode(self, data: Any) -> Any:
        """Decode what the trusted side sent; arrays can be written to."""
        return thaw(wire.decode(data, self._resolve))

    def _do_call(
        self, target: Message, packed: list[bytes], keywords: list[Any], keep_second: bool
    ) -> Message:
        function = self._target(target)
        arguments = [self.decode(wire.unpack(p)) for p in packed]
        named = {key: self.decode(wire.unpack(p)) for key, p in keywords}
        result = function(*arguments, **named)
        changed = [
            [position, value]
            for position, value in self._changes(
                [*zip(range(len(packed)), packed, arguments, strict=True)]
                + [(key, p, named[key]) for key, p in keywords]
            )
        ]
        return ["ok", self._encode_result(result, keep_second), changed]

    def _do_map(
        self, target: Message, position: int, packed: list[bytes], output: int | None, inputs: Any
    ) -> Message:
        function = self._target(target)
        arguments = [self.decode(wire.unpack(p)) for p in packed]
        outputs = evaluate_all(function, position, arguments, output, _unstacked(self.decode(inputs)))
        return ["ok", self.encode(_stacked(outputs)), []]

    def _do_lines(self, target: Message, packed: list[bytes]) -> Message:
        arguments = [self.decode(wire.unpack(p)) for p in packed]
        return ["ok", count_lines(self._target(target), *arguments), []]

    def _do_name(self, name: str) -> Message:
        return ["ok", self.encode(self._target(["name", name])), []]

    def _do_getattr(self, target: Message, name: str) -> Message:
        return ["ok", self.encode(getattr(self._target(target), name)), []]

    def _do_setattr(self, target: Message, name: str, value: Any) -> Message:
        setattr(self._target(target), name, self.decode(value))
        return ["ok", None, []]

    def _do_getitem(self, target: Message, key: Any) -> Message:
        return ["ok", self.encode(self._target(target)[self.decode(key)]), []]

    def _do_setitem(self, target: Message, key: Any, value: Any) -> Message:
        self._target(target)[self.decode(key)] = self.decode(value)
        return ["ok", None, []]

    def _do_len(self, target: Message) -> Message:
        return ["ok", len(self._target(target)), []]

    def _encode_result(self, result: Any, keep_second: bool) -> Any:
        """Encode what a call returned; the second value of a forward stays here as a handle."""
        if keep_second and isinstance(result, tuple) and len(result) == 2:
            return ["tuple", self.encode(result[0]), self._export(result[1])]
        return self.encode(result)

    def _changes(self, sent: list[tuple[Any, bytes, Any]]) -> Iterator[tuple[Any, Any]]:
        """Give the arguments whose content is not what was sent."""
        for key, before, value in sent:
            if isinstance(value, (np.ndarray, dict, list)):
                after = self.encode(value)
            elif isinstance(value, np.random.Generator) and type(value.bit_generator).__name__ in SAFE:
                after = encode_generator(value)
            else:
                continue
            if wire.pack(after) != before:
                yield key, after

    def _target(self, target: Message) -> Any:
        return self._resolve(target)

    def _export(self, value: Any) -> Message:
        if isinstance(value, RemoteObject):
            return ["remote", value._id]
        self._handles.append(value)
        return ["handle", len(self._handles) - 1, type(value).__name__[:100], callable(value)]

    def _resolve(self, data: Message) -> Any:
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

    def ask(self, request: Message) -> Any:
        """Send a request about an object of the trusted side's, and return the value or raise its error."""
        reply = self._call_back(request)
        if reply[0] == "ok":
            return self.decode(reply[1])
        _, kinds, message, number = reply
        error = instance(kinds, message) or RuntimeError(message)
        setattr(error, RAISED_BY_CHECK, number)
        raise error


class RemoteObject:
    """An object of the check's, seen from the student's code: attributes, items and methods work."""

    def __init__(self, server: Server, key: Any):
        object.__setattr__(self, "_server", server)
        object.__setattr__(self, "_id", key)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return self._server.ask(["getattr", self._id, name])

    def __setattr__(self, name: str, value: Any) -> None:
        self._server.ask(["setattr", self._id, name, self._server.encode(value)])

    def __getitem__(self, key: Any) -> Any:
        return self._server.ask(["getitem", self._id, self._server.encode(key)])

    def __setitem__(self, key: Any, value: Any) -> None:
        self._server.ask(["setitem", self._id, self._server.encode(key), self._server.encode(value)])

    def __deepcopy__(self, memo: Any) -> "RemoteObject":
        return self


class RemoteFunction(RemoteObject):
    """A function of the check's, seen from the student's code."""

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        """Call it, over there."""
        encode = self._server.encode
        named = [[key, encode(value)] for key, value in keywords.items()]
        return self._server.ask(["call", self._id, [encode(a) for a in arguments], named])


def thaw(value: Any) -> Any:
    """Return the value with arrays that can be written to."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, dict):
        return {key: thaw(v) for key, v in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(thaw(v) for v in value)
    return value


def describe_error(error: BaseException, file: str) -> Message:
    """Return the error reply: the exception's type, built-in bases, message, lines of the student's file."""
    kinds = [k.__name__ for k in type(error).__mro__ if k.__module__ == "builtins"]
    try:
        text = _without_folders(str(error), os.path.dirname(file), os.environ.get("HOME", ""))
    except BaseException:
        text = ""
    frames = [
        [frame.lineno or 0, frame.name[:100]]
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename == file
    ]
    if isinstance(error, SyntaxError) and error.filename == file:
        frames.append([error.lineno or 0, ""])
    return ["error", type(error).__name__[:100], kinds, text[:MAX_MESSAGE], frames[-MAX_FRAMES:]]


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
            return (name, thin(np.stack([np.asarray(o) for o in outputs])))
    return ("each", list(outputs))


def _unstacked(inputs: Any) -> Any:
    kind, values = inputs
    return thicken(values) if kind == "stack" else values


def _dtype(value: Any) -> Any:
    return getattr(value, "dtype", float)
