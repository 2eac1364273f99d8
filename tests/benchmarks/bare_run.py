"""Run an assignment's checks in this process, on the module imported directly, without pytest's machinery.

`python bare_run.py FOLDER_OF_SOLUTIONS MODULE_FILE`: what a grader's time is compared with. Nothing is
isolated, nothing is recorded; a check that fails ends it. `plain_course.py` has notebooks do the same.
"""

import inspect
import itertools
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from autograder.home.module import load_module
from autograder.sandbox.inside.student_calls import Over, count_lines

Parameters = dict[str, Any]


class BareChecks:
    """The checks of `folder`, to be run on the module in `module_file`."""

    def __init__(self, folder: Path, module_file: Path) -> None:
        student, reference = load_module(module_file), load_module(folder / f"{folder.name}.py")
        for value in vars(student).values():
            if inspect.isfunction(value):
                value.over, value.lines = partial(Over, value), partial(count_lines, value)  # type: ignore[attr-defined]
        checks = vars(load_module(folder / f"test_{folder.name}.py"))
        self.by_name = {name: check for name, check in checks.items() if name.startswith("test_")}
        self._given = {"student": student, "reference": reference}

    def run(self, name: str) -> None:
        """Run all cases of one check; what it raises says that it failed."""
        check = self.by_name[name]
        for number, parameters in enumerate(_cases(check)):
            fixtures = {**self._given, "rng": np.random.default_rng(number), **parameters}
            check(**{key: fixtures[key] for key in inspect.signature(check).parameters})


def _cases(check: Any) -> Iterator[Parameters]:
    """The parameters of a check's cases, as pytest would multiply them out."""
    marks = [mark for mark in getattr(check, "pytestmark", []) if mark.name == "parametrize"]
    axes = [_axis(*mark.args) for mark in marks]
    for chosen in itertools.product(*axes):
        yield {name: value for part in chosen for name, value in part.items()}


def _axis(names: str | list[str], rows: list[Any]) -> list[Parameters]:
    keys = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
    values = [getattr(row, "values", row if len(keys) > 1 else (row,)) for row in rows]
    return [dict(zip(keys, row, strict=True)) for row in values]


if __name__ == "__main__":
    bare = BareChecks(Path(sys.argv[1]), Path(sys.argv[2]))
    for check in bare.by_name:
        bare.run(check)
