"""The reference of `activations` against SciPy, scikit-learn and numbers worked out by hand."""

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import approx_fprime
from scipy.special import expit, ndtr
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

seeds = st.integers(0, 2**32 - 1)

# Names, with settings other than the defaults, and what mathematics says that they are.
ELEMENTWISE = [
    ("sigmoid", (), expit),
    ("tanh", (), lambda x: 2 * expit(2 * x) - 1),
    ("relu", (), lambda x: (x + np.abs(x)) / 2),
    ("leaky_relu", (), lambda x: 0.505 * x + 0.495 * np.abs(x)),
    ("leaky_relu", (-0.5,), lambda x: 0.25 * x + 0.75 * np.abs(x)),
    ("leaky_relu", (1.7,), lambda x: 1.35 * x - 0.35 * np.abs(x)),
    ("prelu", (0.2,), lambda x: 0.6 * x + 0.4 * np.abs(x)),
    ("elu", (), lambda x: np.where(x > 0, x, np.exp(-np.abs(x)) - 1)),
    ("elu", (2.5,), lambda x: np.where(x > 0, x, 2.5 * (np.exp(-np.abs(x)) - 1))),
    ("silu", (), lambda x: x * expit(x)),
    ("gelu", (), lambda x: x * expit(np.sqrt(8 / np.pi) * (x + 0.044715 * x**3))),
]


def away_from_zero(rng, shape, scale=2.0):
    return scale * rng.choice([-1, 1], shape) * rng.uniform(0.05, 1, shape)


def assert_gradients(module, layer, arguments, rng, atol=1e-6):
    """Every gradient of a layer agrees with SciPy's differences."""
    forward, backward = getattr(module, f"{layer}_forward"), getattr(module, f"{layer}_backward")
    out, cache = forward(*arguments)
    dout = rng.standard_normal(out.shape)
    gradients = backward(dout.copy(), cache)
    gradients = gradients if isinstance(gradients, tuple) else (gradients,)
    for position, gradient in enumerate(gradients):
        argument = np.asarray(arguments[position], dtype=float)

        def loss(flat, position=position, shape=argument.shape):
            moved = [*arguments[:position], flat.reshape(shape), *arguments[position + 1 :]]
            return float((forward(*moved)[0] * dout).sum())

        slopes = approx_fprime(argument.ravel(), loss, 1e-7)
        assert np.shape(gradient) == argument.shape
        np.testing.assert_allclose(np.ravel(gradient), slopes, atol=atol, rtol=1e-5)


@pytest.mark.parametrize(("name", "given_settings", "expected"), ELEMENTWISE)
@pytest.mark.parametrize("scale", [1e-3, 1.0, 30.0, 1000.0])
def test_values_agree_with_other_formulas(activations, name, given_settings, expected, scale):
    x = away_from_zero(np.random.default_rng(1), (20, 3), scale)
    out, _ = getattr(activations, f"{name}_forward")(x, *given_settings)
    # Near 0 the formulas on the right subtract nearly equal numbers of size 1.
    np.testing.assert_allclose(out, expected(x), rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize(("name", "given_settings", "expected"), ELEMENTWISE)
def test_gradients_of_activations_agree_with_scipys(activations, name, given_settings, expected):
    rng = np.random.default_rng(2)
    for shape in [(6,), (1, 4), (2, 3, 2)] if name != "prelu" else [(3, 4), (2, 3, 2, 2)]:
        assert_gradients(activations, name, [away_from_zero(rng, shape), *given_settings], rng)


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "elu", "silu", "gelu"])
def test_far_from_zero_nothing_overflows_and_slopes_are_zero_or_one(activations, name):
    x = np.array([-1000.0, 1000.0])
    with np.errstate(all="raise", under="ignore"):
        out, cache = getattr(activations, f"{name}_forward")(x)
        dx = getattr(activations, f"{name}_backward")(np.array([3.0, -2.0]), cache)
    low = -1 if name in ("tanh", "elu") else 0
    bounded = name in ("sigmoid", "tanh")
    np.testing.assert_array_equal(out, [low, 1 if bounded else 1000])
    np.testing.assert_array_equal(dx, [0, 0 if bounded else -2])


def test_gelu_is_near_its_exact_form(activations):
    x = np.linspace(-6, 6, 1001)
    out, _ = activations.gelu_forward(x)
    difference = np.abs(out - x * ndtr(x)).max()
    assert 4e-4 < difference < 5e-4


def test_worked_numbers(activations):
    assert activations.sigmoid_forward(np.log([3.0]))[0] == pytest.approx(3 / 4)
    assert activations.tanh_forward(np.log([2.0]))[0] == pytest.approx(3 / 5)
    assert activations.elu_forward(-np.log([2.0]))[0] == pytest.approx(-1 / 2)
    assert activations.leaky_relu_forward(np.array([-3.0]))[0] == pytest.approx(-0.03)


