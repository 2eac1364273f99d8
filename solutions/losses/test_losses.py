"""The checks for `losses.py`. Run them with `pytest`; each says what it is about and what it is worth."""

import numpy as np
import pytest

from autograder import assert_gradient
from autograder.checks import accuracy, assert_at_least, assert_at_most, assert_close, assert_shape, unchanged
from autograder.data import pixel_rows, turned_digits

SVM = ("svm_loss_naive", "svm_loss_vectorized")
SOFTMAX = ("softmax_loss_naive", "softmax_loss_vectorized")

# Three images of the lectures: scores for cat, car and frog, where the truth is cat, car, frog.
LECTURE_SCORES = np.array([[3.2, 5.1, -1.7], [1.3, 4.9, 2.0], [2.2, 2.5, -3.1]])
LECTURE_LABELS = np.array([0, 1, 2])


def weights_and_data(rng, N=6, D=5, C=4):
    """Random weights (D, C), data (N, D) and labels (N,)."""
    return rng.standard_normal((D, C)), rng.standard_normal((N, D)), rng.integers(C, size=N)


def rows_with_ones(images):
    """Images as rows of centred pixels, with a last column of ones, so that one row of W holds the biases."""
    return np.hstack([pixel_rows(images, -0.5, 0.5), np.ones((len(images), 1))])


def softmax_of(student, name, scores, y):
    """What a softmax loss gives for scores (N, C), by way of weights where it takes weights."""
    function, given = getattr(student, name), scores.copy()
    return function(given, y) if name == "softmax_loss" else function(given, np.eye(len(given)), y, 0.0)


@pytest.mark.points(2.5)
def test_numerical_gradient_of_a_polynomial(student, rng):
    """numerical_gradient: the gradient of a polynomial, with x as before afterwards"""
    x = rng.standard_normal((2, 3))
    before = x.copy()
    gradient = student.numerical_gradient(lambda z: float((z**2).sum() + 5 * z[0, 0] * z[1, 2]), x)
    expected = 2 * before
    expected[0, 0] += 5 * before[1, 2]
    expected[1, 2] += 5 * before[0, 0]
    # An entry that was not restored spoils the slopes along all later ones: look at x first.
    assert_close(x, before, rtol=0, atol=1e-12, what="x after the call")
    assert_close(gradient, expected, rtol=1e-7, atol=1e-8, what="the gradient")


@pytest.mark.points(0.5)
def test_numerical_gradient_with_a_step_of_half_a_wave(student):
    """numerical_gradient: takes the step that it is given, half a wave of a sine"""
    # Half a wave to either side a sine has the same value, so that all differences are 0.
    gradient = student.numerical_gradient(lambda z: float(np.sin(z).sum()), np.array([0.0, 1.0, 2.0]), np.pi)
    assert_close(gradient, np.zeros(3), what="the gradient with a step of pi")


### BEGIN HIDDEN TESTS
@pytest.mark.points(3)
@pytest.mark.after("test_numerical_gradient_of_a_polynomial")
@pytest.mark.parametrize("h", [0.1, 0.003])
def test_numerical_gradient_is_central(student, rng, h):
    """numerical_gradient: central differences with the step that is asked for"""
    x = rng.standard_normal((2, 2, 2))
    found = student.numerical_gradient(lambda z: float((z**3).sum()), x.copy(), h)
    # For a cubic the formula's error is h^2, exactly.
    assert_close(found, 3 * x**2 + h**2, rtol=1e-9, atol=1e-9, what="gradient of a cubic")


@pytest.mark.points(1)
def test_numerical_gradient_default_step(student):
    """numerical_gradient: h is 1e-5 unless one says otherwise"""
    found = student.numerical_gradient(lambda z: 1e10 * float((z**3).sum()), np.zeros(3))
    assert_close(found, np.ones(3), rtol=1e-6, what="gradient of a steep cubic")


### END HIDDEN TESTS
@pytest.mark.points(2)
def test_relative_error_worked_numbers(student):
    """relative_error: 3 against 3.03, 1 against -1, and 0 against 0"""
    error = student.relative_error(np.array([1.0, 3.0, -2.0]), np.array([1.0, 3.03, -2.01]))
    assert_close(error, 0.03 / 6.03, what="the error")
    opposite = student.relative_error(np.array([1.0, 5.0]), np.array([-1.0, 5.0]))
    assert_close(opposite, 1.0, what="the error")
    zeros = student.relative_error(np.array([0.0, 1.0]), np.array([0.0, 3.0]))
    assert_close(zeros, 2 / 4, what="the error where two entries are 0")


