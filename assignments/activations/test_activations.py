"""The checks for `activations.py`. Run them with `pytest`; each says what it is about and its worth."""

import numpy as np
import pytest

from autograder import assert_gradient
from autograder.checks import (
    accuracy,
    assert_all_digits,
    assert_at_least,
    assert_close,
    assert_shape,
    train_until,
    unchanged,
)
from autograder.data import pixel_rows, split_digits, turned_digits

# The activations without parameters of their own; then all that a hidden layer may have.
PLAIN = ("sigmoid", "tanh", "relu", "leaky_relu", "elu", "silu", "gelu")
HIDDEN_LAYERS = (*PLAIN, "prelu", "maxout")

# Outputs that one can work out by hand; log(2) and log(3) make the exponentials whole numbers. Those of gelu
# take a pocket calculator.
KNOWN = {
    "sigmoid": ([np.log(3), -np.log(3), np.log(9)], [3 / 4, 1 / 4, 9 / 10]),
    "tanh": ([np.log(2), -np.log(2), np.log(3)], [3 / 5, -3 / 5, 4 / 5]),
    "relu": ([2.5, -1.5, 0.5], [2.5, 0, 0.5]),
    "leaky_relu": ([2.5, -1.5, -0.5], [2.5, -0.015, -0.005]),
    "elu": ([2.5, -np.log(2), -np.log(4)], [2.5, -1 / 2, -3 / 4]),
    "silu": ([np.log(3), -np.log(3), np.log(9)], [3 / 4 * np.log(3), -np.log(3) / 4, 9 / 10 * np.log(9)]),
    "gelu": ([1.0, -1.0, 2.0], [0.8411919906, -0.1588080094, 1.9545976941]),
}


def away_from_zero(rng, shape, scale=2.0):
    """Numbers of both signs, none near 0, where slopes may jump."""
    return scale * rng.choice([-1, 1], shape) * rng.uniform(0.05, 1, shape)


def number(value):
    """The number that an array of one entry holds; anything else as it is."""
    return value.reshape(()) if isinstance(value, np.ndarray) and value.size == 1 else value


def assert_layer_gradient(student, layer, position, arguments, rng, name="dx", output=None):
    """The gradient with respect to one argument agrees with numerical ones, for a random gradient from above.

    `output` says which of the values that the backward returns it is; None if it returns nothing else.
    """
    forward, backward = getattr(student, f"{layer}_forward"), getattr(student, f"{layer}_backward")

    def gradient(value, upstream):
        given = (*arguments[:position], value, *arguments[position + 1 :])
        _, cache = forward(*[part.copy() for part in given])
        gradients = backward(upstream, cache)
        return gradients if output is None else gradients[output]

    f = forward.over(position, *arguments, output=0)
    assert_gradient(f, arguments[position], gradient, name=name, rng=rng)


def random_weights(rng, *shape):
    """Weights (..., D, M) that keep the size of what goes through them."""
    return rng.standard_normal(shape) / np.sqrt(shape[-2])


def hidden_layer(affine_of, student, name, D, M, rng):
    """A hidden layer of a net: an affine layer and an activation, or a maxout, which is both in one.

    A net is a list of layers; a layer is the module that it comes from, its name and its parameters.
    """
    if name == "maxout":
        return [(student, name, [random_weights(rng, 2, D, M), np.zeros((2, M))])]
    # The sigmoid's slope is at most 1/4: weights four times as large make up for it.
    w = random_weights(rng, D, M) * (4 if name == "sigmoid" else 1)
    own = [np.full(M, 0.25)] if name == "prelu" else []
    return [(affine_of, "affine", [w, np.zeros(M)]), (student, name, own)]


def scores_of(net, x):
    """Send x through the net; return the scores, and the cache of each layer."""
    caches = []
    for module, name, parameters in net:
        x, cache = getattr(module, f"{name}_forward")(x, *parameters)
        caches.append(cache)
    return x, caches


def descend(net, caches, dout, velocities, learning_rate):
    """Send dout back through the net, and move all parameters downhill, with momentum."""
    for number in reversed(range(len(net))):
        module, name, parameters = net[number]
        dout = getattr(module, f"{name}_backward")(dout, caches[number])
        if not parameters:
            continue
        dout, *gradients = dout
        for i, gradient in enumerate(gradients):
            step = learning_rate * np.reshape(gradient, parameters[i].shape)
            velocities[number, i] = 0.9 * velocities.get((number, i), 0) - step
            parameters[i] = parameters[i] + velocities[number, i]


def loss_gradient(scores, labels):
    """The gradient of a mean loss: an image costs log(1 + exp(-s)) for its digit, else log(1 + exp(s))."""
    sign = 2 * np.eye(10)[labels] - 1
    return -sign / (1 + np.exp(sign * scores)) / len(labels)


