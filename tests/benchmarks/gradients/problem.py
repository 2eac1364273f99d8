"""One gradient to check: an operation, one of its inputs, and a kind of numbers."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tests.benchmarks.gradients.operation import Array, Backward, Operation

KINDS = ("generic", "near kinks", "exact zeros and ties", "x100", "x0.001", "float32")


@dataclass(frozen=True)
class Problem:
    """What a recipe is given.

    Attributes:
        f: the operation as a function of the input in question.
        x: that input.
        backward: (x, upstream) -> the gradient to check.
    """

    f: Callable[[Array], Array]
    x: Array
    backward: Callable[[Array, Array], Array]


def pose(operation: Operation, of: str, backward: Backward, kind: str, rng: np.random.Generator) -> Problem:
    """Draw inputs of a kind and fix all but one of them."""
    dtype = np.float32 if kind == "float32" else np.float64
    inputs = draw(operation, kind, rng)
    position = operation.position(of)

    def complete(x: Array) -> list[Array]:
        return [np.asarray(value, dtype) for value in (*inputs[:position], x, *inputs[position + 1 :])]

    return Problem(
        lambda x: operation.forward(*complete(x)),
        inputs[position],
        lambda x, upstream: backward(np.asarray(upstream, dtype), *complete(x)),
    )


def draw(operation: Operation, kind: str, rng: np.random.Generator) -> list[Array]:
    """Draw inputs of a kind; where it is about size, the first one is scaled."""
    inputs = list(operation.draw(rng))
    if kind in ("near kinks", "exact zeros and ties"):
        inputs = [np.round(value / operation.lattice) * operation.lattice for value in inputs]
    if kind == "near kinks":
        inputs = [value + tiny(value.shape, rng) for value in inputs]
    inputs[0] = inputs[0] * {"x100": 100, "x0.001": 0.001}.get(kind, 1)
    return inputs


def tiny(shape: tuple[int, ...], rng: np.random.Generator) -> Array:
    """Numbers of all sizes from 1e-9 to 1e-2."""
    return rng.choice([-1.0, 1.0], shape) * 10 ** rng.uniform(-9, -2, shape)
