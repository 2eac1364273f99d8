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


@pytest.mark.points(2)
def test_relative_error_worked_numbers(student):
    """relative_error: 3 against 3.03, 1 against -1, and 0 against 0"""
    error = student.relative_error(np.array([1.0, 3.0, -2.0]), np.array([1.0, 3.03, -2.01]))
    assert_close(error, 0.03 / 6.03, what="the error")
    opposite = student.relative_error(np.array([1.0, 5.0]), np.array([-1.0, 5.0]))
    assert_close(opposite, 1.0, what="the error")
    zeros = student.relative_error(np.array([0.0, 1.0]), np.array([0.0, 3.0]))
    assert_close(zeros, 2 / 4, what="the error where two entries are 0")


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


@pytest.mark.points(1)
def test_color_histogram_worked_example(student):
    """color_histogram: one image of four pixels, four bins"""
    red, green, blue = [[0.0, 0.1], [0.2, 1.0]], [[0.3, 0.3], [0.4, 0.6]], [[0.9, 0.6], [0.8, 1.0]]
    features = student.color_histogram(np.array([[red, green, blue]]), 4)
    expected = np.array([[3, 0, 0, 1, 0, 3, 1, 0, 0, 0, 1, 3]]) / 4
    assert_close(features, expected, what="the features")


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
