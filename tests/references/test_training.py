"""The reference of `training` against scikit-learn, SciPy and numbers worked out by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import approx_fprime
from scipy.stats import kstest, loguniform
from sklearn.decomposition import PCA
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.model_selection import ParameterGrid
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler

from autograder.data import split_digits

seeds = st.integers(0, 2**32 - 1)


def up_to_signs(columns, others):
    return columns * np.sign(np.sum(columns * others, axis=0))


@given(seeds)
@settings(max_examples=20)
def test_standardize_agrees_with_scikit_learns_scaler(training, seed):
    rng = np.random.default_rng(seed)
    train, other = 5 + 3 * rng.standard_normal((30, 4)), rng.standard_normal((7, 4))
    train[:, 2] = 0
    scaler = StandardScaler().fit(train)
    for found, part in zip(training.standardize(train, other), (train, other), strict=True):
        np.testing.assert_allclose(found, scaler.transform(part), atol=1e-10)
    centered = StandardScaler(with_std=False).fit(train)
    np.testing.assert_allclose(training.zero_center(train, other)[1], centered.transform(other), atol=1e-12)


@given(seeds, st.integers(1, 5))
@settings(max_examples=20)
def test_pca_agrees_with_scikit_learns(training, seed, k):
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((40, 6)) * 2.0 ** -np.arange(6) @ rng.standard_normal((6, 6)) + 3
    theirs = PCA(n_components=k, svd_solver="full").fit(X)
    mean, components = training.pca(X, k)
    np.testing.assert_allclose(mean, theirs.mean_)
    np.testing.assert_allclose(
        up_to_signs(components.T, theirs.components_.T).T, theirs.components_, atol=1e-6
    )


@given(seeds)
@settings(max_examples=20)
def test_whitening_agrees_with_scikit_learns(training, seed):
    rng = np.random.default_rng(seed)
    train = rng.standard_normal((40, 4)) * 2.0 ** -np.arange(4) @ rng.standard_normal((4, 4)) - 1
    other = rng.standard_normal((5, 4))
    theirs = PCA(whiten=True, svd_solver="full").fit(train)
    # Theirs divides the covariance by N - 1.
    factor = np.sqrt(40 / 39)
    expected = [factor * theirs.transform(part) for part in (train, other)]
    for found, right in zip(training.whiten(train, 0.0, other), expected, strict=True):
        signs = np.sign(np.sum(training.whiten(train, 0.0)[0] * expected[0], axis=0))
        np.testing.assert_allclose(found * signs, right, rtol=1e-6, atol=1e-6)


def test_whitened_digits_have_unit_variance_where_they_vary(training):
    rows = split_digits(np.random.default_rng(0))[0].images.reshape(-1, 64)
    (white,) = training.whiten(rows, 1e-10)
    np.testing.assert_allclose(white.T @ white / len(white), np.eye(64), atol=1e-4)


@pytest.mark.parametrize("normalization", [None, "batchnorm", "layernorm"])
@pytest.mark.parametrize("hidden", [[], [5], [4, 6]])
def test_the_nets_gradient_agrees_with_scipys(training, normalization, hidden):
    rng = np.random.default_rng(1)
    X, y = rng.standard_normal((6, 3)), rng.integers(4, size=6)
    net = training.FullyConnectedNet(hidden, 3, 4, 0.8, normalization, reg=0.9, weight_scale=0.7, seed=4)
    for name in net.params:
        if name.startswith("b"):  # away from 0, where a unit whose inputs are all dropped has a kink
            net.params[name] = rng.standard_normal(net.params[name].shape)
    _, grads = net.loss(X, y)
    for name, value in list(net.params.items()):

        def loss_of(flat, name=name, value=value):
            net.params[name] = flat.reshape(value.shape)
            return net.loss(X, y)[0]

        slopes = approx_fprime(value.ravel(), loss_of, 1e-7).reshape(value.shape)
        net.params[name] = value
        np.testing.assert_allclose(grads[name], slopes, atol=2e-5, err_msg=name)


def test_scores_agree_with_scikit_learns_net(training):
    rng = np.random.default_rng(2)
    X, y = rng.standard_normal((50, 6)), rng.integers(3, size=50)
    theirs = MLPClassifier((7, 5), max_iter=3, random_state=0, alpha=0.3, batch_size=50)
    with pytest.warns(UserWarning, match="iterations"):
        theirs.fit(X, y)
    net = training.FullyConnectedNet([7, 5], 6, 3, reg=0.3 / 50)
    for i in range(3):
        net.params[f"W{i + 1}"], net.params[f"b{i + 1}"] = theirs.coefs_[i], theirs.intercepts_[i]
    scores = net.loss(X)
    p = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(p, theirs.predict_proba(X))
    # Their penalty, too, is alpha / (2 N) * sum(W^2) of the weights alone.
    penalty = 0.3 / 2 / 50 * sum(np.sum(w**2) for w in theirs.coefs_)
    assert net.loss(X, y)[0] == pytest.approx(-np.log(p[np.arange(50), y]).mean() + penalty)


def test_a_two_layer_net_agrees_with_scikit_learns_and_scipy(training):
    rng = np.random.default_rng(5)
    X, y = rng.standard_normal((40, 6)), rng.integers(3, size=40)
    theirs = MLPClassifier((7,), max_iter=3, random_state=0, batch_size=40)
    with pytest.warns(UserWarning, match="iterations"):
        theirs.fit(X, y)
    net = training.TwoLayerNet(6, 7, 3, reg=0.3)
    for i in range(2):
        net.params[f"W{i + 1}"], net.params[f"b{i + 1}"] = theirs.coefs_[i], theirs.intercepts_[i]
    p = theirs.predict_proba(X)
    scores = net.loss(X.reshape(40, 3, 2))
    np.testing.assert_allclose(np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True), p)
    loss, grads = net.loss(X, y)
    penalty = 0.3 / 2 * sum(np.sum(w**2) for w in theirs.coefs_)
    assert loss == pytest.approx(-np.log(p[np.arange(40), y]).mean() + penalty)
    for name, value in list(net.params.items()):

        def loss_of(flat, name=name, value=value):
            net.params[name] = flat.reshape(value.shape)
            return net.loss(X, y)[0]

        slopes = approx_fprime(value.ravel(), loss_of, 1e-7).reshape(value.shape)
        net.params[name] = value
        np.testing.assert_allclose(grads[name], slopes, atol=2e-5, err_msg=name)


def test_the_small_model_is_least_squares(training):
    rng = np.random.default_rng(3)
    X, y = rng.standard_normal((30, 4)), rng.integers(3, size=30)
    model = training.LeastSquaresModel(4, 3)
    training.overfit_small_data(model, X, y, 0.3, 2000)
    theirs = LinearRegression().fit(X, np.eye(3)[y])
    np.testing.assert_allclose(model.params["W1"], theirs.coef_.T, atol=1e-8)
    np.testing.assert_allclose(model.params["b1"], theirs.intercept_, atol=1e-8)


def test_a_trained_linear_net_comes_close_to_scikit_learns(training):
    rng = np.random.default_rng(0)
    train, held_out = split_digits(rng)
    X, X_new = training.zero_center(train.images.reshape(-1, 64), held_out.images.reshape(-1, 64))
    net = training.FullyConnectedNet([], 64, 10, reg=1e-4)
    data = {"X_train": X, "y_train": train.labels, "X_val": X[:300], "y_val": train.labels[:300]}
    config = {"learning_rate": 0.5}
    training.Solver(net, data, optim_config=config, lr_decay=0.95, num_epochs=60, rng=rng).train()
    theirs = LogisticRegression(max_iter=300).fit(X, train.labels)
    same = np.argmax(net.loss(X_new), axis=1) == theirs.predict(X_new)
    assert same.mean() > 0.95


def test_the_best_epoch_wins_over_later_ones(training):
    X = np.array([[1.0], [-1.0]])
    data = {"X_train": X, "y_train": np.array([1, 0]), "X_val": X, "y_val": np.array([1, 0])}
    script = iter([np.array([[-1.0, 1.0]]), np.array([[1.0, -1.0]])])

    def scripted(w, dw, config):
        if w.ndim == 2:
            w[...] = next(script)
        return w, config

    model = training.LeastSquaresModel(1, 2)
    solver = training.Solver(model, data, scripted, num_epochs=2, batch_size=2)
    solver.train()
    assert solver.val_acc_history == [1.0, 0.0]
    np.testing.assert_array_equal(model.params["W1"], [[-1.0, 1.0]])


def test_initial_loss_of_an_untrained_net(training):
    rng = np.random.default_rng(4)
    X, y = rng.standard_normal((200, 5)), rng.integers(3, size=200)
    assert training.initial_loss_ok(training.FullyConnectedNet([9], 5, 7, weight_scale=1e-3), X, y)
    assert not training.initial_loss_ok(training.FullyConnectedNet([9], 5, 7, weight_scale=3), X, y)


@pytest.mark.parametrize(
    ("rate", "floor", "expected"),
    [
        (0.01, 0.5, "too low"),
        (0.5, 0.1, "good"),
        (2.1, 0.5, "diverged"),
        (0.5, 1.0, "too high"),
        (0, 0, "too low"),
    ],
)
def test_gradient_descent_on_a_parabola_is_diagnosed(training, rate, floor, expected):
    # The loss floor + w^2 / 2 from w = 1, where each step multiplies w by 1 - rate.
    w = (1.0 - rate) ** np.arange(40)
    assert training.diagnose_loss_curve(floor + w**2 / 2) == expected


def test_grid_search_tries_what_scikit_learns_grid_holds(training):
    grid, tried = {"a": [1, 2, 3], "b": [0.1, 0.2], "c": ["x"]}, []

    def score(settings):
        tried.append(settings)
        return settings["a"] * settings["b"]

    assert training.grid_search(score, grid) == ({"a": 3, "b": 0.2, "c": "x"}, pytest.approx(0.6))
    assert sorted(map(str, tried)) == sorted(str({n: g[n] for n in grid}) for g in ParameterGrid(grid))


def test_random_search_draws_scipys_loguniform(training):
    draws = []

    def score(settings):
        draws.append(settings["rate"])
        return -settings["rate"]

    best, value = training.random_search(score, {"rate": (1e-4, 10.0)}, 2000, np.random.default_rng(5))
    assert kstest(draws, loguniform(1e-4, 10.0).cdf).pvalue > 1e-3
    assert best["rate"] == -value == min(draws)


@given(seeds)
@settings(max_examples=20)
def test_coarse_to_fine_finds_a_peak_outside_the_first_ranges(training, seed):
    def score(settings):
        return -(np.log(settings["a"] / 3) ** 2) - np.log(settings["b"] / 1e-4) ** 2

    ranges = {"a": (1e-3, 1.0), "b": (1e-5, 1e-1)}
    best, value = training.coarse_to_fine(score, ranges, 40, 8, np.random.default_rng(seed), 0.6)
    assert value == score(best) > -0.1


@given(seeds, st.integers(2, 30), st.data())
@settings(max_examples=30)
def test_folds_are_a_partition(training, seed, N, data):
    k, held = data.draw(st.integers(2, N)), []

    def score(X_train, y_train, X_held_out, y_held_out):
        held.extend(y_held_out)
        return len(y_held_out)

    sizes = training.cross_validate(score, np.zeros((N, 1)), np.arange(N), k, np.random.default_rng(seed))
    assert sorted(held) == list(range(N))
    assert len(sizes) == k
    assert max(sizes) - min(sizes) <= 1


def test_snapshots_follow_the_paper(training):
    # The loss 2 w^2 / 2 of one sample 1 with scores w: the excess shrinks by 1 - 2 rate in each step.
    model = training.LeastSquaresModel(1, 1)
    X, y = np.ones((4, 1)), np.zeros(4, dtype=int)
    first, second = training.snapshot_ensemble(model, X, y, 0.2, 2, 3, 2, np.random.default_rng(0))
    left = (1 - 2 * 0.2) * (1 - 2 * 0.15) * (1 - 2 * 0.05)
    assert 1 - first["W1"] - first["b1"] == pytest.approx(left)
    assert 1 - second["W1"] - second["b1"] == pytest.approx(left**2)


def test_snapshots_are_averaged_as_probabilities(training):
    model = training.LeastSquaresModel(1, 2)
    sure, unsure = np.log([[0.01, 0.99]]), np.log([[0.6, 0.4]])
    snapshots = [{"W1": w, "b1": np.zeros(2)} for w in (sure, unsure, unsure)]
    assert training.snapshot_predict(model, snapshots, np.ones((1, 1))).tolist() == [1]
    np.testing.assert_array_equal(model.params["W1"], np.zeros((1, 2)))


def test_fine_tuning_leaves_frozen_layers_alone(training):
    rng = np.random.default_rng(6)
    net = training.FullyConnectedNet([5, 4], 3, 6, normalization="batchnorm")
    before = {name: value.copy() for name, value in net.params.items()}
    training.fine_tune(net, rng.standard_normal((20, 3)), np.arange(20) % 2, 2, 2, 0.3, 10, 5, rng)
    changed = {name for name, value in net.params.items() if not np.array_equal(value, before[name])}
    assert changed == {"W2", "b2", "gamma2", "beta2", "W3", "b3"}
    assert net.params["W3"].shape == (4, 2)


def test_transfer_helps_with_few_examples(training):
    rng = np.random.default_rng(7)
    train, held_out = split_digits(rng)
    X, X_new = training.zero_center(train.images.reshape(-1, 64), held_out.images.reshape(-1, 64))
    np.random.seed(0)
    net = training.FullyConnectedNet([50], 64, 5, weight_scale=0.1)
    old = train.labels < 5
    training.overfit_small_data(net, X[old], train.labels[old], 0.3, 150)
    few = np.concatenate([np.flatnonzero(train.labels == label)[:8] for label in range(5, 10)])
    training.fine_tune(net, X[few], train.labels[few] - 5, 5, 1, 0.3, 100, 20, rng)
    new = held_out.labels >= 5
    assert training.model_accuracy(net, X_new[new], held_out.labels[new] - 5) > 0.75
