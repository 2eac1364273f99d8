"""Declarations become variants of the reference, and mistakes in them are said."""

from pathlib import Path
from textwrap import dedent

import pytest

from autograder.course.assignment import Assignment
from autograder.errors import UserError
from autograder.variants import load_variants

REFERENCE = '''\
"""A topic."""

import math


def root(x):
    """The root."""
    ### BEGIN SOLUTION
    return math.sqrt(x)
    ### END SOLUTION


def mean(values):
    ### BEGIN SOLUTION
    total = sum(values)
    return total / len(values)
    ### END SOLUTION


def root_mean(values):
    return root(mean(values))


class Model:
    def predict(self, x):
        ### BEGIN SOLUTION
        return 2 * x
        ### END SOLUTION
'''


@pytest.fixture
def declare(tmp_path):
    """Write a topic with these declarations, and those of its correct variants, and load its variants."""

    def load(text, correct=None):
        folder = tmp_path / "solutions" / "topic"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "topic.py").write_text(REFERENCE)
        header = "from autograder.variants import correct, edit, misconception\n"
        (folder / "misconceptions.py").write_text(header + dedent(text))
        if correct is not None:
            (folder / "correct_variants.py").write_text(header + dedent(correct))
        return load_variants(Assignment("topic", folder))

    return load


def module(variant):
    """The names that a variant's source defines."""
    names = {}
    exec(variant.source, names)
    return names


def test_an_edit_changes_its_function_alone(declare):
    variants = declare("""
        misconception("sum-not-mean", hint="Is it a mean?", edits=[edit("mean", " / len(values)", "")])
        correct("one", edits=[edit("mean", "total = sum(values)\\n    return total", "return sum(values)")])
    """)
    (wrong,), (right,) = variants.misconceptions, variants.correct
    assert (wrong.name, wrong.hint, wrong.replaces) == (
        "sum-not-mean",
        "Is it a mean?",
        {"mean", "root_mean"},
    )
    assert (right.name, right.hint) == ("one", "")
    assert module(wrong)["mean"]([1, 3]) == 4
    assert module(wrong)["root"](9) == 3
    assert module(right)["mean"]([1, 3]) == 2


def test_a_source_is_the_reference_with_the_change_and_without_markers(declare):
    (wrong,) = declare(
        """misconception("half", hint="?", edits=[edit("Model", "2 * x", "x")])"""
    ).misconceptions
    lines = [line for line in REFERENCE.replace("2 * x", "x").splitlines() if "###" not in line]
    assert wrong.source.splitlines() == lines


def test_a_decorator_replaces_whole_functions_and_classes_and_adds_helpers(declare):
    (wrong,) = declare('''
        @misconception("rewritten", hint="?")
        def _():
            def root(x):
                """Another text."""
                return helper(x)

            class Model:
                def predict(self, x):
                    return -x

            def helper(x):
                return x**0.25
    ''').misconceptions
    assert wrong.replaces == {"root", "root_mean", "Model"}
    names = module(wrong)
    assert (names["root"](16), names["mean"]([1, 3]), names["Model"]().predict(1)) == (2, 2, -1)
    assert names["root"].__doc__ == "Another text."


def test_a_preamble_comes_first_and_alone_makes_a_correct_variant(declare):
    (right,) = declare("""correct("imports", preamble="import os\\nimport no_such_package\\n")""").correct
    assert right.replaces == frozenset()
    assert right.source.startswith('"""A topic."""\nimport os\nimport no_such_package\n\nimport math\n')


def test_only_keeps_the_mistake_in_one_function(declare):
    (wrong,) = declare("""
        edits = [edit("mean", "/ len", "* len"), edit("root", "math.sqrt(x)", "x")]
        misconception("both", hint="?", edits=edits)
    """).misconceptions
    assert wrong.replaces == {"mean", "root", "root_mean"}

    def results(variant):
        names = module(variant)
        return names["mean"]([8, 8]), names["root"](16), names["root_mean"]([8, 8])

    assert results(wrong) == (32, 16, 32)
    assert results(wrong.only("mean")) == (32, 4, 32**0.5)
    assert results(wrong.only("root")) == (8, 16, 8)
    # root_mean is not edited itself: its mistake is in what it uses.
    assert results(wrong.only("root_mean")) == results(wrong)
    assert (wrong.only("mean").name, wrong.only("mean").hint) == ("both", "?")
    with pytest.raises(KeyError):
        wrong.only("Model")