def share_right(net, judge, digits):
    """Share of the digits that the net's parameters recognise, in layers of the module that judges them."""
    scores, _ = scores_of([(judge, *layer) for _, *layer in net], pixel_rows(digits.images, -1, 1))
    return accuracy(np.argmax(scores, axis=1), digits.labels)


@pytest.mark.points(3)
def test_affine_worked_example(student):
    """affine: two samples of three numbers each, two outputs"""
    x = np.array([[[1.0, 2.0, 3.0]], [[0.0, -1.0, 1.0]]])
    w, b = np.array([[1.0, 0.0], [2.0, 1.0], [0.0, -1.0]]), np.array([0.5, -1.0])
    out, cache = student.affine_forward(x, w, b)
    assert_close(out, np.array([[5.5, -2.0], [-1.5, -3.0]]), what="the output")
    dx, dw, db = student.affine_backward(np.array([[1.0, 2.0], [0.0, -1.0]]), cache)
    assert_close(dx, np.array([[[1.0, 4.0, -2.0]], [[0.0, -1.0, 1.0]]]), what="dx")
    assert_close(dw, np.array([[1.0, 2.0], [2.0, 5.0], [3.0, 5.0]]), what="dw")
    assert_close(db, np.array([1.0, 1.0]), what="db")


@pytest.mark.points(0.5)
@pytest.mark.after("test_affine_worked_example")
def test_affine_of_two_images(student):
    """affine: two images of 2 x 2 pixels, whose rows are joined one after the other"""
    images = np.array([[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]]])
    # The first output writes the pixels as digits, the last one first; the second output is the first pixel.
    w = np.array([[1.0, 1.0], [10.0, 0.0], [100.0, 0.0], [1000.0, 0.0]])
    out, cache = student.affine_forward(images, w, np.zeros(2))
    assert_close(out, np.array([[4321.0, 1.0], [8765.0, 5.0]]), what="the output")
    # The first image's gradient comes by way of the first output, the second one's by way of the second.
    dx, dw, _ = student.affine_backward(np.array([[1.0, 0.0], [0.0, 2.0]]), cache)
    assert_close(dx, np.array([[[1.0, 10.0], [100.0, 1000.0]], [[2.0, 0.0], [0.0, 0.0]]]), what="dx")
    assert_close(dw, np.array([[1.0, 10.0], [2.0, 12.0], [3.0, 14.0], [4.0, 16.0]]), what="dw")


@pytest.mark.points(6)
@pytest.mark.parametrize("position", [0, 1, 2], ids=["dx", "dw", "db"])
def test_affine_gradient(student, rng, position):
    """affine: the gradients agree with numerical ones, for samples with several axes"""
    arguments = [rng.standard_normal(shape) for shape in [(4, 2, 3), (6, 5), (5,)]]
    name = ("dx", "dw", "db")[position]
    assert_layer_gradient(student, "affine", position, arguments, rng, name=name, output=position)


@pytest.mark.points(7)
@pytest.mark.parametrize("name", PLAIN)
def test_activation_worked_numbers(student, name):
    """The activations at points where one can work them out"""
    x, expected = KNOWN[name]
    out, _ = getattr(student, f"{name}_forward")(np.array(x))
    assert_close(out, np.array(expected), what="the output")


@pytest.mark.points(7)
@pytest.mark.parametrize("name", PLAIN)
def test_activation_gradient(student, rng, name):
    """The gradients of the activations agree with numerical ones"""
    assert_layer_gradient(student, name, 0, [away_from_zero(rng, (5, 6))], rng)


@pytest.mark.points(2)
@pytest.mark.parametrize("name", ["leaky_relu", "elu"])
def test_setting_worked_numbers(student, name):
    """leaky_relu with a slope of 1/2, elu with an alpha of 1/2: the outputs and the gradients"""
    expected, slopes = {
        "leaky_relu": ([2.5, -1.0, -2.0], [1.0, 0.5, 0.5]),
        "elu": ([2.5, -0.25, -0.375], [1.0, 0.25, 0.125]),
    }[name]
    x = np.array([2.5, -2.0, -4.0] if name == "leaky_relu" else [2.5, -np.log(2), -np.log(4)])
    out, cache = getattr(student, f"{name}_forward")(x, 0.5)
    assert_close(out, np.array(expected), what=f"the output of {name}")
    dx = getattr(student, f"{name}_backward")(np.array([10.0, 10.0, -100.0]), cache)
    assert_close(dx, np.array([10.0, 10.0, -100.0]) * slopes, what=f"dx of {name}")


