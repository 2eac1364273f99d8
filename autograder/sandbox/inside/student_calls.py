"""What a check may ask of a student's function besides calling it: many inputs at once, lines counted.

At home these act on the function itself. When grading, the proxy offers the same names and the sandboxed
process calls the same code, so that one expression means the same in both places.
"""

import copy
import gc
import sys
import threading
from collections.abc import Callable, Sequence
from types import FrameType
from typing import Any

import numpy as np

#: Files of NumPy's that take more lines for larger arrays, though the caller does not loop.
_UNCOUNTED = ("arrayprint.py", "einsumfunc.py")
#: Python's names for what happens when lines are about to escape the count; of threads from 3.12 on.
_UNCOUNTABLE = {
    "sys.settrace", "sys.setprofile", "_thread.start_new_thread", "_thread.start_joinable_thread",
}  # fmt: skip


def pick(result: Any, output: int | None) -> Any:
    """Return value number `output` of what a function returned, or all of it when `output` is None.

    Raises:
        TypeError: a value is asked for by number, and one number or array was returned in place of several.
    """
    if output is None:
        return result
    if isinstance(result, (float, int, np.number)) or (
        isinstance(result, np.ndarray) and result.dtype != object
    ):
        raise TypeError("it should return several values, but it returned one number or array")
    return result[output]


def evaluate_all(
    function: Callable[..., Any],
    position: int,
    arguments: Sequence[Any],
    output: int | None,
    inputs: Sequence[Any],
) -> list[Any]:
    """Call `function` once per input, each time with fresh copies of all arguments.

    Args:
        function: the student's.
        position: which of the arguments is replaced by each input in turn.
        arguments: all positional arguments.
        output: which returned value to keep, None for all.
        inputs: values for that argument.

    Returns:
        The outputs, in the order of the inputs.
    """
    outputs = []
    for value in inputs:
        fresh = [copy.deepcopy(a) for a in arguments]
        fresh[position] = copy.deepcopy(value)
        outputs.append(pick(function(*fresh), output))
    return outputs


class Over:
    """A student's function seen as a function of one of its arguments: `f(x)`, and `f.map(xs)` for many.

    Made by `student.softmax_loss.over(0, x, y, output=0)`: position 0 varies, the other arguments stay, and
    of what is returned value number 0 is kept.
    """

    def __init__(
        self, function: Callable[..., Any], position: int, *arguments: Any, output: int | None = None
    ):
        self._function = function
        self._position = position
        self._arguments = arguments
        self._output = output

    def __call__(self, x: Any) -> Any:
        """Return the output at `x`."""
        __tracebackhide__ = True
        return self.map([x])[0]

    def map(self, inputs: Sequence[Any]) -> list[Any]:
        """Return the outputs at all inputs."""
        __tracebackhide__ = True
        return evaluate_all(self._function, self._position, self._arguments, self._output, inputs)


class _Watch:
    """Takes down, during a `with` block, what would keep lines from being counted.

    Python never lets go of an audit hook, so there is one for the whole process.
    """

    def __init__(self) -> None:
        self.seen: list[str] = []
        self._looking = self._hooked = False

    def __enter__(self) -> None:
        if not self._hooked:
            sys.addaudithook(self._take_down)
            self._hooked = True
        self.seen, self._looking = [], True

    def __exit__(self, *_: object) -> None:
        self._looking = False

    def _take_down(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self._looking and event in _UNCOUNTABLE:
            self.seen.append(event)


_WATCH = _Watch()


def count_lines(function: Callable[..., Any], *arguments: Any) -> int:
    """Call `function` and return how many Python lines it executed, in whatever file.

    A first, uncounted call takes what happens only once (imports on demand, caches) out of the count. What
    NumPy does to print an array or to plan an einsum is not counted either: it depends on the array's size,
    and neither is a loop of the student's. Garbage is not collected meanwhile, since finalizers and callbacks
    of the collector would be counted too.

    The count is taken in the process that runs the function, so code that sets out to can still falsify it.

    Raises:
        RuntimeError: the function switched the counting off, if only for a while, or started a thread, whose
            lines are not counted.
    """
    function(*copy.deepcopy(arguments))
    fresh = copy.deepcopy(arguments)
    executed = 0

    def count(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal executed
        if event == "call" and _planning_or_printing(frame):
            return None
        if event in ("line", "call"):
            executed += 1
        return count

    before, in_threads, collecting = sys.gettrace(), threading.gettrace(), gc.isenabled()
    gc.disable()
    with _WATCH:
        threading.settrace(count)  # a new thread will use `sys.settrace`, and so be seen by every Python
        sys.settrace(count)
        _WATCH.seen.clear()  # of our own use; a method in C, which is no line more
        try:
            function(*fresh)
            intact = sys.gettrace() is count and not _WATCH.seen
        finally:
            sys.settrace(before)
            threading.settrace(in_threads)
            if collecting:
                gc.enable()
    if not intact:
        raise RuntimeError("the function starts a thread or uses sys.settrace, so its lines can't be counted")
    return executed


def _planning_or_printing(frame: FrameType | None) -> bool:
    """Return whether the frame is NumPy's own, on behalf of one of those files."""
    while frame is not None and "numpy" in frame.f_code.co_filename:
        if frame.f_code.co_filename.endswith(_UNCOUNTED):
            return True
        frame = frame.f_back
    return False
