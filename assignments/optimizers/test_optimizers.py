"""The checks for `optimizers.py`. Run them with `pytest`; each says what it is about and what it is worth."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from autograder.checks import accuracy, assert_at_least, assert_at_most, assert_close, assert_shape, unchanged
from autograder.data import pixel_rows, turned_digits

OPTIMIZERS = ("sgd", "sgd_momentum", "nesterov_momentum", "adagrad", "rmsprop", "adam")

# Two steps that one can work out: settings, gradients, places after each step, and what is remembered.
TWO_STEPS = {
    "sgd": (
        {"learning_rate": 0.1},
        [[2.0, -4.0], [1.0, 3.0]],
        [[0.8, 1.4], [0.7, 1.1]],
        {},
    ),
    "sgd_momentum": (
        {"learning_rate": 0.1, "momentum": 0.5},
        [[2.0, -4.0], [1.0, 1.0]],
        [[0.8, 1.4], [0.6, 1.5]],
        {"velocity": [-0.2, 0.1]},
    ),
    "nesterov_momentum": (
        {"learning_rate": 0.1, "momentum": 0.5},
        [[2.0, -4.0], [1.0, 1.0]],
        [[0.7, 1.6], [0.5, 1.55]],
        {"velocity": [-0.2, 0.1]},
    ),
    "adagrad": (
        {"learning_rate": 0.1},
        [[3.0, -5.0], [4.0, -12.0]],
        [[0.9, 1.1], [0.82, 1.1 + 1.2 / 13]],
        {"cache": [25.0, 169.0]},
    ),
    "rmsprop": (
        {"learning_rate": 0.1, "decay_rate": 0.75},
        [[2.0, -6.0], [1.0, -3.0]],
        [[0.8, 1.2], [0.7, 1.3]],
        {"cache": [1.0, 9.0]},
    ),
    # As long as the gradient stays the same, Adam's steps are as long as the learning rate says.
    "adam": (
        {"learning_rate": 0.1},
        [[0.5, -200.0], [0.5, -200.0]],
        [[0.9, 1.1], [0.8, 1.2]],
        {"m": [0.095, -38.0], "v": [0.00049975, 79.96], "t": 2},
    ),
}

# One step with an epsilon that one can see: settings, and the place of a weight whose gradient is 6.
WITH_EPSILON = {
    "adagrad": ({"learning_rate": 1.0, "epsilon": 2.0}, [1 - 6 / (6 + 2)]),
    "rmsprop": ({"learning_rate": 1.0, "epsilon": 2.0, "decay_rate": 0.75}, [1 - 6 / (3 + 2)]),
    # The formula as it stands, and the paper's more efficient order.
    "adam": ({"learning_rate": 1.0, "epsilon": 2.0, "beta2": 0.75}, [1 - 6 / (6 + 2), 1 - 0.5 * 6 / (3 + 2)]),
}

# Learning rates that suit the net below.
RATES = {
    "sgd": 0.25,
    "sgd_momentum": 0.05,
    "nesterov_momentum": 0.05,
    "adagrad": 0.05,
    "rmsprop": 0.005,
    "adam": 0.01,
}


def follow(student, name, w, gradients, config=None, expected=()):
    """Take a step for each gradient; return the places on the way, and the config at the end.

    The first places are held against those expected, each before the next step is taken.
    """
    optimizer, places = getattr(student, name), []
    w = w.copy()
    for number, dw in enumerate(gradients):
        w, config = optimizer(w, np.array(dw), config)
        places.append(np.array(assert_shape(w, np.shape(dw), what="the weights after a step")))
        if number < len(expected):
            steps = ("one step", "two steps")[number]
            assert_close(places[-1], expected[number], what=f"the weights after {steps}")
    return np.array(places), config


def assert_remembered(config, expected):
    """What an optimizer has to remember stands in its config."""
    for key, value in expected.items():
        assert_close(config.get(key), value, what=f'config["{key}"] after the last step')


def with_ones(rows):
    """The rows with a last column of ones, whose weights are biases."""
    return np.hstack([rows, np.ones((len(rows), 1))])


def new_net(rng, sizes):
    """The weights of a net with one hidden layer; the last row of each array holds the biases."""
    return [rng.standard_normal((D + 1, M)) / np.sqrt(D) for D, M in pairwise(sizes)]


def scores_of(net, X):
    """The scores of the rows of X, and the hidden layer, which has a ReLU."""
    hidden = np.maximum(with_ones(X) @ net[0], 0)
    return with_ones(hidden) @ net[1], hidden


def cross_entropy(scores, y):
    """The softmax's loss, and its gradient with respect to the scores."""
    powers = np.exp(scores - np.max(scores, axis=1)[:, None])
    p = powers / np.sum(powers, axis=1)[:, None]
    truth = np.eye(scores.shape[1])[y]
    return -np.log((p * truth).sum(axis=1) + 1e-300).mean(), (p - truth) / len(y)