### BEGIN HIDDEN TESTS
@pytest.mark.points(2)
@pytest.mark.after("test_relative_error_worked_numbers")
def test_relative_error_beyond_the_example(student):
    """relative_error: negative entries, entries near zero, several axes"""
    a, b = np.array([[-4.0, 0.0], [2.0, -1.0]]), np.array([[-6.0, 0.0], [2.5, -1.0]])
    assert_close(student.relative_error(a, b), 2 / 10, what="error of matrices")
    tiny = student.relative_error(np.array([0.0, 2e-9]), np.array([0.0, -1e-9]))
    assert_close(tiny, 0.3, what="error near zero")
    assert_close(student.relative_error(1e-8 * a, 1e-8 * b), 0.2, what="error of small matrices")


### END HIDDEN TESTS
@pytest.mark.points(3)
def test_svm_loss_worked_example(student):
    """svm_loss: cat, car and frog cost 2.9, 0 and 12.9"""
    frog, _ = student.svm_loss(LECTURE_SCORES[2:], LECTURE_LABELS[2:])
    assert_close(frog, 12.9, what="the frog's loss")
    loss, dx = student.svm_loss(LECTURE_SCORES, LECTURE_LABELS)
    assert_close(loss, (2.9 + 0 + 12.9) / 3, what="the loss")
    assert_close(dx, np.array([[-1, 1, 0], [0, 0, 0], [1, 1, -2]]) / 3, what="dx")


@pytest.mark.points(3)
def test_softmax_loss_worked_example(student):
    """softmax_loss: scores whose probabilities one can see"""
    scores = np.log([[1.0, 2.0, 5.0], [3.0, 3.0, 2.0]])
    loss, dx = student.softmax_loss(scores, np.array([2, 0]))
    assert_close(loss, -(np.log(5 / 8) + np.log(3 / 8)) / 2, what="the loss")
    assert_close(dx, np.array([[1, 2, 5 - 8], [3 - 8, 3, 2]]) / 16, what="dx")


@pytest.mark.points(4)
@pytest.mark.parametrize("name", ["svm_loss", "softmax_loss"])
def test_gradient_with_respect_to_scores(student, rng, name):
    """The gradients of svm_loss and softmax_loss agree with numerical ones"""
    x, y = 2 * rng.standard_normal((4, 3)), rng.integers(3, size=4)
    function = getattr(student, name)
    _, dx = function(x.copy(), y.copy())
    assert_gradient(function.over(0, x, y, output=0), x, dx, name="dx", rng=rng)


### BEGIN HIDDEN TESTS
@pytest.mark.points(6)
@pytest.mark.parametrize("name", ["softmax_loss", "svm_loss"])
def test_losses_of_scores_of_any_shape(student, reference, rng, name):
    """svm_loss and softmax_loss: one sample, two classes, many of both, classes without a sample"""
    for shape, occurring in [((1, 4), 4), ((5, 2), 2), ((20, 10), 8)]:
        x, y = rng.normal(scale=1.2, size=shape), rng.integers(occurring, size=shape[0])
        found = getattr(student, name)(x, y)
        expected = getattr(reference, name)(x, y)
        assert_close(found[0], expected[0], rtol=1e-5, what=f"loss for {shape} scores")
        assert_close(found[1], expected[1], what=f"dx for {shape} scores")


@pytest.mark.points(1)
@pytest.mark.parametrize("name", [*SOFTMAX, "softmax_loss"])
def test_softmax_of_one_score_far_ahead(student, reference, rng, name):
    """The softmax losses are right where the right class is so far ahead that exp of the lead overflows"""
    x, y = rng.normal(scale=2, size=(4, 100)), rng.integers(100, size=4)
    # exp(-720) is still a number, exp(720) is none. Of 100 scores one hardly raises the mean.
    steep = np.where(np.arange(100) == y[:, None], 720, x)
    loss, gradient = softmax_of(student, name, steep, y)
    right_loss, right = reference.softmax_loss(steep, y)
    # What is added to a probability, or clips it, costs points for tiny ones, not here and above.
    assert_close(loss, right_loss, atol=1e-6, what="loss of steep scores")
    assert_close(gradient, right, rtol=1e-5, what="gradient at steep scores")


### END HIDDEN TESTS
@pytest.mark.points(1.5)
@pytest.mark.parametrize("name", ["softmax_loss", *SOFTMAX])
def test_softmax_of_large_scores(student, name):
    """The softmax losses of scores that are all 2000 higher, where exp overflows"""
    scores, y = np.log([[1.0, 2.0, 5.0], [3.0, 3.0, 2.0]]), np.array([2, 0])
    _, right = softmax_of(student, name, scores, y)
    loss, gradient = softmax_of(student, name, scores + 2000, y)
    assert_close(loss, np.log(64 / 15) / 2, what="the loss")
    assert_close(gradient, right, what="the gradient, the same as without the 2000,")


