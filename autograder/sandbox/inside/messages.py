"""The messages on the wire: one typed form for each, used at both ends.

A message travels as the list `[name of its type, *fields]`. `unpack_message` takes only the types that its
caller expects, and checks the number and the types of the fields: what arrives may be forged. A value of a
student's or of a check's is checked only when it is decoded, by `wire.decode`.

There are two connections. On a child's own the child first sends one byte, before any of the student's code
runs, by which the kernel tells which process it is. Then the trusted side sends a `Request` and the child
replies; during a call the child may send a `Question` about one of the check's objects. On the control
connection the trusted side sends a `Command` to the warm process.
"""

from collections.abc import Callable, Sequence
from functools import partial
from types import NoneType, UnionType
from typing import Any, NamedTuple, TypeAlias, TypeVar, get_args, get_origin, get_type_hints

from . import wire
from .wire import Encoded, WireError

#: What a request is about: `("name", name)` in the student's module, or `("handle", number)`.
Target: TypeAlias = tuple[str, str | int]


# Requests to the student's code.


class Call(NamedTuple):
    """Call a function. Each argument is packed by itself, so that a change of it can be noticed.

    Attributes:
        target: what to call.
        arguments: the positional ones, packed.
        keywords: name and packed value of each of the others.
        keep_second: whether the second of two returned values is to stay in the sandbox.
    """

    target: Target
    arguments: list[bytes]
    keywords: list[tuple[str, bytes]]
    keep_second: bool


class Map(NamedTuple):
    """Call a function once per input, each time with fresh copies of the other arguments.

    Attributes:
        target: what to call.
        position: which of the arguments each input replaces.
        arguments: the positional ones, packed.
        output: which of the returned values to keep; None for all of them.
        inputs: `("stack", sparse stack)` or `("each", list)`, encoded.
    """

    target: Target
    position: int
    arguments: list[bytes]
    output: int | None
    inputs: Encoded


class Lines(NamedTuple):
    """Call a function and count the lines of Python that it executes."""

    target: Target
    arguments: list[bytes]


class GetName(NamedTuple):
    """Return the value of a name in the student's module."""

    name: str


class GetAttr(NamedTuple):
    """Return an attribute of an object."""

    target: Target
    name: str


class SetAttr(NamedTuple):
    """Set an attribute of an object."""

    target: Target
    name: str
    value: Encoded


class GetItem(NamedTuple):
    """Return an item of an object."""

    target: Target
    key: Encoded


class SetItem(NamedTuple):
    """Set an item of an object."""

    target: Target
    key: Encoded
    value: Encoded


class Len(NamedTuple):
    """Return the length of an object."""

    target: Target


# Questions of the student's code, about an object of the check's; `key` is its number.


class AskCall(NamedTuple):
    """Call the object."""

    key: int
    arguments: list[Encoded]
    keywords: list[tuple[str, Encoded]]


class AskGetAttr(NamedTuple):
    """Return an attribute of the object."""

    key: int
    name: str


class AskSetAttr(NamedTuple):
    """Set an attribute of the object."""

    key: int
    name: str
    value: Encoded


class AskGetItem(NamedTuple):
    """Return an item of the object."""

    key: int
    item: Encoded


class AskSetItem(NamedTuple):
    """Set an item of the object."""

    key: int
    item: Encoded
    value: Encoded


# Replies.


class Names(NamedTuple):
    """The first reply of a child: the public names of the module, each with "callable" or "value"."""

    names: list[tuple[str, str]]


class Ok(NamedTuple):
    """The value that was asked for.

    Attributes:
        value: the value.
        changed: arguments that the call changed in place: position or name, and the new value of each.
    """

    value: Encoded
    changed: list[tuple[int | str, Encoded]]


class Error(NamedTuple):
    """The exception that was raised.

    Attributes:
        name: the name of its class.
        bases: the names of the built-in classes among that class and its bases, the nearest first.
        text: its message.
        frames: line and function of each frame in the student's file, outermost first.
        number: where it is one that a callback of the check's raised, its number on the trusted side.
    """

    name: str
    bases: list[str]
    text: str
    frames: list[tuple[int, str]]
    number: int | None


class Done(NamedTuple):
    """The warm process has carried out a command."""


class Used(NamedTuple):
    """What the processes of a submission have used.

    Attributes:
        running: CPU seconds of the child that runs.
        ended: CPU seconds of the children that have ended.
        overfull: whether the child was ended because of what it put into its folder.
    """

    running: float
    ended: float
    overfull: bool


class Renewed(NamedTuple):
    """A child that is new is kept ready.

    Attributes:
        unmarked: whether its number tells nothing of the submissions before: none of them started a thread,
            or others use up numbers too.
    """

    unmarked: bool


class Ended(NamedTuple):
    """How the child has ended.

    Attributes:
        killed: whether by SIGKILL that the warm process did not send: by itself, or from outside the sandbox.
    """

    killed: bool


# Commands to the warm process.


