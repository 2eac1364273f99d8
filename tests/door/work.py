"""Right work, and what students make of it."""

import io
import json
import zipfile
from collections.abc import Iterable
from pathlib import Path
from textwrap import dedent, indent

from autograder.variants.module_text import ModuleText
from tests.door.row import Files

ROOT = Path(__file__).resolve().parents[2]


def reference(topic: str) -> ModuleText:
    """The reference of a topic, as a student would hand it in."""
    return ModuleText((ROOT / "solutions" / topic / f"{topic}.py").read_text(encoding="utf-8"))


def skeleton(topic: str) -> str:
    """What students receive."""
    return (ROOT / "assignments" / topic / f"{topic}.py").read_text(encoding="utf-8")


LOSSES = reference("losses")
RIGHT = LOSSES.source
SKELETON = skeleton("losses")
_NUMPY = "import numpy as np\n"


def losses(text: str = RIGHT, **others: str) -> Files:
    """The module under its right name, and other modules beside it."""
    return {"losses.py": text.encode(), **{f"{name}.py": other.encode() for name, other in others.items()}}


def numpy_by(text: str) -> str:
    """Right work that comes by its NumPy in another way."""
    return RIGHT.replace(_NUMPY, dedent(text).lstrip("\n"), 1)


def with_head(text: str) -> str:
    """Right work with more below its imports."""
    return RIGHT.replace(_NUMPY, _NUMPY + dedent(text), 1)


def with_end(text: str) -> str:
    """Right work with more at its end."""
    return RIGHT + "\n\n" + dedent(text).lstrip("\n")


def with_function(name: str, text: str) -> str:
    """Right work, but for one function or class."""
    return LOSSES.with_parts({name: dedent(text).strip("\n")}, preamble="")


def edited(function: str, old: str, new: str, head: str = "") -> str:
    """Right work, but for a text within a function or class, that occurs once there."""
    text = LOSSES.text_of(function)
    assert text.count(old) == 1, (function, old)
    changed = LOSSES.with_parts({function: text.replace(old, new)}, preamble="")
    return changed.replace(_NUMPY, _NUMPY + dedent(head), 1)


def begun_with(function: str, line: str, head: str = "") -> str:
    """Right work, where the body of a function begins with more."""
    text = LOSSES.text_of(function)
    end = text.index('"""', text.index('"""') + 3) + 3
    return edited(function, text, f"{text[:end]}\n{indent(dedent(line).strip(), '    ')}{text[end:]}", head)


def renamed(old: str, new: str) -> str:
    """Right work, where a function goes by another name."""
    return RIGHT.replace(old, new)


def line_of(text: str, part: str) -> int:
    """The number of the first line with that part in it."""
    return next(n for n, line in enumerate(text.splitlines(), start=1) if part in line)


def zipped(files: Files, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these files."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", compression) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return content.getvalue()


def notebook(cells: Iterable[str], markdown: str = "# Losses") -> bytes:
    """A notebook with these cells of code."""
    code = [
        {"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": [], "source": cell}
        for cell in cells
    ]
    content = {
        "cells": [{"cell_type": "markdown", "metadata": {}, "source": markdown}, *code],
        "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}},
        "nbformat": 4,
        "nbformat_minor": 4,
    }
    return json.dumps(content, indent=1).encode()
