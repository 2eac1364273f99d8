"""Gradients without a formula: differences of a function's own values, which are right.

The text of this file goes below that of a reference, so it names nothing that is not its own or NumPy's.
"""

import copy
from collections.abc import Callable
from typing import Any

import numpy as np

#: More entries than this would take a call past its time; here it ends at once.
MOST_ENTRIES = 20_000

#: By method and step: the slope at 0 of a function of one number.
METHODS: dict[str, Callable[[Callable[[complex], Any], float], Any]] = {
    "central": lambda f, h: (f(h) - f(-h)) / (2 * h),
    "fourth order": lambda f, h: (8 * (f(h) - f(-h)) - (f(2 * h) - f(-2 * h))) / (12 * h),
    "complex": lambda f, h: np.imag(f(1j * h)) / h,
}


def entry_by_entry(slope: Callable[[Any], Any], shape: tuple[int, ...]) -> Any:
    """Return the slopes along each entry of an array."""
    gradient = np.zeros(shape)
    if gradient.size > MOST_ENTRIES:
        raise TimeoutError("two forward passes for each entry")
    for index in np.ndindex(shape):
        direction = np.zeros(shape)
        direction[index] = 1.0
        gradient[index] = slope(direction)
    return gradient


def measured(
    forward: Callable[..., Any], gradients: int, elementwise: bool, method: str, step: float, way: str
) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """Return a layer with a backward pass by differences.

    Args:
        forward: the layer's forward pass.
        gradients: how many of its first arguments have a gradient.
        elementwise: whether an entry of the output depends on that of the input only.
        method: a key of `METHODS`.
        step: the same for all entries of all arrays.
        way: what is differenced. "entries": the output, which is then multiplied with the gradient from
            above. "sum": the sum of these products. "all": as "entries", of all entries of an elementwise
            layer at once.
    """
    # The only one that may draw from NumPy's global generator: it must drop the same entries again.
    draws = forward.__name__ == "dropout_forward"

    def ahead(*arguments: Any) -> tuple[Any, Any]:
        kept, chance = copy.deepcopy(arguments), np.random.get_state() if draws else None
        return forward(*arguments)[0], (kept, chance)

    def back(dout: Any, cache: Any) -> Any:
        kept, chance = cache

        def gradient(position: int) -> Any:
            at = np.asarray(kept[position], dtype=float)

            def out(moved: Any) -> Any:
                given = copy.deepcopy(list(kept))
                given[position] = moved
                if draws:
                    np.random.set_state(chance)
                answer = forward(*given)[0]
                return np.sum(answer * dout) if way == "sum" else answer

            def slope(direction: Any) -> Any:
                found = METHODS[method](lambda t: out(at + t * direction), step)
                return found if way == "sum" else found * dout

            if way == "all" and elementwise and at.shape == dout.shape:
                return slope(np.ones(at.shape))
            return entry_by_entry(lambda direction: np.sum(slope(direction)), at.shape)

        found = tuple(gradient(position) for position in range(gradients))
        return found if gradients > 1 else found[0]

    return ahead, back


def measured_loss(loss: Callable[..., Any], method: str, step: float) -> Callable[..., Any]:
    """Return a loss whose gradient with respect to the first argument is measured."""

    def both(*arguments: Any) -> tuple[Any, Any]:
        at = np.asarray(arguments[0], dtype=float)

        def slope(direction: Any) -> Any:
            return METHODS[method](lambda t: loss(at + t * direction, *arguments[1:])[0], step)

        return loss(*arguments)[0], entry_by_entry(slope, at.shape)

    return both