class Settings(NamedTuple):
    """The first command: what the warm process must know of its surroundings, and how it is confined.

    Attributes:
        submission: the folder with the submission.
        home: the folder that its code may write to.
        fonts: the file with Matplotlib's list of fonts, if there is one.
        packages: the names that may be imported besides the standard library.
        limits: resource limits, named as in `resource`, without `RLIMIT_`.
        scratch: how many bytes and how many entries `home` may hold.
        user: the user to become, if any.
        root: the folder to lock itself into, if any.
        landlock: paths that may be read, listed and written to, if all others are to be denied.
        seccomp: the filters of system calls for the warm process and for its children, if any.
    """

    submission: str
    home: str
    fonts: str | None
    packages: list[str]
    limits: list[tuple[str, int]]
    scratch: tuple[int, int]
    user: int | None
    root: str | None
    landlock: tuple[list[str], list[str], list[str]] | None
    seccomp: tuple[bytes, bytes] | None


class Warm(NamedTuple):
    """Import a module before forking."""

    module: str


class Load(NamedTuple):
    """Compile a submission's module; what was loaded before is forgotten.

    Attributes:
        module: its name.
        forbidden: packages that may be imported but not used.
        explained: modules that may not be there, each with the sentence to say then.
    """

    module: str
    forbidden: list[str]
    explained: list[tuple[str, str]]


class Fork(NamedTuple):
    """Let a child go to work. Its connection and the pipe for what it prints are passed along."""


class Renew(NamedTuple):
    """Keep a new child ready in the place of the old one, between two submissions."""


class Usage(NamedTuple):
    """Tell what the submission's processes have used."""


class Fate(NamedTuple):
    """Tell how the child has ended, after its connection was closed."""


class End(NamedTuple):
    """End the child and empty its folder."""


class Quit(NamedTuple):
    """End all children and empty the folder."""


Request: TypeAlias = Call | Map | Lines | GetName | GetAttr | SetAttr | GetItem | SetItem | Len
Question: TypeAlias = AskCall | AskGetAttr | AskSetAttr | AskGetItem | AskSetItem
Reply: TypeAlias = Ok | Error
Command: TypeAlias = Warm | Load | Fork | Renew | Usage | Fate | End | Quit
Message: TypeAlias = Request | Question | Reply | Command | Names | Settings | Done | Used | Renewed | Ended

REQUESTS: tuple[type[Request], ...] = get_args(Request)
QUESTIONS: tuple[type[Question], ...] = get_args(Question)
REPLIES: tuple[type[Reply], ...] = get_args(Reply)
FIRST_REPLIES: tuple[type[Names | Error], ...] = (Names, Error)
COMMANDS: tuple[type[Command], ...] = get_args(Command)

_M = TypeVar("_M", bound=Message)
_Reader: TypeAlias = Callable[[Any], Any]


def pack_message(message: Message) -> bytes:
    """Return a frame's body.

    Raises:
        WireError: it is larger than a frame may be.
    """
    return wire.pack([type(message).__name__, *message])


def unpack_message(body: bytes, *expected: type[_M]) -> _M:
    """Return the message in a frame's body, which is of one of the expected types.

    Raises:
        WireError: it is not.
    """
    content = wire.unpack(body)
    if type(content) is not list or not content:
        raise WireError("a message without a name")
    name = content.pop(0)
    for form in expected:
        if form.__name__ == name:
            _read(content, _FIELDS[form])
            return form(*content)
    raise WireError("a message of a type that is not expected here")


class _Field(NamedTuple):
    """How a received field is checked.

    Attributes:
        kinds: of which classes it may be; None where anything will do, since it is checked when decoded.
        read: checks what is in it, and gives it its type.
    """

    kinds: tuple[type, ...] | None
    read: Callable[[Any], Any] | None = None


def _fields(form: Any) -> list[_Field]:
    hints = get_type_hints(form)
    return [_field(hints[name]) for name in form._fields]


def _field(hint: Any) -> _Field:
    """Return how a field of that type is checked."""
    origin, arguments = get_origin(hint), get_args(hint)
    if hint is Encoded:
        return _Field(None)
    if origin is tuple:
        return _Field((list,), partial(_read_tuple, [_field(argument) for argument in arguments]))
    if origin is list:
        return _Field((list,), partial(_read_list, [_field(arguments[0])]))
    if origin is UnionType and any(map(get_args, arguments)):
        return _Field((list, NoneType), partial(_read_optional, _field(arguments[0])))
    return _Field(arguments or (hint,))


def _read(values: list[Any], fields: Sequence[_Field]) -> list[Any]:
    """Check received values; give each its type, in place."""
    if len(values) != len(fields):
        raise WireError(f"{len(values)} fields instead of {len(fields)}")
    for place, (kinds, read) in enumerate(fields):
        if kinds is None:
            continue
        if type(values[place]) not in kinds:
            raise WireError(f"a field of type {type(values[place]).__name__}")
        if read is not None:
            values[place] = read(values[place])
    return values


def _read_tuple(fields: Sequence[_Field], values: list[Any]) -> tuple[Any, ...]:
    return tuple(_read(values, fields))


def _read_optional(field: _Field, value: list[Any] | None) -> Any:
    return None if value is None else _read([value], [field])[0]


def _read_list(entry: Sequence[_Field], values: list[Any]) -> list[Any]:
    return _read(values, list(entry) * len(values))


_FIELDS: dict[Any, list[_Field]] = {form: _fields(form) for form in get_args(Message)}
