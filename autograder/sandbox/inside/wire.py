"""The wire: length-capped frames of msgpack, and values re-made from plain data.

Every value but None, booleans, numbers and strings travels as a list whose first entry says what it is, so
that msgpack carries nothing but lists, scalars and bytes, and decoding validates each of them. Nothing is
ever unpickled or evaluated.
"""

import math
from collections import Counter
from collections.abc import Callable
from typing import Any, TypeAlias

import msgpack
import numpy as np

#: A value as it travels: None, a boolean, a number, text, bytes, or a list of these.
Encoded: TypeAlias = Any
#: A value as it travels, in a list whose first entry says what it is.
Tagged: TypeAlias = list[Any]

#: Bytes in one frame. The largest array that a check sends is a few megabytes; many perturbed copies of one
#: travel in chunks.
MAX_FRAME = 64 * 2**20
#: Entries in all lists, tuples and dictionaries of one message together.
MAX_ITEMS = 1_000_000
#: Bytes that the text of a message would take as one array, in which each has the room of the longest: what
#: NumPy makes of a list with text in it.
MAX_TEXTS = 256 * 2**20
#: Keys of one dictionary that share a hash; each costs a comparison with all before it.
MAX_COLLISIONS = 8
#: Levels of nesting.
MAX_DEPTH = 32
#: Dimensions of an array; NumPy's own limit before version 2.
MAX_NDIM = 32

_DTYPES = {
    f"{order}{kind}"
    for order in "<|"
    for kind in ("b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16")
}
_CAPS = {"max_array_len": MAX_ITEMS, "max_map_len": 0, "max_ext_len": 0}
#: Hexadecimal digits of an integer: as many as Python prints in decimal ones, 4300.
_MAX_DIGITS = 3500


class WireError(Exception):
    """A frame or a value that the wire does not carry."""


def pack(message: Encoded) -> bytes:
    """Return the frame's body for a message of lists, scalars and bytes.

    Raises:
        WireError: it is larger than a frame may be.
    """
    body = msgpack.packb(message, unicode_errors="surrogatepass", strict_types=True, default=_tuple_as_list)
    if len(body) > MAX_FRAME:
        raise WireError(f"a message of {len(body)} bytes is larger than the {MAX_FRAME} allowed")
    return bytes(body)


def unpack(body: bytes) -> Encoded:
    """Return the message in a frame's body.

    Raises:
        WireError: it is malformed, or its lists hold more than `MAX_ITEMS` entries together.
    """
    held = longest = 0

    def count(entries: list[Any]) -> list[Any]:
        nonlocal held, longest
        held += len(entries)
        for entry in entries:
            if type(entry) is str and len(entry) > longest:
                longest = len(entry)
        if held > MAX_ITEMS:
            raise WireError(f"a message of more than {MAX_ITEMS} entries")
        return entries

    try:
        message = msgpack.unpackb(body, unicode_errors="surrogatepass", list_hook=count, **_CAPS)
    except MemoryError:
        raise
    except Exception as error:
        raise WireError(f"a malformed message: {type(error).__name__}") from error
    if 4 * held * longest > MAX_TEXTS:
        raise WireError(f"a text of {longest} characters among {held} entries")
    return message


def encode(value: Any, export: Callable[[Any], Tagged], depth: int = 0) -> Encoded:
    """Turn a value into lists, scalars and bytes.

    Args:
        value: what to send.
        export: called with whatever is not plain data; returns the tagged list that stands for it.
        depth: levels already entered.

    Raises:
        WireError: it is nested too deeply, or too long.
    """
    if value is None or type(value) in (bool, float, str):
        return value
    if isinstance(value, (list, tuple, dict)):
        return _encode_container(value, export, depth)
    if isinstance(value, np.ndarray):
        return _encode_array(value, export)
    return _encode_single(value, export)


def decode(data: Encoded, resolve: Callable[[Tagged], Any], depth: int = 0) -> Any:
    """Re-make a value from what `encode` made, validating all of it.

    Args:
        data: lists, scalars and bytes.
        resolve: called with a tagged list that is not plain data; returns the object, or raises `WireError`.
        depth: levels already entered.

    Raises:
        WireError: it is not what `encode` makes.
    """
    if data is None or type(data) in (bool, int, float, str):
        return data
    if type(data) is not list or not data or type(data[0]) is not str:
        raise WireError(f"a value of type {type(data).__name__} without a tag")
    if depth > MAX_DEPTH:
        raise WireError(f"a value nested more than {MAX_DEPTH} levels deep")
    decoder = _DECODERS.get(data[0])
    if decoder is not None:
        try:
            return decoder(*data[1:])
        except MemoryError:
            raise
        except Exception as error:
            raise WireError(f"a malformed {data[0]}: {error}") from error
    if data[0] in ("list", "tuple", "dict"):
        return _decode_container(data, resolve, depth)
    return resolve(data)


def narrowed(array: np.ndarray) -> np.ndarray:
    """Return an array in double precision if it is in a wider one, which not every machine has."""
    if array.dtype.kind == "f" and array.dtype.itemsize > 8:
        return array.astype(np.float64)
    if array.dtype.kind == "c" and array.dtype.itemsize > 16:
        return array.astype(np.complex128)
    return array


