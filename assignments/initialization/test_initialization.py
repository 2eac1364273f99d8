"""The checks for `initialization.py`. Run them with `pytest`; each says what it is about and is worth.

Random numbers are judged by their statistics, never one by one. The bounds are 6 standard errors: what is
right misses one of them twice in a thousand million tries.
"""

import numpy as np
import pytest

from autograder.checks import (
    accuracy,
    assert_at_least,
    assert_at_most,
    assert_close,
    assert_shape,
    train_until,
    unchanged,
)
from autograder.data import pixel_rows, turned_digits

INITIALIZATIONS = ("small_random_init", "xavier_init", "he_init")


def relu(a):
    """Positive entries as they are, 0 for the others."""
    return a * (a > 0)


def right_std(name, fan_in):
    """The standard deviation that the docstrings ask for."""
    return {"small_random_init": 0.01, "xavier_init": (1 / fan_in) ** 0.5, "he_init": (2 / fan_in) ** 0.5}[
        name
    ]


def assert_drawn(found, shape, std, what):
    """Assert that these are numbers of mean 0 and this standard deviation; return them in units of it."""
    values = assert_shape(found, shape, what=what) / std
    # The spread first: where it is wrong, chance alone carries the mean far away.
    spread = std * values.std()
    assert_close(spread, std, rtol=6 / (2 * values.size) ** 0.5, what=f"standard deviation of {what}")
    assert_close(values.mean(), 0, atol=6 / values.size**0.5, what=f"mean of {what} in standard deviations")
    return values


def assert_answers(student, questions):
    """Assert that symmetry_broken gives each (gradient, what it is, right answer) its answer."""
    answers = [student.symmetry_broken(dw) for dw, _, _ in questions]
    for answer, (_, what, right) in zip(answers, questions, strict=True):
        if bool(assert_shape(answer, (), what=f"the answer for {what}")) != right:
            raise AssertionError(f"the answer for {what} should be {right}")


@pytest.mark.points(3)
def test_small_weights(student, rng):
    """small_random_init: mean 0, standard deviation 0.01"""
    assert_drawn(student.small_random_init((300, 200), rng), (300, 200), 0.01, "the weights")


@pytest.mark.points(6)
@pytest.mark.parametrize("shape", [(400, 100), (90, 500)], ids=["narrowing", "widening"])
def test_xavier_weights(student, rng, shape):
    """xavier_init: standard deviation 1 / sqrt(fan_in) for layers that narrow and widen"""
    assert_drawn(student.xavier_init(shape, rng), shape, shape[0] ** -0.5, "the weights")


@pytest.mark.points(6)
@pytest.mark.parametrize("shape", [(400, 100), (90, 500)], ids=["narrowing", "widening"])
def test_he_weights(student, rng, shape):
    """he_init: standard deviation sqrt(2 / fan_in) for layers that narrow and widen"""
    assert_drawn(student.he_init(shape, rng), shape, (2 / shape[0]) ** 0.5, "the weights")


@pytest.mark.points(6)
@pytest.mark.parametrize("name", ["xavier_init", "he_init"])
def test_weights_of_a_convolution(student, rng, name):
    """xavier_init and he_init: 40 filters of 16 channels of 3 by 3 pixels sum up 144 numbers"""
    shape = (40, 16, 3, 3)
    assert_drawn(getattr(student, name)(shape, rng), shape, right_std(name, 144), "the filters")


@pytest.mark.points(4)
@pytest.mark.parametrize("name", INITIALIZATIONS)
def test_same_seed_same_weights(student, name):
    """All draws come from rng: the same seed gives the same weights, a second call gives others"""
    first, second = (getattr(student, name)((6, 5), np.random.default_rng(7)) for _ in range(2))
    assert_close(second, first, what="the weights of the second generator with this seed")
    rng = np.random.default_rng(7)
    one, other = (getattr(student, name)((6, 5), rng) for _ in range(2))
    apart = np.abs(one - other).max()
    assert_at_least(apart, 1e-6, what="the largest difference between two calls with one generator")


@pytest.mark.points(4)
@pytest.mark.parametrize(
    ("name", "nonlinearity"), [("xavier_init", np.tanh), ("he_init", relu)], ids=["xavier", "he"]
)
def test_signal_survives_ten_layers(student, rng, name, nonlinearity):
    """After ten layers the activations are neither gone nor huge: Xavier with tanh, He with ReLU"""
    h = nonlinearity(rng.standard_normal((60, 200)) @ getattr(student, name)((200, 200), rng))
    first = np.sqrt((h**2).mean())
    assert_at_least(first, 1e-6, what="size of the first layer's activations")
    for _ in range(9):
        h = nonlinearity(h @ getattr(student, name)((200, 200), rng))
    last = np.sqrt((h**2).mean())
    # Right ones reach 0.34 to 0.39 (Xavier) and 0.7 to 1.5 (He); Xavier's in place of He's at most 0.06.
    assert_at_least(last / first, 0.2, what="size of the tenth layer's activations over that of the first")
    assert_at_most(last / first, 5.0, what="size of the tenth layer's activations over that of the first")


@pytest.mark.points(4)
@pytest.mark.after("test_small_weights")
def test_loss_before_training(student, rng):
    """Scores from small weights cost log(C) before any training"""
    digits, _ = turned_digits(rng)
    scores = pixel_rows(digits.images, -1, 1) @ student.small_random_init((64, 10), rng)
    right = scores[np.arange(len(scores)), digits.labels]
    loss = (np.log(np.exp(scores).sum(axis=1)) - right).mean()
    # Over 400 seeds right weights are off by 0.4% typically, by 1.2% at most.
    assert_close(loss, np.log(10), rtol=0.03, what="the loss of 10 classes")


@pytest.mark.points(6)
def test_activation_statistics_worked_example(student):
    """activation_statistics: two samples, two layers, ReLU"""
    x = np.array([[1.0, 2.0], [3.0, -1.0]])
    weights = [np.array([[1.0, -1.0], [1.0, 1.0]]), np.array([[1.0], [2.0]])]
    # The first layer has the activations 3, 1 and 2, 0; the second 5 and 2.
    expected = np.array([[1.5, 1.25**0.5], [3.5, 1.5]])
    found = student.activation_statistics(x, weights, relu)
    assert_close(found, expected, what="mean and standard deviation, layer by layer,")


@pytest.mark.points(3)
def test_arguments_left_alone(student, rng):
    """activation_statistics and symmetry_broken leave what they are given alone"""
    x, weights = rng.standard_normal((5, 4)), [rng.standard_normal((4, 4)) for _ in range(3)]
    dw = rng.standard_normal((6, 4))
    with unchanged(x=x, first=weights[0], second=weights[1], third=weights[2], dw=dw):
        student.activation_statistics(x, weights, relu)
        student.symmetry_broken(dw)
    assert_close(len(weights), 3, what="the number of weights in the list after the call")


@pytest.mark.points(6)
def test_symmetry_worked_example(student):
    """symmetry_broken: columns that are all equal, and columns of which one differs"""
    equal = np.tile([[0.5], [-1.0], [2.0]], 4)
    questions = [
        (equal, "four equal columns", False),
        (np.full((3, 4), 0.5), "twelve equal numbers", False),
        (np.array([[1.0, 2.0, 3.0]] * 2), "equal rows, but no equal columns", True),
    ]
    for place in range(4):
        one_differs = equal.copy()
        one_differs[1, place] += 0.25
        questions.append((one_differs, f"column {place} unlike the three others", True))
    assert_answers(student, questions)
