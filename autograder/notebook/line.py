"""An output of a notebook's cell that is written over, and how far a long loop is."""

import sys
import time
from collections.abc import Collection, Iterator, Mapping
from itertools import count
from typing import TypeVar

T = TypeVar("T")

#: Seconds before a loop says anything, and between two things that it says.
_PATIENCE, _BETWEEN = 1.0, 0.5
_NUMBERS = count(1)


class Line:
    """An output that each `show` replaces; outside a notebook nothing is shown before the end."""

    def __init__(self) -> None:
        self._id = f"autograder-{next(_NUMBERS)}"
        self._shown = False
        self._last = -_BETWEEN

    def tell(self, text: str) -> None:
        """Show a text, unless another one was shown just now."""
        now = time.monotonic()
        if in_notebook() and now - self._last >= _BETWEEN:
            self._last = now
            self.show({"text/plain": text})

    def show(self, content: Mapping[str, str]) -> None:
        """Show content, by its kinds; outside a notebook print its text."""
        if not in_notebook():
            print(content["text/plain"])
            return
        from IPython.display import display

        display(dict(content), raw=True, display_id=self._id, update=self._shown)
        self._shown = True


def progress(steps: Collection[T], what: str) -> Iterator[T]:
    """Give the steps one after the other; if they take long, show how many are done.

    Args:
        steps: to go through.
        what: what takes so long, in a word or two.
    """
    line, began = Line(), time.monotonic()
    told = False
    for done, step in enumerate(steps):
        if time.monotonic() - began > _PATIENCE:
            told = True
            line.tell(f"{what}: {done} of {len(steps)}")
        yield step
    if told and in_notebook():
        line.show({"text/plain": f"{what}: done in {time.monotonic() - began:.0f} s"})


def in_notebook() -> bool:
    """Whether this process is the kernel of a notebook."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return getattr(shell, "kernel", None) is not None