def _tuple_as_list(value: Any) -> list[Any]:
    if type(value) is tuple:
        return list(value)
    raise TypeError(f"a value of type {type(value).__name__} is not encoded")


def _encode_single(value: Any, export: Callable[[Any], Tagged]) -> Encoded:
    encoded: Encoded
    if type(value) is int:
        encoded = value if -(2**63) <= value < 2**63 else _encode_big(value)
    elif isinstance(value, np.generic) and not isinstance(value, str):
        encoded = _encode_scalar(value, export)
    elif type(value) is complex:
        encoded = ["complex", value.real, value.imag]
    elif isinstance(value, np.dtype) or (isinstance(value, type) and issubclass(value, np.generic)):
        encoded = ["dtype", np.dtype(value).str]
    else:
        encoded = _encode_subclass(value, export)
    return encoded


def _encode_array(value: np.ndarray, export: Callable[[Any], Tagged]) -> Tagged:
    array = narrowed(np.asarray(value))
    code = array.dtype.newbyteorder("<").str
    if code not in _DTYPES:
        return export(value)
    if array.nbytes > MAX_FRAME:
        raise WireError(f"an array of {array.nbytes} bytes is larger than the {MAX_FRAME} allowed")
    return ["array", code, list(array.shape), array.astype(code, copy=False).tobytes()]


def _encode_scalar(value: np.generic, export: Callable[[Any], Tagged]) -> Tagged:
    encoded = _encode_array(np.asarray(value), lambda _: export(value))
    return ["scalar", encoded[1], encoded[3]] if encoded[0] == "array" else encoded


def _encode_big(value: int) -> Tagged:
    if value.bit_length() > 4 * _MAX_DIGITS:
        raise WireError(
            f"an integer of {value.bit_length()} bits is larger than the {4 * _MAX_DIGITS} allowed"
        )
    return ["int", hex(value)]


def _encode_container(value: Any, export: Callable[[Any], Tagged], depth: int) -> Tagged:
    if depth >= MAX_DEPTH:
        raise WireError(f"a value is nested more than {MAX_DEPTH} levels deep")
    if len(value) >= MAX_ITEMS:
        raise WireError(f"a value holds {len(value)} entries; {MAX_ITEMS - 1} are allowed")
    if isinstance(value, dict):
        entries = [v for item in value.items() for v in item]
        return ["dict", *(encode(v, export, depth + 1) for v in entries)]
    tag = "list" if isinstance(value, list) else "tuple"
    return [tag, *(encode(v, export, depth + 1) for v in value)]


def _encode_subclass(value: Any, export: Callable[[Any], Tagged]) -> Encoded:
    """A subclass of a plain type travels as that type, whatever its methods pretend."""
    if isinstance(value, int):
        return encode(int.__index__(value), export)
    if isinstance(value, float):
        return float.__float__(value)
    return str.__str__(value) if isinstance(value, str) else export(value)


def _decode_container(data: Tagged, resolve: Callable[[Tagged], Any], depth: int) -> Any:
    entries = [decode(v, resolve, depth + 1) for v in data[1:]]
    if data[0] == "list":
        return entries
    if data[0] == "tuple":
        return tuple(entries)
    if len(entries) % 2:
        raise WireError("a dictionary with a key that has no value")
    try:
        hashes = Counter(map(hash, entries[::2]))
        if hashes and max(hashes.values()) > MAX_COLLISIONS:
            raise WireError("a dictionary with keys that collide")
        made = dict(zip(entries[::2], entries[1::2], strict=True))
    except TypeError as error:
        raise WireError("a dictionary with a key that can't be one") from error
    if 2 * len(made) != len(entries):
        raise WireError("a dictionary with a key that is there twice")
    return made


def _decode_array(code: str, shape: list[int], content: bytes) -> np.ndarray:
    if code not in _DTYPES or type(content) is not bytes or type(shape) is not list or len(shape) > MAX_NDIM:
        raise ValueError("dtype, shape or content is not allowed")
    if any(type(n) is not int or not 0 <= n <= MAX_FRAME for n in shape):
        raise ValueError("a shape that no array has")
    dtype = np.dtype(code)
    if math.prod(shape) * dtype.itemsize != len(content):
        raise ValueError(f"shape {shape} of {code} does not fit {len(content)} bytes")
    if code.endswith("b1"):
        # A byte other than 0 and 1 would be a boolean that is neither true nor false.
        truths: np.ndarray = np.frombuffer(content, dtype=np.uint8) != 0
        truths.flags.writeable = False
        return truths.reshape(shape)
    return np.frombuffer(content, dtype=dtype).reshape(shape)


def _decode_scalar(code: str, content: bytes) -> Any:
    return _decode_array(code, [], content)[()]


def _decode_int(digits: str) -> int:
    if type(digits) is not str or len(digits) > _MAX_DIGITS + 3:
        raise ValueError("too many digits")
    return int(digits, 16)


def _decode_complex(real: float, imaginary: float) -> complex:
    return complex(float(real), float(imaginary))


def _decode_dtype(code: str) -> np.dtype[Any]:
    if code not in _DTYPES:
        raise ValueError("not allowed")
    return np.dtype(code)


_DECODERS: dict[str, Callable[..., Any]] = {
    "array": _decode_array,
    "scalar": _decode_scalar,
    "int": _decode_int,
    "complex": _decode_complex,
    "dtype": _decode_dtype,
}