def test_only_keeps_preamble_and_helpers(declare):
    (wrong,) = declare("""
        @misconception("tenth", hint="?", preamble="TENTH = 0.1")
        def _():
            def root(x):
                return helper(x)

            def mean(values):
                return 0

            def helper(x):
                return TENTH * x
    """).misconceptions
    names = module(wrong.only("root"))
    assert (names["root"](10), names["mean"]([1, 3])) == (1, 2)


@pytest.mark.parametrize(
    ("declaration", "message"),
    [
        (
            'misconception("a", hint="?", edits=[edit("root", "cos", "sin")])',
            "a edits the text 'cos', which occurs 0 times in root; it must occur exactly once",
        ),
        (
            'misconception("a", hint="?", edits=[edit("mean", "total", "t")])',
            "a edits the text 'total', which occurs 2 times in mean; it must occur exactly once",
        ),
        (
            'misconception("a", hint="?", edits=[edit("mode", "x", "y")])',
            "a edits mode, but the reference has no such function or class",
        ),
        ('misconception("a", hint=" ", edits=[edit("root", "sqrt", "cbrt")])', "a has no hint"),
        ('misconception("A_b", hint="?", edits=[])', "the name 'A_b' is not in kebab-case"),
        ('correct("a", edits=[])', "a changes nothing"),
        ('misconception("a", hint="?", preamble="import os")', "a exchanges no function of the reference"),
        (
            'correct("a", edits=[edit("root", "math.sqrt(x)", "math.sqrt(x")])',
            "a is not Python: '(' was never",
        ),
        ('correct("a", preamble="x = 1")\ncorrect("a", preamble="x = 2")', "a is declared 2 times"),
    ],
)
def test_says_what_is_wrong_with_a_declaration(declare, declaration, message):
    with pytest.raises(UserError) as failure:
        declare(declaration)
    assert f"misconceptions.py: {message}" in str(failure.value)


RIGHT = 'correct("{}", preamble="import os")\n'
WRONG = 'misconception("wrong", hint="?", edits=[edit("root", "math.sqrt(x)", "x")])\n'


def test_correct_variants_stand_in_a_file_of_their_own_or_beside_the_wrong_ones(declare):
    variants = declare(RIGHT.format("first") + WRONG, correct=RIGHT.format("second") + RIGHT.format("third"))
    assert [variant.name for variant in variants.misconceptions] == ["wrong"]
    assert [variant.name for variant in variants.correct] == ["first", "second", "third"]


def test_a_topic_may_have_correct_variants_only(declare, tmp_path):
    declare("", correct=RIGHT.format("a"))
    folder = tmp_path / "solutions" / "topic"
    (folder / "misconceptions.py").unlink()
    assert [variant.name for variant in load_variants(Assignment("topic", folder)).correct] == ["a"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (RIGHT.format("wrong"), "wrong is declared 2 times"),
        ('correct("a", edits=[])', "a changes nothing"),
        (WRONG.replace('"wrong"', '"new"'), "new is declared as wrong; move it to misconceptions.py"),
    ],
)
def test_says_what_is_wrong_with_a_correct_variant(declare, text, message):
    with pytest.raises(UserError, match=f"correct_variants.py: {message}"):
        declare(WRONG, correct=text)


def test_correct_variants_are_no_part_of_the_digest(declare, tmp_path):
    """No grade depends on them."""
    folder = tmp_path / "solutions" / "topic"
    declare(WRONG, correct=RIGHT.format("a"))
    before = Assignment("topic", folder).digest
    declare(WRONG, correct=RIGHT.format("b"))
    assert Assignment("topic", folder).digest == before
    declare("", correct=RIGHT.format("b"))
    assert Assignment("topic", folder).digest != before


def test_a_topic_without_misconceptions_has_an_empty_bank(tmp_path: Path):
    variants = load_variants(Assignment("topic", tmp_path))
    assert variants.misconceptions == variants.correct == ()
