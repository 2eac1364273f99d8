"""The student's module at home: the real one, so that breakpoints and tracebacks work."""

import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FunctionType, ModuleType

from autograder.answers import Answers
from autograder.compiling import compiled
from autograder.forbidden import forbidden_in, handles_in
from autograder.home.calls import Calls
from autograder.home.crossing import Crossing
from autograder.home.imports import without
from autograder.home.promises import promises_at_home
from autograder.home.watched import WatchedModule
from autograder.sandbox.inside.student_calls import Over, count_lines
from autograder.verdicts import StudentCrashError


def load_module(path: Path) -> ModuleType:
    """Execute the file as a module named like it and return it.

    Args:
        path: the file.

    Raises:
        StudentCrashError: there is no such file, or the file ends the program.
        Exception: whatever the file itself raises.
    """
    if not path.is_file():
        raise StudentCrashError(f"there is no file {path.name} in {path.parent}; put it beside the checks")
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    with _registered(module):  # as in any import: a dataclass looks its own module up
        try:
            exec(compiled(path.read_bytes(), str(path)), module.__dict__)
        except SystemExit as error:  # pytest would not tidy up after it
            raise StudentCrashError(
                f"{path.name} ends the program when it is imported; take out its exit(), quit() or sys.exit()"
            ) from error
    return module


@contextmanager
def student_module(path: Path) -> Iterator[ModuleType]:
    """Execute the student's module afresh and yield it, for one check.

    It can't use the packages that it lists itself as forbidden, as in grading. Each of its public functions
    also has `.over(...)` and `.lines(...)`, as the functions of the proxy have.
    """
    with _neighbours(path.parent), without(forbidden_in(path), path.parent):
        module = load_module(path)
        for name, value in vars(module).items():
            if isinstance(value, FunctionType) and not name.startswith("_"):
                value.__dict__["over"] = partial(Over, value)
                value.__dict__["lines"] = partial(count_lines, value)
        with _registered(module):
            yield WatchedModule(module, Answers(promises_at_home(path)), Crossing(handles_in(path)), Calls())


@contextmanager
def _registered(module: ModuleType) -> Iterator[None]:
    """Let imports of its name find this module, for the length of a `with` block."""
    before = sys.modules.get(module.__name__)
    sys.modules[module.__name__] = module
    try:
        yield
    finally:
        if before is None:
            sys.modules.pop(module.__name__, None)
        else:
            sys.modules[module.__name__] = before


@contextmanager
def _neighbours(folder: Path) -> Iterator[None]:
    """Let the student's module import modules beside it, after all others; forget them afterwards."""
    known = set(sys.modules)
    sys.path.append(str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))
        for name in set(sys.modules) - known:
            file = getattr(sys.modules[name], "__file__", None)
            if isinstance(file, str) and Path(file).parent == folder:
                del sys.modules[name]
