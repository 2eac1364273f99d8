"""A mistake may be a family: one declaration, a variant for each value."""

from pathlib import Path
from textwrap import dedent

import pytest

from autograder.course.assignment import Assignment
from autograder.errors import UserError
from autograder.variants import Variant, load_variants
from autograder.variants.sample_class import sample_class

REFERENCE = '''\
"""A topic."""


def scaled(x, factor=2.0):
    return x * factor


def shifted(x):
    return x + 1.0
'''


def topic(folder: Path, declared: str) -> Assignment:
    (folder / "topic.py").write_text(REFERENCE)
    (folder / "test_topic.py").write_text("")
    header = "from autograder.variants import edit, misconception\n"
    (folder / "misconceptions.py").write_text(header + dedent(declared))
    return Assignment("topic", folder)


FAMILY = """
    misconception(
        "constant-for-the-factor",
        hint="Where does the {value} come from?",
        edits=[edit("scaled", "x * factor", "x * {value}")],
        values=("2.0", "0.5", "1e-6"),
    )
"""


def members(folder: Path) -> tuple[Variant, ...]:
    return load_variants(topic(folder, FAMILY)).misconceptions


def test_each_value_makes_a_variant(tmp_path: Path) -> None:
    assert [
        v.source.count(f"x * {n}") for v, n in zip(members(tmp_path), ("2.0", "0.5", "1e-6"), strict=True)
    ] == [
        1,
        1,
        1,
    ]


def test_the_first_has_the_name_of_the_family(tmp_path: Path) -> None:
    names = ["constant-for-the-factor", "constant-for-the-factor-0-5", "constant-for-the-factor-1e-6"]
    assert [v.name for v in members(tmp_path)] == names


def test_the_hint_states_the_value(tmp_path: Path) -> None:
    assert members(tmp_path)[2].hint == "Where does the 1e-6 come from?"


def test_whole_functions_may_hold_the_value(tmp_path: Path) -> None:
    declared = """
        @misconception("shifted-by-another", hint="By {value}?", values=("5", "-7"))
        def _():
            def shifted(x):
                return x + {value}
    """
    found = load_variants(topic(tmp_path, declared)).misconceptions
    assert [v.parts["shifted"].splitlines()[-1].strip() for v in found] == ["return x + 5", "return x + -7"]


def test_the_sample_class_has_all_of_them(tmp_path: Path) -> None:
    wrong = [name for name in sample_class(topic(tmp_path, FAMILY)) if name.startswith("misconception-")]
    assert len(wrong) == 3


def test_values_that_make_equal_names_are_refused(tmp_path: Path) -> None:
    twice = FAMILY.replace('"1e-6"', '"0-5"')
    with pytest.raises(UserError, match="give each variant a name of its own"):
        load_variants(topic(tmp_path, twice))
