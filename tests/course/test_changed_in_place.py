"""What a submission changes in place never changes what a check compares its answers with."""

from functools import partial
from pathlib import Path

import pytest

from autograder.course.assignment import Assignment, assignment_names, find_assignment
from autograder.grading.run_checks import run_checks
from autograder.proxy.channel import DirectChannel
from autograder.seeds import NumberedSeed
from autograder.verdicts import CheckVerdict

ROOT = Path(__file__).parents[2]
#: Every function returns zeros for numbers (of several values, for all or the first), after it has made zeros
#: of all that it was given, or before.
SPOILT = """

import types as _types

import numpy as _np


def _emptied(value):
    if isinstance(value, _np.ndarray) and value.flags.writeable:
        value[...] = 0
    if isinstance(value, (dict, list, tuple)):
        for part in value.values() if isinstance(value, dict) else value:
            _emptied(part)


def _zeros(value):
    if isinstance(value, tuple):
        return tuple(_zeros(part) if ALL or i == 0 else part for i, part in enumerate(value))
    return 0 * value if isinstance(value, (float, int, _np.ndarray, _np.generic)) else value


def _spoilt(function):
    def spoilt(*arguments, **keywords):
        result = _zeros(function(*arguments, **keywords))
        if EMPTIED:
            _emptied([*arguments, *keywords.values()])
        return result

    return spoilt


for _name, _value in list(globals().items()):
    if isinstance(_value, _types.FunctionType) and not _name.startswith("_"):
        globals()[_name] = _spoilt(_value)
"""


def passed(topic: Assignment, **settings: bool) -> set[str]:
    lines = "\n".join(f"{name} = {value}" for name, value in settings.items())
    source = f"{topic.reference.read_text('utf-8')}\n{lines}\n{SPOILT}"
    cases = run_checks(topic, {"": partial(DirectChannel, source, topic.name)}, NumberedSeed(0))
    return {case.name for case in cases if case.verdict == CheckVerdict.PASSED}


def passed_by_zeros(topic: Assignment, emptied: bool) -> set[str]:
    """Return the cases that pass where zeros come back in place of all numbers, or of the first value's."""
    return passed(topic, ALL=True, EMPTIED=emptied) | passed(topic, ALL=False, EMPTIED=emptied)


def marks(name: str) -> list[pytest.MarkDecorator]:
    """The two quickest topics in `make test-long`, those that train by hand."""
    return [pytest.mark.long, *([] if name in ("activations", "losses") else [pytest.mark.by_hand])]


@pytest.mark.parametrize("name", [pytest.param(n, marks=marks(n)) for n in assignment_names(ROOT)])
def test_zeros_are_no_righter_where_all_that_was_given_is_zero(name: str) -> None:
    topic = find_assignment(name, ROOT)
    assert passed_by_zeros(topic, emptied=True) <= passed_by_zeros(topic, emptied=False)
