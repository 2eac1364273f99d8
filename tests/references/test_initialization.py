"""The reference of `initialization` against SciPy, theory and numbers worked out by hand."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

NAMES = ("small_random_init", "xavier_init", "he_init")
seeds = st.integers(0, 2**32 - 1)


def test_standard_deviations_of_worked_shapes(initialization):
    # 3 * 3 * 16 = 144 = 12^2 and 8 * 3 * 3 = 72 = 2 * 6^2: round numbers under the root.
    shapes = {(400, 7): (1 / 20, None), (50, 9): (None, 1 / 5), (32, 16, 3, 3): (1 / 12, None)}
    shapes |= {(30, 8, 3, 3): (None, 1 / 6), (5, 2, 9, 4): (None, 1 / 6), (1, 8): (1.0, None)}
    for shape, stds in shapes.items():
        for name, std in zip(NAMES[1:], stds, strict=True):
            if std is not None:
                drawn = getattr(initialization, name)(shape, np.random.default_rng(3))
                same = np.random.default_rng(3).standard_normal(shape)
                np.testing.assert_allclose(drawn, std * same, rtol=1e-12)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("shape", [(60, 500), (500, 60), (25, 10, 8, 5)])
def test_draws_are_normal_by_the_test_of_kolmogorov_and_smirnov(initialization, name, shape):
    drawn = getattr(initialization, name)(shape, np.random.default_rng(5))
    fan_in = {2: shape[0], 4: int(np.prod(shape)) // shape[0]}[len(shape)]
    std = {"small_random_init": 0.01, "xavier_init": fan_in**-0.5, "he_init": np.sqrt(2 / fan_in)}[name]
    assert drawn.shape == shape
    assert stats.kstest(drawn.ravel(), stats.norm(0, std).cdf).pvalue > 1e-3


@given(seeds, st.floats(1e-6, 1e3))
@settings(max_examples=20)
def test_scale_is_a_factor(initialization, seed, scale):
    drawn, unit = (
        initialization.small_random_init((3, 4), np.random.default_rng(seed), size) for size in (scale, 1.0)
    )
    np.testing.assert_allclose(drawn, scale * unit)


@pytest.mark.parametrize("name", NAMES)
def test_calls_go_on_with_the_generator(initialization, name):
    rng = np.random.default_rng(0)
    first, second = (getattr(initialization, name)((4, 4), rng) for _ in range(2))
    assert not np.isclose(first, second).any()


def test_he_keeps_the_mean_square_through_relus(initialization):
    # Theory: E[relu(a)^2] = n * (2 / n) * E[x^2] / 2; 60 nets, so that the mean is within a few per cent.
    rng, found = np.random.default_rng(1), []
    for _ in range(60):
        x = rng.standard_normal((20, 100))
        pairs = initialization.activation_statistics(
            x, [initialization.he_init((100, 100), rng)], lambda a: np.maximum(a, 0)
        )
        found.append(pairs[0][0] ** 2 + pairs[0][1] ** 2)
    assert np.mean(found) == pytest.approx(1, rel=0.03)


@given(seeds)
@settings(max_examples=30)
def test_statistics_agree_with_scipys(initialization, seed):
    rng = np.random.default_rng(seed)
    sizes = rng.integers(1, 7, 4)
    weights = [rng.standard_normal(shape) for shape in pairwise(sizes)]
    x = rng.standard_normal((rng.integers(2, 9), sizes[0]))
    found = initialization.activation_statistics(x, weights, np.tanh)
    layers = [np.tanh(x @ weights[0])]
    layers.append(np.tanh(layers[-1] @ weights[1]))
    layers.append(np.tanh(layers[-1] @ weights[2]))
    for (mean, std), layer in zip(found, layers, strict=True):
        whole = stats.describe(layer, axis=None, ddof=0)
        assert (mean, std) == pytest.approx((whole.mean, np.sqrt(whole.variance)))


def test_statistics_far_from_zero_keep_their_digits(initialization):
    values = np.array([[1e6, 1e6 + 1, 1e6 + 2, 1e6 + 3]])
    ((mean, std),) = initialization.activation_statistics(values, [np.eye(4)], lambda a: a)
    assert mean == pytest.approx(1e6 + 1.5, abs=1e-9)
    assert std == pytest.approx(np.sqrt(1.25), rel=1e-12)
    assert initialization.activation_statistics(values, [], np.tanh) == []


@given(seeds, st.integers(2, 6), st.floats(-12, 6))
@settings(max_examples=40)
def test_symmetry_is_what_the_set_of_columns_says(initialization, seed, columns, exponent):
    rng = np.random.default_rng(seed)
    kinds = rng.uniform(1, 2, (4, 2)) * rng.choice([-1, 1], (4, 2)) * 10**exponent
    dw = kinds[:, rng.integers(2, size=columns)]
    different = len({tuple(column) for column in dw.T}) > 1
    assert initialization.symmetry_broken(dw) is different


def test_symmetry_does_not_mind_rounding(initialization):
    dw = np.full((3, 2), 0.3)
    dw[0, 1] = 0.1 + 0.2
    assert dw[0, 0] != dw[0, 1]
    assert not initialization.symmetry_broken(dw)
    assert not initialization.symmetry_broken(np.zeros((3, 4)))
    assert not initialization.symmetry_broken(np.array([[1.0], [2.0]]))