@given(seeds)
@settings(max_examples=25)
def test_affine_is_a_sum_of_products(activations, seed):
    rng = np.random.default_rng(seed)
    N, height, width, M = rng.integers(1, 5, 4)
    x, w, b = (rng.standard_normal(s) for s in [(N, height, width), (height * width, M), (M,)])
    out, _ = activations.affine_forward(x, w, b)
    expected = np.einsum("nij,ijm->nm", x, w.reshape(height, width, M)) + b
    np.testing.assert_allclose(out, expected, atol=1e-12)
    assert_gradients(activations, "affine", [x, w, b], rng)


@pytest.mark.parametrize("shape", [(5, 4), (2, 3, 3, 2), (3, 2, 1, 4)])
def test_prelu_treats_each_channel_as_a_leaky_relu(activations, shape):
    rng = np.random.default_rng(3)
    x, alpha = away_from_zero(rng, shape), rng.uniform(-0.5, 1.8, shape[1])
    out, _ = activations.prelu_forward(x, alpha)
    for channel, slope in enumerate(alpha):
        expected, _ = activations.leaky_relu_forward(x[:, channel], slope)
        np.testing.assert_array_equal(out[:, channel], expected)
    assert_gradients(activations, "prelu", [x, alpha], rng)


@given(seeds)
@settings(max_examples=25)
def test_maxout_is_the_largest_of_affine_layers(activations, seed):
    rng = np.random.default_rng(seed)
    N, D, K, M = rng.integers(1, 6, 4)
    x, w, b = (rng.standard_normal(s) for s in [(N, D), (K, D, M), (K, M)])
    out, _ = activations.maxout_forward(x, w, b)
    pieces = [activations.affine_forward(x, w[k], b[k])[0] for k in range(K)]
    np.testing.assert_allclose(out, np.max(pieces, axis=0), atol=1e-12)
    # Differences mislead where two pieces are nearly equal.
    if K == 1 or np.diff(np.sort(pieces, axis=0), axis=0)[-1].min() > 1e-4:
        assert_gradients(activations, "maxout", [x, w, b], rng)


def test_relu_is_a_maxout_of_two_pieces(activations):
    rng = np.random.default_rng(4)
    x, w = rng.standard_normal((6, 3)), rng.standard_normal((3, 4))
    inner, first = activations.affine_forward(x, w, np.zeros(4))
    out, second = activations.relu_forward(inner)
    same, cache = activations.maxout_forward(x, np.stack([w, np.zeros_like(w)]), np.zeros((2, 4)))
    np.testing.assert_allclose(same, out)
    dout = rng.standard_normal(out.shape)
    dx, dw, db = activations.maxout_backward(dout, cache)
    right = activations.affine_backward(activations.relu_backward(dout, second), first)
    for found, expected in zip((dx, dw[0], db[0]), right, strict=True):
        np.testing.assert_allclose(found, expected, atol=1e-12)


@pytest.mark.parametrize(("name", "theirs"), [("relu", "relu"), ("tanh", "tanh"), ("sigmoid", "logistic")])
def test_net_of_our_layers_is_scikit_learns(activations, name, theirs):
    rng = np.random.default_rng(5)
    X, y = rng.standard_normal((40, 6)), rng.permutation(np.arange(40) % 3)
    net = MLPClassifier((5, 4), activation=theirs, max_iter=20, random_state=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        net.fit(X, y)
    out = X
    for i, (w, b) in enumerate(zip(net.coefs_, net.intercepts_, strict=True)):
        out, _ = activations.affine_forward(out, w, b)
        if i < len(net.coefs_) - 1:
            out, _ = getattr(activations, f"{name}_forward")(out)
    np.testing.assert_array_equal(out.argmax(axis=1), net.predict(X))
    shares = np.exp(out) / np.exp(out).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(shares, net.predict_proba(X), rtol=1e-10)


def test_saturated_fraction_of_a_known_distribution(activations):
    x = np.random.default_rng(6).logistic(size=200_000)  # its sigmoid is uniform
    out, _ = activations.sigmoid_forward(x)
    assert activations.saturated_fraction(out, 0.0, 1.0, 0.05) == pytest.approx(0.1, abs=0.005)
    assert activations.saturated_fraction(2 * out - 1, -1.0, 1.0, 0.2) == pytest.approx(0.2, abs=0.005)


def test_dead_fraction_worked_numbers(activations):
    assert activations.dead_fraction(np.array([[0.0, 1.0], [0.0, 0.0]])) == 0.5
    assert activations.dead_fraction(np.array([[1.0], [-1.0]])) == 0
    biases = np.array([-100.0, 0.0, 100.0, -100.0])
    hidden, _ = activations.relu_forward(np.random.default_rng(7).standard_normal((50, 4)) + biases)
    assert activations.dead_fraction(hidden) == 0.5
