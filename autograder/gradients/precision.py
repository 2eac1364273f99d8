"""How exactly a function computes: in double precision, or somewhere in single or half."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from autograder.answers import not_finite
from autograder.gradients.function import Function
from autograder.gradients.types import Array, UnjudgeableError

DOUBLE = float(np.finfo(np.float64).eps)
HALF = float(np.finfo(np.float16).eps)
SINGLE = float(np.finfo(np.float32).eps)

# A relative move that changes a float64 (eps 2e-16) and leaves a float32 (eps 1e-7) as it is, both by a
# wide margin.
INVISIBLE = 1e-9
# A relative move that both of them see, by as wide a margin.
VISIBLE = 1e-4
# An answer to a small move that is so many times too large is a jump from one single number to the next.
JUMP = 3.0
# How many roundings in double precision a change must exceed before its absence means anything.
CLEAR = 100.0


@dataclass(frozen=True)
class FirstLook:
    """What a function answers at first.

    Attributes:
        base: its output at x.
        eps: the machine epsilon of the precision in which it computes.
        others: its outputs at the other inputs.
    """

    base: Array
    eps: float
    others: list[npt.NDArray[np.generic]]


def first_look(
    function: Function, x: Array, rng: np.random.Generator, others: Sequence[Array] = ()
) -> FirstLook:
    """Evaluate a function for the first time.

    Args:
        function: the function under test.
        x: the input, any shape.
        rng: draws the signs of the small moves.
        others: more inputs shaped like x, to be evaluated along with it: a sandboxed function is then asked
            only once.

    Raises:
        UnjudgeableError: `impure` when the same input gives two answers, `not_finite` when the output is
            not finite.
    """
    move = x * rng.choice([-1.0, 1.0], x.shape)
    steps = (0.0, 0.0, VISIBLE, -VISIBLE, INVISIBLE, -INVISIBLE)
    answers = function([*(x + step * move for step in steps), *others])
    outputs = answers[: len(steps)]
    values = np.array(outputs, np.float64)
    base, again, far, near = values[0], values[1], values[2:4], values[4:]
    if x.size and (said := not_finite(base, "the function's output")):
        raise UnjudgeableError("not_finite", f"At this input {said}.")
    eps = {"float16": HALF, "float32": SINGLE}.get(outputs[0].dtype.name, DOUBLE)
    if eps == DOUBLE and (_only_single(outputs[2]) or _is_staircase(x, base, far, near)):
        eps = SINGLE
    if not np.allclose(base, again, rtol=CLEAR * eps, atol=CLEAR * eps, equal_nan=True):
        raise UnjudgeableError(
            "impure",
            "The function gives two different answers for the same input: "
            "does it draw random numbers, or keep something from call to call?",
        )
    return FirstLook(base, eps, answers[len(steps) :])


def _only_single(output: npt.NDArray[np.generic]) -> bool:
    """Whether doubles that should be arbitrary are all float32 numbers, against odds of 2**-29 each."""
    values = output.astype(np.float64)
    with np.errstate(over="ignore"):
        arbitrary = values[values != np.round(values, 3)]
        return arbitrary.size > 0 and bool((arbitrary.astype(np.float32) == arbitrary).all())


def _is_staircase(x: Array, base: Array, far: Array, near: Array) -> bool:
    """Whether most outputs that answer to large moves answer to small ones not at all, or by a jump.

    A jump is too large for the move, and has no like in the other direction.

    Args:
        x: the input, any shape.
        base: the output there, any shape.
        far: outputs after a move ahead and behind by VISIBLE, (2, *output's shape).
        near: the same for INVISIBLE.
    """
    with np.errstate(all="ignore"):
        expected = np.abs(far - base) / VISIBLE * INVISIBLE
        size = np.maximum(np.abs(base), np.max(np.abs(x), initial=1.0))
        clear = expected > CLEAR * DOUBLE * size
        change = np.abs(near - base)
        even = np.abs(near.sum(axis=0) - 2 * base) < change.max(axis=0) / JUMP
        odd = (change == 0) | ((change > JUMP * expected) & ~even)
    return bool(clear.any()) and bool(np.mean(odd[clear]) > 0.5)
