"""What the command asks of the process that runs the checks."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Job:
    """Which checks to run, and how long.

    Attributes:
        checks: the file of checks, `test_<topic>.py`.
        names: functions of the student's and names of checks, of which at least one must fit; empty for all.
        keyword: an expression as pytest's `-k` takes it; may be empty.
        finished: node ids of the cases that have run already.
        shortened: seconds that a function may still run, by name, after it was stopped once.
        only_load: whether the file is only executed, and no check runs.
    """

    checks: str
    names: list[str] = field(default_factory=list)
    keyword: str = ""
    finished: list[str] = field(default_factory=list)
    shortened: dict[str, float] = field(default_factory=dict)
    only_load: bool = False

    @property
    def module(self) -> Path:
        """The student's file."""
        checks = Path(self.checks)
        return checks.with_name(checks.name.removeprefix("test_"))

    def to_text(self) -> str:
        """Return it as JSON."""
        return json.dumps(asdict(self))

    @staticmethod
    def from_text(text: str) -> "Job":
        """Return what JSON tells."""
        return Job(**json.loads(text))