@pytest.mark.points(0.5)
@pytest.mark.parametrize("name", ["softmax_loss", *SOFTMAX])
def test_softmax_of_a_sure_answer(student, name):
    """The softmax losses where the right class is 750 or 800 ahead of two others: nothing is left to learn"""
    scores, y = np.array([[0.0, 750.0, 1.0], [800.0, 9.0, 0.0]]), np.array([1, 0])
    loss, gradient = softmax_of(student, name, scores, y)
    # A tiny constant in the logarithm does not show here: the next but one is about that.
    assert_close(loss, 0, atol=1e-6, what="the loss")
    assert_close(gradient, np.zeros((2, 3)), what="the gradient")


@pytest.mark.points(1)
@pytest.mark.parametrize("name", ["softmax_loss", *SOFTMAX])
def test_softmax_of_samples_far_apart(student, name):
    """The softmax losses where one sample's scores are all near 2000, and another's near -2000

    Courses let a shift by the maximum of the whole batch pass; the docstring here does not.
    """
    scores, y = np.log([[1.0, 2.0, 5.0], [3.0, 3.0, 2.0]]), np.array([1, 2])
    _, right = softmax_of(student, name, scores, y)
    loss, gradient = softmax_of(student, name, scores + np.array([[2000.0], [-2000.0]]), y)
    assert_close(loss, np.log(16) / 2, what="the loss")
    assert_close(gradient, right, what="the gradient, the same as for samples close together,")


@pytest.mark.points(2)
@pytest.mark.parametrize("name", ["softmax_loss", *SOFTMAX])
def test_softmax_of_tiny_probabilities(student, name):
    """The softmax losses of probabilities of exp(-40) and exp(-300) are 40 and 300

    Not every course calls a small number in the logarithm wrong; the docstring here does.
    """
    scores = np.array([[0.0, 40.0, -9.0], [300.0, 0.0, 9.0]])
    loss, _ = softmax_of(student, name, scores, np.array([0, 1]))
    assert_close(loss, (40 + 300) / 2, what="the loss")


@pytest.mark.points(3)
@pytest.mark.parametrize("name", SVM)
def test_svm_worked_example_with_weights(student, name):
    """The SVM losses of cat, car and frog, where the weights are the scores"""
    loss, dW = getattr(student, name)(LECTURE_SCORES.copy(), np.eye(3), LECTURE_LABELS, 0.0)
    assert_close(loss, 15.8 / 3, what="the loss")
    assert_close(dW, np.array([[-1, 1, 0], [0, 0, 0], [1, 1, -2]]) / 3, what="dW")


@pytest.mark.points(3)
@pytest.mark.parametrize("name", SOFTMAX)
def test_softmax_worked_example_with_weights(student, name):
    """The softmax losses of weights whose probabilities one can see"""
    W = np.log([[1.0, 2.0, 5.0], [3.0, 3.0, 2.0]])
    loss, dW = getattr(student, name)(W, np.eye(2), np.array([2, 0]), 0.0)
    assert_close(loss, -np.log(15 / 64) / 2, what="the loss")
    assert_close(dW, np.array([[1, 2, -3], [-5, 3, 2]]) / 16, what="dW")


@pytest.mark.points(4)
@pytest.mark.parametrize("name", SVM + SOFTMAX)
def test_gradient_without_penalty(student, rng, name):
    """The gradients with respect to W agree with numerical ones, at reg = 0"""
    W, X, y = weights_and_data(rng)
    function = getattr(student, name)
    _, dW = function(W.copy(), X.copy(), y.copy(), 0.0)
    assert_gradient(function.over(0, W, X, y, 0.0, output=0), W, dW, name="dW", rng=rng)


@pytest.mark.points(2)
@pytest.mark.parametrize("name", SVM + SOFTMAX)
def test_penalty_in_the_losses(student, name):
    """The losses with a penalty: reg = 0.5, and weights whose squares sum to 30"""
    # All scores are 0, so that the data cost C - 1 or log(C).
    W, X, y = np.array([[1.0, 2.0], [-3.0, 4.0]]), np.zeros((3, 2)), np.array([0, 1, 1])
    loss, _ = getattr(student, name)(W, X, y, 0.5)
    data = 1 if name in SVM else np.log(2)
    assert_close(loss, data + 15, what=f"the loss, {data:.4g} for the data and the penalty,")


@pytest.mark.points(3)
@pytest.mark.parametrize("name", SVM + SOFTMAX)
def test_gradient_with_a_large_penalty(student, rng, name):
    """The gradients with respect to W agree with numerical ones, at a large reg"""
    W, X, y = weights_and_data(rng, N=7, D=3, C=5)
    function = getattr(student, name)
    _, dW = function(W.copy(), X.copy(), y.copy(), 4.0)
    assert_gradient(function.over(0, W, X, y, 4.0, output=0), W, dW, name="dW", rng=rng)


