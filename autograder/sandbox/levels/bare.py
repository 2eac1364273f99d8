"""The bare level: a subprocess with resource limits. It stops accidents, not attacks."""

import sys
from dataclasses import dataclass
from pathlib import Path

from autograder.sandbox import interpreter
from autograder.sandbox.levels.level import Launch
from autograder.sandbox.limits import Limits
from autograder.sandbox.packages import font_cache, site_folder


@dataclass(frozen=True)
class Bare:
    """No security boundary: the student's code runs as the user who grades, and sees that user's files."""

    name = "bare"
    rank = 4
    safe = False

    def missing(self) -> str | None:
        """Say that it works wherever processes can be forked."""
        return "processes can't be forked here" if sys.platform == "win32" else None

    def place(self) -> None:
        """Any folder will do."""

    def launch(self, submission: Path, home: Path, control: int, limits: Limits) -> Launch:
        """Return how to start the interpreter itself."""
        packages, fonts = str(site_folder()), font_cache()
        arguments = interpreter.arguments(control, str(interpreter.code_folder().parent), packages)
        return Launch(
            command=[str(interpreter.executable()), *arguments],
            environment=interpreter.environment(str(home)),
            submission=str(submission),
            packages=packages,
            home=str(home),
            fonts=None if fonts is None else str(fonts),
            folder=home,
        )


LEVEL = Bare()
