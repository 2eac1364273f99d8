"""A small class to try the grader on: right, wrong and broken submissions of one assignment."""

import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from autograder.course.assignment import Assignment
from autograder.course.clearing import clear_module
from autograder.errors import UserError
from autograder.variants import load_variants
from autograder.variants.module_text import ModuleText

# A file that no editor would show: the first bytes of a PNG picture, then every byte there is.
NOT_TEXT = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 16


def sample_class(assignment: Assignment) -> dict[str, bytes | None]:
    """Return what each member of the class hands in: the content of `<topic>.py`, or None for no file at all.

    Names say what is in them: `reference`, `correct-<what>`, `misconception-<name>`, `broken-<what>`.
    """
    variants = load_variants(assignment)
    reference = ModuleText(assignment.reference.read_text(encoding="utf-8"))
    texts = {
        "reference": reference.source,
        "correct-noisy": _printing(reference.source, megabytes=1),
        **{f"correct-{variant.name}": variant.source for variant in variants.correct},
        **{f"misconception-{variant.name}": variant.source for variant in variants.misconceptions},
        "broken-skeleton": clear_module(assignment.reference),
        **_broken(reference, assignment.checks.read_text(encoding="utf-8")),
    }
    members = {name: text.encode() for name, text in texts.items()}
    return {**members, "broken-not-text": NOT_TEXT, "broken-no-file": None}


def write_sample_class(folder: Path, topic: str, members: Mapping[str, bytes | None]) -> None:
    """Write one folder per member into `folder`: all of them or none.

    Raises:
        UserError: the folder holds something already, or can't be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise UserError(f"{folder} is not empty; name an empty folder or a new one for the sample class")
        with tempfile.TemporaryDirectory(prefix=".sample-class-", dir=folder.parent) as staging:
            for name, content in members.items():
                Path(staging, name).mkdir()
                if content is not None:
                    Path(staging, name, f"{topic}.py").write_bytes(content)
            for name in members:
                Path(staging, name).rename(folder / name)
    except OSError as error:
        raise UserError(f"can't write {folder}: {error.strerror}") from error


def _broken(reference: ModuleText, checks: str) -> dict[str, str]:
    """Break one late function each, so that all checks of those before it still pass.

    The endless loop goes into the function that the checks mention least: each call takes all its time.
    """
    late = _late_functions(reference, count=4)
    loop, leave, stop, wrong = sorted(late, key=lambda name: len(re.findall(rf"\b{name}\b", checks)))
    return {
        "broken-syntax-error": reference.source + "\n\ndef unfinished(x:\n",
        "broken-endless-loop": _with_body(reference, loop, "while True:\n        pass"),
        "broken-os-exit": _with_body(reference, leave, "import os\n\n    os._exit(0)"),
        "broken-sys-exit": _with_body(reference, stop, "import sys\n\n    sys.exit(0)"),
        "broken-prints-50-mb": _printing(_with_body(reference, wrong, "return 0.0"), megabytes=50),
    }


def _with_body(reference: ModuleText, function: str, body: str) -> str:
    return reference.with_parts({function: f"def {function}(*args, **kwargs):\n    {body}"}, preamble="")


def _printing(source: str, *, megabytes: int) -> str:
    return f'{source}\n\nfor _ in range({megabytes}):\n    print("." * 999_999)\n'


def _late_functions(reference: ModuleText, count: int) -> list[str]:
    """Return the names of the module's last functions, the very last first.

    A function that others of the module use is not among them, as long as there are any others, so that
    breaking one function costs the points of that function only.
    """
    functions = [name for name in reference.names if reference.text_of(name).startswith("def ")][::-1]
    alone = [name for name in functions if reference.users_of([name]) == {name}] or functions
    if not alone:
        raise UserError("the reference has no function at module level that a sample submission could break")
    return [alone[i % len(alone)] for i in range(count)]
