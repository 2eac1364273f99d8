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


### BEGIN HIDDEN TESTS
@pytest.mark.points(8)
@pytest.mark.parametrize("name", INITIALIZATIONS[::-1])
def test_entries_are_normal(student, rng, name):
    """The weights are normally distributed, whatever their spread

    In units of their own standard deviation: a wrong one costs points elsewhere.
    """
    for shape in [(150, 800), (40, 20, 5, 5), (1, 9000)]:
        drawn = assert_shape(getattr(student, name)(shape, rng), shape, what="weights")
        values = drawn / max(drawn.std(), 1e-300)
        for bound, share in [(0.5, 0.61708), (1.0, 0.31731), (2.0, 0.04550), (3.0, 0.00270)]:
            error = (share * (1 - share) / values.size) ** 0.5
            beyond = (np.abs(values) > bound).mean()
            assert_close(
                beyond, share, atol=6 * error + 2 / values.size, what=f"share beyond {bound} deviations"
            )


@pytest.mark.points(4)
@pytest.mark.parametrize("name", INITIALIZATIONS[::-1])
def test_layers_of_any_size(student, rng, name):
    """The spread of the weights of layers of any size, of a single input, of a single output"""
    for shape in [(150, 800), (1, 9000), (9000, 1)]:
        assert_drawn(getattr(student, name)(shape, rng), shape, right_std(name, shape[0]), "weights")


@pytest.mark.points(8)
@pytest.mark.parametrize("name", ["he_init", "xavier_init"])
def test_convolutions_of_any_shape(student, rng, name):
    """xavier_init and he_init: filters that are not square, and of one pixel"""
    for shape, fan_in in [((64, 5, 3, 7), 105), ((90, 2, 9, 4), 72), ((200, 40, 1, 1), 40)]:
        assert_drawn(getattr(student, name)(shape, rng), shape, right_std(name, fan_in), "filters")


@pytest.mark.points(5)
@pytest.mark.after("test_small_weights")
@pytest.mark.parametrize("scale", [1e-4, 0.3, 5.0])
def test_scale_of_small_weights(student, rng, scale):
    """small_random_init: the scale that is asked for, whatever the shape"""
    for shape in [(70, 90), (8000, 1), (30, 8, 3, 5)]:
        assert_drawn(student.small_random_init(shape, rng, scale), shape, scale, "weights")


### END HIDDEN TESTS
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


### BEGIN HIDDEN TESTS
class Net:
    """A fully connected net whose weights are the student's, trained by gradient descent with momentum."""

    def __init__(self, weights, tanh, softmax_loss):
        self.weights, self.tanh, self.softmax_loss = weights, tanh, softmax_loss
        self.velocities = [np.zeros_like(w) for w in weights]

    def layers(self, x):
        """The input, and the activations of each hidden layer."""
        found = [x]
        for w in self.weights[:-1]:
            a = found[-1] @ w
            found.append(np.tanh(a) if self.tanh else a * (a > 0))
        return found

    def accuracy(self, x, y):
        """The share of the rows of x whose class has the highest score."""
        return accuracy(np.argmax(self.layers(x)[-1] @ self.weights[-1], axis=1), y)

    def step(self, x, y, learning_rate):
        """One step on this batch."""
        layers = self.layers(x)
        d = self.softmax_loss(layers[-1] @ self.weights[-1], y)[1]
        for k in reversed(range(len(self.weights))):
            dw = layers[k].T @ d
            d = d @ self.weights[k].T * (1 - layers[k] ** 2 if self.tanh else layers[k] > 0)
            self.velocities[k] = 0.9 * self.velocities[k] - learning_rate * dw
            self.weights[k] = self.weights[k] + self.velocities[k]


def new_net(student, name, rng, softmax_loss):
    """Five hidden layers with weights of one kind, and small ones, not the student's, for the scores."""
    shapes = [(64, 100), *[(100, 100)] * 4]
    weights = [assert_shape(getattr(student, name)(shape, rng), shape, what="weights") for shape in shapes]
    weights.append(0.01 * rng.standard_normal((100, 10)))
    return Net(weights, name == "xavier_init", softmax_loss)


@pytest.mark.points(10)
@pytest.mark.parametrize(("name", "rate"), [("he_init", 0.03), ("xavier_init", 0.05)])
def test_deep_nets_learn_digits(student, references, rng, name, rate):
    """Nets of six layers, each with weights of its own, learn 50 digits by heart and recognise new ones"""
    known, new = turned_digits(rng)
    X, y = pixel_rows(known.images, -1, 1), known.labels
    net = new_net(student, name, rng, references.losses.softmax_loss)
    for one, other in zip(net.weights[1:4], net.weights[2:5], strict=True):
        assert_at_least(np.abs(one - other).max(), 1e-3, what="largest difference between two layers")
    X_few, y_few = X[:50], y[:50]
    share = train_until(
        1.0, lambda: net.accuracy(X_few, y_few), lambda _: net.step(X_few, y_few, rate), steps=120
    )
    assert_close(share, 1.0, what="accuracy on 50 digits learnt by heart")
    net = new_net(student, name, rng, references.losses.softmax_loss)

    def any_batch(_):
        drawn = rng.choice(len(X), 50)
        net.step(X[drawn], y[drawn], rate)

    X_new = pixel_rows(new.images, -1, 1)
    share = train_until(0.85, lambda: net.accuracy(X_new, new.labels), any_batch, steps=200)
    # Over 300 seeds right ones reach 0.90 to 0.99 in 200 steps, and know the 50 digits after 38 at most.
    # Those that are equal, positive, far too small or the same for all units reach 0.34 and never know
    # the 50.
    assert_at_least(share, 0.85, what="accuracy on held-out digits")


