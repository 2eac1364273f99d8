"""Training a net in a check."""

from collections.abc import Callable

#: Steps between two looks at the net. Looking costs about as much as a few steps do.
_BETWEEN_LOOKS = 10


def train_until(
    least: float, measure: Callable[[], float], step: Callable[[int], object], *, steps: int
) -> float:
    """Train until a measure is high enough, which is looked at every ten steps and after the last one.

    A net that learns well then costs half of what all steps would.

    Args:
        least: the value of the measure that ends the training.
        measure: returns it for the net as it is, such as its accuracy on held-out data.
        step: takes one step of the training; it is given the step's number, from 0.
        steps: how many steps are taken at most; at least 1.

    Returns:
        The last value of the measure.

    Example:
        >>> weights = [0.0]
        >>> def step(number):
        ...     weights[0] += 0.1
        >>> share = train_until(1.5, lambda: weights[0], step, steps=100)
        >>> print(f"{share:.1f}, after two looks, thus twenty steps")
        2.0, after two looks, thus twenty steps
    """
    value = float("-inf")
    for number in range(steps):
        step(number)
        if (number + 1) % _BETWEEN_LOOKS == 0 or number + 1 == steps:
            value = measure()
            if value >= least:
                break
    return value