@pytest.mark.points(1)
@pytest.mark.parametrize("name", ["leaky_relu", "elu", "prelu"])
def test_settings_above_one(student, name):
    """leaky_relu and prelu with a slope of 2, elu with an alpha of 2: the outputs"""
    x = np.array([[3.0, -1.0, -4.0]])
    expected = [3.0, -2.0, -8.0]
    if name == "elu":
        # 2 * (1/2 - 1) and 2 * (1/4 - 1)
        x, expected = np.array([[3.0, -np.log(2), -np.log(4)]]), [3.0, -1.0, -1.5]
    out, _ = getattr(student, f"{name}_forward")(x, 2.0)
    assert_close(out, np.array([expected]), what=f"the output of {name}")


@pytest.mark.points(1)
@pytest.mark.parametrize("name", ["sigmoid", "tanh", "elu", "silu", "gelu"])
def test_activation_far_out(student, name):
    """sigmoid, tanh, elu, silu and gelu at 900 on either side, where exp overflows: the outputs"""
    expected = {
        "sigmoid": [1.0, 0.0],
        "tanh": [1.0, -1.0],
        "elu": [900.0, -1.0],
        "silu": [900.0, 0.0],
        "gelu": [900.0, 0.0],
    }[name]
    out, _ = getattr(student, f"{name}_forward")(np.array([900.0, -900.0]))
    assert_close(out, np.array(expected), what=f"the output of {name}")


@pytest.mark.points(2)
def test_prelu_worked_example(student):
    """prelu: two samples of three channels, each with a slope of its own"""
    x, alpha = np.array([[1.0, -2.0, -3.0], [-4.0, 5.0, -6.0]]), np.array([0.5, 0.25, 0.75])
    out, cache = student.prelu_forward(x, alpha)
    assert_close(out, np.array([[1.0, -0.5, -2.25], [-2.0, 5.0, -4.5]]), what="the output")
    dx, dalpha = student.prelu_backward(np.array([[1.0, 1.0, 2.0], [3.0, 1.0, -1.0]]), cache)
    assert_close(dx, np.array([[1.0, 0.25, 1.5], [1.5, 1.0, -0.75]]), what="dx")
    assert_close(dalpha, np.array([-12.0, -2.0, 0.0]), what="dalpha")


@pytest.mark.points(3)
@pytest.mark.parametrize("kind", ["dx", "dalpha", "one alpha"])
def test_prelu_gradient(student, rng, kind):
    """prelu: the gradients agree with numerical ones, for one alpha and for one per channel"""
    x, alphas = away_from_zero(rng, (5, 4)), rng.uniform(0.1, 0.6, 4)
    if kind == "one alpha":
        out, cache = student.prelu_forward(x.copy(), 0.3)
        assert_close(out, np.where(x > 0, x, 0.3 * x), what="the output for one alpha")
        _, dalpha = student.prelu_backward(np.ones((5, 4)), cache)
        assert_close(number(dalpha), x[x < 0].sum(), what="dalpha")
    else:
        position = ["dx", "dalpha"].index(kind)
        assert_layer_gradient(student, "prelu", position, [x, alphas], rng, name=kind, output=position)


@pytest.mark.points(0.5)
@pytest.mark.after("test_prelu_worked_example")
def test_prelu_of_one_image(student):
    """prelu: an image of two channels, each with a slope of its own"""
    image = np.array([[[[-2.0, -4.0], [6.0, -8.0]], [[-2.0, 4.0], [-6.0, -8.0]]]])
    # The first channel's slope is 1/2, the second one's 1/4.
    out, cache = student.prelu_forward(image, np.array([0.5, 0.25]))
    assert_close(out, [[[[-1.0, -2.0], [6.0, -4.0]], [[-0.5, 4.0], [-1.5, -2.0]]]], what="the output")
    dx, _ = student.prelu_backward(np.ones((1, 2, 2, 2)), cache)
    assert_close(dx, [[[[0.5, 0.5], [1.0, 0.5]], [[0.25, 1.0], [0.25, 0.25]]]], what="dx")


@pytest.mark.points(3)
def test_maxout_worked_example(student):
    """maxout: two pieces, x and 1 - x; for the third sample the bias decides which is the larger"""
    w, b = np.array([[[1.0]], [[-1.0]]]), np.array([[0.0], [1.0]])
    out, cache = student.maxout_forward(np.array([[3.0], [-2.0], [0.25]]), w, b)
    assert_close(out, np.array([[3.0], [3.0], [0.75]]), what="the output")
    dx, dw, db = student.maxout_backward(np.array([[1.0], [10.0], [2.0]]), cache)
    assert_close(dx, np.array([[1.0], [-10.0], [-2.0]]), what="dx")
    assert_close(dw, np.array([[[3.0]], [[-19.5]]]), what="dw")
    assert_close(db, np.array([[1.0], [12.0]]), what="db")


