"""The checks for `batchnorm.py`. Run them with `pytest`; each says what it is about and what it is worth."""

import copy
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from autograder import assert_gradient
from autograder.checks import (
    accuracy,
    assert_all_digits,
    assert_at_least,
    assert_close,
    assert_shape,
    assert_stored,
    train_until,
    unchanged,
)
from autograder.data import pixel_rows, turned_digits

# Forward and backward of each kind of layer; batch normalization has two backwards.
LAYERS = {
    "batchnorm_backward": "batchnorm_forward",
    "batchnorm_backward_alt": "batchnorm_forward",
    "layernorm_backward": "layernorm_forward",
}
BATCHNORM = ("batchnorm_backward", "batchnorm_backward_alt")

# Features spread so widely that neither eps nor its place matters: checks of their own look at those.
WIDE = 1e6


def layer_inputs(rng, N=6, D=4, *, scale=1.0) -> tuple[Any, Any, Any]:
    """Random x (N, D), each feature with its own mean and spread; gamma of both signs and beta (D,)."""
    x = rng.normal(scale=3, size=D) + rng.uniform(1, 2, D) * rng.standard_normal((N, D))
    return scale * x, rng.choice([-1, 1], D) * rng.uniform(0.5, 2, D), rng.standard_normal(D)


def documented(backward, x, gamma, beta, eps):
    """The output as the docstrings have it: a backward is held against this, whatever its forward does."""
    axis = int(backward == "layernorm_backward")
    away = x - np.mean(x, axis, keepdims=True)
    return beta + gamma * away / np.sqrt(eps + np.mean(away * away, axis, keepdims=True))


def gradients(student, backward, x, gamma, beta, dout, **param):
    """The student's dx, dgamma and dbeta. All arrays are copies, since a backward may overwrite its cache."""
    forward = getattr(student, LAYERS[backward])
    _, cache = forward(x.copy(), gamma.copy(), beta.copy(), {"mode": "train", **param})
    return getattr(student, backward)(dout.copy(), cache)


def assert_layer_gradients(student, backward, x, gamma, beta, rng, eps=1e-5):
    """Compare dbeta, dgamma and dx with the slopes of the documented forward, for a random dout."""
    arguments = (x, gamma, beta)

    def moved(position, value):
        return tuple(value if i == position else argument for i, argument in enumerate(arguments))

    for position, name in [(2, "dbeta"), (1, "dgamma"), (0, "dx")]:

        def out(value, position=position):
            x, gamma, beta = moved(position, value)
            return documented(backward, x, gamma, beta, eps)

        def analytic(value, dout, position=position):
            x, gamma, beta = moved(position, value)
            return gradients(student, backward, x, gamma, beta, dout, eps=eps)[position]

        assert_gradient(out, arguments[position], analytic, name=name, rng=rng)


def assert_gradients_close(found, expected, where, atol=1e-9):
    """Compare dx, dgamma and dbeta with what they should be."""
    for i, name in enumerate(["dx", "dgamma", "dbeta"]):
        assert_close(found[i], expected[i], atol=atol, what=f"{name} {where}")


def cross_entropy(scores, y):
    """The mean cross-entropy of the softmax of scores, and its gradient."""
    right = np.eye(scores.shape[1])[y]
    log_p = scores - scores.max(axis=1)[:, np.newaxis]
    log_p = log_p - np.log(np.exp(log_p).sum(axis=1))[:, np.newaxis]
    return -(right * log_p).sum() / len(y), (np.exp(log_p) - right) / len(y)


STATISTICS = ("running_mean", "running_var")


