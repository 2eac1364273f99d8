"""Changes in place: what a call does to its arguments on one side, done to their originals on the other."""

from typing import Any

import numpy as np


def change(argument: Any, after: Any) -> None:
    """Do to an argument here what a call did to its copy on the other side.

    Args:
        argument: the original. One of another kind or shape than `after` stays as it is.
        after: the copy as the call left it.
    """
    if isinstance(argument, np.ndarray) and isinstance(after, np.ndarray):
        if argument.flags.writeable and argument.shape == after.shape:
            np.copyto(argument, after, casting="same_kind")
    elif isinstance(argument, dict) and isinstance(after, dict):
        argument.clear()
        argument.update(after)
    elif isinstance(argument, list) and isinstance(after, list):
        argument[:] = after
    elif isinstance(argument, np.random.Generator) and _same_kind(argument, after):
        argument.bit_generator.state = after.bit_generator.state


def _same_kind(one: np.random.Generator, other: Any) -> bool:
    return isinstance(other, np.random.Generator) and type(one.bit_generator) is type(other.bit_generator)
