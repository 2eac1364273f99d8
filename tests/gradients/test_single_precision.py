"""Where nothing is wrong but the precision, the report says so, and nothing of kinks or missing terms."""

import numpy as np
import pytest

from autograder.gradients import check_gradient

X = np.random.default_rng(3).standard_normal((5, 4))
W = 4 * np.random.default_rng(4).standard_normal((5, 4))
MISLEADING = ("kink", "missing", "penalty", "variance")


def in_single(x: np.ndarray) -> float:
    return float(np.sum(np.tanh((x * W).astype(np.float32)) ** 2)) + 50 * np.sum(x * x)


def slope(x: np.ndarray) -> np.ndarray:
    t = np.tanh(x * W)
    return 2 * t * (1 - t * t) * W + 100 * x


def test_a_function_that_computes_in_single_precision_within() -> None:
    report = check_gradient(in_single, X, slope(X))
    assert not report.passed
    assert "Over larger steps it is right. The function computes in single precision (float32)" in report.text
    assert [word for word in MISLEADING if word in report.text] == []


@pytest.mark.parametrize("kind", [np.float32, np.float16])
def test_a_gradient_that_was_kept_in_less_than_double_precision(kind: type) -> None:
    report = check_gradient(lambda x: float(np.sum(x**2)), X, (2 * X).astype(kind))
    assert not report.passed
    assert f"({kind.__name__}): compute in double precision (float64)" in report.text
    assert [word for word in MISLEADING if word in report.text] == []


def test_a_wrong_gradient_is_no_matter_of_precision() -> None:
    for wrong in (slope(X) * 1.01, slope(X) + 0.1, (2 * slope(X)).astype(np.float32)):
        report = check_gradient(lambda x: float(np.sum(np.tanh(x * W) ** 2 + 50 * x * x)), X, wrong)
        assert not report.passed
        assert "precision" not in report.text