def slopes_of(net, X, y):
    """The gradient of the loss with respect to each array of the net."""
    scores, hidden = scores_of(net, X)
    _, dscores = cross_entropy(scores, y)
    dhidden = (dscores @ net[1][:-1].T) * (hidden > 0)
    return [with_ones(X).T @ dhidden, with_ones(hidden).T @ dscores]


def share_right(net, X, y):
    """Share of the rows whose class the net knows."""
    return accuracy(np.argmax(scores_of(net, X)[0], axis=1), y)


def train(student, name, net, X, y, batches, done=lambda: False):
    """Take a step on each batch of rows until it is done, with a config for each array of the net."""
    configs = [{"learning_rate": RATES[name]} for _ in net]
    for batch in batches:
        if done():
            break
        for i, slope in enumerate(slopes_of(net, X[batch], y[batch])):
            net[i], configs[i] = getattr(student, name)(net[i], slope, configs[i])


def train_with_lbfgs(student, X, y, iterations, memory=10):
    """Train a linear classifier; return its weights, whose last row holds the biases.

    Each step goes along the student's direction, as far as the loss falls as it should (Armijo).
    """

    def evaluated(w):
        loss, dscores = cross_entropy(with_ones(X) @ w.reshape(-1, 10), y)
        return loss, (with_ones(X).T @ dscores).ravel()

    w, steps, changes = np.zeros(10 * (X.shape[1] + 1)), [], []
    loss, slope = evaluated(w)
    for _ in range(iterations):
        found = student.lbfgs_direction(slope, steps[-memory:], changes[-memory:])
        direction, length = np.array(assert_shape(found, w.shape, what="the direction")), 1.0
        while length > 1e-6:
            next_loss, next_slope = evaluated(w + length * direction)
            if next_loss <= loss + 1e-4 * length * (slope @ direction):
                break
            length /= 2
        steps.append(length * direction)
        changes.append(next_slope - slope)
        w, loss, slope = w + steps[-1], next_loss, next_slope
    return w.reshape(-1, 10)


@pytest.mark.points(12)
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_two_steps_worked_example(student, name):
    """The first-order optimizers: two steps that one can work out"""
    settings, gradients, expected, remembered = TWO_STEPS[name]
    _, config = follow(student, name, np.ones(2), gradients, dict(settings), expected)
    assert_remembered(config, remembered)


@pytest.mark.points(2)
@pytest.mark.parametrize("name", WITH_EPSILON)
def test_epsilon_worked_example(student, name):
    """adagrad, rmsprop and adam: epsilon is added to the root, not under it"""
    settings, right = WITH_EPSILON[name]
    after, _ = getattr(student, name)(np.ones(2), np.array([6.0, 0.0]), dict(settings))
    place, still = assert_shape(after, (2,), what="the weights after a step")
    nearest = min(right, key=lambda x: abs(x - place))
    assert_close(place, nearest, what="a weight after a step with an epsilon of 2")
    assert_close(still, 1.0, what="a weight without a gradient")


