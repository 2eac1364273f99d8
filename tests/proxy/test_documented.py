"""When grading, a function that is looked at for many inputs brings the reference's with it."""

from types import ModuleType

import numpy as np

from autograder.proxy.channel import DirectChannel
from autograder.proxy.student import StudentProxy
from autograder.proxy.transcript import Transcript

SOURCE = """
import numpy as np


def scale(x, factor, rng=None):
    return 3 * factor * x, x


class Layer:
    def scale(self, x):
        return x
"""


def reference() -> ModuleType:
    module = ModuleType("work")

    def scale(x, factor, rng=None):
        factor += rng.random() if rng else 0
        return factor * x, "cache"

    module.__dict__["scale"] = scale
    return module


def open_student(load=None) -> StudentProxy:
    return StudentProxy(DirectChannel(SOURCE, "work"), "work", Transcript(), reference=load)


def test_it_answers_as_the_reference_does_and_the_function_as_the_student_s():
    with open_student(reference) as student:
        f = student.scale.over(0, None, 2.0, output=0)
        assert f(5.0) == 30.0
        assert f.documented(5.0) == 10.0
        assert student.scale.over(0, None, 2.0).documented(5.0) == (10.0, "cache")


def test_its_arguments_are_those_of_the_moment_and_stay_as_they_are():
    factor, rng = np.ones(2), np.random.default_rng(1)
    with open_student(reference) as student:
        f = student.scale.over(0, None, factor, rng, output=0)
        factor += 7
        drawn = rng.random()
        for _ in range(2):
            np.testing.assert_array_equal(f.documented(1.0), np.full(2, 1 + drawn))


def test_without_a_reference_or_for_what_is_in_the_sandbox_alone_there_is_none():
    with open_student() as student:
        assert student.scale.over(0, None, 2.0).documented is None
    with open_student(reference) as student:
        assert student.Layer().scale.over(0, None).documented is None
        assert student.scale.over(0, None, student.Layer()).documented is None


def test_it_is_loaded_where_it_is_asked_for():
    def refuse():
        raise RuntimeError

    with open_student(refuse) as student:
        assert student.scale.over(0, None, 2.0, output=0)(1.0) == 6.0
