"""Run an assignment's checks in this process, on the module imported directly, without pytest's machinery.

`python bare_run.py FOLDER_OF_SOLUTIONS MODULE_FILE`: what a grader's time is compared with. Nothing is
isolated, nothing is recorded; a check that fails ends it.
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
from autograder.sandbox.inside.evaluate import Over, count_lines

Parameters = dict[str, Any]


def cases(check: Any) -> Iterator[Parameters]:
    """The parameters of a check's cases, as pytest would multiply them out."""
    marks = [mark for mark in getattr(check, "pytestmark", []) if mark.name == "parametrize"]
    axes = [_axis(*mark.args) for mark in marks]
    for chosen in itertools.product(*axes):
        yield {name: value for part in chosen for name, value in part.items()}


def _axis(names: str | list[str], rows: list[Any]) -> list[Parameters]:
    keys = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
    values = [getattr(row, "values", row if len(keys) > 1 else (row,)) for row in rows]
    return [dict(zip(keys, row, strict=True)) for row in values]


def main(folder: Path, module_file: Path) -> None:
    student, reference = load_module(module_file), load_module(folder / f"{folder.name}.py")
    for value in vars(student).values():
        if inspect.isfunction(value):
            value.over, value.lines = partial(Over, value), partial(count_lines, value)  # type: ignore[attr-defined]
    checks = load_module(folder / f"test_{folder.name}.py")
    given = {"student": student, "reference": reference}
    ran = 0
    for name, check in vars(checks).items():
        if name.startswith("test_"):
            for parameters in cases(check):
                fixtures = {**given, "rng": np.random.default_rng(ran), **parameters}
                check(**{key: fixtures[key] for key in inspect.signature(check).parameters})
                ran += 1
    print(ran)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