@pytest.mark.points(1)
def test_adam_of_gradients_that_turn(student):
    """adam: gradients of 2 and then -2, with shares of 1/2 and 3/4"""
    # m is 1 and then 1/2 - 1. Corrected, divided by 1/2 and by 3/4, it is 2 and -2/3; v, corrected, stays 4,
    # and its root 2. So the steps are 1 and -1/3 learning rates long.
    settings = {"learning_rate": 0.3, "beta1": 0.5, "beta2": 0.75}
    _, config = follow(student, "adam", np.ones(1), [[2.0], [-2.0]], settings, [[0.7], [0.8]])
    assert_remembered(config, {"m": [-0.5]})


@pytest.mark.points(2)
def test_adamw_worked_example(student):
    """adamw: two steps that one can work out"""
    # The gradient stays the same: Adam's steps are 0.1 long. Beside them, the weights lose a twentieth.
    settings, dw = {"learning_rate": 0.1, "weight_decay": 0.5}, np.array([0.5, -200.0])
    expected = np.array([[1.8, -0.85], [1.61, -0.7075]])
    _, config = follow(student, "adamw", np.array([2.0, -1.0]), [dw, dw], settings, expected)
    assert_remembered(config, TWO_STEPS["adam"][3])


@pytest.mark.points(1.5)
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_step_without_a_config(student, name):
    """The first-order optimizers: a step without a config is that with an empty one"""
    w, dw = np.array([1.0, -2.0]), np.array([3.0, 0.5])
    with_empty, _ = getattr(student, name)(w.copy(), dw.copy(), {})
    after, _ = getattr(student, name)(w.copy(), dw.copy())
    assert_close(after, with_empty, what="the weights after a step without a config")


@pytest.mark.points(1)
@pytest.mark.parametrize("name", OPTIMIZERS[1:])
def test_two_arrays_take_turns(student, name):
    """Momentum, adagrad, rmsprop and adam: two arrays that are alike take turns, and stay alike

    Each has a config of its own. Whether the steps themselves are right is not judged here.
    """
    one, other = np.array([1.0, -2.0]), np.array([1.0, -2.0])
    its_config, others_config = {"learning_rate": 0.1}, {"learning_rate": 0.1}
    for step in ("first", "second"):
        for_one, for_other = np.array([3.0, 0.5]), np.array([3.0, 0.5])
        one, its_config = getattr(student, name)(np.array(one), for_one, its_config)
        other, others_config = getattr(student, name)(np.array(other), for_other, others_config)
        assert_close(other, one, what=f"the second array after its {step} step, where the first one stands,")


@pytest.mark.points(3)
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_valley(student, name):
    """The first-order optimizers go down a valley that is steeper across than along"""
    rate = {"sgd": 0.15, "sgd_momentum": 0.02, "nesterov_momentum": 0.02, "adagrad": 0.5}.get(name, 0.05)
    steepness = np.array([1.0, 10.0])
    place, config = np.array([-4.0, 1.0]), {"learning_rate": rate}
    for _ in range(150):
        place, config = getattr(student, name)(place, steepness * place, config)
    # The valley's height is 13 where they start.
    height = float(steepness @ np.square(assert_shape(place, (2,), what="the place")) / 2)
    assert_at_most(height, 0.13, what="the height after 150 steps")


@pytest.mark.points(4)
@pytest.mark.parametrize("name", ["step", "exponential", "inverse_time", "cosine"])
def test_schedules_worked_example(student, name):
    """The learning rates of some steps"""
    halving = np.log(2) / 10
    cases: dict[str, Any] = {
        "step": (
            [(0, 0.1, 10), (9, 0.1, 10), (10, 0.1, 10), (19, 0.1, 10), (29, 0.1, 10)],
            [3, 3, 0.3, 0.3, 0.03],
        ),
        "exponential": ([(0, halving), (10, halving), (30, halving)], [3, 1.5, 0.375]),
        "inverse_time": ([(0, 0.5), (2, 0.5), (4, 0.5)], [3, 1.5, 1]),
        "cosine": ([(0, 60), (20, 60), (30, 60), (60, 60)], [3, 2.25, 1.5, 0]),
    }
    arguments, expected = cases[name]
    rates = [getattr(student, f"{name}_decay")(3.0, *rest) for rest in arguments]
    assert_close(rates, expected, what="the learning rates")


