"""The reference of `dropout` against SciPy, scikit-learn and numbers worked out by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.ndimage import rotate
from scipy.optimize import approx_fprime
from scipy.stats import beta, binomtest, chisquare, kstest, norm, uniform
from sklearn.ensemble import VotingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB

from autograder.data import split_digits

# Fixed seeds, so that a right reference never fails; a wrong one gives far smaller p-values.
RARE = 1e-4


@pytest.fixture
def rng():
    return np.random.default_rng(7)


@pytest.mark.parametrize("shape", [(500,), (40, 30), (6, 5, 8, 7)])
@pytest.mark.parametrize("p", [0.2, 0.75])
def test_dropout_is_a_scaled_bernoulli_mask(dropout, shape, p):
    np.random.seed(3)
    x = np.full(shape, 2.0)
    out, cache = dropout.dropout_forward(x, {"p": p, "mode": "train"})
    assert set(np.unique(out)) == {0.0, 2 / p}
    assert binomtest(int((out > 0).sum()), out.size, p).pvalue > RARE
    np.testing.assert_allclose(dropout.dropout_backward(np.ones(shape), cache), out / 2)


def test_dropout_keeps_the_expectation(dropout):
    np.random.seed(3)
    x = np.array([[1.0, -2.0, 0.5]])
    outs = [dropout.dropout_forward(x, {"p": 0.4, "mode": "train"})[0] for _ in range(4000)]
    np.testing.assert_allclose(np.mean(outs, axis=0), x, atol=0.2)


@given(st.integers(0, 2**32 - 1), st.floats(0.05, 1))
@settings(max_examples=20)
def test_a_seed_fixes_the_mask_and_leaves_other_random_numbers_alone(dropout, seed, p):
    np.random.seed(1)
    param = {"p": p, "mode": "train", "seed": seed}
    first, second = (dropout.dropout_forward(np.ones((5, 6)), param)[0] for _ in range(2))
    np.testing.assert_array_equal(first, second)
    assert np.random.random() == np.random.RandomState(1).random()


@pytest.mark.parametrize("mode", ["train", "test"])
@pytest.mark.parametrize("p", [0.3, 1.0])
def test_gradients_agree_with_scipys(dropout, rng, mode, p):
    x, w, b, dout = (rng.standard_normal(shape) for shape in [(4, 3), (3, 5), 5, (4, 5)])

    def loss(flat):
        parts = flat[:12].reshape(4, 3), flat[12:27].reshape(3, 5), flat[27:]
        out, cache = dropout.dropconnect_forward(*parts, {"p": p, "mode": mode}, np.random.default_rng(1))
        last, last_cache = dropout.dropout_forward(out, {"p": p, "mode": mode, "seed": 4})
        return (last * dout).sum(), cache, last_cache

    flat = np.concatenate([x.ravel(), w.ravel(), b])
    _, cache, last_cache = loss(flat)
    gradients = dropout.dropconnect_backward(dropout.dropout_backward(dout, last_cache), cache)
    slopes = approx_fprime(flat, lambda z: loss(z)[0], 1e-7)
    np.testing.assert_allclose(np.concatenate([g.ravel() for g in gradients]), slopes, atol=1e-5)


@pytest.mark.parametrize("mode", ["train", "test"])
def test_stochastic_depth_gradients_agree_with_scipys(dropout, rng, mode):
    x, residual, dout = (rng.standard_normal((5, 2, 3)) for _ in range(3))

    def loss(flat):
        parts = flat.reshape(2, 5, 2, 3)
        out, cache = dropout.stochastic_depth_forward(*parts, 0.6, mode, np.random.default_rng(2))
        return (out * dout).sum(), cache

    flat = np.stack([x, residual]).ravel()
    gradients = dropout.stochastic_depth_backward(dout, loss(flat)[1])
    slopes = approx_fprime(flat, lambda z: loss(z)[0], 1e-7)
    np.testing.assert_allclose(np.stack(gradients).ravel(), slopes, atol=1e-5)


def test_dropconnect_masks_weights_as_often_as_asked(dropout, rng):
    param = {"p": 0.35, "mode": "train"}
    out, _ = dropout.dropconnect_forward(np.eye(50), np.ones((50, 60)), np.full(60, 0.5), param, rng)
    np.testing.assert_allclose(np.unique(out), [0.5, 0.5 + 1 / 0.35])
    assert binomtest(int((out > 1).sum()), out.size, 0.35).pvalue > RARE


def test_stochastic_depth_worked_numbers(dropout, rng):
    x, residual = np.array([[1.0, 2.0]]), np.array([[10.0, 20.0]])
    out, _ = dropout.stochastic_depth_forward(x, residual, 0.25, "test", rng)
    np.testing.assert_array_equal(out, [[3.5, 7.0]])
    rows = np.tile(x, (2000, 1)), np.tile(residual, (2000, 1))
    out, _ = dropout.stochastic_depth_forward(*rows, 0.25, "train", rng)
    assert binomtest(int((out[:, 1] == 22).sum()), 2000, 0.25).pvalue > RARE
    assert set(np.unique(out[:, 1])) == {2.0, 22.0}


def test_flips_mirror_half_of_the_images(dropout, rng):
    images = rng.random((1000, 1, 2, 3))
    flipped = dropout.random_flip(images, rng)
    mirrored = (flipped == np.flip(images, 3)).all(axis=(1, 2, 3))
    assert binomtest(int(mirrored.sum()), 1000, 0.5).pvalue > RARE
    np.testing.assert_array_equal(flipped[~mirrored], images[~mirrored])


def test_crops_and_cutouts_are_evenly_placed(dropout, rng):
    # Pixel values tell the places of a crop, zeros those of a cutout.
    images = np.tile(1.0 + np.arange(20).reshape(1, 1, 4, 5), (3000, 1, 1, 1))
    corners = dropout.random_crop(images, 2, rng)[:, 0, 0, 0]
    assert chisquare(np.unique(corners, return_counts=True)[1]).pvalue > RARE
    assert set(corners) == {1.0 + 5 * i + j for i in range(3) for j in range(4)}
    lost = (images - dropout.cutout(images, 2, rng)).sum(axis=(1, 2, 3))
    assert set(lost) == {4 * (corner + 3) for corner in corners}
    assert chisquare(np.unique(lost, return_counts=True)[1]).pvalue > RARE


@pytest.mark.parametrize("degrees", [0.0, 15.0, 80.0])
def test_tilt_agrees_with_scipys_rotation(dropout, degrees):
    images = np.random.default_rng(5).random((20, 2, 9, 12))
    angles = np.random.default_rng(6).uniform(-degrees, degrees, 20)
    expected = [
        rotate(image, -angle, axes=(2, 1), reshape=False, order=1, mode="grid-constant")
        for image, angle in zip(images, angles, strict=True)
    ]
    tilted = dropout.random_tilt(images, np.random.default_rng(6), degrees)
    np.testing.assert_allclose(tilted, expected, atol=1e-12)


def test_noise_and_jitter_are_distributed_as_they_should(dropout, rng):
    images = np.full((40, 3, 5, 6), 0.5)
    noise = dropout.add_noise(images, rng, 0.2) - images
    assert kstest(noise.ravel(), norm(scale=0.2).cdf).pvalue > RARE
    jittered = dropout.color_jitter(images, rng, 0.6)
    assert np.ptp(jittered, axis=(2, 3)).max() == 0
    assert kstest(2 * jittered[:, :, 0, 0].ravel(), uniform(0.4, 1.2).cdf).pvalue > RARE
    np.testing.assert_array_equal(dropout.color_jitter(2 * images, rng, 0.0), 2 * images)
    assert dropout.color_jitter(2 * images, rng, 1.0).max() == 1


@pytest.mark.parametrize("alpha", [0.2, 1.0, 5.0])
def test_mixup_shares_follow_the_beta_distribution(dropout, rng, alpha):
    X, Y = np.eye(50), np.eye(50)[:, ::-1]
    mixtures = [dropout.mixup(X, Y, rng, alpha) for _ in range(500)]
    for mixed, labels in mixtures:
        np.testing.assert_allclose(labels, mixed[:, ::-1])
        np.testing.assert_allclose(mixed.sum(axis=1), 1)
    shares = [mixed[i % 50, i % 50] for i, (mixed, _) in enumerate(mixtures)]
    alone = np.isclose(shares, 1, atol=1e-12)  # where a sample is its own partner
    assert kstest(np.array(shares)[~alone], beta(alpha, alpha).cdf).pvalue > RARE


def test_crop_average_worked_numbers(dropout):
    image = np.arange(12.0).reshape(1, 1, 3, 4)
    # Corners 0, 3, 8, 11 and, from row (3 - 1) // 2 and column (4 - 1) // 2, the 5.
    mean = dropout.crop_average(lambda crops: crops.reshape(-1, 1), image, 1)
    np.testing.assert_allclose(mean, [[(0 + 3 + 8 + 11 + 5) / 5]])


def test_ensemble_average_is_scikit_learns_soft_vote(dropout):
    train, held_out = split_digits(np.random.default_rng(0))
    X, unseen = (data.images.reshape(-1, 64) for data in (train, held_out))
    members = [("linear", LogisticRegression(max_iter=200)), ("bayes", GaussianNB(var_smoothing=0.1))]
    vote = VotingClassifier(members, voting="soft").fit(X[:400], train.labels[:400])
    probabilities = np.stack([member.predict_proba(unseen) for member in vote.estimators_])
    np.testing.assert_allclose(dropout.ensemble_average(probabilities), vote.predict_proba(unseen))
