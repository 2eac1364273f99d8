"""What a call did besides returning something."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from numpy.typing import NDArray

__all__ = ["unchanged"]


@contextmanager
def unchanged(**arrays: NDArray[Any]) -> Iterator[None]:
    """Assert that the arrays are after the block what they were before it.

    Example: `with unchanged(W=W, X=X): student.svm_loss_naive(W, X, y, 0.1)`.

    Raises:
        AssertionError: one of them has changed; the message names it.
    """
    __tracebackhide__ = True
    before = {name: array.copy() for name, array in arrays.items()}
    yield
    for name, array in arrays.items():
        changed = array != before[name]
        if changed.any():
            raise AssertionError(
                f"{name} was changed in place ({changed.sum()} of {array.size} entries); work on a copy"
            )
