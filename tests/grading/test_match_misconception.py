"""A mistake is named when the outputs are those of a known one, and only then."""

from collections.abc import Callable

from autograder.grading import Grade
from autograder.verdicts import CheckVerdict

Grading = Callable[[str], Grade]


def named(grade: Grade) -> dict[str, str | None]:
    return {c.id: c.misconception for c in grade.checks if c.verdict != CheckVerdict.PASSED}


def test_a_known_mistake_is_named_wherever_it_shows(grade: Grading, right: str) -> None:
    wrong = right.replace("np.average(x)", "sum(x)").replace(
        "np.var(x)", "np.sum((x - np.sum(x) / x.size) ** 2)"
    )
    result = grade(wrong)
    assert named(result) == dict.fromkeys(
        ["test_mean", "test_thirds", "test_spread", "test_secret"], "sum-for-mean"
    )
    hint = "How does the result change when every entry is there twice?"
    for check in result.checks:
        assert check.help == hint
        assert hint not in check.rationale
        known = f"This is what a known mistake gives: {hint}"
        assert check.feedback == f"{check.rationale} {known}"


def test_a_mistake_made_in_one_function_only_is_named(grade: Grading, right: str) -> None:
    assert named(grade(right.replace("np.average(x)", "sum(x)"))) == dict.fromkeys(
        ["test_mean", "test_thirds", "test_secret"], "sum-for-mean"
    )
    assert named(grade(right.replace("np.var(x)", "np.var(x) * x.size"))) == {"test_spread": "sum-for-mean"}


def test_the_mistake_that_explains_most_is_named(grade: Grading, right: str) -> None:
    """Divided by 2, the mean of two entries is right, so the hidden check passes."""
    assert named(grade(right.replace("np.average(x)", "sum(x) / 2"))) == dict.fromkeys(
        ["test_mean", "test_thirds"], "mean-of-two"
    )


def test_an_unknown_mistake_is_not_named(grade: Grading, right: str) -> None:
    result = grade(right.replace("np.average(x)", "sum(x) * (1 + 1e-6)"))
    assert set(named(result).values()) == {None}
    assert grade(right.replace("np.average(x)", "np.max(x) + 1")).checks[0].misconception is None


def test_rounding_does_not_hide_a_mistake(grade: Grading, right: str) -> None:
    result = grade(right.replace("np.average(x)", "sum(x) * (1 + 1e-12)"))
    assert set(named(result).values()) == {"sum-for-mean"}
