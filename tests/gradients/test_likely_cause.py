"""The likely mistake is named, with the number where it is a factor."""

import numpy as np
import pytest

from autograder.gradients import check_gradient

rng = np.random.default_rng(4)
X, W, B = rng.normal(size=(6, 5)), rng.normal(size=(5, 3)), rng.normal(size=3)


def relu(x):
    return np.maximum(x, 0)


def normal(x):
    return (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + 1e-5)


def penalised(w):
    return np.tanh(X @ w).sum() + 3 * (w**2).sum()


WRONG = {
    "scale": (lambda x: x @ W, X, lambda x, u: u @ W.T / 6),
    "sign": (lambda x: x @ W, X, lambda x, u: -u @ W.T),
    "transposed": (lambda w: X @ w, W, lambda w, u: (X.T @ u).T),
    "missing_upstream": (np.tanh, X, lambda x, u: 1 - np.tanh(x) ** 2),
    "missing_mask": (relu, X, lambda x, u: u),
    "missing_sum": (lambda b: X @ W + b, B, lambda b, u: u),
    "missing_term": (normal, X, lambda x, u: u / np.sqrt(x.var(axis=0) + 1e-5)),
    "shape": (lambda w: X @ w, W, lambda w, u: (X.T @ u)[:-1]),
    "not_finite": (np.tanh, X, lambda x, u: u / np.zeros_like(x)),
    "impure": (lambda x: x + np.random.default_rng().random(), X, lambda x, u: u),
    "other": (np.tanh, X, lambda x, u: u * np.cos(5 * x)),
}
ALSO_WRONG = [
    ("transposed", np.sin, np.ones((4, 4)) + np.arange(4), lambda x, u: (u * np.cos(x)).T),
    ("transposed", lambda w: X @ w, W, lambda w, u: (X.T @ u).T.reshape(W.shape)),
    ("missing_mask", lambda x: np.where(x > 0, x, 0.01 * x), X, lambda x, u: u),
    ("missing_mask", lambda x: relu(x) / 0.6, X, lambda x, u: u),
    ("missing_sum", lambda b: X @ W + b, B, lambda b, u: u[-1]),
    ("missing_sum", lambda w: X @ w, W, lambda w, u: np.outer(X[-1], u[-1])),
    ("missing_term", penalised, W, lambda w, u: u * X.T @ (1 - np.tanh(X @ w) ** 2)),
    ("missing_term", normal, X, lambda x, u: (u - u.mean(axis=0)) / np.sqrt(x.var(axis=0) + 1e-5)),
    ("not_finite", lambda x: x / 0.0, X, lambda x, u: u),
]


@pytest.mark.parametrize("cause", WRONG)
def test_each_cause_is_named(cause):
    report = check_gradient(*WRONG[cause])
    assert not report.passed
    assert report.cause == cause
    assert report.text.startswith("dx")


@pytest.mark.parametrize(("cause", "f", "x", "gradient"), ALSO_WRONG)
def test_other_forms_of_a_cause(cause, f, x, gradient):
    assert check_gradient(f, x, gradient).cause == cause


@pytest.mark.parametrize(
    ("factor", "name"),
    [
        (2, "2"),
        (1 / 2, "1/2"),
        (7, "N"),
        (1 / 7, "1/N"),
        (5, "C"),
        (1 / 5, "1/C"),
        (-2, "-2"),
        (-1 / 7, "-1/N"),
        (0.3, None),
    ],
)
def test_factors_are_found_and_named(factor, name):
    x = rng.normal(size=(7, 5))
    report = check_gradient(np.sin, x, lambda x, u: factor * u * np.cos(x))
    assert report.cause == "scale"
    assert report.factor == pytest.approx(factor, rel=1e-6)
    assert report.factor.name == name
    assert f"{factor:.4g}" in report.text


def test_the_batch_size_is_known_from_the_output_too():
    report = check_gradient(lambda b: X @ W + b, B, lambda b, u: u.mean(axis=0))
    assert report.factor.name == "1/N"


def test_one_number_is_no_pattern():
    """Any wrong value of a single entry is some multiple of the right one."""
    assert check_gradient(lambda x: x**2, 3.0, 7.1).cause == "other"
    assert check_gradient(lambda x: x**2, 3.0, 12.0).factor.name == "2"
    assert check_gradient(lambda x: x**2, 3.0, -6.0).cause == "sign"


def test_the_worst_entries_come_first_with_both_values():
    wrong = np.cos(X)
    wrong[2, 3] += 5
    wrong[4, 1] += 7
    report = check_gradient(lambda x: np.sin(x).sum(), X, wrong)
    assert [entry.index for entry in report.worst] == [(4, 1), (2, 3)]
    assert report.worst[0].analytic == wrong[4, 1]
    assert report.worst[0].numeric == pytest.approx(np.cos(X[4, 1]), rel=1e-8)
    assert "[4, 1]" in report.text


def test_kinked_entries_do_not_spoil_the_diagnosis():
    x = X * (X > -0.5)
    report = check_gradient(relu, x, lambda x, u: 3 * u * (x > 0))
    assert (report.cause, float(report.factor)) == ("scale", pytest.approx(3))