class Net:
    """Affine layers; between two of them the student's normalization and a ReLU."""

    def __init__(self, student, backward, sizes, scale, rng):
        self.kind = LAYERS[backward]
        self.forward, self.backward = getattr(student, self.kind), getattr(student, backward)
        self.weights = [scale * rng.standard_normal(shape) for shape in pairwise(sizes)]
        self.weights[-1] = 0.01 * rng.standard_normal(sizes[-2:])
        self.gammas, self.betas = [np.ones(D) for D in sizes[1:-1]], [np.zeros(D) for D in sizes[1:-1]]
        self.params = [{"mode": "train"} for _ in sizes[1:-1]]

    def scores(self, forward, X, params):
        """The scores of the rows of X, normalized by a forward, and what each layer's backward needs."""
        trace = []
        for W, gamma, beta, param in zip(self.weights[:-1], self.gammas, self.betas, params, strict=True):
            out, cache = forward(X @ W, gamma.copy(), beta.copy(), param)
            trace.append((X, out > 0, cache))
            X = np.maximum(out, 0)
        return X @ self.weights[-1], [*trace, (X, None, None)]

    def statistics(self, i):
        """The running statistics that a layer keeps, as arrays: a list of numbers is as good."""
        kept = {name: self.params[i][name] for name in STATISTICS if name in self.params[i]}
        shape = self.gammas[i].shape
        return {name: assert_shape(np.reshape(value, -1), shape, what=name) for name, value in kept.items()}

    def step(self, X, y, rate):
        """One step of gradient descent on a batch; return the loss before it."""
        for param in self.params:
            param["mode"] = "train"
        scores, trace = self.scores(self.forward, X, self.params)
        loss, upstream = cross_entropy(scores, y)
        for i in reversed(range(len(self.weights))):
            X, _, _ = trace[i]
            upstream, dW = upstream @ self.weights[i].T, X.T @ upstream
            self.weights[i] = self.weights[i] - rate * dW
            if i > 0:
                _, alive, cache = trace[i - 1]
                upstream, dgamma, dbeta = self.backward(upstream * alive, cache)
                self.gammas[i - 1] = self.gammas[i - 1] - rate * np.reshape(dgamma, -1)
                self.betas[i - 1] = self.betas[i - 1] - rate * np.reshape(dbeta, -1)
        return loss

    def learn(self, judge, X, y, batches, shown, mode, least):
        """Take a step on each batch of rows until the net recognises a share of the digits shown.

        What it recognises is for the forward of a module that judges it to say. The last third of the steps
        are short. Returns the share, after all of them at the latest.
        """
        judging = getattr(judge, self.kind)

        def step(i):
            self.step(X[batches[i]], y[batches[i]], 0.5 if 3 * i < 2 * len(batches) else 0.1)

        def share():
            kept = [{"mode": mode, **self.statistics(i)} for i in range(len(self.params))]
            scores, _ = self.scores(judging, pixel_rows(shown.images), kept)
            return accuracy(np.argmax(scores, axis=1), shown.labels)

        return train_until(least, share, step, steps=len(batches))


@pytest.mark.points(3)
def test_batchnorm_worked_example(student):
    """batchnorm_forward: four samples and two features whose standard deviations are 500 and 1000"""
    x = np.array([[300.0, 3000.0], [900.0, 1000.0], [1100.0, 3000.0], [1700.0, 1000.0]])
    out, _ = student.batchnorm_forward(x, np.array([10.0, 1.0]), np.array([0.0, 7.0]), {"mode": "train"})
    assert_close(out, np.array([[-14, 8], [-2, 6], [2, 8], [14, 6]]), what="out")


@pytest.mark.points(2)
@pytest.mark.after("test_batchnorm_worked_example")
def test_batchnorm_sets_mean_and_spread(student, rng):
    """batchnorm_forward: after it each feature has mean beta and standard deviation |gamma|"""
    x, gamma, beta = layer_inputs(rng, N=200, D=3)
    out, _ = student.batchnorm_forward(x, gamma.copy(), beta.copy(), {"mode": "train"})
    assert_close(np.mean(out, axis=0), beta, atol=1e-7, what="the means")
    assert_close(np.std(out, axis=0), np.abs(gamma), rtol=1e-4, what="the standard deviations")


