"""How a mutant's answers are told from the reference's."""

import numpy as np
import pytest

from autograder.course.assignment import Assignment
from autograder.proof.probes import Difference, answer, difference, load_probes
from autograder.proxy.channel import DirectChannel

REFERENCE = "def f(x):\n    return 2 * x\n"


def probe(student, rng):
    for size in (1, 3):
        student.f(rng.standard_normal(size))


def found(source: str) -> Difference:
    def answers(text: str):
        return [answer("probe", probe, i, DirectChannel(text, "small"), "small") for i in range(2)]

    return difference(zip(answers(source), answers(REFERENCE), strict=True))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (REFERENCE, Difference.NONE),
        ("def f(x):\n    return x + x * (1 + 1e-12)\n", Difference.NONE),
        ("def f(x):\n    return x\n", Difference.VALUE),
        ("def f(x):\n    return 2 * x if x.size < 2 else x\n", Difference.VALUE),
        ("def f(x):\n    x *= 2\n    return x\n", Difference.VALUE),
        ("def f(x):\n    return unknown\n", Difference.CRASH),
        ("def f(x):\n    return 2 * x if x.size < 2 else x.unknown\n", Difference.CRASH),
        ("def g(x):\n    return 2 * x\n", Difference.CRASH),
        ("def f(x):\n    return x if x.size < 2 else x.unknown\n", Difference.VALUE),
        ("1 / 0\n", Difference.CRASH),
    ],
)
def test_difference(source: str, expected: Difference):
    assert found(source) == expected


def test_a_wrong_value_ends_the_comparison():
    wrong = answer("probe", probe, 0, DirectChannel("def f(x):\n    return x\n", "small"), "small")
    right = answer("probe", probe, 0, DirectChannel(REFERENCE, "small"), "small")

    def pairs():
        yield wrong, right
        raise AssertionError("looked further")

    assert difference(pairs()) == Difference.VALUE


def test_inputs_differ_from_round_to_round_and_are_the_same_every_time():
    seen: list[np.ndarray] = []

    def note(student, rng):
        seen.append(rng.standard_normal(2))

    for number in (0, 1, 0):
        answer("note", note, number, DirectChannel(REFERENCE, "small"), "small")
    assert not np.array_equal(seen[0], seen[1])
    np.testing.assert_array_equal(seen[0], seen[2])


def probes_named(folder, *files):
    """The names of the probes that a topic with such files has; each file has one, named like it."""
    for name in files:
        (folder / f"{name}.py").write_text(f"def probe_{name}(student, rng): ...\n")
    return sorted(load_probes(Assignment("small", folder)).by_name)


def test_probes_are_read_from_their_file(tmp_path):
    assert probes_named(tmp_path) == []
    assert probes_named(tmp_path, "probes") == ["probe_probes"]


def test_an_own_course_may_keep_the_old_name_battery(tmp_path):
    assert probes_named(tmp_path, "battery") == ["probe_battery"]
    assert probes_named(tmp_path, "probes") == ["probe_probes"]