### BEGIN HIDDEN TESTS
SHAPES = [(3, 4, 3), (1, 4, 3), (4, 1, 2), (5, 3, 3)]


@pytest.mark.points(6)
@pytest.mark.parametrize("name", SOFTMAX + SVM)
@pytest.mark.parametrize("part", ["loss", "dW"])
def test_losses_for_shapes_and_a_penalty(student, reference, rng, name, part):
    """The losses and their gradients at a large reg: one sample, two classes, as many features as classes"""
    for N, D, C in SHAPES:
        W, X, y = weights_and_data(rng, N=N, D=D, C=C)
        if part == "loss":
            W *= 0.6  # so that no probability is so small that a constant in the logarithm shows
            expected, _ = getattr(reference, name)(W, X, y, 10.0)
            found, _ = getattr(student, name)(W, X, y, 10.0)
        else:
            _, expected = getattr(reference, name)(W, X, y, 7.0)
            _, found = getattr(student, name)(W, X, y, 7.0)
        assert_close(found, expected, what=f"{part} at a large reg for {(N, D, C)}")


@pytest.mark.points(2)
@pytest.mark.parametrize("names", [("softmax_loss", *SOFTMAX), ("svm_loss", *SVM)], ids=["softmax", "hinge"])
def test_gradients_are_not_measured(student, reference, rng, names):
    """The gradients are worked out, not measured: their small entries are right beside large ones"""
    # Differences of the loss can't see what is 1e-9 beside the loss: a class's probability, or, where one
    # sample's hinge costs 1e10, all other samples.
    x, y = rng.standard_normal((5, 4)), rng.integers(4, size=5)
    if "svm_loss" in names:
        x[2, y[2]] -= 1e10
    else:
        x[np.arange(5), (y + 1) % 4] -= 20
    right = getattr(reference, names[0])(x, y)[1]
    for name in names:
        arguments = (x, y) if name == names[0] else (x, np.eye(5), y, 0.0)
        found = getattr(student, name)(*arguments)[1]
        assert_close(found, right, rtol=1e-4, atol=1e-15, what=f"gradient of {name}")


@pytest.mark.points(2)
@pytest.mark.parametrize("name", [*SOFTMAX, *SVM])
def test_integer_images(student, rng, name):
    """The losses with weights give the same for images of integers as for the same images as floats"""
    images, y = rng.integers(0, 256, (5, 6)), rng.integers(4, size=5)
    W = 0.01 * rng.standard_normal((6, 4))
    loss, gradient = getattr(student, name)(W.copy(), images, y, 0.0)
    for_floats, right = getattr(student, name)(W, images.astype(float), y, 0.0)
    assert_at_least(np.abs(right).max(), 1e-6, what="largest entry of the gradient for images of floats")
    assert_close(loss, for_floats, what="loss of integer images")
    assert_close(gradient, right, what="gradient for integer images")


### END HIDDEN TESTS
@pytest.mark.points(1)
@pytest.mark.parametrize(("naive", "vectorized"), [SVM, SOFTMAX], ids=["svm", "softmax"])
def test_naive_and_vectorized_agree(student, rng, naive, vectorized):
    """The naive and the vectorized losses agree"""
    W, X, y = weights_and_data(rng, N=8)
    slow_loss, slow_dW = getattr(student, naive)(W.copy(), X, y, 0.3)
    loss, dW = getattr(student, vectorized)(W, X, y, 0.3)
    assert_close(loss, slow_loss, what="the vectorized loss, where the naive one is taken for right,")
    assert_close(dW, slow_dW, what="the vectorized dW, where the naive one is taken for right,")


@pytest.mark.points(1)
@pytest.mark.parametrize("name", ["svm_loss_naive", "softmax_loss_naive"])
def test_naive_with_loops(student, rng, name):
    """The naive losses loop over the samples"""
    W, X, y = weights_and_data(rng, N=24)
    more = getattr(student, name).lines(W, X, y, 0.1) - getattr(student, name).lines(W, X[:4], y[:4], 0.1)
    assert_at_least(more, 20, what=f"the number of lines that {name} executes for 20 samples more")


@pytest.mark.points(3)
@pytest.mark.parametrize("name", ["svm_loss_vectorized", "softmax_loss_vectorized"])
def test_vectorized_without_loops(student, rng, name):
    """The vectorized losses execute no more lines for a large batch"""
    W, X, y = weights_and_data(rng, N=64)
    few = getattr(student, name).lines(W, X[:4], y[:4], 0.1)
    many = getattr(student, name).lines(W, X, y, 0.1)
    assert_at_most(many, few, what=f"the number of lines that {name} executes for 64 samples instead of 4")


