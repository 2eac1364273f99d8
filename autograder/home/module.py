"""The student's module at home: the real one, so that breakpoints and tracebacks work."""

import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FunctionType, ModuleType

from autograder.sandbox.inside.evaluate import Over, count_lines
from autograder.verdicts import StudentCrashError

__all__ = ["load_module", "student_module"]


def load_module(path: Path) -> ModuleType:
    """Execute the file as a module named like it and return it.

    Raises:
        StudentCrashError: there is no such file.
        Exception: whatever the file itself raises.
    """
    if not path.is_file():
        raise StudentCrashError(f"there is no file {path.name} in {path.parent}; put it beside the checks")
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@contextmanager
def student_module(path: Path) -> Iterator[ModuleType]:
    """Give the student's module, executed anew, for the length of one check.

    Every public function of it also offers `.over(...)` and `.lines(...)`, as the proxy's do.
    """
    before = sys.modules.get(path.stem)
    module = load_module(path)
    module.__dict__["__autograder_student__"] = True
    for name, value in vars(module).items():
        if isinstance(value, FunctionType) and not name.startswith("_"):
            value.__dict__["over"] = partial(Over, value)
            value.__dict__["lines"] = partial(count_lines, value)
    sys.modules[path.stem] = module
    try:
        yield module
    finally:
        if before is None:
            sys.modules.pop(path.stem, None)
        else:
            sys.modules[path.stem] = before