@pytest.mark.points(3)
@pytest.mark.parametrize("kind", ["training", "testing", "layernorm"])
def test_eps_worked_example(student, kind):
    """The forwards: with an eps of 9, the root of 16 + 9 is 5"""
    x, ones, zeros = np.array([[2.0, 7.0], [10.0, -1.0]]), np.ones(2), np.zeros(2)
    if kind == "training":
        out, _ = student.batchnorm_forward(x, ones, zeros, {"mode": "train", "eps": 9.0})
        assert_close(out, np.array([[-0.8, 0.8], [0.8, -0.8]]), what="out")
    elif kind == "testing":
        known = {"running_mean": np.array([6.0, 3.0]), "running_var": np.array([16.0, 0.0])}
        out, _ = student.batchnorm_forward(x, ones, zeros, {"mode": "test", "eps": 9.0, **known})
        assert_close(out, np.array([[-0.8, 4 / 3], [0.8, -4 / 3]]), what="out")
    else:
        out, _ = student.layernorm_forward(x.T, ones, zeros, {"eps": 9.0})
        assert_close(out, np.array([[-0.8, 0.8], [0.8, -0.8]]), what="out")


@pytest.mark.points(4)
def test_running_statistics_worked_example(student):
    """batchnorm_forward: the running statistics after one step and after two"""
    x, gamma, beta = np.array([[9.0, -30.0], [11.0, -10.0]]), np.ones(2), np.zeros(2)
    first = {"mode": "train"}
    student.batchnorm_forward(x, gamma, beta, first)
    second = copy.deepcopy(first)
    student.batchnorm_forward(2 * x, gamma, beta, second)
    assert_close(
        assert_stored(first, "running_mean", what="bn_param"), [1.0, -2.0], what="running_mean after one step"
    )
    assert_close(
        assert_stored(first, "running_var", what="bn_param"), [0.1, 10.0], what="running_var after one step"
    )
    assert_close(
        assert_stored(second, "running_mean", what="bn_param"),
        [2.9, -5.8],
        what="running_mean after two steps",
    )
    assert_close(
        assert_stored(second, "running_var", what="bn_param"),
        [0.49, 49.0],
        what="running_var after two steps",
    )


@pytest.mark.points(3)
def test_test_mode_worked_example(student):
    """batchnorm_forward: in test mode the running statistics take the place of the batch's"""
    bn_param = {
        "mode": "test",
        "running_mean": np.array([100.0, -200.0]),
        "running_var": np.array([400.0, 2500.0]),
    }
    x = np.array([[120.0, -150.0], [100.0, -300.0], [90.0, -200.0]])
    expected = np.array([[1, 1], [0, -2], [-0.5, 0]])
    out, _ = student.batchnorm_forward(x, np.ones(2), np.zeros(2), dict(bn_param))
    assert_close(out, expected, what="out")
    alone, _ = student.batchnorm_forward(x[:1], np.ones(2), np.zeros(2), dict(bn_param))
    assert_close(alone, expected[:1], what="out for the first sample alone")


@pytest.mark.points(2)
def test_arguments_left_alone(student, rng):
    """The forwards leave x, gamma and beta alone"""
    x, gamma, beta = layer_inputs(rng)
    running = {"running_mean": np.zeros(4), "running_var": np.ones(4)}
    with unchanged(x=x, gamma=gamma, beta=beta):
        student.batchnorm_forward(x, gamma, beta, {"mode": "train"})
        student.batchnorm_forward(x, gamma, beta, {"mode": "test", **running})
        student.layernorm_forward(x, gamma, beta, {})


@pytest.mark.points(4)
@pytest.mark.after("test_batchnorm_worked_example")
@pytest.mark.parametrize("backward", BATCHNORM)
def test_batchnorm_backward_worked_example(student, backward):
    """batchnorm_backward and batchnorm_backward_alt: the samples of the forward's worked example"""
    x = np.array([[300.0, 3000.0], [900.0, 1000.0], [1100.0, 3000.0], [1700.0, 1000.0]])
    dout = np.array([[4.0, 1.0], [0.0, 2.0], [0.0, 3.0], [0.0, 4.0]])
    found = gradients(student, backward, x, np.array([1000.0, -2000.0]), np.array([0.0, 7.0]), dout)
    dx = np.array([[2.08, 2.0], [-2.56, 2.0], [-1.44, -2.0], [1.92, -2.0]])
    assert_gradients_close(found, [dx, np.array([-5.6, -2.0]), np.array([4.0, 10.0])], f"of {backward}")