@pytest.mark.points(1)
@pytest.mark.parametrize("names", [SVM, SOFTMAX], ids=["svm", "softmax"])
def test_loss_before_training(student, rng, names):
    """Before any training the SVM's loss is about C - 1, the softmax's about log(C)"""
    W, X, _ = weights_and_data(rng, N=10, C=10)
    y = rng.permutation(10)
    expected = 9 if names == SVM else np.log(10)
    for name in names:
        loss, _ = getattr(student, name)(1e-4 * W, X, y, 0.1)
        assert_close(loss, expected, rtol=1e-2, what=f"{name} at tiny weights")


@pytest.mark.points(2)
@pytest.mark.parametrize("name", ["svm_loss", *SVM, "softmax_loss", *SOFTMAX])
def test_arguments_left_alone(student, rng, name):
    """The losses leave their arguments alone"""
    W, X, y = weights_and_data(rng)
    scores = X @ W
    with unchanged(W=W, X=X, y=y, scores=scores):
        function = getattr(student, name)
        function(scores, y) if name in ("svm_loss", "softmax_loss") else function(W, X, y, 0.1)


@pytest.mark.points(1)
def test_other_arguments_left_alone(student, rng):
    """Everything else leaves its arguments alone, too"""
    W, X, y = weights_and_data(rng, N=9)
    other, images = rng.standard_normal(W.shape), rng.integers(2, size=(2, 3, 4, 5)) * 0.6 + 0.4
    trained = student.LinearClassifier(student.softmax_loss_vectorized)
    with unchanged(W=W, X=X, y=y, other=other, images=images):
        student.relative_error(W, other)
        student.l1_penalty(W, 0.3)
        student.l2_penalty(W, 0.3)
        student.elastic_net_penalty(W, 0.3, 0.2)
        student.color_histogram(images, 3)
        trained.train(X, y, 0.1, 0.2, 3, 4, rng)
        learnt = np.array(trained.W)
        trained.predict(X)
    assert_close(trained.W, learnt, rtol=0, what="W after a prediction")


@pytest.mark.points(2)
def test_penalties_worked_example(student):
    """The penalties: L2 prefers weights that are spread out, L1 does not care"""
    peaked, spread = np.array([0.0, 0.0, 0.0, 1.0]), np.full(4, 0.25)
    for W, l1, l2 in [(peaked, 1.0, 1.0), (spread, 1.0, 0.25)]:
        assert_close(student.l1_penalty(W, 3.0)[0], 3 * l1, what="the L1 penalty")
        assert_close(student.l2_penalty(W, 3.0)[0], 3 * l2, what="the L2 penalty")
        assert_close(
            student.elastic_net_penalty(W, 3.0, 3.0)[0], 3 * (l1 + l2), what="the elastic net's penalty"
        )


@pytest.mark.points(1)
@pytest.mark.parametrize(
    ("name", "strengths", "slopes"),
    [
        ("l1_penalty", (3.0,), [3, -3, 3]),
        ("l2_penalty", (3.0,), [12, -3, 0.6]),
        ("elastic_net_penalty", (3.0, 5.0), [23, -8, 4]),
    ],
)
def test_gradients_of_penalties_worked_example(student, name, strengths, slopes):
    """The gradients of the penalties, for the weights 2, -0.5, 0.1 and 0"""
    _, dW = getattr(student, name)(np.array([2.0, -0.5, 0.1, 0.0]), *strengths)
    dW = assert_shape(dW, (4,), what="the gradient of the penalty")
    assert_close(dW[:3], np.array(slopes, dtype=float), what="the gradient of the penalty")
    # Where |w| has its kink, any slope from -3 to 3 will do.
    assert_at_most(np.abs(dW[3]), 3, what="the size of the slope at 0")


### BEGIN HIDDEN TESTS
@pytest.mark.points(3)
@pytest.mark.parametrize("name", ["l1_penalty", "l2_penalty", "elastic_net_penalty"])
def test_penalties_and_their_gradients(student, reference, rng, name):
    """The penalties and their gradients, for weights of both signs, of several shapes, and zero"""
    strengths = (0.7, 2.5) if name == "elastic_net_penalty" else (0.7,)
    for shape in [(3, 4), (2, 3, 2, 2)]:
        W = rng.choice([-1, 1], shape) * rng.uniform(0.1, 2, shape)
        right_value, right_gradient = getattr(reference, name)(W, *strengths)
        value, gradient = getattr(student, name)(W, *strengths)
        assert_close(value, right_value, what="penalty")
        assert_close(gradient, right_gradient, what="gradient of the penalty")
    at_zero = assert_shape(getattr(student, name)(np.zeros(3), *strengths)[1], (3,), what="gradient at zero")
    assert_at_most(np.abs(at_zero).max(), 0.7, what="largest slope at zero")


