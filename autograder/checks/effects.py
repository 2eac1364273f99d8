"""What a call did besides returning something."""

from typing import Any

from numpy.typing import NDArray


class unchanged:  # noqa: N801 - used like a function
    """Assert that the arrays are after the block what they were before it.

    Raises:
        AssertionError: one of them has changed; the message names it.

    Example:
        >>> W = np.ones(3)
        >>> with unchanged(W=W):
        ...     W[0] = 2.0
        Traceback (most recent call last):
        AssertionError: W was changed in place (1 of 3 entries); work on a copy
    """

    # A class, not a generator with @contextmanager: a failure then shows the check and not contextlib.

    def __init__(self, **arrays: NDArray[Any]) -> None:
        self._arrays = arrays

    def __enter__(self) -> None:
        self._before = {name: array.copy() for name, array in self._arrays.items()}

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        __tracebackhide__ = True
        if kind is not None:
            return
        for name, array in self._arrays.items():
            changed = array != self._before[name]
            if changed.any():
                raise AssertionError(
                    f"{name} was changed in place ({changed.sum()} of {array.size} entries); work on a copy"
                )
