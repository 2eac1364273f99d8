"""Compiling a module once, though every check executes it anew."""

from functools import lru_cache
from types import CodeType


@lru_cache(maxsize=512)
def compiled(source: str | bytes, file: str) -> CodeType:
    """Return the code of a module; compiling takes longer than most checks do.

    Args:
        source: the module's text, or the bytes of its file.
        file: the name that tracebacks give.

    Raises:
        SyntaxError, ValueError: the source is not Python.
    """
    return compile(source, file, "exec", dont_inherit=True)