### END HIDDEN TESTS
@pytest.mark.points(1)
def test_color_histogram_worked_example(student):
    """color_histogram: one image of four pixels, four bins"""
    red, green, blue = [[0.0, 0.1], [0.2, 1.0]], [[0.3, 0.3], [0.4, 0.6]], [[0.9, 0.6], [0.8, 1.0]]
    features = student.color_histogram(np.array([[red, green, blue]]), 4)
    expected = np.array([[3, 0, 0, 1, 0, 3, 1, 0, 0, 0, 1, 3]]) / 4
    assert_close(features, expected, what="the features")


### BEGIN HIDDEN TESTS
@pytest.mark.points(3)
@pytest.mark.after("test_color_histogram_worked_example")
@pytest.mark.parametrize("bins", [1, 5, 16])
def test_color_histogram_of_any_images(student, reference, rng, bins):
    """color_histogram: several images that are not square, pale ones, other numbers of bins"""
    # Values in the middle 98% of their bins: near an edge, rounding may decide.
    images = (rng.integers(0, bins, (3, 3, 4, 6)) + rng.uniform(0.01, 0.99, (3, 3, 4, 6))) / bins
    images[1] = 0.4 + 0.2 * (images[1] > 0.5) + 0.01
    images[2, 1, 0, :2] = 0.0, 1.0
    expected = reference.color_histogram(images, bins)
    assert_close(student.color_histogram(images, bins), expected, what="histograms")


### END HIDDEN TESTS
@pytest.mark.points(2)
def test_random_search_returns_the_best(student, rng):
    """random_search: the best of as many draws as were asked for"""
    tried = []

    def distance(W):
        tried.append((float(((W - 1) ** 2).sum()), W.copy()))
        return tried[-1][0]

    W, loss = student.random_search(distance, (2, 3), 20, rng)
    least, best = min(tried, key=lambda trial: trial[0])
    assert_close(len({value for value, _ in tried}), 20, what="the number of different weights tried")
    assert_close(loss, least, what="the loss")
    assert_close(W, best, what="the weights")


### BEGIN HIDDEN TESTS
@pytest.mark.points(1)
def test_random_search_draws(student, rng):
    """random_search: every draw is standard normal"""
    draws = []

    def keep(W):
        draws.append(W.copy())
        return float(-len(draws))

    student.random_search(keep, (40, 50), 5, rng)
    values = np.concatenate([draw.ravel() for draw in draws])
    assert_shape(draws[0], (40, 50), what="a draw")
    assert_at_least(np.unique(draws[0]).size, 1_900, what="number of different numbers in a draw of 2,000")
    # Bounds of 6 standard errors of 10,000 draws.
    assert_close(values.mean(), 0, atol=0.06, what="mean of the draws")
    assert_close(values.std(), 1, atol=0.045, what="standard deviation of the draws")
    assert_close((np.abs(values) > 2).mean(), 0.0455, atol=0.0125, what="share of draws beyond 2")


@pytest.mark.points(2)
@pytest.mark.after("test_random_search_returns_the_best")
@pytest.mark.parametrize("offset", [-1e12, 1e12])
def test_random_search_of_any_loss(student, rng, offset):
    """random_search: losses of any sign and size, and other draws by another generator"""
    found = []
    for generator in (np.random.default_rng(int(rng.integers(2**32))), rng):
        sums = []

        def loss_of(W, sums=sums):
            sums.append(float(W.sum()))
            return offset + sums[-1]

        W, loss = student.random_search(loss_of, (4,), 10, generator)
        assert_close(np.sum(W), min(sums), atol=1e-3, what="sum of the best weights")
        assert_close(loss, offset + min(sums), rtol=1e-15, what="loss of the best weights")
        found.append(W)
    assert_at_least(
        np.abs(found[1] - found[0]).max(), 1e-6, what="difference between two generators' results"
    )


### END HIDDEN TESTS
@pytest.mark.points(1)
def test_predict(student):
    """LinearClassifier.predict: the class with the highest score"""
    classifier = student.LinearClassifier(student.svm_loss_naive)
    classifier.W = np.array([[1.0, -1.0, 0.5], [-2.0, 3.0, 1.0]])
    X = np.array([[2.0, 0.5], [-1.0, 0.0], [0.5, 2.0], [1.0, 0.1]])
    predictions = classifier.predict(X)
    assert_close(predictions, np.array([2, 1, 1, 0]), what="the predictions")


