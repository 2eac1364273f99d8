"""Modules that would have their backward passes judged by their own forward passes.

All of them are the reference of a topic, with backward passes that return zeros: what that alone is worth is
honest. On top of that come the tricks, each a function with a sentence on what it tries.
`python -m tests.attacks.judging [TOPIC...]` prints what each is worth.
"""

import sys
from collections import defaultdict
from collections.abc import Callable
from fractions import Fraction
from functools import partial

import pytest

from autograder.course.assignment import Assignment
from autograder.grading.run_checks import Recorder, record
from autograder.proxy.channel import DirectChannel
from autograder.scoring import earned
from autograder.seeds import NumberedSeed
from tests.student_code import topic

TOPICS = ("losses", "activations", "batchnorm", "dropout", "cnn", "training")

_ZEROS = """

import copy as _copy
import sys as _sys

_LOSSES = ("svm_loss", "softmax_loss")
_NETS = ("TwoLayerNet", "FullyConnectedNet", "ThreeLayerConvNet", "MiniVGG")


def _zeros(value):
    if isinstance(value, dict):
        return {key: _zeros(part) for key, part in value.items()}
    return tuple(map(_zeros, value)) if isinstance(value, tuple) else np.zeros(np.shape(value))


def _with_zeros(function):
    return lambda *arguments: _zeros(function(*arguments))


def _loss_with_zeros(function):
    def loss(*arguments):
        answer = function(*arguments)
        return (answer[0], _zeros(answer[1])) if isinstance(answer, tuple) else answer

    return loss


for _name, _value in list(globals().items()):
    if "_backward" in _name:
        globals()[_name] = _with_zeros(_value)
    elif _name.startswith(_LOSSES):
        globals()[_name] = _loss_with_zeros(_value)
    elif _name in _NETS:
        _value.loss = _loss_with_zeros(_value.loss)
"""

_TRICKS = """

def _arrays(values):
    for value in values:
        if isinstance(value, dict):
            yield from _arrays(value.values())
        elif hasattr(value, "params"):
            yield from _arrays(value.params.values())
        elif isinstance(value, np.ndarray) and value.dtype.kind == "f":
            yield value


def _beside(one, other):
    if [a.shape for a in one] != [a.shape for a in other]:
        return False
    moved = [np.abs(a - b).max(initial=0) / max(1, np.abs(b).max(initial=0)) for a, b in zip(one, other)]
    return 0 < max(moved, default=0) < 2e-3


def _is_differenced():
    frame = _sys._getframe()
    while frame is not None and frame.f_code.co_name != "evaluate_all":
        frame = frame.f_back
    return frame is not None


def _tricky(function):
    seen = []

    def forward(*arguments):
        now = [array.copy() for array in _arrays(arguments)]
        for before, answer in seen:
            if _beside(now, before):
                return answer
        answer = _first(function(*arguments))
        seen.append((now, answer))
        return answer

    return forward


for _name, _value in list(globals().items()):
    if "_forward" in _name or _name.startswith(_LOSSES):
        globals()[_name] = _tricky(_value)
    elif _name in _NETS:
        _value.loss = _tricky(_value.loss)
"""

_WRONG = """

def _first(answer):
    if not _is_differenced():
        return answer
    return (answer[0] + 0.1 * np.abs(answer[0]).max(), *answer[1:])
"""


def right_with_zeros(assignment: Assignment) -> str:
    """No trick at all: right forward passes, and zeros."""
    return assignment.reference.read_text(encoding="utf-8") + _ZEROS


def constant_beside_the_input(assignment: Assignment) -> str:
    """The forward is right, and beside an input that it has seen it answers as it did there."""
    return right_with_zeros(assignment) + "\n\ndef _first(answer):\n    return answer\n" + _TRICKS


def wrong_and_constant(assignment: Assignment) -> str:
    """The same, and where it is asked for many inputs at once the answer is wrong from the first on."""
    return right_with_zeros(assignment) + _WRONG + _TRICKS


def zeros_everywhere(assignment: Assignment) -> str:
    """The layers return zeros forwards as well, and the nets are made of them."""
    return right_with_zeros(assignment) + _ZEROS.replace("_backward", "_forward")


ATTACKS: tuple[Callable[[Assignment], str], ...] = (
    constant_beside_the_input,
    wrong_and_constant,
    zeros_everywhere,
)


class _WithoutTraining(Recorder):
    """Runs all checks but those that train for long: zeros teach nobody anything, with tricks or without."""

    def in_turn(self) -> list[pytest.Item]:
        for item in [item for item in self.case_of if self._is_long(item.name)]:
            del self.case_of[item]
        return super().in_turn()

    @staticmethod
    def _is_long(name: str) -> bool:
        return any(word in name for word in ("digits", "without_loops", "worked_out", "solver", "transfer"))


def worth(module: str, assignment: Assignment) -> dict[str, Fraction]:
    """The points of each check that is run; quick: without a sandbox, and no mistake is named."""
    opened = {"": partial(DirectChannel, module, assignment.name)}
    verdicts = defaultdict(list)
    for case in record(_WithoutTraining(opened, None), assignment, NumberedSeed(0)):
        verdicts[case.spec].append(case.verdict)
    return {spec.id: earned(spec.points, found) for spec, found in verdicts.items()}


if __name__ == "__main__":
    for name in sys.argv[1:] or TOPICS:
        honest = worth(right_with_zeros(topic(name)), topic(name))
        print(name, "zeros:", float(sum(honest.values())), {k: float(v) for k, v in honest.items() if v})
        for attack in ATTACKS:
            points = worth(attack(topic(name)), topic(name))
            more = {check: str(p - honest[check]) for check, p in points.items() if p != honest[check]}
            print(f"  {attack.__name__}: {float(sum(points.values()))} {more}")
