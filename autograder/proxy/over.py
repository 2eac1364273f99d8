"""Many evaluations of a student's function in few exchanges."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from autograder.proxy.errors import garbled
from autograder.sandbox.inside.messages import Map
from autograder.sandbox.inside.sparse_stack import thicken, thin
from autograder.sandbox.inside.wire import Encoded

if TYPE_CHECKING:
    from autograder.proxy.student import Session

#: Bytes of inputs that `map` sends at once; well under a frame, and enough that the exchange costs little.
_MAP_BYTES = 4 * 2**20


class Over:
    """A student's function of one argument: `f(x)`, and `f.map(xs)` for many inputs in few exchanges.

    Args:
        session: the conversation with the student's code.
        label: what the function is called.
        make: the request for encoded inputs.
        reference: gives the same function of the reference; None where there is none.
    """

    def __init__(
        self,
        session: "Session",
        label: str,
        make: Callable[[Encoded], Map],
        reference: Callable[[], Callable[[Any], Any]] | None,
    ):
        self._reference = reference
        self._session = session
        self._label = label
        self._make = make

    @property
    def documented(self) -> Callable[[Any], Any] | None:
        """The same function of the reference, which runs here; None where there is none."""
        return None if self._reference is None else self._reference()

    def __call__(self, x: Any) -> Any:
        """Return the output at `x`."""
        __tracebackhide__ = True
        return self.map([x])[0]

    def map(self, inputs: Sequence[Any]) -> list[Any]:
        """Return the outputs at all inputs."""
        __tracebackhide__ = True
        session, outputs = self._session, []
        session.answers.calls(self._label)
        for chunk in _chunks(inputs):
            request = self._make(session.encode(_together(chunk)))
            reply = session.request(self._label, request)
            answered = _apart(session.plain(self._label, reply.value), len(chunk))
            session.note(self._label, answered, request)
            outputs += answered
        return outputs


def _together(inputs: Sequence[Any]) -> tuple[str, Any]:
    first = inputs[0]
    alike = isinstance(first, np.ndarray) and first.ndim and all(
        isinstance(x, np.ndarray) and x.shape == first.shape and x.dtype == first.dtype for x in inputs
    )  # fmt: skip
    return ("stack", thin(np.stack(list(inputs)))) if alike else ("each", list(inputs))


def _chunks(inputs: Sequence[Any]) -> list[Sequence[Any]]:
    if not inputs:
        return []
    size = max(1, _MAP_BYTES // max(1, int(np.asarray(inputs[0]).nbytes)))
    return [inputs[i : i + size] for i in range(0, len(inputs), size)]


def _apart(answer: Any, count: int) -> list[Any]:
    """Undo the stacking of outputs that travelled as one array."""
    kind, sent = answer if isinstance(answer, tuple) and len(answer) == 2 else (None, ())
    try:
        values = sent if kind == "each" else thicken(sent)
    except (TypeError, ValueError) as error:
        raise garbled(f"outputs that are no arrays: {error}") from error
    if kind not in ("array", "scalar", "float", "each") or not isinstance(values, (list, np.ndarray)):
        raise garbled("outputs of no known kind")
    if len(values) != count:
        raise garbled("outputs that do not fit the inputs")
    if kind == "float":
        return [float(v) for v in values]
    return [_frozen(v) for v in values] if kind == "array" else list(values)


def _frozen(value: Any) -> np.ndarray:
    array = np.asarray(value)
    array.flags.writeable = False
    return array