@pytest.mark.points(2)
@pytest.mark.parametrize("name", ["svm_loss_vectorized", "softmax_loss_vectorized"])
def test_one_step_after_the_other(student, rng, name):
    """LinearClassifier.train: two calls of one step each, on six samples that are all alike"""
    # Whichever rows are drawn, the batch is the same.
    X, y, W = np.tile([1.0, 2.0], (6, 1)), np.full(6, 1), np.array([[0.5, -0.5, 1.0], [0.0, 0.2, -0.3]])
    classifier = student.LinearClassifier(getattr(student, name))
    classifier.W = W.copy()
    for call in ("first", "second"):
        cost, slope = getattr(student, name)(W.copy(), X[:4], y[:4], 0.5)
        W = W - 0.1 * slope
        history = classifier.train(X, y, 0.1, 0.5, 1, 4, rng)
        assert_close(history, np.array([cost]), what=f"the list of losses of the {call} call")
        assert_close(classifier.W, W, what=f"W after the {call} call")


@pytest.mark.points(0.5)
def test_batch_of_one(student, rng):
    """LinearClassifier.train: a batch of one sample moves W, and its loss is the history's one entry"""
    # Sample i is the i-th unit vector: its scores are the i-th row of W, and it moves that row alone.
    X, y, W = np.eye(3), np.zeros(3, dtype=int), np.log([[1.0, 1.0], [1.0, 3.0], [1.0, 7.0]])
    classifier = student.LinearClassifier(student.softmax_loss_vectorized)
    classifier.W = W.copy()
    history = classifier.train(X, y, 0.1, 0.0, 1, 1, rng)
    drawn = np.flatnonzero(np.abs(classifier.W - W).max(axis=1))
    assert_close(len(drawn), 1, what="the number of samples, of 3, that have moved their row of W")
    # Here log(2), log(4) or log(8), by the sample.
    cost, _ = student.softmax_loss_vectorized(W, X[drawn], y[drawn], 0.0)
    assert_close(history, np.array([cost]), what="the history, the loss of the sample that was drawn,")


@pytest.mark.points(1)
def test_training_reaches_every_sample(student, rng):
    """LinearClassifier.train: in the long run every sample has been in a batch, with its own label"""
    # Sample i is the i-th unit vector: it moves the i-th row of W alone.
    X, y = np.eye(14), rng.permutation(np.arange(14) % 2)
    trained = student.LinearClassifier(student.softmax_loss_vectorized)
    trained.W = np.zeros((14, 2))
    trained.train(X, y, 0.1, 0.0, 100, 4, rng)
    # With replacement a sample stays out of all 100 batches once in 10^11 trainings.
    raised = (trained.W[np.arange(14), y] > 0).sum()
    assert_at_least(raised, 14, what="the number of samples, of 14, whose own class now has a higher score")


@pytest.mark.points(1)
@pytest.mark.parametrize("what", ["search", "training"])
def test_same_seed_same_answer(student, what):
    """random_search and LinearClassifier.train: the same seed of rng gives the same answer"""
    found = []
    for _ in range(2):
        generator = np.random.default_rng(5)
        if what == "search":
            found.append(student.random_search(lambda W: float((W**2).sum()), (2, 3), 4, generator)[0])
        else:
            classifier = student.LinearClassifier(student.svm_loss_naive)
            classifier.train(np.eye(40), np.arange(40) % 2, 0.1, 0.0, 2, 8, generator)
            found.append(classifier.W)
    assert_close(found[1], found[0], what="the answer for the second generator of this seed")


### BEGIN HIDDEN TESTS
@pytest.mark.points(3)
@pytest.mark.parametrize("name", ["softmax_loss_naive", "svm_loss_vectorized"])
def test_training_steps(student, rng, name):
    """LinearClassifier.train: each step of gradient descent, and the losses on the way"""
    # Where all samples are alike, every batch has the gradient of the whole set.
    X, y = np.tile(rng.standard_normal(4), (12, 1)), np.full(12, 2)
    W = rng.standard_normal((4, 3))
    loss_and_gradient = getattr(student, name)
    classifier = student.LinearClassifier(loss_and_gradient)
    classifier.W = W.copy()
    history = classifier.train(X, y, 0.3, 0.2, 4, 5, rng)
    expected, sizes = [], []
    for _ in range(4):
        loss, dW = loss_and_gradient(W, X[:5], y[:5], 0.2)
        expected.append(loss)
        sizes.append(np.abs(dW).max())
        W = W - 0.3 * dW
    # Along gradients of zeros there are no steps, and so no right ones. (One is 0 where a hinge loss is.)
    assert_at_least(max(sizes), 1e-6, what="largest entry of the loss's gradients")
    assert_close(history, np.array(expected), what="history of losses")
    assert_close(classifier.W, W, what="W after 4 steps")


