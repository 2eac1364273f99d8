"""Calls of the function under test: on fresh copies, in batches, and with answers that are numbers."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import numpy as np
import numpy.typing as npt

from autograder.answers import Opaque, kind_of, stumbled
from autograder.gradients.types import Array, StudentFunction, UnjudgeableError


class Function:
    """A function under test.

    Args:
        f: takes an array, returns an array or a scalar. Where it offers `map`, many inputs go in one
            exchange.
    """

    def __init__(self, f: StudentFunction) -> None:
        self._call = f
        batched = getattr(f, "map", None)
        self._map: Callable[[list[Array]], object] = batched if callable(batched) else self._one_by_one

    def __call__(self, inputs: Sequence[Array]) -> list[npt.NDArray[np.generic]]:
        """Evaluate every input.

        Args:
            inputs: arrays of one shape; the caller does not use them again.

        Returns:
            One array of numbers per input, all of one shape and none sharing memory with another.

        Raises:
            UnjudgeableError: when the function raises, changes its argument, or returns no numbers.
        """
        with blame("the function"), np.errstate(all="ignore"):
            answers = self._map(list(inputs))
        if not isinstance(answers, list | tuple) or len(answers) != len(inputs):
            raise UnjudgeableError("other", f"The function's map gave no list of {len(inputs)} outputs.")
        outputs = [numbers(answer, "the function") for answer in answers]
        _refuse_different_shapes(outputs)
        return outputs

    def values(self, inputs: Sequence[Array], base: Array) -> Array:
        """Evaluate every input to flattened outputs, (len(inputs), base.size)."""
        outputs = self(inputs)
        _refuse_different_shapes([base, *outputs])
        return np.array(outputs, dtype=np.float64).reshape(len(outputs), base.size)

    def _one_by_one(self, inputs: list[Array]) -> list[npt.NDArray[np.generic]]:
        # Copied at once: a function may return its own argument, or the same buffer each time.
        return [numbers(self._unchanged(x), "the function") for x in inputs]

    def _unchanged(self, x: Array) -> object:
        before = x.copy()
        answer = self._call(x)
        if not np.array_equal(x, before):
            raise UnjudgeableError("impure", "The function changes its argument; it should work on a copy.")
        return answer


def _refuse_different_shapes(outputs: Sequence[npt.NDArray[np.generic]]) -> None:
    if len({output.shape for output in outputs}) > 1:
        raise UnjudgeableError(
            "impure", "The function returns arrays of different shapes for inputs of one shape."
        )


def numbers(answer: object, what: str, verb: str = "returned") -> npt.NDArray[np.generic]:
    """Copy an answer into an array of real numbers, of the precision it came in.

    Raises:
        UnjudgeableError: when it is not one array or scalar of real numbers.
    """
    if answer is None:
        raise UnjudgeableError("other", f"{what.capitalize()} {verb} None: is a `return` missing?")
    if isinstance(answer, tuple):
        raise UnjudgeableError(
            "other",
            f"{what.capitalize()} {verb} a tuple of {len(answer)}, where one array is needed: "
            "pick one of its values, as in `lambda x: relu_forward(x)[0]`.",
        )
    try:
        array = np.array(None if isinstance(answer, Opaque) else answer)
    except (ValueError, TypeError):
        array = np.array(None)
    if array.dtype.kind not in "fiub":
        raise UnjudgeableError(
            "other",
            f"{what.capitalize()} {verb} {kind_of(answer)}, where real numbers are needed.",
        )
    return array


@contextmanager
def blame(what: str) -> Iterator[None]:
    """Turn an exception of the student's code into a verdict on it.

    Passed on as they are: `NotImplementedError` (not started), `MemoryError`, and what the sandbox raises for
    limits and crashes, which carries the attribute `autograder_verdict`.
    """
    try:
        yield
    except (NotImplementedError, MemoryError, UnjudgeableError):
        raise
    except Exception as error:
        if hasattr(error, "autograder_verdict"):
            raise
        sentence = stumbled(error) or f"{what.capitalize()} raised {type(error).__name__}: {error}"
        raise UnjudgeableError("other", sentence, error) from error
