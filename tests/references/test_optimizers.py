"""The reference of `optimizers` against SciPy, scikit-learn and numbers worked out by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import solve
from scipy.optimize import BFGS, LbfgsInvHessProduct, line_search, minimize, rosen, rosen_der, rosen_hess
from scipy.signal import lfilter
from sklearn.neural_network._stochastic_optimizers import AdamOptimizer, SGDOptimizer

seeds = st.integers(0, 2**32 - 1)
FIRST_ORDER = ("sgd", "sgd_momentum", "nesterov_momentum", "adagrad", "rmsprop", "adam")


def follow(optimizer, w, gradients, config):
    """The places after each step, and the config at the end."""
    places = []
    for dw in gradients:
        w, config = optimizer(w, dw, config)
        places.append(w)
    return np.array(places), config


@pytest.fixture
def gradients():
    return list(np.random.default_rng(5).standard_normal((12, 4, 3)))


@pytest.mark.parametrize("nesterov", [False, True])
@pytest.mark.parametrize("momentum", [0.0, 0.4, 0.95])
def test_momentum_agrees_with_scikit_learn(optimizers, gradients, momentum, nesterov):
    w = np.ones((4, 3))
    theirs = SGDOptimizer([w.copy()], learning_rate_init=0.2, momentum=momentum, nesterov=nesterov)
    ours = optimizers.nesterov_momentum if nesterov else optimizers.sgd_momentum
    places, _ = follow(ours, w, gradients, {"learning_rate": 0.2, "momentum": momentum})
    expected = w
    for place, dw in zip(places, gradients, strict=True):
        (update,) = theirs._get_updates([dw])
        expected = expected + update
        np.testing.assert_allclose(place, expected)


def test_adam_agrees_with_scikit_learn(optimizers, gradients):
    w = np.ones((4, 3))
    theirs = AdamOptimizer([w.copy()], learning_rate_init=0.2, beta_1=0.7, beta_2=0.95, epsilon=1e-12)
    config = {"learning_rate": 0.2, "beta1": 0.7, "beta2": 0.95, "epsilon": 1e-12}
    places, _ = follow(optimizers.adam, w, gradients, config)
    expected = w
    for place, dw in zip(places, gradients, strict=True):
        (update,) = theirs._get_updates([dw])
        expected = expected + update
        np.testing.assert_allclose(place, expected)


@given(seeds)
@settings(max_examples=20)
def test_running_means_are_scipys_filters(optimizers, seed):
    rng = np.random.default_rng(seed)
    gradients, w = rng.standard_normal((15, 3)), rng.standard_normal(3)
    rate, keep, slow, epsilon = rng.uniform(0.1, 0.9, 4)
    mean = lfilter([1 - keep], [1, -keep], gradients, axis=0)
    square = lfilter([1 - slow], [1, -slow], gradients**2, axis=0)
    steps = np.arange(1, 16)[:, None]
    corrected = np.sqrt(square / (1 - slow**steps))
    expected = {
        "sgd": gradients,
        "sgd_momentum": lfilter([1], [1, -keep], gradients, axis=0),
        "adagrad": gradients / (np.sqrt(np.cumsum(gradients**2, axis=0)) + epsilon),
        "rmsprop": gradients / (np.sqrt(square) + epsilon),
        "adam": mean / (1 - keep**steps) / (corrected + epsilon),
    }
    config = {"learning_rate": rate, "momentum": keep, "decay_rate": slow, "beta1": keep, "beta2": slow}
    for name, downhill in expected.items():
        places, end = follow(getattr(optimizers, name), w, gradients, config | {"epsilon": epsilon})
        np.testing.assert_allclose(places, w - rate * np.cumsum(downhill, axis=0), rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(end["m"], mean[-1])
    np.testing.assert_allclose(end["v"], square[-1])
    assert end["t"] == 15


@given(seeds)
@settings(max_examples=20)
def test_adamw_is_adams_steps_run_through_a_leaky_filter(optimizers, seed):
    rng = np.random.default_rng(seed)
    gradients, w = rng.standard_normal((15, 3)), rng.standard_normal(3)
    rate, decay, keep, slow, epsilon = rng.uniform(0.1, 0.9, 5)
    config = {"learning_rate": rate, "beta1": keep, "beta2": slow, "epsilon": epsilon}
    steps = np.diff(follow(optimizers.adam, w, gradients, dict(config))[0], axis=0, prepend=w[None])
    kept = 1 - rate * decay
    expected = lfilter([1], [1, -kept], steps, axis=0) + kept ** np.arange(1, 16)[:, None] * w
    places, _ = follow(optimizers.adamw, w, gradients, config | {"weight_decay": decay})
    np.testing.assert_allclose(places, expected, rtol=1e-9, atol=1e-12)


def test_nesterov_is_momentum_seen_from_ahead(optimizers):
    def slope(place):
        return np.array([1.0, 10.0]) * place

    config, classic = None, {"velocity": np.zeros(2)}
    ahead = place = np.array([3.0, -2.0])
    for _ in range(8):
        ahead, config = optimizers.nesterov_momentum(ahead, slope(ahead), config)
        # As Nesterov wrote it: the gradient is taken where the velocity is about to lead.
        place, classic = optimizers.sgd_momentum(place, slope(place + 0.9 * classic["velocity"]), classic)
        np.testing.assert_allclose(ahead, place + 0.9 * classic["velocity"])


@pytest.mark.parametrize("name", [*FIRST_ORDER, "adamw"])
def test_defaults_are_those_of_the_contract(optimizers, name):
    rate = {"learning_rate": 1e-3 if name.startswith("adam") else 1e-2}
    momentum, epsilon = {"momentum": 0.9}, {"epsilon": 1e-8}
    adam = rate | epsilon | {"beta1": 0.9, "beta2": 0.999, "t": 1}
    expected = {
        "sgd": rate,
        "sgd_momentum": rate | momentum,
        "nesterov_momentum": rate | momentum,
        "adagrad": rate | epsilon,
        "rmsprop": rate | epsilon | {"decay_rate": 0.99},
        "adam": adam,
        "adamw": adam | {"weight_decay": 1e-2},
    }[name]
    _, config = getattr(optimizers, name)(np.ones(2), np.ones(2))
    assert {key: config[key] for key in expected} == expected
    assert set(config) - set(expected) <= {"velocity", "cache", "m", "v"}


@pytest.mark.parametrize("name", FIRST_ORDER)
def test_a_gradient_of_zero_moves_nothing(optimizers, name):
    w, _ = getattr(optimizers, name)(np.array([1.0, -2.0]), np.zeros(2))
    np.testing.assert_array_equal(w, [1.0, -2.0])


def test_schedules_worked_numbers(optimizers):
    rates = [optimizers.step_decay(1.0, step, 0.5, 10) for step in (0, 9, 10, 20, 39)]
    assert rates == [1, 1, 0.5, 0.25, 0.125]
    assert optimizers.exponential_decay(3.0, 4, 0.25) == pytest.approx(3 / np.e)
    assert optimizers.inverse_time_decay(3.0, 4, 0.5) == 1
    halves = [optimizers.cosine_decay(4.0, step, 12) for step in (0, 4, 6, 8, 12)]
    assert halves == pytest.approx([4, 3, 2, 1, 0])


@given(seeds, st.integers(1, 8))
@settings(max_examples=20)
def test_newton_step_agrees_with_scipys_solver(optimizers, seed, D):
    rng = np.random.default_rng(seed)
    root, (w, gradient) = rng.standard_normal((D, D)), rng.standard_normal((2, D))
    hessian = root + root.T + 7 * np.diag(rng.choice([-1, 1], D))
    step = solve(hessian, gradient, assume_a="sym")
    np.testing.assert_allclose(optimizers.newton_step(w, gradient, hessian), w - step, rtol=1e-6, atol=1e-8)


def test_newton_finds_the_minimum_of_rosenbrocks_valley(optimizers):
    w = np.array([-1.2, 1.0])
    for _ in range(7):
        w = optimizers.newton_step(w, rosen_der(w), rosen_hess(w))
    np.testing.assert_allclose(w, 1, atol=1e-8)


@given(seeds, st.integers(1, 6))
@settings(max_examples=20)
def test_bfgs_update_agrees_with_scipys_strategy(optimizers, seed, D):
    rng = np.random.default_rng(seed)
    root = rng.standard_normal((D, D))
    bowl = root @ root.T + np.eye(D)
    theirs, H = BFGS(exception_strategy="skip_update", min_curvature=0.0, init_scale=1.0), np.eye(D)
    theirs.initialize(D, "inv_hess")
    for step in rng.standard_normal((6, D)):
        theirs.update(step, bowl @ step)
        H = optimizers.bfgs_update(H, step, bowl @ step)
    np.testing.assert_allclose(H, theirs.get_matrix(), rtol=1e-6, atol=1e-8 * np.abs(H).max())


def assert_same_way(direction, taken):
    """How far a step goes is a matter of the line search; where it goes is that of the optimizer."""
    cosine = direction @ taken / np.linalg.norm(direction) / np.linalg.norm(taken)
    assert cosine == pytest.approx(1, abs=1e-6)


def test_bfgs_walks_as_scipys_does(optimizers):
    place, H, walk = np.array([-1.2, 1.0, 0.5]), np.eye(3), []
    minimize(rosen, place, jac=rosen_der, method="BFGS", callback=lambda w: walk.append(w.copy()))
    for there in walk[:-1]:
        assert_same_way(-H @ rosen_der(place), there - place)
        H = optimizers.bfgs_update(H, there - place, rosen_der(there) - rosen_der(place))
        place = there
    assert len(walk) > 15


def test_lbfgs_walks_as_scipys_does(optimizers):
    place, steps, changes, walk = np.array([-1.2, 1.0, 0.7, -0.4, 1.5]), [], [], []
    minimize(
        rosen,
        place,
        jac=rosen_der,
        method="L-BFGS-B",
        options={"maxcor": 4},
        callback=lambda w: walk.append(w.copy()),
    )
    for there in walk:
        direction = optimizers.lbfgs_direction(rosen_der(place), steps[-4:], changes[-4:])
        assert_same_way(direction, there - place)
        steps.append(there - place)
        changes.append(rosen_der(there) - rosen_der(place))
        place = there
    assert len(walk) > 20


@given(seeds, st.integers(1, 7), st.integers(1, 5))
@settings(max_examples=30)
def test_lbfgs_direction_agrees_with_scipys_product(optimizers, seed, D, count):
    rng = np.random.default_rng(seed)
    root, gradient = rng.standard_normal((D, D)), rng.standard_normal(D)
    steps = rng.standard_normal((count, D))
    changes = steps @ (root @ root.T + np.eye(D))
    # SciPy's product starts from the identity. In units of sqrt(scale) ours does so, too.
    scale = steps[-1] @ changes[-1] / (changes[-1] @ changes[-1])
    theirs = LbfgsInvHessProduct(steps / np.sqrt(scale), changes * np.sqrt(scale))
    found = optimizers.lbfgs_direction(gradient, list(steps), list(changes))
    np.testing.assert_allclose(found, -scale * (theirs @ gradient), rtol=1e-6, atol=1e-9)


def test_lbfgs_leaves_pairs_without_upward_curve_out(optimizers):
    rng = np.random.default_rng(2)
    steps, gradient = rng.standard_normal((4, 5)), rng.standard_normal(5)
    changes = steps * np.arange(1.0, 6.0)
    bad = [(1, steps[1], -changes[1]), (0, steps[0], np.zeros(5)), (6, steps[3], -changes[3])]
    mixed, their_changes = list(steps), list(changes)
    for place, step, change in bad:
        mixed.insert(place, step)
        their_changes.insert(place, change)
    assert sum(s @ y <= 0 for s, y in zip(mixed, their_changes, strict=True)) == 3
    expected = optimizers.lbfgs_direction(gradient, list(steps), list(changes))
    found = optimizers.lbfgs_direction(gradient, mixed, their_changes)
    np.testing.assert_array_equal(found, expected)
    only_bad = optimizers.lbfgs_direction(gradient, [steps[0]], [-changes[0]])
    np.testing.assert_array_equal(only_bad, -gradient)


def test_lbfgs_finds_the_minimum_that_scipys_finds(optimizers):
    place, steps, changes = np.array([-1.2, 1.0, 0.7, -0.4, 1.5]), [], []
    theirs = minimize(rosen, place, jac=rosen_der, method="L-BFGS-B", options={"gtol": 1e-8, "ftol": 0})
    while np.linalg.norm(rosen_der(place)) > 1e-8:
        direction = optimizers.lbfgs_direction(rosen_der(place), steps[-10:], changes[-10:])
        length, *_ = line_search(rosen, rosen_der, place, direction)
        steps.append(length * direction)
        changes.append(rosen_der(place + steps[-1]) - rosen_der(place))
        place = place + steps[-1]
    np.testing.assert_allclose(place, theirs.x, atol=1e-6)
    assert len(steps) < 1.5 * theirs.nit


def test_polyak_average_is_scipys_filter(optimizers):
    walk = np.random.default_rng(0).standard_normal((30, 4)).cumsum(axis=0)
    average = np.zeros(4)
    for w in walk:
        average = optimizers.polyak_average(average, w, 0.8)
    np.testing.assert_allclose(average, lfilter([0.2], [1, -0.8], walk, axis=0)[-1])