### END HIDDEN TESTS
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


### BEGIN HIDDEN TESTS
def leaky(a):
    """A nonlinearity that lets a tenth of the negative half through."""
    return np.where(a > 0, a, 0.1 * a)


@pytest.mark.points(9)
@pytest.mark.after("test_activation_statistics_worked_example")
@pytest.mark.parametrize("nonlinearity", [np.tanh, leaky, lambda a: a, lambda a: np.cos(a) + a / 3])
def test_statistics_of_any_net(student, reference, rng, nonlinearity):
    """activation_statistics: nets of any depth and width, one sample, one unit, any nonlinearity"""
    nets = [(7, [(5, 8), (8, 3), (3, 6)]), (1, [(4, 6)]), (3, [(6, 1), (1, 1), (1, 5)]), (40, [(30, 9)])]
    for N, shapes in nets:
        x = rng.standard_normal((N, shapes[0][0]))
        weights = [rng.standard_normal(shape) / shape[0] ** 0.5 for shape in shapes]
        expected = reference.activation_statistics(x, weights, nonlinearity)
        found = student.activation_statistics(x, weights, nonlinearity)
        assert_close(found, expected, what="statistics of the layers")


@pytest.mark.points(2)
@pytest.mark.after("test_activation_statistics_worked_example")
@pytest.mark.parametrize("offset", [5e5, 1e6, 2e6])
def test_statistics_far_from_zero(student, rng, offset):
    """activation_statistics: activations whose mean is far larger than their standard deviation"""
    x, w = rng.standard_normal((30, 6)), rng.standard_normal((6, 8))
    values = x @ w
    # A column of ones whose weights are the offset.
    with_ones, with_offset = np.hstack([x, np.ones((30, 1))]), np.vstack([w, np.full((1, 8), offset)])
    found = student.activation_statistics(with_ones, [with_offset], relu)
    found = assert_shape(found, (1, 2), what="the statistics")
    assert_close(found[0, 0] - offset, values.mean(), atol=1e-6, what="mean without the offset")
    # Two passes are right to 1e-10 here, mean of squares less square of mean to 1e-5.
    assert_close(found[0, 1], values.std(), rtol=1e-7, what="standard deviation")


### END HIDDEN TESTS
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


### BEGIN HIDDEN TESTS
def gradients_with_answers(rng):
    """Gradients with entries around 1, what they are, and whether some two of their columns differ."""
    column = rng.uniform(1, 2, (6, 1)) * rng.choice([-1, 1], (6, 1))
    questions = [
        (column, "a single column", False),
        (rng.standard_normal((6, 5)), "a random gradient", True),
        (np.hstack([column, np.roll(column, 1, axis=0)]), "the same numbers in another order", True),
        (np.zeros((3, 4)), "a gradient of zeros", False),
    ]
    for values in (column, -np.abs(column), np.abs(column)):
        questions.append((np.tile(values, 5), "equal columns", False))
        for change in (-0.01, 0.01):
            changed = np.tile(values, 5)
            changed[rng.integers(6), rng.integers(5)] += change
            questions.append((changed, "one entry that differs", True))
    return questions


@pytest.mark.points(4)
@pytest.mark.after("test_symmetry_worked_example")
@pytest.mark.parametrize("size", [1.0, 1e6])
def test_symmetry_of_any_gradient(student, rng, size):
    """symmetry_broken: gradients of any sign, large ones, columns that differ little, a single column"""
    questions = gradients_with_answers(rng)
    assert_answers(student, [(size * dw, what, right) for dw, what, right in questions])


@pytest.mark.points(2)
@pytest.mark.after("test_symmetry_worked_example")
def test_symmetry_of_tiny_gradients(student, rng):
    """symmetry_broken: gradients whose entries are around 1e-12

    A comparison with an absolute tolerance, np.allclose for one, is right everywhere else. Only what it
    gets wrong is asked here: other mistakes cost their points above.
    """
    changed = np.tile(rng.uniform(1, 2, (6, 1)), 5)
    changed[rng.integers(6), rng.integers(5)] += 0.01
    questions = [(rng.standard_normal((6, 5)), "a random gradient"), (changed, "one entry that differs")]
    assert_answers(student, [(1e-12 * dw, what, True) for dw, what in questions])


### END HIDDEN TESTS
