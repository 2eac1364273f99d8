"""Hidden checks call every backward pass on inputs so large that differences run out of time."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.course.assignment import Assignment, assignment_names, find_assignment
from autograder.grading.run_checks import Recorder, record
from autograder.proxy.channel import CallBack, DirectChannel
from autograder.sandbox.inside import wire
from autograder.sandbox.inside.messages import Call, Ok, Reply, Request
from autograder.seeds import NumberedSeed
from autograder.verdicts import CheckVerdict

ROOT = Path(__file__).parents[2]
#: Entries of the largest gradient: with two forward passes for each, a call would take minutes.
ENOUGH = 50_000


class Sized(DirectChannel):
    """Takes down how many entries the largest array has that each function returns."""

    def __init__(self, source: str, name: str, sizes: dict[str, int]):
        super().__init__(source, name)
        self._sizes = sizes

    def exchange(self, label: str, request: Request, call_back: CallBack) -> Reply:
        reply = super().exchange(label, request, call_back)
        if isinstance(request, Call) and isinstance(reply, Ok):
            function, found = str(request.target[1]), wire.decode(reply.value, lambda *_: 0.0)
            self._sizes[function] = max(self._sizes.get(function, 0), largest(found))
        return reply


def largest(value: Any) -> int:
    return max((largest(v) for v in value), default=0) if isinstance(value, tuple) else int(np.size(value))


def backwards(topic: Assignment) -> list[str]:
    return re.findall(r"^def (\w+_backward\w*)\(", topic.reference.read_text("utf-8"), re.MULTILINE)


class OneCheck(Recorder):
    """Runs one check only."""

    def wanted_by(self, test: str) -> Sequence[str]:
        return super().wanted_by(test) if test.partition("[")[0] == "test_gradients_are_worked_out" else []


TOPICS = [topic for name in assignment_names(ROOT) if backwards(topic := find_assignment(name, ROOT))]


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_every_backward_is_called_on_a_large_input(topic: Assignment) -> None:
    sizes: dict[str, int] = {}
    source = topic.reference.read_text("utf-8")
    check = OneCheck({"reference": lambda: Sized(source, topic.name, sizes)}, None)
    cases = record(check, topic, NumberedSeed(0))
    assert all(case.spec.hidden for case in cases)
    assert [(case.name, case.message) for case in cases if case.verdict != CheckVerdict.PASSED] == []
    assert {name: sizes.get(name, 0) for name in backwards(topic) if sizes.get(name, 0) < ENOUGH} == {}
