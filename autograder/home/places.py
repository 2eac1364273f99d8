"""Where in the student's file something happens."""

import traceback
from pathlib import Path
from types import FrameType, TracebackType

from autograder.answers import entries, source_line, span_of, written_in
from autograder.home.events import Place


class Source:
    """A student's file.

    Args:
        path: of it.
    """

    def __init__(self, path: Path):
        self.path = path
        self.text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
        self.written = written_in(self.text)

    def place(self, function: str, line: int) -> Place:
        """Return a line of the file."""
        return Place(function, line, source_line(self.text, line))

    def start_of(self, function: str) -> Place:
        """Return the first line of a function or class."""
        return self.place(function, self.written[function].line if function in self.written else 0)

    def innermost(self, trace: TracebackType | None) -> Place | None:
        """Return the last line of the file that a traceback passes through."""
        own = [(f, n) for f, n in traceback.walk_tb(trace) if self.holds(f)]
        return self.place(named(own[-1][0]), own[-1][1]) if own else None

    def carets(self, trace: TracebackType | None) -> str:
        """Return what to print below that line, without its indentation: carets below what failed in it.

        Empty where that is all of the line, or nobody knows.
        """
        own = [entry for entry in entries(trace) if self.holds(entry.tb_frame)]
        if not own:
            return ""
        first, last, left, right = span_of(own[-1])
        if first != own[-1].tb_lineno or left is None or right is None:
            return ""
        line = (self.text.splitlines()[first - 1 : first] or [""])[0].rstrip()
        code, indent = line.encode(), len(line) - len(line.lstrip())
        begin = len(code[:left].decode(errors="replace"))  # columns count bytes
        end = len(code[:right].decode(errors="replace")) if last == first else len(line)
        marked = end - begin
        return " " * (begin - indent) + "^" * marked if 0 < marked < len(line) - indent else ""

    def holds(self, frame: FrameType) -> bool:
        """Return whether a frame runs code of the file."""
        return Path(frame.f_code.co_filename) == self.path

    def in_order(self, functions: list[str]) -> list[str]:
        """Return names in the order in which they stand in the file; those that are missing come last."""
        end = len(self.text)
        return sorted(functions, key=lambda f: self.written[f].line if f in self.written else end)


def named(frame: FrameType) -> str:
    """Return the name of the function or method that a frame runs; of a nested one, the outer one's."""
    return frame.f_code.co_qualname.partition(".<locals>")[0]
