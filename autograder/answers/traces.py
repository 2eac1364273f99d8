"""Entries of a traceback, and what of their lines failed."""

import linecache
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType


def entries(trace: TracebackType | None) -> Iterator[TracebackType]:
    """Give the entries of a traceback, the outermost first."""
    while trace is not None:
        yield trace
        trace = trace.tb_next


def file_of(entry: TracebackType) -> Path:
    """Return the file whose code an entry ran."""
    return Path(entry.tb_frame.f_code.co_filename)


def span_of(entry: TracebackType) -> tuple[int | None, int | None, int | None, int | None]:
    """Return where the failing expression stands: its first and last line, and the columns.

    The second column is the one behind it. Columns count bytes of UTF-8 from 0. None where nobody knows it
    (PEP 657).
    """
    return list(entry.tb_frame.f_code.co_positions())[entry.tb_lasti // 2]


def failed_at(entry: TracebackType) -> str:
    """Return the failing expression's text, without its line breaks; empty where nobody knows it."""
    begin, end, left, right = span_of(entry)
    if begin is None or end is None:
        return ""
    lines = [line.encode() for line in linecache.getlines(str(file_of(entry)))[begin - 1 : end]]
    if lines:
        lines[-1] = lines[-1][:right]
        lines[0] = lines[0][left:]
    return " ".join(b"".join(lines).decode("utf-8", "replace").split())
