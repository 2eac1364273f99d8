"""Whether a student's file can be executed at all."""

import traceback

from autograder.compiling import compiled
from autograder.home.events import Place, Unloadable
from autograder.home.module import student_module
from autograder.home.places import Source


def problem_of(source: Source) -> Unloadable | None:
    """Execute a file once; return what keeps it from being executed, None where nothing does."""
    if not source.path.is_file():
        return Unloadable(f"there is no {source.path.name} beside the checks", Place("", 0, ""), 0)
    try:
        compiled(source.path.read_bytes(), str(source.path))
    except SyntaxError as error:
        place = Place("", error.lineno or 0, (error.text or "").rstrip("\n"))
        return Unloadable(f"{type(error).__name__}: {error.msg}", place, error.offset or 0)
    try:
        with student_module(source.path):
            return None
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        place = source.innermost(error.__traceback__) or Place("", 0, "")
        last = traceback.format_exception_only(error)[-1].strip()
        return Unloadable(last, place, 0)
