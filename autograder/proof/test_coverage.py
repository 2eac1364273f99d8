"""Which tests and probes enter which functions of the reference, and how long they take."""

import ast
import sys
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import FrameType

import pytest

from autograder.course.assignment import Assignment
from autograder.grading.run_checks import Recorder, record
from autograder.proof.grade_variants import USUAL_SEED
from autograder.proof.probes import ROUNDS, Answers, Probes, answer
from autograder.proxy.channel import CallBack, DirectChannel
from autograder.sandbox.inside.messages import Reply, Request
from autograder.verdicts import CheckVerdict


@dataclass(frozen=True)
class Reach:
    """What the reference does when it is graded.

    Attributes:
        tests: for each test, cheapest first, the first lines of the functions that it enters.
        probes: the same for each probe.
        answers: what the reference answers to each probe.
        slowest: CPU seconds that the reference uses in its slowest test.
    """

    tests: Mapping[str, frozenset[int]]
    probes: Mapping[str, frozenset[int]]
    answers: Mapping[str, list[Answers]]
    slowest: float


class _Watched(DirectChannel):
    """Records which functions of the module are entered, and the CPU time."""

    def __init__(self, source: str, name: str):
        super().__init__(source, name)
        self.entered: set[int] = set()
        self.seconds = 0.0
        self._file = f"{name}.py"

    def exchange(self, label: str, request: Request, call_back: CallBack) -> Reply:
        """Answer the request, watched."""
        before = time.process_time()
        sys.setprofile(self._note)
        try:
            return super().exchange(label, request, call_back)
        finally:
            sys.setprofile(None)
            self.seconds += time.process_time() - before

    def _note(self, frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code.co_filename == self._file:
            self.entered.add(frame.f_code.co_firstlineno)


class _InFilesOrder(Recorder):
    """Runs the cases in the order in which they stand in the file, so that the channels have it too."""

    def in_turn(self) -> list[pytest.Item]:
        """Return them as they stand there."""
        return list(self.case_of)


def find_reach(assignment: Assignment, probes: Probes) -> Reach:
    """Grade the reference and run the probes on it, in this process, and watch.

    A test that the reference fails is left out: that mutants fail it says nothing.
    """
    source = assignment.reference.read_text(encoding="utf-8")
    channels: list[_Watched] = []

    def channel() -> _Watched:
        channels.append(_Watched(source, assignment.name))
        return channels[-1]

    cases = record(_InFilesOrder({"reference": channel}, None), assignment, USUAL_SEED)
    watched = {
        case.name: own
        for case, own in zip(cases, channels, strict=True)
        if case.verdict == CheckVerdict.PASSED
    }
    entered: dict[str, frozenset[int]] = {}
    answers: dict[str, list[Answers]] = {}
    for name, probe in probes.by_name.items():
        rounds = [channel() for _ in range(ROUNDS)]
        answers[name] = [
            answer(name, probe, i, own, assignment.name, assignment.handles) for i, own in enumerate(rounds)
        ]
        entered[name] = frozenset().union(*(own.entered for own in rounds))
    return Reach(
        tests={n: frozenset(c.entered) for n, c in sorted(watched.items(), key=lambda nc: nc[1].seconds)},
        probes=entered,
        answers=answers,
        slowest=max((c.seconds for c in watched.values()), default=0.0),
    )


def entering(entered: Mapping[str, frozenset[int]], source: str, names: Collection[str]) -> list[str]:
    """Return who enters one of these top-level functions or classes of the module."""
    definitions = (n for n in ast.parse(source).body if isinstance(n, ast.FunctionDef | ast.ClassDef))
    spans = [_lines_of(n) for n in definitions if n.name in names]
    return [name for name, lines in entered.items() if any(line in span for line in lines for span in spans)]


def reaching(entered: Mapping[str, frozenset[int]], source: str, lines: Sequence[int]) -> list[list[str]]:
    """Return, for each line of the module, who enters the innermost function around it."""
    spans = [_lines_of(n) for n in ast.walk(ast.parse(source)) if isinstance(n, ast.FunctionDef)]
    heads = [max((span.start for span in spans if line in span), default=0) for line in lines]
    return [[name for name, firsts in entered.items() if head in firsts] for head in heads]


def only_imports(code: str) -> bool:
    """Whether code can change nothing that it does not touch."""
    return all(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.parse(code).body)


def _lines_of(node: ast.FunctionDef | ast.ClassDef) -> range:
    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    return range(first, (node.end_lineno or 0) + 1)
