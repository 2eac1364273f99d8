"""The reference of `batchnorm` against SciPy, scikit-learn and numbers worked out by hand."""

from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import approx_fprime
from scipy.signal import lfilter
from scipy.stats import zscore
from sklearn.preprocessing import StandardScaler

seeds = st.integers(0, 2**32 - 1)

BACKWARDS = {
    "batchnorm_backward": "batchnorm_forward",
    "batchnorm_backward_alt": "batchnorm_forward",
    "layernorm_backward": "layernorm_forward",
}


def drawn(seed, shape=None):
    """Random x, gamma and beta, of a random shape unless one is given."""
    rng = np.random.default_rng(seed)
    N, D = shape or rng.integers([2, 2], [9, 7])
    return rng.normal(3, 2, (N, D)), rng.standard_normal(D), rng.standard_normal(D)


@given(seeds)
@settings(max_examples=30)
def test_training_standardizes_as_scikit_learn_does(batchnorm, seed):
    x, gamma, beta = drawn(seed)
    out, _ = batchnorm.batchnorm_forward(x, gamma, beta, {"mode": "train", "eps": 1e-14})
    np.testing.assert_allclose(out, gamma * StandardScaler().fit_transform(x) + beta, rtol=1e-6, atol=1e-6)


@given(seeds)
@settings(max_examples=30)
def test_layernorm_standardizes_rows_as_scipy_does(batchnorm, seed):
    x, gamma, beta = drawn(seed)
    out, _ = batchnorm.layernorm_forward(x, gamma, beta, {"eps": 1e-14, "mode": "test"})
    np.testing.assert_allclose(out, gamma * zscore(x, axis=1) + beta, rtol=1e-6, atol=1e-6)


def test_eps_worked_numbers(batchnorm):
    x = np.array([[1.0], [7.0]])  # mean 4, variance 9
    out, _ = batchnorm.batchnorm_forward(x, np.array([10.0]), np.array([1.0]), {"mode": "train", "eps": 16.0})
    np.testing.assert_allclose(out, [[-5.0], [7.0]])
    out, _ = batchnorm.layernorm_forward(x.T, np.array([10.0, 5.0]), np.array([1.0, 0.0]), {"eps": 16.0})
    np.testing.assert_allclose(out, [[-5.0, 3.0]])


@pytest.mark.parametrize("momentum", [0.0, 0.3, 0.9, 1.0])
def test_running_statistics_are_an_exponential_filter(batchnorm, momentum):
    rng = np.random.default_rng(1)
    batches = rng.normal(2, 3, (8, 5, 3))
    bn_param = {"mode": "train", "momentum": momentum}
    for batch in batches:
        batchnorm.batchnorm_forward(batch, np.ones(3), np.zeros(3), bn_param)
    for key, statistic in [("running_mean", batches.mean(axis=1)), ("running_var", batches.var(axis=1))]:
        expected = lfilter([1 - momentum], [1, -momentum], statistic, axis=0)[-1]
        np.testing.assert_allclose(bn_param[key], expected, atol=1e-12)


def test_defaults_are_those_of_the_docstring(batchnorm):
    x, gamma, beta = drawn(0, (5, 3))
    implicit, explicit = {"mode": "train"}, {"mode": "train", "eps": 1e-5, "momentum": 0.9}
    outputs = [batchnorm.batchnorm_forward(1e-3 * x, gamma, beta, p)[0] for p in (implicit, explicit)]
    np.testing.assert_array_equal(*outputs)
    np.testing.assert_array_equal(implicit["running_var"], explicit["running_var"])
    outputs = [batchnorm.layernorm_forward(1e-3 * x, gamma, beta, p)[0] for p in ({}, {"eps": 1e-5})]
    np.testing.assert_array_equal(*outputs)


