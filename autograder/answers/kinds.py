"""Words for the kinds of values that come back."""

from typing import Any

import numpy as np

from autograder.sandbox.inside.kinds import name_of

_PLAIN: dict[type, str] = {
    type(None): "None",
    str: "text",
    list: "a list",
    tuple: "an empty tuple",
    dict: "a dict",
    complex: "a complex number",
}
_FUNCTIONS = ("function", "method", "builtin_function_or_method", "method-wrapper", "RemoteFunction")
_NAMED = {"generator": "a generator", "type": "a class", **dict.fromkeys(_FUNCTIONS, "a function")}
#: Values of which each is told.
_MOST = 20


class Opaque:
    """An object that stays in the sandbox; all that is known of it here is what its class is called."""

    _class_name: str


def class_name(value: Any) -> str:
    """Return the name of a value's class, wherever the value is.

    Example:
        >>> class_name({1, 2}), class_name(np.array(None))
        ('set', 'array of type object')
    """
    return value._class_name if isinstance(value, Opaque) else name_of(value)


def is_number(value: Any) -> bool:
    """Return whether a value is one real number, be it in an array of one entry."""
    if isinstance(value, np.ndarray):
        return value.size == 1 and value.dtype.kind in "biuf"
    return isinstance(value, (bool, int, float, np.bool_, np.integer, np.floating))


def kind_of(value: Any) -> str:
    """Return what a value is, in words for a student.

    Example:
        >>> kind_of(None), kind_of(2.5), kind_of(np.zeros((2, 3))), kind_of("2.5")
        ('None', 'a single number', 'an array of shape (2, 3)', 'text')
        >>> kind_of((2.5, None)), kind_of(len)
        ('2 values (a single number and None)', 'a function')
    """
    if isinstance(value, np.ndarray) and value.dtype.kind in "biufc" and value.ndim:
        return f"an array of shape {value.shape}"
    if is_number(value):
        return "a single number"
    if isinstance(value, tuple) and value:
        return f"{len(value)} values" + (f" ({listed(map(kind_of, value))})" if len(value) <= _MOST else "")
    plain = next((words for kind, words in _PLAIN.items() if isinstance(value, kind)), None)
    name = class_name(value)
    named = f"an {name}" if name.startswith("array") else f"an object of type {name}"
    return plain or _NAMED.get(name, named)


def listed(words: Any) -> str:
    """Join words as prose does.

    Example:
        >>> listed(["x", "y", "z"])
        'x, y and z'
    """
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else str(last)