def test_what_is_off_by_a_trifle_is_not_called_a_multiple():
    report = check_gradient(np.sin, X, lambda x, u: u * np.cos(x) * (1 + 1e-7))
    assert not report.passed
    assert report.cause == "other"
    assert "too much for float64" in report.text


def test_a_report_is_its_verdict_and_its_text():
    right = check_gradient(np.sin, X, lambda x, u: u * np.cos(x))
    wrong = check_gradient(np.sin, X, lambda x, u: u, name="dscores")
    assert right
    assert not wrong
    assert str(wrong).startswith("dscores is wrong: 30 of 30 entries")
    assert right.cause is None


def softmax_loss(w, reg=0.0, base=np.e):
    scores = X @ w
    log_p = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    return -log_p[:, 0].mean() / np.log(base) + reg * (w**2).sum()


def softmax_gradient(w):
    p = np.exp(X @ w)
    p /= p.sum(axis=1, keepdims=True)
    p[:, 0] -= 1
    return X.T @ p / len(X)


@pytest.mark.parametrize("known", [None, "reference", "as it is", "else"])
def test_a_loss_off_by_a_factor_is_not_held_against_its_gradient(known):
    found = softmax_loss(W, base=10)
    expected = {None: None, "reference": softmax_loss(W), "as it is": found, "else": 7.0}[known]
    words = {
        None: ": either the gradient or the function is off by that factor.",
        "reference": (
            f": the function is off by that factor (it is {found:.4g}, and should be {softmax_loss(W):.4g}), "
            "and the gradient is right."
        ),
        "as it is": ": the function's value is right, so the gradient is off by that factor.",
        "else": f": look at the function first, since its value is off (it is {found:.4g}, and should be 7",
    }[known]
    report = check_gradient(lambda w: softmax_loss(w, base=10), W, softmax_gradient(W), expected=expected)
    assert (report.cause, report.factor.name) == ("scale", "log 10")
    assert f"Every entry is 2.303 (log 10) times the slope{words}" in report.text


@pytest.mark.parametrize(
    ("loss_reg", "known", "words"),
    [
        (0.3, None, ": either the gradient or the function has the penalty wrong."),
        (0.3, 0.6, "look at the function first, since its value is off"),
        (0.6, 0.6, "the function's value is right, so the gradient has the penalty wrong."),
    ],
)
def test_a_penalty_that_disagrees_with_its_gradient(loss_reg, known, words):
    gradient = softmax_gradient(W) + 2 * (0.6 if loss_reg == 0.3 else 0.3) * W
    expected = None if known is None else softmax_loss(W, known)
    report = check_gradient(lambda w: softmax_loss(w, loss_reg), W, gradient, expected=expected)
    sign = "plus" if loss_reg == 0.3 else "minus"
    assert f"It is the slope {sign} 0.6 times the input itself, which is a penalty's gradient" in report.text
    assert words in report.text


def test_a_factor_is_found_beside_a_penalty_that_is_right():
    gradient = 7 * softmax_gradient(W) + 2 * 0.3 * W
    report = check_gradient(lambda w: softmax_loss(w, 0.3), W, gradient)
    assert (report.cause, float(report.factor)) == ("scale", pytest.approx(7, rel=1e-4))
    assert (
        "But for a multiple of the input, which is a penalty's gradient, every entry is 7 times"
        in report.text
    )


def test_the_sum_of_the_weights_for_the_weights():
    gradient = softmax_gradient(W) + 2 * 0.3 * W.sum()
    text = check_gradient(lambda w: softmax_loss(w, 0.3), W, gradient).text
    assert "takes the sum of all weights for each entry's own" in text
    assert "mean or a variance" not in text


def test_a_sum_for_a_mean_is_not_called_a_constant():
    def gradient(x, u):
        return (u - u.sum(axis=0) - normal(x) * (u * normal(x)).mean(axis=0)) / np.sqrt(x.var(axis=0) + 1e-5)

    text = check_gradient(normal, X, gradient).text
    assert "left out, or wrong (a sum for a mean, a factor, a sign)?" in text


def test_a_function_whose_value_is_known_to_be_off_is_named_whatever_the_cause():
    def wrong(w, u):
        return np.cos(5 * w)

    known = check_gradient(lambda w: np.tanh(w).sum(), W, wrong, expected=1e3)
    assert "Look at the function first, since its value is off (it is " in known.text
    other = check_gradient(lambda w: np.tanh(w).sum(), W, wrong, expected=np.ones(2))
    assert "(it has shape (), and should have shape (2,))" in other.text
    arrays = check_gradient(np.tanh, W, lambda w, u: -u * (1 - np.tanh(w) ** 2), expected=np.tanh(W) + 1)
    assert "Every entry is minus the slope: look at the function first" in arrays.text
    assert "(15 of its 15 entries differ from what they should be)" in arrays.text


def test_what_the_check_does_with_an_answer_is_told_as_such():
    def analytic(x, u):
        cache = np.float64(3.0)
        return u * cache[0]

    text = check_gradient(np.sin, X, analytic).text
    assert text.startswith("dx: The check can't use what your code gave in `cache[0]`: ")
    assert "cache is a single number (IndexError: " in text