def test_test_mode_is_one_fixed_affine_map(batchnorm):
    x, gamma, beta = drawn(2, (6, 3))
    bn_param = {"mode": "test", "eps": 0.5, "running_mean": np.arange(3.0), "running_var": np.ones(3)}
    before = {key: np.copy(value) for key, value in bn_param.items()}
    out, _ = batchnorm.batchnorm_forward(x, gamma, beta, bn_param)
    slope = gamma / np.sqrt(1.5)
    np.testing.assert_allclose(out, x @ np.diag(slope) + (beta - slope * np.arange(3)))
    np.testing.assert_equal(bn_param, before)


def test_unknown_mode_is_refused(batchnorm):
    with pytest.raises(ValueError, match="'train' or 'test', not 'eval'"):
        batchnorm.batchnorm_forward(np.ones((2, 1)), np.ones(1), np.zeros(1), {"mode": "eval"})


@pytest.mark.parametrize("backward", BACKWARDS)
@pytest.mark.parametrize("eps", [1e-5, 0.7])
@pytest.mark.parametrize("shape", [(1, 3), (4, 1), (5, 4)])
def test_gradients_agree_with_scipys(batchnorm, backward, eps, shape):
    inputs = drawn(3, shape)
    dout = np.random.default_rng(4).standard_normal(shape)
    forward = getattr(batchnorm, BACKWARDS[backward])
    _, cache = forward(*inputs, {"mode": "train", "eps": eps})
    found = getattr(batchnorm, backward)(dout, cache)

    def weighted(flat, position):
        arguments = [flat.reshape(a.shape) if i == position else a for i, a in enumerate(inputs)]
        return float(np.sum(dout * forward(*arguments, {"mode": "train", "eps": eps})[0]))

    for position, gradient in enumerate(found):
        slopes = approx_fprime(inputs[position].ravel(), partial(weighted, position=position), 1e-6)
        np.testing.assert_allclose(np.ravel(gradient), slopes, rtol=1e-4, atol=1e-4)


@given(seeds)
@settings(max_examples=30)
def test_closed_form_agrees_with_the_steps(batchnorm, seed):
    x, gamma, beta = drawn(seed)
    _, cache = batchnorm.batchnorm_forward(x, gamma, beta, {"mode": "train", "eps": 0.01})
    dout = np.random.default_rng(seed).standard_normal(x.shape)
    for one, other in zip(
        batchnorm.batchnorm_backward(dout.copy(), cache),
        batchnorm.batchnorm_backward_alt(dout.copy(), cache),
        strict=True,
    ):
        np.testing.assert_allclose(one, other, atol=1e-10)


@pytest.mark.parametrize(("backward", "axis"), [("batchnorm_backward", 0), ("layernorm_backward", 1)])
def test_no_gradient_along_a_shift_or_a_stretch(batchnorm, backward, axis):
    """Shifting or stretching what is normalized changes nothing, so the gradient has no part that way."""
    x, gamma, beta = drawn(5, (6, 4))
    _, cache = getattr(batchnorm, BACKWARDS[backward])(x, gamma, beta, {"mode": "train", "eps": 1e-14})
    dx, _, _ = getattr(batchnorm, backward)(np.random.default_rng(6).standard_normal(x.shape), cache)
    np.testing.assert_allclose(dx.sum(axis=axis), 0, atol=1e-10)
    np.testing.assert_allclose((dx * x).sum(axis=axis), 0, atol=1e-10)


@pytest.mark.parametrize("forward", ["batchnorm_forward", "layernorm_forward"])
def test_far_from_zero_only_rounding_of_the_input_is_lost(batchnorm, forward):
    x, gamma, beta = drawn(7, (8, 5))
    far = x + 2.0**30
    expected, _ = getattr(batchnorm, forward)(far - 2.0**30, gamma, beta, {"mode": "train"})
    out, _ = getattr(batchnorm, forward)(far, gamma, beta, {"mode": "train"})
    np.testing.assert_allclose(out, expected, atol=1e-6)
