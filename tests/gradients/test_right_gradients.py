"""No right gradient is rejected, whatever the function, the size of its numbers, and its shape."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special

from autograder.gradients import assert_gradient, check_gradient

PIECES = {
    "sin": (np.sin, np.cos),
    "tanh": (np.tanh, lambda h: 1 - np.tanh(h) ** 2),
    "square": (np.square, lambda h: 2 * h),
    "softplus": (lambda h: np.logaddexp(0, h), special.expit),
    "relu": (lambda h: np.maximum(h, 0), lambda h: (h > 0) * 1.0),
    "abs": (np.abs, np.sign),
    "hat": (lambda h: np.maximum(1 - np.abs(h), 0), lambda h: -np.sign(h) * (np.abs(h) < 1)),
}


def layers(name, shape, outputs, scale, seed):
    """A random function of two linear maps with an entry-by-entry function between, and its gradient."""
    rng = np.random.default_rng(seed)
    function, slope = PIECES[name]
    x = scale * rng.normal(size=shape)
    inner, outer = rng.normal(size=(8, x.size)), rng.normal(size=(outputs, 8))

    def hidden(x):
        return inner @ x.ravel() + 0.1

    def gradient(x, upstream):
        return (inner.T @ (slope(hidden(x)) * (outer.T @ upstream))).reshape(x.shape)

    return lambda x: outer @ function(hidden(x)), x, gradient


shapes = st.lists(st.integers(1, 5), min_size=0, max_size=4).map(tuple)


@settings(derandomize=True, max_examples=150)
@given(
    name=st.sampled_from(sorted(PIECES)),
    shape=shapes,
    outputs=st.integers(1, 20),
    scale=st.sampled_from([1e-3, 0.1, 1.0, 30.0]),
    seed=st.integers(0, 2**32 - 1),
)
def test_random_smooth_and_piecewise_smooth_functions(name, shape, outputs, scale, seed):
    f, x, gradient = layers(name, shape, outputs, scale, seed)
    assert_gradient(f, x, gradient, rng=np.random.default_rng(seed))


@settings(derandomize=True, max_examples=60)
@given(
    name=st.sampled_from(sorted(PIECES)),
    seed=st.integers(0, 2**32 - 1),
    error=st.sampled_from([1e-5, 1e-3, 1.0]),
)
def test_one_wrong_entry_is_found_wherever_it_is(name, seed, error):
    f, x, gradient = layers(name, (4, 3), 5, 1.0, seed)
    at = np.unravel_index(seed % x.size, x.shape)

    def wrong(x, upstream):
        right = gradient(x, upstream)
        right[at] += error * np.abs(right).max() + 1e-6
        return right

    report = check_gradient(f, x, wrong)
    assert [entry.index for entry in report.worst] == [at]


@settings(derandomize=True, max_examples=8)
@given(seed=st.integers(0, 2**32 - 1), size=st.integers(300, 5000), share=st.sampled_from([1e-4, 0.1, 1.0]))
def test_one_wrong_entry_of_a_large_array_is_found(seed, size, share):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=size)
    wrong_at = int(rng.integers(size))

    def wrong(x, upstream):
        gradient = upstream * np.cos(x)
        gradient[wrong_at] += share
        return gradient

    report = check_gradient(np.sin, x, wrong, rng=rng)
    assert not report.passed
    assert report.worst[0].index == (wrong_at,)


@settings(derandomize=True, max_examples=60)
@given(
    choice=st.lists(st.floats(0, 1), min_size=12, max_size=12),
    seed=st.integers(0, 2**32 - 1),
    distance=st.sampled_from([0.0, 1e-300]),
)
def test_any_value_between_the_slopes_is_right_at_a_kink(choice, seed, distance):
    signs = np.random.default_rng(seed).choice([-1.0, 1.0], 12)
    report = check_gradient(
        lambda x: np.maximum(x, 0.25 * x),
        distance * signs,
        lambda x, upstream: upstream * (0.25 + 0.75 * np.array(choice)),
    )
    assert report.passed, report.text


@pytest.mark.parametrize("value", [-0.1, 1.1, 2.0, -1.0])
def test_values_outside_the_slopes_are_wrong_at_a_kink(value):
    report = check_gradient(lambda x: np.maximum(x, 0), np.zeros(6), lambda x, upstream: value * upstream)
    assert not report.passed


@settings(derandomize=True, max_examples=60)
@given(
    exponent=st.floats(-11, -1),
    seed=st.integers(0, 2**32 - 1),
    name=st.sampled_from(["relu", "abs", "hat"]),
)
def test_kinks_at_any_distance(exponent, seed, name):
    """Inputs on both sides of kinks; `hat` has kinks at -1, 0 and 1."""
    rng = np.random.default_rng(seed)
    function, slope = PIECES[name]
    x = rng.integers(-1, 2, size=15) + 10**exponent * rng.uniform(0.5, 1.5, 15) * rng.choice([-1.0, 1.0], 15)
    assert_gradient(function, x, lambda x, upstream: upstream * slope(x), rng=rng)
    wrong = check_gradient(function, x, lambda x, upstream: upstream * (slope(x) + 1.5), rng=rng)
    assert not wrong.passed


def test_kinks_are_counted():
    x = np.array([0.0, 1.0, -1.0, 0.0])
    report = check_gradient(lambda x: np.maximum(x, 0), x, lambda x, upstream: upstream * (x > 0))
    assert (report.kinks, report.entries_checked) == (2, 4)
    assert "2 at kinks" in report.text


def test_hidden_units_may_all_be_closed_or_all_be_open_at_zero():
    """Several kinks coincide in one output; neither convention lies between the slopes to both sides."""
    rows, outer = np.array([[1.0], [2.0], [-0.5]]), np.array([1.0, 1.0, -8.0])

    def f(w):
        return outer @ np.maximum(rows @ w, 0)

    for open_at_zero in (0.0, 1.0):
        assert_gradient(f, np.zeros(1), np.array([open_at_zero * (outer @ rows[:, 0])]))
    assert not check_gradient(f, np.zeros(1), np.array([20.0])).passed


def cross_entropy(x):
    return special.logsumexp(x, axis=1).sum() - np.trace(x)


@pytest.mark.parametrize("scale", [1e-3, 1.0, 100.0, 1000.0])
def test_saturated_softmax(scale):
    x = scale * np.random.default_rng(0).normal(size=(5, 5))
    assert_gradient(cross_entropy, x, lambda x, upstream: upstream * (special.softmax(x, axis=1) - np.eye(5)))
    report = check_gradient(cross_entropy, x, lambda x, upstream: upstream * special.softmax(x, axis=1))
    assert not report.passed


@pytest.mark.parametrize(
    ("scale", "offset"), [(1e-3, 0), (1e-3, 1e3), (1, 0), (1, 1e3), (1, 1e6), (100, 1e6)]
)
def test_normalisation_of_small_large_and_far_off_numbers(scale, offset):
    x = scale * np.random.default_rng(0).normal(size=(20, 3)) + offset

    def normal(x):
        return (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + 1e-5)

    def gradient(x, upstream):
        hat = normal(x)
        centred = upstream - upstream.mean(axis=0) - hat * (upstream * hat).mean(axis=0)
        return centred / np.sqrt(x.var(axis=0) + 1e-5)

    assert_gradient(normal, x, gradient)


def test_large_values_that_drown_small_changes():
    x = np.linspace(-1, 1, 7)
    assert_gradient(lambda x: 1e9 + np.sin(x), x, lambda x, upstream: upstream * np.cos(x))
    assert not check_gradient(lambda x: 1e9 + np.sin(x), x, lambda x, upstream: upstream).passed


@pytest.mark.parametrize("size", [50, 3000])
def test_sums_of_many_terms(size):
    rng = np.random.default_rng(0)
    x, w = rng.normal(size=(4, size)), rng.normal(size=(size, 30))
    assert_gradient(lambda x: x @ w, x, lambda x, upstream: upstream @ w.T)
    assert_gradient(lambda w: x @ w, w, lambda w, upstream: x.T @ upstream)
    assert_gradient(lambda x: (x**2).sum(), x, lambda x, upstream: upstream * 2 * x)


def test_functions_that_do_not_depend_on_their_input():
    assert_gradient(lambda x: np.ones(3), np.ones((2, 2)), lambda x, upstream: np.zeros((2, 2)))
    assert not check_gradient(
        lambda x: np.ones(3), np.ones((2, 2)), lambda x, upstream: np.ones((2, 2))
    ).passed


def test_edges_of_a_domain():
    """The function is nan on one side of some entries, closer than the largest steps."""
    x = np.array([1e-5, 0.5, 2.0])
    assert_gradient(np.log, x, lambda x, upstream: upstream / x)
    assert not check_gradient(np.log, x, lambda x, upstream: 2 * upstream / x).passed


@pytest.mark.parametrize("shape", [(), (1,), (1, 1), (1, 5), (5, 1), (0,), (3, 0), (2, 1, 3, 1, 2)])
def test_unusual_shapes(shape):
    x = np.random.default_rng(0).normal(size=shape)
    report = check_gradient(np.sin, x, lambda x, upstream: upstream * np.cos(x))
    assert report.passed
    assert report.entries_checked == x.size


def test_numbers_in_place_of_arrays():
    assert_gradient(lambda x: float(x**3), 2, 12)
    assert_gradient(lambda x: x**3, 2.0, lambda x, upstream: float(upstream * 3 * x**2))
    assert_gradient(lambda x: x**2, [1, 2, 3], lambda x, upstream: list(2 * x * upstream))


def test_integers_are_taken_as_numbers_of_the_line():
    x = np.arange(6, dtype=np.uint8).reshape(2, 3)
    assert_gradient(lambda x: x**2 / 7, x, lambda x, upstream: 2 * x * upstream / 7)


def test_the_shapes_that_the_course_allows():
    x = np.arange(12.0).reshape(4, 3)
    assert_gradient(lambda b: x + b, np.ones(3), lambda b, upstream: upstream.sum(axis=0, keepdims=True))
    assert_gradient(lambda a: a * np.arange(3), 2.0, lambda a, upstream: [upstream @ np.arange(3)])


def test_a_given_upstream_is_used():
    x, upstream = np.arange(1.0, 4), np.array([1.0, -2.0, 0.0])
    assert_gradient(np.square, x, 2 * x * upstream, upstream=upstream)
    assert not check_gradient(np.square, x, 2 * x, upstream=upstream).passed


def test_the_same_seed_gives_the_same_report():
    x = np.random.default_rng(0).normal(size=400)
    first, second = (check_gradient(np.sin, x, lambda x, u: u * np.cos(x) * (x < 2)) for _ in range(2))
    assert first.text == second.text
    assert first.worst == second.worst


def test_max_entries_bounds_the_entries_compared_one_by_one():
    x = np.random.default_rng(0).normal(size=100)
    report = check_gradient(np.sin, x, lambda x, upstream: upstream * np.cos(x), max_entries=7)
    assert report.entries_checked == 7
    wrong = check_gradient(np.sin, x, lambda x, upstream: upstream * np.cos(x) * (x < x.max()), max_entries=7)
    assert not wrong.passed
