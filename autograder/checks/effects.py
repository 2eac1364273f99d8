"""What a call did besides returning something."""

from collections.abc import Mapping
from typing import Any

from numpy.typing import NDArray


class unchanged:  # noqa: N801 - used like a function
    """Assert that the arrays are after the block what they were before it.

    Where a comparison within the block fails as well, the message names the change first: it is often why.

    Raises:
        AssertionError: one of them has changed; the message names it.

    Example:
        >>> W = np.ones(3)
        >>> with unchanged(W=W):
        ...     W[0] = 2.0
        Traceback (most recent call last):
        AssertionError: W was changed in place (1 of 3 entries); work on a copy, or put back what was there
    """

    # A class, not a generator with @contextmanager: a failure then shows the check and not contextlib.

    def __init__(self, **arrays: NDArray[Any]) -> None:
        self._arrays = arrays

    def __enter__(self) -> None:
        self._before = {name: array.copy() for name, array in self._arrays.items()}

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        __tracebackhide__ = True
        if error is not None and not isinstance(error, AssertionError):
            return
        for name, array in self._arrays.items():
            changed = array != self._before[name]
            if changed.any():
                said = (
                    f"{name} was changed in place ({changed.sum()} of {array.size} entries); "
                    "work on a copy, or put back what was there"
                )
                raise AssertionError(f"{said}. Look at that first. Then: {error}" if error else said)


def assert_stored(holder: Mapping[str, object], key: str, *, what: str) -> Any:
    """Assert that a call has stored something in a dictionary, and return it.

    Args:
        holder: the dictionary, after the call.
        key: under which it should be stored.
        what: what the dictionary is called in the topic, for the message.

    Raises:
        AssertionError: the key is missing, or None.

    Example:
        >>> config = {"velocity": 0.5}
        >>> assert_stored(config, "velocity", what="config")
        0.5
        >>> assert_stored(config, "t", what="config")
        Traceback (most recent call last):
        AssertionError: config has no 't' after the call; it should be stored there
    """
    __tracebackhide__ = True
    if key not in holder:
        raise AssertionError(f"{what} has no {key!r} after the call; it should be stored there")
    if holder[key] is None:
        raise AssertionError(f"{what}[{key!r}] is still None after the call; it should be stored there")
    return holder[key]
