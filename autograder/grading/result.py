"""The result of grading one submission, as it stands in `grade.json`."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from math import isfinite
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from autograder.files import code_of
from autograder.printable import as_json
from autograder.verdicts import CheckVerdict, SubmissionVerdict


@dataclass(frozen=True)
class CheckResult:
    """What one check said of one submission.

    Attributes:
        id: the check's function name.
        title: the first line of its docstring.
        points: earned.
        max_points: that could be earned.
        hidden: whether the student does not have the check.
        verdict: passed, failed, not started, timeout, memory, crashed or missing.
        rationale: what was wrong, for the student.
        details: what the instructor reads.
        misconception: name of the known mistake that the student's output equals, if any; of several the one
            that explains most.
        help: what to try, for the student: the hint of that mistake, then that of each other one;
            empty where there is none.
        exact_points: earned, before rounding, as a fraction such as `15/7`; these sum to the score.
    """

    id: str
    title: str
    points: float
    max_points: float
    hidden: bool
    verdict: CheckVerdict
    rationale: str
    details: str
    misconception: str | None = None
    help: str = ""
    exact_points: str = field(kw_only=True)

    @property
    def advice(self) -> str:
        """The help, introduced by what it is about; empty where there is none."""
        return f"This is what a known mistake gives: {self.help}" if self.help else ""

    @property
    def feedback(self) -> str:
        """All that the student reads, in one text."""
        return f"{self.rationale} {self.advice}" if self.help else self.rationale


@dataclass(frozen=True)
class Manifest:
    """What a grade is a function of."""

    submission: str
    course: str
    seed_fingerprint: str


@dataclass(frozen=True)
class Grade:
    """One submission's result. Equal inputs give equal bytes (`to_json`).

    Attributes:
        student: name of the folder or archive the submission came in, or what the platform calls the student.
        assignment: the topic.
        verdict: graded, unreadable, infrastructure or nothing handed in.
        feedback: a sentence on the submission as a whole; empty when there is nothing to say.
        score: sum of the points earned, summed exactly and rounded once.
        max_score: sum of the points that could be earned.
        checks: one result per check, in the order of the file.
        manifest: digests, and the seed's fingerprint.
        run: environment and timings, for `run.json`; no part of the grade itself.
        notes: signs in the submission for the instructor to look at; they cost no points.
        taken: which file was graded, where it has another name than the module; part of `feedback`.
    """

    student: str
    assignment: str
    verdict: SubmissionVerdict
    feedback: str
    score: float
    max_score: float
    checks: tuple[CheckResult, ...]
    manifest: Manifest
    run: Mapping[str, Any] = field(default_factory=dict, compare=False)
    notes: tuple[str, ...] = ()
    taken: str = ""

    @property
    def code(self) -> str:
        """The short form of the submission's digest, as `autograder pack` prints it; empty without one."""
        return "" if self.verdict == SubmissionVerdict.ABSENT else code_of(self.manifest.submission)

    def to_json(self) -> str:
        """Return the text of `grade.json`."""
        content = asdict(self) | {"code": self.code}
        del content["run"]
        for check, written in zip(self.checks, content["checks"], strict=True):
            written["feedback"] = check.feedback
        return as_json(content)

    @classmethod
    def from_json(cls, text: str) -> "Grade":
        """Read what `to_json` wrote.

        Raises:
            ValueError, KeyError, TypeError, AttributeError, RecursionError: the text is not a grade.
        """
        content = json.loads(text)
        written, notes = content.pop("checks"), content.pop("notes", [])
        content.pop("code", None)  # it follows from the manifest
        if not (isinstance(written, list) and isinstance(notes, list)):
            raise TypeError("checks and notes should be lists")
        for check in written:
            del check["feedback"]  # it follows from the other fields
        checks = tuple(CheckResult(verdict=CheckVerdict(check.pop("verdict")), **check) for check in written)
        verdict = SubmissionVerdict(content.pop("verdict"))
        manifest = Manifest(**content.pop("manifest"))
        grade = cls(verdict=verdict, checks=checks, manifest=manifest, notes=tuple(notes), **content)
        _expect_types(grade)
        _expect_types(manifest)
        for check in checks:
            _expect_types(check)
        return grade


def _expect_types(one: Grade | CheckResult | Manifest) -> None:
    """Raise `TypeError` where a field read from a file holds a value of another type than it should."""
    hints = get_type_hints(type(one))
    for name, value in vars(one).items():
        if not _is_of(value, hints[name]):
            raise TypeError(f"{name} is of type {type(value).__name__}")


def _is_of(value: object, hint: Any) -> bool:
    if hint is float:
        return type(value) in (int, float) and isfinite(value)  # type: ignore[arg-type]
    arguments = get_args(hint)
    match get_origin(hint):
        case None:
            return isinstance(value, hint)
        case origin if origin is tuple:
            return isinstance(value, tuple) and all(_is_of(held, arguments[0]) for held in value)
        case origin if origin is UnionType:
            return any(_is_of(value, argument) for argument in arguments)
        case origin:
            return isinstance(value, origin)
