"""The reference's function, in the place of a student's that is looked at for many inputs."""

from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any


def documented(
    function: Callable[..., Any], position: int, arguments: Sequence[Any], output: int | None
) -> Callable[[Any], Any]:
    """Return a function as one of the argument at `position`; of what it returns, value `output`.

    Args:
        function: the reference's.
        position: the argument that varies.
        arguments: all of them; each call gets copies.
        output: which value is kept; None for what is returned as it is.
    """

    def at(x: Any) -> Any:
        given = deepcopy(list(arguments))
        given[position] = x
        answer = function(*given)
        return answer if output is None else answer[output]

    return at