@pytest.mark.points(4)
@pytest.mark.parametrize("position", [0, 1, 2], ids=["dx", "dw", "db"])
def test_maxout_gradient(student, rng, position):
    """maxout: the gradients agree with numerical ones"""
    arguments = [rng.standard_normal(shape) for shape in [(4, 3), (2, 3, 5), (2, 5)]]
    name = ("dx", "dw", "db")[position]
    assert_layer_gradient(student, "maxout", position, arguments, rng, name=name, output=position)


@pytest.mark.points(3)
@pytest.mark.parametrize("name", ["affine", *HIDDEN_LAYERS])
def test_arguments_left_alone(student, rng, name):
    """The forward passes leave their arguments alone"""
    x, b, alpha = away_from_zero(rng, (4, 3)), rng.standard_normal(3), rng.uniform(0.1, 0.6, 3)
    w, pieces = rng.standard_normal((3, 3)), rng.standard_normal((2, 3, 3))
    parameters = {"affine": [w, b], "maxout": [pieces, w[:2]], "prelu": [alpha]}.get(name, [])
    with unchanged(x=x, w=w, b=b, alpha=alpha, pieces=pieces):
        getattr(student, f"{name}_forward")(x, *parameters)


@pytest.mark.points(2)
def test_saturated_fraction_worked_example(student):
    """saturated_fraction: three of eight outputs of a sigmoid"""
    out = np.array([[0.02, 0.5, 0.97, 0.2], [0.7, 0.999, 0.06, 0.9]])
    assert_close(student.saturated_fraction(out, 0.0, 1.0, 0.05), 3 / 8, what="the share")


@pytest.mark.points(2)
def test_dead_fraction_worked_example(student):
    """dead_fraction: one of four units is zero for all three samples"""
    activations = np.array([[0.0, 0.0, 1.0, 2.0], [3.0, 0.0, 0.0, 1.0], [0.0, 0.0, 2.0, 0.5]])
    assert_close(student.dead_fraction(activations), 1 / 4, what="the share")


@pytest.mark.points(2)
def test_initial_loss_on_digits(student, rng):
    """A net with tiny weights, for images as they are: before any training its loss is about log(10)"""
    digits, _ = split_digits(rng, held_out=1697)
    net = hidden_layer(student, student, "relu", 64, 20, rng)
    net.append((student, "affine", [1e-3 * random_weights(rng, 20, 10), np.zeros(10)]))
    scores, _ = scores_of(net, digits.images)
    odds = np.exp(assert_shape(scores, (100, 10), what="the scores"))
    surprise = -np.log(odds[range(100), digits.labels] / odds.sum(axis=1))
    assert_close(surprise.mean(), np.log(10), rtol=1e-2, what="the mean cross-entropy")


@pytest.mark.points(7)
@pytest.mark.after("test_affine_worked_example")
@pytest.mark.parametrize("name", HIDDEN_LAYERS)
def test_overfit_50_digits(student, trusted, rng, name):
    """A net of your layers, with each of the activations, learns 50 digits by heart"""
    digits, _ = turned_digits(rng, held_out=1747)
    velocities, rate = {}, 0.3 if name == "sigmoid" else 0.07
    net = hidden_layer(student, student, name, 64, 40, rng)
    net.append((student, "affine", [random_weights(rng, 40, 10), np.zeros(10)]))
    # Over 250 seeds right layers know all digits after 59 steps at most. At a rate of 0.1 one prelu in 250
    # never did: its steps were too long. (silu and gelu were tried with 30 seeds: 37 steps at most.)

    def step(_):
        scores, caches = scores_of(net, pixel_rows(digits.images, -1, 1))
        descend(net, caches, loss_gradient(scores, digits.labels), velocities, learning_rate=rate)

    share = train_until(1.0, lambda: share_right(net, trusted, digits), step, steps=80)
    assert_close(share, 1.0, what="the accuracy")


@pytest.mark.points(3)
@pytest.mark.after("test_affine_worked_example")
def test_accuracy_on_digits(student, trusted, rng):
    """A net of your layers, with relu, recognises digits that it has not seen"""
    train, held_out = turned_digits(rng)
    net, velocities = hidden_layer(student, student, "relu", 64, 32, rng), {}
    net.append((student, "affine", [random_weights(rng, 32, 10), np.zeros(10)]))

    def step(_):
        batch = rng.choice(len(train.labels), 100)
        scores, caches = scores_of(net, pixel_rows(train.images[batch], -1, 1))
        descend(net, caches, loss_gradient(scores, train.labels[batch]), velocities, learning_rate=0.05)

    share = train_until(0.87, lambda: share_right(net, trusted, held_out), step, steps=120)
    # Over 200 seeds right layers reach 0.916 or more in 120 steps; an affine layer with a wrong gradient,
    # or a relu that forgets dout, 0.47 at most.
    assert_at_least(share, 0.87, what="the accuracy on held-out digits")