@pytest.mark.points(2)
def test_newton_worked_example(student):
    """newton_step: one step to the bottom of a bowl"""
    bowl, bottom = np.array([[4.0, 1.0], [1.0, 3.0]]), np.array([2.0, -1.0])
    w = np.array([3.0, 5.0])
    found = student.newton_step(w.copy(), bowl @ (w - bottom), bowl)
    assert_close(found, bottom, what="the next weights")


@pytest.mark.points(3)
def test_bfgs_update_worked_example(student):
    """bfgs_update: the new matrix is symmetric, and takes the change of the gradient to the step"""
    H = np.array([[2.0, 0.5, 0.0], [0.5, 1.0, -0.25], [0.0, -0.25, 3.0]])
    step, change = np.array([1.0, -2.0, 0.5]), np.array([3.0, -1.0, 2.0])
    found = assert_shape(student.bfgs_update(H, step, change), (3, 3), what="the new matrix")
    assert_close(found @ change, step, what="the new matrix times the change")
    assert_close(found, found.T, what="the new matrix")
    # Where the old matrix was right already, it stays as it is.
    assert_close(student.bfgs_update(H, H @ change, change), H, what="a matrix that was right")


@pytest.mark.points(3)
def test_lbfgs_direction_worked_example(student):
    """lbfgs_direction: straight down at first, and what one step teaches"""
    gradient = np.array([3.0, -1.0, 2.0])
    assert_close(student.lbfgs_direction(gradient, [], []), -gradient, what="the direction without any step")
    # Along the step the slope changes by 4 for each unit, so that a quarter of it is the way to go.
    step, change = np.array([0.0, 0.5, 0.0]), np.array([0.0, 2.0, 0.0])
    found = student.lbfgs_direction(gradient, [step], [change])
    assert_close(found, -gradient / 4, what="the direction after a step")
    across, change = np.array([1.0, 1.0, 0.0]), np.array([1.0, 2.0, -1.0])
    found = student.lbfgs_direction(change, [across], [change])
    assert_close(found, -across, what="the direction for a gradient that is known")


@pytest.mark.points(3)
@pytest.mark.after("test_lbfgs_direction_worked_example")
def test_lbfgs_of_two_pairs_worked_example(student):
    """lbfgs_direction: two pairs that one can work through; one between or after them is left out"""
    gradient = np.array([4.0, 2.0])
    # The scalar product of the second pair is -1.
    steps = [np.array([1.0, 0.0]), np.array([1.0, -1.0]), np.array([1.0, 1.0])]
    changes = [np.array([1.0, 2.0]), np.array([0.0, 1.0]), np.array([2.0, 0.0])]
    found = student.lbfgs_direction(gradient.copy(), steps[::2], changes[::2])
    assert_close(found, np.array([-3.0, -14.0]), what="the direction after two steps")
    found = student.lbfgs_direction(gradient.copy(), steps, changes)
    assert_close(found, np.array([-3.0, -14.0]), what="the direction with a pair that is left out")
    last = [0, 2, 1]
    found = student.lbfgs_direction(gradient.copy(), [steps[i] for i in last], [changes[i] for i in last])
    assert_close(found, np.array([-3.0, -14.0]), what="the direction where the newest pair is left out")


@pytest.mark.points(2)
@pytest.mark.parametrize("name", ["bfgs_update", "lbfgs_direction"])
def test_bowl_in_as_many_steps_as_dimensions(student, rng, name):
    """bfgs_update and lbfgs_direction: to the bottom of a bowl in as many steps as it has dimensions"""
    D = 5
    axes, _ = np.linalg.qr(rng.standard_normal((D, D)))
    bowl = axes @ np.diag([1.0, 2.0, 4.0, 7.0, 10.0]) @ axes.T
    place, H, steps, changes = rng.standard_normal(D), np.eye(D), [], []
    gradient = bowl @ place
    height = gradient @ place
    for _ in range(D):
        if name == "bfgs_update":
            direction = -H @ gradient
        else:
            given = gradient.copy(), [s.copy() for s in steps], [y.copy() for y in changes]
            found = student.lbfgs_direction(*given)
            direction = np.array(assert_shape(found, (D,), what="the direction"))
        # As far as it goes down along this line.
        steps.append(direction * -(gradient @ direction) / (direction @ bowl @ direction + 1e-300))
        changes.append(bowl @ steps[-1])
        place, gradient = place + steps[-1], gradient + changes[-1]
        if name == "bfgs_update":
            H = np.array(assert_shape(student.bfgs_update(H, steps[-1], changes[-1]), (D, D), what="H"))
    assert_at_most(gradient @ place / height, 1e-10, what="the share of the height that is left")
    if name == "bfgs_update":
        assert_close(H @ bowl, np.eye(D), atol=1e-5, what="H times the Hessian")


