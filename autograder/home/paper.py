"""Text for a terminal: wrapped with a hanging indent, in colours and signs where it can show them.

The variables NO_COLOR and FORCE_COLOR decide on colours where they are set, as for other programs.
"""

import os
import shutil
import sys
import textwrap
from typing import TextIO

import click

#: Columns of a line at least and at most: longer ones are hard to read.
_NARROWEST, _WIDEST = 40, 100
_SIGNS = {
    "passed": ("✓", "+"),
    "failed": ("✗", "x"),
    "not started": ("·", "."),
    "full": ("█", "#"),
    "empty": ("░", "-"),
}
_COLOURS = {"passed": "green", "failed": "red", "not started": "bright_black"}


class Paper:
    """Prints lines.

    Args:
        out: where to; standard output if not given. There are no colours anywhere else.
    """

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out
        self.width = max(_NARROWEST, min(shutil.get_terminal_size().columns, _WIDEST))
        self._colours = (
            False if os.environ.get("NO_COLOR") else (True if os.environ.get("FORCE_COLOR") else None)
        )
        if out is not None:
            self._colours = False
        self._plain = not _can_show("".join(signs[0] for signs in _SIGNS.values()), out or sys.stdout)

    def again(self, check: str) -> str:
        """Return how one runs a check again."""
        return f"autograder check {check}"

    def sign(self, name: str) -> str:
        """Return the sign of a verdict, or of a part of a bar."""
        return _SIGNS[name][self._plain]

    def bar(self, share: float, width: int = 10) -> str:
        """Return a bar that is full to a share; never quite full, or empty, where it is not."""
        full = int(share * width)
        full = min(width - 1, max(1, full)) if 0 < share < 1 else full
        return self.sign("full") * full + self.sign("empty") * (width - full)

    def heading(self, text: str, verdict: str = "") -> None:
        """Print a heading, below an empty line."""
        self._print()
        self._print(click.style(text, bold=True, fg=_COLOURS.get(verdict)))

    def say(self, text: str, first: str = "  ", then: str | None = None, verdict: str = "") -> None:
        """Print text; each of its lines is wrapped between words.

        Args:
            text: what to print.
            first: what stands before the first line.
            then: what stands before all others; spaces as long as `first` if not given.
            verdict: whose colour the text has.
        """
        rest = " " * len(first) if then is None else then
        for number, line in enumerate(text.splitlines() or [""]):
            wrapped = textwrap.wrap(
                line,
                self.width,
                initial_indent=rest if number else first,
                subsequent_indent=rest,
                break_long_words=False,
                break_on_hyphens=False,
            )
            for part in wrapped or [""]:
                self._print(click.style(part, fg=_COLOURS.get(verdict)))

    def code(self, text: str, indent: str = "      ") -> None:
        """Print code as it is: a line that is broken could not be pasted."""
        for line in text.splitlines():
            self._print(click.style(indent + line, fg="cyan"))

    def _print(self, line: str = "") -> None:
        click.echo(line, file=self._out, color=self._colours)


def _can_show(signs: str, out: TextIO) -> bool:
    try:
        signs.encode(out.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True
