"""A backward pass that knows no formula: differences of its own forward pass, which is right.

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


def measured(
    forward: Callable[..., Any], gradients: int, elementwise: bool, method: str, step: float, way: str
) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """Return the layer with a backward pass by differences.

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

    def ahead(*arguments: Any) -> tuple[Any, Any]:
        kept, chance = copy.deepcopy(arguments), np.random.get_state()
        return forward(*arguments)[0], (kept, chance)

    def back(dout: Any, cache: Any) -> Any:
        kept, chance = cache
        found = []
        for position in range(gradients):
            at = np.asarray(kept[position], dtype=float)

            def out(value: Any, position: int = position) -> Any:
                given, now = copy.deepcopy(list(kept)), np.random.get_state()
                given[position] = value
                np.random.set_state(chance)
                answer = forward(*given)[0]
                np.random.set_state(now)
                return np.sum(answer * dout) if way == "sum" else answer

            def slope(direction: Any, out: Any = out, at: Any = at) -> Any:
                return METHODS[method](lambda t: out(at + t * direction), step)

            if way == "all" and elementwise and at.shape == dout.shape:
                found.append(slope(np.ones(at.shape)) * dout)
                continue
            if at.size > MOST_ENTRIES:
                raise TimeoutError("two forward passes for each entry")
            gradient = np.zeros(at.shape)
            for index in np.ndindex(at.shape):
                direction = np.zeros(at.shape)
                direction[index] = 1.0
                along = slope(direction)
                gradient[index] = along if way == "sum" else np.sum(along * dout)
            found.append(gradient)
        return tuple(found) if gradients > 1 else found[0]

    return ahead, back