@pytest.mark.points(2)
def test_polyak_average_worked_example(student):
    """polyak_average: two steps of a running mean"""
    first = student.polyak_average(np.array([1.0, -2.0]), np.array([2.0, 3.0]), 0.9)
    assert_close(first, [1.1, -1.5], what="the mean")
    second = student.polyak_average(np.array([1.1, -1.5]), np.array([0.1, 3.5]), 0.9)
    assert_close(second, [1.0, -1.0], what="the next mean")


@pytest.mark.points(2)
def test_arguments_left_alone(student, rng):
    """bfgs_update, lbfgs_direction and polyak_average leave alone what is needed afterwards"""
    H, (gradient, w, average) = np.diag([1.0, 2.0, 3.0, 4.0]), rng.standard_normal((3, 4))
    steps = rng.standard_normal((3, 4))
    changes = steps @ H
    with unchanged(H=H, gradient=gradient, steps=steps, changes=changes, w=w):
        student.bfgs_update(H, steps[0], changes[0])
        kept, known = list(steps), list(changes)
        student.lbfgs_direction(gradient, kept, known)
        student.polyak_average(average, w, 0.9)
    assert_close(np.array(kept), steps, what="the steps")
    assert_close(np.array(known), changes, what="the changes")


@pytest.mark.points(6)
@pytest.mark.parametrize("name", [*OPTIMIZERS, "lbfgs_direction"])
def test_overfit_50_digits(student, rng, name):
    """50 digits are learned by heart: by a net with each optimizer, by a linear classifier with L-BFGS"""
    digits, _ = turned_digits(rng, held_out=1747)
    X, y = pixel_rows(digits.images, -1, 1), digits.labels
    # Over 600 seeds all 50 were right after 60 steps, with L-BFGS after 10 iterations (200 seeds). With 20
    # units AdaGrad missed a digit in one seed of many: its first steps had left 16 of them dead.
    if name == "lbfgs_direction":
        scores = with_ones(X) @ train_with_lbfgs(student, X, y, 20)
        share = accuracy(np.argmax(scores, axis=1), y)
    else:
        net = new_net(rng, (64, 40, 10))
        train(student, name, net, X, y, [np.arange(50)] * 120, done=lambda: share_right(net, X, y) == 1)
        share = share_right(net, X, y)
    assert_close(share, 1.0, what="the accuracy")


@pytest.mark.points(6)
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_accuracy_on_digits(student, rng, name):
    """A net that is trained with each of your optimizers recognises digits it has not seen"""
    digits, held_out = turned_digits(rng)
    X, net = pixel_rows(digits.images, -1, 1), new_net(rng, (64, 32, 10))
    train(student, name, net, X, digits.labels, [rng.choice(len(X), 100) for _ in range(60)])
    # Over 200 seeds plain descent reaches 0.855 to 0.963, all others 0.892 to 0.983. A velocity that is
    # forgotten or damped reaches 0.852 at most, one without the learning rate 0.771; 0.01 instead of the
    # given rate 0.397, Adam with corrected moments stored 0.391, a forgotten root 0.222 (30 seeds each).
    # Turned digits were tried with 40 seeds: 0.892 and 0.909 at least.
    least = 0.8 if name == "sgd" else 0.87
    share = share_right(net, pixel_rows(held_out.images, -1, 1), held_out.labels)
    assert_at_least(share, least, what="the accuracy on held-out digits")
