"""Signs in a submission for the instructor to look at. They cost no points, as each may have honest reasons.

The source is read line by line and never parsed: Python's own parser can be made to crash, or to take all
memory, and here it would take the grader with it.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import chain, islice

#: Packages that differentiate or train by themselves; grading offers none of them.
_SHORTCUTS = {"autograd", "jax", "keras", "paddle", "scipy", "sklearn", "tensorflow", "tinygrad", "torch"}
#: Bytes that are looked at; a long module is a tenth of that.
_MOST = 2**20
_MOST_NOTES = 20
_DEFINITION = re.compile(r"def (\w{1,100})")
_CALL = re.compile(r"\b(\w{1,100})\(")
_IMPORT = re.compile(r"(?:import|from) ([\w.]{1,100})")


def notes_on(files: Mapping[str, bytes], module: str) -> tuple[str, ...]:
    """Return a sentence for each sign: measured gradients, shortcuts imported, modules brought along.

    Args:
        files: the submission's, by relative name.
        module: name of the student's module.
    """
    lines = files.get(f"{module}.py", b"")[:_MOST].decode("utf-8", "replace").splitlines()
    return tuple(
        islice(chain(_measured(lines), _imported(lines), _brought_along(files, module)), _MOST_NOTES)
    )


def _measured(lines: list[str]) -> Iterator[str]:
    """Find functions for gradients that call a forward pass, and any that call a numerical gradient."""
    for number, function, line in _with_functions(lines):
        if "numerical" in function:
            continue
        backward = function.endswith("_backward") or "grad" in function
        for called in _CALL.findall(line):
            if "numerical" in called or (backward and called.endswith("_forward")):
                yield (
                    f"{function} calls {called} (line {number}): "
                    "is its gradient worked out, or measured by differences?"
                )


def _with_functions(lines: list[str]) -> Iterator[tuple[int, str, str]]:
    """Give the lines of functions and methods, with their numbers and the outermost function's name."""
    begun: tuple[int, str] | None = None
    for number, line in enumerate(lines, start=1):
        text = line.lstrip()
        if not text or text.startswith("#"):
            continue
        indent = len(line) - len(text)
        if begun is not None and indent <= begun[0]:
            begun = None
        found = _DEFINITION.match(text)
        if found is not None and begun is None:
            begun = (indent, found[1])
        elif begun is not None:
            yield number, begun[1], text


def _imported(lines: list[str]) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        found = _IMPORT.match(line.lstrip())
        if found is not None and found[1].partition(".")[0] in _SHORTCUTS:
            yield f"it imports {found[1]} (line {number}), which is not there when it is graded"


def _brought_along(files: Mapping[str, bytes], module: str) -> Iterator[str]:
    others = sorted(name for name in files if name.endswith(".py") and name != f"{module}.py")
    own = [name for name in others if not name.rpartition("/")[2].startswith(("test_", "conftest"))]
    if own:
        listed = ", ".join(own[:5]) + (" and more" if len(own) > 5 else "")
        yield f"it brings other modules along, which it may import: {listed}"
