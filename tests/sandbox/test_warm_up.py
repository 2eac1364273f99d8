"""The warm-up before a check: it does what a check will do, and nobody can tell afterwards."""

import random
import sys
from typing import Any

import numpy as np

from autograder.sandbox.inside.messages import Ok
from autograder.sandbox.inside.warm_up import warm_up


def _traces() -> list[Any]:
    """What a student's code could see of it."""
    return [sorted(sys.modules), random.getstate(), repr(np.random.get_state()), np.geterr()]


def test_the_warm_up_succeeds_and_leaves_no_trace() -> None:
    before = _traces()
    reply = warm_up()
    assert isinstance(reply, Ok)
    assert reply.changed == []
    assert np.isclose(reply.value[1], np.log(4))
    assert _traces() == before