@pytest.mark.points(3)
def test_training_batches(student, rng):
    """LinearClassifier.train: a batch of batch_size samples, another one by another generator"""
    # The i-th sample, a unit vector, moves a row of W of its own by the error of its probability.
    X, y, W = np.eye(200), rng.permutation(np.arange(200) % 2), rng.standard_normal((200, 2))
    lead = W[np.arange(200), y] - W[np.arange(200), 1 - y]
    drawn = []
    for generator in (np.random.default_rng(int(rng.integers(2**32))), rng):
        classifier = student.LinearClassifier(student.softmax_loss_naive)
        classifier.W = W.copy()
        history = classifier.train(X, y, 8.0, 0.0, 1, 8, generator)
        moved = (classifier.W - W)[np.arange(200), y]
        drawn.append(moved * (1 + np.exp(lead)))
        assert_close(drawn[-1], np.round(drawn[-1]), atol=1e-6, what="how often each sample is in the batch")
        assert_close(drawn[-1].sum(), 8, what="number of samples in the batch")
        batch = np.repeat(np.arange(200), np.round(drawn[-1]).astype(int))
        batch_loss, _ = student.softmax_loss_naive(W, X[batch], y[batch], 0.0)
        assert_close(history, np.array([batch_loss]), what="history of one step")
    assert_at_least(np.abs(drawn[1] - drawn[0]).max(), 0.5, what="difference between two generators' batches")
    # 8 random rows of 200 stand closer than that once in 10^6 times.
    assert_at_least(np.ptp(np.flatnonzero(drawn[1] > 0.5)), 20, what="distance from first to last row drawn")


@pytest.mark.points(1)
def test_batches_are_full(student, rng):
    """LinearClassifier.train: every batch has batch_size rows, also where N is no multiple of it"""
    X, y = np.eye(11), rng.permutation(np.arange(11) % 2)
    trained = student.LinearClassifier(student.softmax_loss_naive)
    trained.W = np.zeros((11, 2))
    trained.train(X, y, 1e-3, 0.0, 6, 4, rng)
    # A row that is drawn adds 1e-3 / 2 / 4 to its score while scores are small; in a batch of 3 it adds more.
    times = 8e3 * trained.W[np.arange(11), y]
    assert_close(times, np.round(times), atol=0.02, what="how often each row was in a batch of 4")


@pytest.mark.points(1)
def test_training_starts_small(student, rng):
    """LinearClassifier.train: the first call of each classifier starts from small weights"""
    for D, C in [(100, 2), (30, 5)]:
        X, y = rng.standard_normal((40, D)), rng.permutation(np.arange(40) % C)
        classifier = student.LinearClassifier(student.softmax_loss_naive)
        history = classifier.train(X, y, 0.1, 0.0, 1, 40, rng)
        assert_shape(classifier.W, (D, C), what="W")
        # Normal weights of standard deviation 0.1 give up to 2.0, those of 1 hardly ever less than 2.5.
        assert_at_most(history[0], 2.5, what="the first loss")


### END HIDDEN TESTS
@pytest.mark.points(2.5)
@pytest.mark.parametrize("name", ["svm_loss_vectorized", "softmax_loss_vectorized"])
def test_overfit_50_digits(student, rng, name):
    """LinearClassifier: learns 50 digits by heart"""
    digits, _ = turned_digits(rng, held_out=1747)
    X, y = rows_with_ones(digits.images), digits.labels
    classifier = student.LinearClassifier(getattr(student, name))
    # In 150 trainings none was short of 50 after 300 steps; after 200 some were.
    history = classifier.train(X.copy(), y.copy(), 0.5, 0.0, 400, 25, rng)
    assert_shape(history, (400,), what="the history of losses")
    assert_close(accuracy(np.argmax(X @ classifier.W, axis=1), y), 1.0, what="the accuracy")


@pytest.mark.points(2)
@pytest.mark.after("test_overfit_50_digits")
@pytest.mark.parametrize("name", ["svm_loss_vectorized", "softmax_loss_vectorized"])
def test_accuracy_on_digits(student, rng, name):
    """LinearClassifier: recognises digits it has not seen"""
    train, held_out = turned_digits(rng)
    classifier = student.LinearClassifier(getattr(student, name))
    classifier.train(rows_with_ones(train.images), train.labels, 0.4, 1e-4, 400, 30, rng)
    # The weights are what was learned: what they predict is worked out here.
    predictions = np.argmax(rows_with_ones(held_out.images) @ classifier.W, axis=1)
    # Over 200 seeds right ones reach 0.90 to 0.98; training on one batch alone 0.87 at most.
    assert_at_least(accuracy(predictions, held_out.labels), 0.87, what="the accuracy on held-out digits")