@pytest.mark.points(6)
@pytest.mark.after("test_batchnorm_worked_example")
def test_batchnorm_gradients(student, rng):
    """batchnorm_backward agrees with numerical gradients"""
    assert_layer_gradients(student, "batchnorm_backward", *layer_inputs(rng, scale=WIDE), rng)


@pytest.mark.points(2)
@pytest.mark.after("test_batchnorm_worked_example")
def test_closed_form_gradients(student, rng):
    """batchnorm_backward_alt agrees with numerical gradients"""
    assert_layer_gradients(student, "batchnorm_backward_alt", *layer_inputs(rng, scale=WIDE), rng)


@pytest.mark.points(3)
def test_layernorm_worked_example(student):
    """layernorm_forward: two samples of four features, with standard deviations of 500 and 1000"""
    x = np.array([[300.0, 900.0, 1100.0, 1700.0], [3000.0, 1000.0, 3000.0, 1000.0]])
    out, _ = student.layernorm_forward(x, np.array([5.0, 5.0, 5.0, 10.0]), np.array([0.0, 0.0, 1.0, 0.0]), {})
    assert_close(out, np.array([[-7, -1, 2, 14], [5, -5, 6, -10]]), what="out")


@pytest.mark.points(6)
@pytest.mark.after("test_layernorm_worked_example")
def test_layernorm_gradients(student, rng):
    """layernorm_backward agrees with numerical gradients"""
    assert_layer_gradients(student, "layernorm_backward", *layer_inputs(rng, scale=WIDE), rng)


@pytest.mark.points(2)
@pytest.mark.parametrize("backward", ["batchnorm_backward", "layernorm_backward"])
def test_loss_before_training(student, rng, backward):
    """A deep net starts with a loss of about log(C), however small or large its weights are"""
    digits, _ = turned_digits(rng, held_out=1747)
    for scale in (0.001, 1.0, 50.0):
        net = Net(student, backward, [64, 30, 30, 30, 10], scale, rng)
        scores, _ = net.scores(net.forward, pixel_rows(digits.images), net.params)
        loss, _ = cross_entropy(scores, digits.labels)
        assert_close(loss, np.log(10), rtol=2e-2, what=f"the loss with weights of size {scale}")


@pytest.mark.points(3)
@pytest.mark.parametrize("backward", list(LAYERS))
def test_overfit_50_digits(student, trusted, rng, backward):
    """A net with your layers learns 50 digits by heart"""
    digits, _ = turned_digits(rng, held_out=1747)
    X, y = pixel_rows(digits.images), digits.labels
    net = Net(student, backward, [64, 40, 40, 10], 0.3, rng)
    # Over 200 seeds right layers miss no digit; with 30 units and 80 steps they did once.
    share = net.learn(trusted, X, y, [np.arange(50)] * 120, digits, "train", 1.0)
    assert_close(share, 1.0, what="the accuracy")


@pytest.mark.points(2)
@pytest.mark.after("test_test_mode_worked_example")
@pytest.mark.parametrize("backward", BATCHNORM)
def test_accuracy_on_digits(student, trusted, rng, backward):
    """A net with your batch normalization recognises digits it has not seen, in test mode"""
    train, held_out = turned_digits(rng)
    X = pixel_rows(train.images)
    net = Net(student, backward, [64, 30, 30, 30, 10], 0.02, rng)
    batches = [rng.choice(len(X), 50) for _ in range(120)]
    share = net.learn(trusted, X, train.labels, batches, held_out, "test", 0.92)
    # Over 200 seeds right layers reach 0.939 at least in 120 steps. Mistakes that
    # hurt stay below over 15 seeds: both statistics or the mean taken as constants, the variance term's sign,
    # no mean in test mode 0.88 at most, running statistics not stored 0.91.
    assert_at_least(share, 0.92, what="the accuracy on held-out digits")
