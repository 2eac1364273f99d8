"""The checks for `dropout.py`. Run them with `pytest`; each says what it is about and what it is worth."""

import numpy as np
import pytest

from autograder import assert_gradient
from autograder.checks import (
    accuracy,
    assert_all_digits,
    assert_at_least,
    assert_at_most,
    assert_close,
    assert_equal,
    assert_shape,
    train_until,
    unchanged,
)
from autograder.data import pixel_rows, turned_digits

KINDS = ("dropout", "dropconnect", "stochastic_depth")
FORWARDS = tuple(f"{kind}_forward" for kind in KINDS)
AUGMENTATIONS = ("random_flip", "random_crop", "random_tilt", "add_noise", "color_jitter", "cutout", "mixup")


def signed(rng, *shape):
    """Numbers of both signs, away from 0: an entry that is 0 has been dropped."""
    return rng.choice([-1.0, 1.0], shape) * rng.uniform(0.5, 2, shape)


def pictures(rng, N=12, C=3, H=6, W=8):
    """Images (N, C, H, W) without a black pixel."""
    return rng.uniform(0.1, 0.9, (N, C, H, W))


def assert_share(flags, p, what):
    """Assert that a share p of independent coins is 1, within 6 standard errors."""
    assert_close(np.mean(flags), p, atol=6 * np.sqrt(p * (1 - p) / np.size(flags)), what=what)


def assert_own_coins(kept, what):
    """Assert that no row and no column of a matrix of coins is of one kind, where chance hardly makes one."""
    for axis, word in enumerate(("column", "row")):
        alike = np.mean(np.all(kept, axis=axis) | ~np.any(kept, axis=axis))
        assert_at_most(alike, 0.05, what=f"the share of {word}s in which all {what} fare alike")


def example(name, images, rng):
    """Arguments for a call of that function."""
    rows = images.reshape(len(images), -1)
    return {
        "dropout_forward": (images, {"p": 0.6, "mode": "train"}),
        "dropconnect_forward": (rows, rows.T.copy(), rows[:, 0].copy(), {"p": 0.6, "mode": "train"}, rng),
        "stochastic_depth_forward": (images, images[::-1].copy(), 0.6, "train", rng),
        "random_flip": (images, rng),
        "random_crop": (images, 4, rng, 1),
        "random_tilt": (images, rng, 20.0),
        "add_noise": (images, rng, 0.1),
        "color_jitter": (images, rng, 0.3),
        "cutout": (images, 3, rng),
        "mixup": (images, np.eye(len(images)), rng, 0.8),
    }[name]


@pytest.mark.points(3)
@pytest.mark.parametrize("p", [0.25, 0.8])
def test_dropout_keeps_a_share(student, rng, p):
    """dropout_forward: a share p of the entries is kept and divided by p, the rest is 0"""
    x = signed(rng, 60, 50)
    out, _ = student.dropout_forward(x.copy(), {"p": p, "mode": "train"})
    out = assert_shape(out, x.shape, what="the output")
    assert_own_coins(out != 0, "entries")
    assert_share(out != 0, p, "the share of entries that are kept, not dropped,")
    assert_close(out, np.where(out == 0, 0, x / p), what="the output")


@pytest.mark.points(3)
def test_dropout_in_test_mode(student, rng):
    """dropout: in test mode everything goes through as it is"""
    x, dout = signed(rng, 5, 4), signed(rng, 5, 4)
    out, cache = student.dropout_forward(x.copy(), {"p": 0.3, "mode": "test"})
    assert_close(out, x, what="the output in test mode")
    assert_close(student.dropout_backward(dout.copy(), cache), dout, what="the gradient in test mode")


@pytest.mark.points(3)
def test_dropout_gradient(student, rng):
    """dropout_backward: agrees with a numerical gradient, where the seed fixes what is dropped"""
    x = signed(rng, 6, 5)
    param = {"p": 0.6, "mode": "train", "seed": 231}

    def analytic(x, upstream):
        _, cache = student.dropout_forward(x, dict(param))
        return student.dropout_backward(upstream, cache)

    assert_gradient(student.dropout_forward.over(0, x, param, output=0), x, analytic, name="dx", rng=rng)


### BEGIN HIDDEN TESTS
# Beside numbers like this a step of a thousandth or less vanishes, so that differences are no slopes.
# Formulas lose nothing.
FAR = 1e15


def assert_unrelated(values, mean, spread, what):
    """Assert that neighbours along each axis vary independently, within 6 standard errors."""
    deviation = (np.asarray(values, dtype=float) - mean) / spread
    for axis in range(deviation.ndim):
        ahead, behind = np.delete(deviation, 0, axis), np.delete(deviation, -1, axis)
        assert_close((ahead * behind).mean(), 0, atol=6 / np.sqrt(ahead.size), what=what)


def assert_uniform(values, low, high, what):
    """Assert that at least 200 independent values spread evenly from low to high."""
    width, n = high - low, np.size(values)
    assert_at_least(np.min(values), low - 1e-9, what=f"smallest {what}")
    assert_at_most(np.max(values), high + 1e-9, what=f"largest {what}")
    assert_at_most(np.min(values), low + 0.12 * width, what=f"smallest {what}")
    assert_at_least(np.max(values), high - 0.12 * width, what=f"largest {what}")
    # The variance of a uniform number is width^2 / 12, the variance of its square width^4 / 180.
    middle = (low + high) / 2
    assert_close(np.mean(values), middle, atol=6 * width / np.sqrt(12 * n), what=f"mean {what}")
    spread = np.mean((np.asarray(values) - middle) ** 2)
    assert_close(spread, width**2 / 12, atol=6 * width**2 / np.sqrt(180 * n), what=f"variance of {what}")


def assert_even(places, choices, what):
    """Assert that whole numbers in [0, choices) occur equally often, within 6 standard errors."""
    counts = np.bincount(places, minlength=choices)
    p, n = 1 / choices, len(places)
    assert_close(counts, np.full(choices, n * p), atol=6 * np.sqrt(n * p * (1 - p)), what=what)


@pytest.mark.points(2)
@pytest.mark.after("test_dropout_keeps_a_share")
@pytest.mark.parametrize("shape", [(2000,), (60, 40), (12, 8, 6, 5)])
def test_dropout_coins(student, rng, shape):
    """dropout_forward: every entry of every sample and channel has a coin of its own, in every call"""
    x, param = signed(rng, *shape), {"p": 0.4, "mode": "train"}
    kept = [np.asarray(student.dropout_forward(x.copy(), dict(param))[0]) != 0 for _ in range(3)]
    assert_share(kept, 0.4, "share of entries kept")
    assert_unrelated(kept, 0.4, np.sqrt(0.24), "correlation between entries")


@pytest.mark.points(4)
@pytest.mark.after("test_dropout_gradient")
@pytest.mark.parametrize("shape", [(3, 4, 5, 6), (1, 9), (30,)])
def test_dropout_backward_recalls(student, rng, shape):
    """dropout_backward: each gradient passes where its own forward let values pass, also in a deeper net"""
    x, dout = FAR * signed(rng, *shape), signed(rng, *shape)
    calls = [(x, 0.3, "train"), (2 * x, 0.7, "train"), (x, 1.0, "train"), (x, 0.3, "test")]
    forwards = [student.dropout_forward(values.copy(), {"p": p, "mode": mode}) for values, p, mode in calls]
    for (values, _, _), (out, cache) in reversed(list(zip(calls, forwards, strict=True))):
        dx = student.dropout_backward(dout.copy(), cache)
        assert_close(dx, dout * np.asarray(out) / values, what="dx")
    assert_close(forwards[2][0], x, what="output where everything is kept")


def kept_with(student, values, seed):
    """Which entries dropout keeps with that seed."""
    out, _ = student.dropout_forward(values.copy(), {"p": 0.5, "mode": "train", "seed": seed})
    return np.asarray(out) != 0


@pytest.mark.points(2)
def test_dropout_seeds(student, rng):
    """dropout_forward: one seed, one mask"""
    first, second = (int(seed) for seed in rng.choice(2**31, 2, replace=False) + 1)
    x, y = signed(rng, 20, 15), signed(rng, 20, 15)
    mask, other = kept_with(student, x, first), kept_with(student, x, second)
    assert_close(kept_with(student, y, first), mask, what="mask for the same seed")
    # Independent masks agree in half of 300 places.
    assert_share(mask == other, 0.5, "share of places where two seeds agree")


@pytest.mark.points(1)
@pytest.mark.after("test_dropout_seeds")
def test_dropout_seed_zero(student, rng):
    """dropout_forward: 0 is a seed like any other"""
    x, y = signed(rng, 20, 15), signed(rng, 20, 15)
    assert_close(kept_with(student, y, 0), kept_with(student, x, 0), what="mask for the seed 0")


### END HIDDEN TESTS
@pytest.mark.points(2)
def test_dropconnect_worked_example(student, rng):
    """dropconnect_forward: an affine layer, in test mode and where every weight is kept"""
    x, w, b = (
        np.array([[1.0, 2.0], [3.0, -1.0]]),
        np.array([[1.0, 0.5, -2.0], [2.0, -1.0, 4.0]]),
        np.arange(3.0),
    )
    expected = np.array([[5.0, -0.5, 8.0], [1.0, 3.5, -8.0]])
    for param in ({"p": 0.3, "mode": "test"}, {"p": 1.0, "mode": "train"}):
        out, _ = student.dropconnect_forward(x.copy(), w.copy(), b.copy(), dict(param), rng)
        assert_close(out, expected, what=f"the output for {param}")


@pytest.mark.points(2)
def test_dropconnect_keeps_a_share(student, rng):
    """dropconnect_forward: a share p of the weights is kept and divided by p, the rest is 0"""
    # The outputs of unit vectors are the weights in use, plus the biases.
    w, b = signed(rng, 50, 40), signed(rng, 40)
    out, _ = student.dropconnect_forward(np.eye(50), w.copy(), b.copy(), {"p": 0.7, "mode": "train"}, rng)
    used = assert_shape(out, (50, 40), what="the output") - b
    weights_kept = np.abs(used) > 1e-9
    assert_own_coins(weights_kept, "weights")
    assert_share(weights_kept, 0.7, "the share of weights that are kept, not dropped,")
    assert_close(used, np.where(weights_kept, w / 0.7, 0), what="the weights in use")


@pytest.mark.points(3)
@pytest.mark.parametrize("name", ["x", "w", "b"])
def test_dropconnect_gradients(student, rng, name):
    """dropconnect_backward: agrees with numerical gradients, where the seed fixes what is dropped"""
    values = {"x": signed(rng, 4, 5), "w": signed(rng, 5, 3), "b": signed(rng, 3)}
    param, position = {"p": 0.6, "mode": "train"}, list(values).index(name)

    def analytic(value, upstream):
        changed = [part.copy() for part in (values | {name: value}).values()]
        _, cache = student.dropconnect_forward(*changed, param, np.random.default_rng(5))
        return student.dropconnect_backward(upstream, cache)[position]

    f = student.dropconnect_forward.over(
        position, *values.values(), param, np.random.default_rng(5), output=0
    )
    assert_gradient(f, values[name], analytic, name=f"d{name}", rng=rng)


### BEGIN HIDDEN TESTS
@pytest.mark.points(2)
@pytest.mark.parametrize("p", [0.2, 0.7])
def test_dropconnect_masks_weights(student, rng, p):
    """dropconnect_forward: one mask over the weights a call, inverted, and none over the biases"""
    w, b = signed(rng, 40, 30), signed(rng, 30)
    x = np.vstack([np.eye(40), np.eye(40), np.zeros((1, 40))])
    kept = []
    for _ in range(3):
        param = {"p": p, "mode": "train"}
        out = student.dropconnect_forward(x.copy(), w.copy(), b.copy(), param, rng)[0]
        found = assert_shape(out, (81, 30), what="out") - b
        assert_close(found[80], np.zeros(30), what="biases added to 0, minus the biases")
        assert_close(found[40:80], found[:40], what="weights that the second half of the samples meets")
        kept.append(np.abs(found[:40]) > 1e-6)
        assert_close(found[:40], kept[-1] * w / p, what="weights in use")
    assert_share(kept, p, "share of weights kept")
    assert_unrelated(kept, p, np.sqrt(p * (1 - p)), "correlation between weights")


@pytest.mark.points(5)
@pytest.mark.after("test_dropconnect_gradients")
@pytest.mark.parametrize("mode", ["train", "test"])
def test_dropconnect_backward_recalls(student, rng, mode):
    """dropconnect_backward: uses the weights that its own forward used"""
    # A batch of unit vectors shows which weights these were; then dx is known.
    x, w, b, dout = np.eye(9), FAR * signed(rng, 9, 4), signed(rng, 4), signed(rng, 9, 4)
    layers = [
        student.dropconnect_forward(x.copy(), w.copy(), b.copy(), {"p": 0.5, "mode": mode}, rng)
        for _ in range(2)
    ]
    for out, cache in layers:
        used = np.asarray(out) - b
        dx, dw, db = student.dropconnect_backward(dout.copy(), cache)
        # Of dx only what does not depend on how many masks there are: that is a check of its own.
        assert_close(np.diag(dx), (dout * used).sum(axis=1), what="gradient of each unit vector's entry")
        assert_close(dw, dout * used / w, what="gradient of w")
        assert_close(db, dout.sum(axis=0), what="gradient of b")


### END HIDDEN TESTS
@pytest.mark.points(2)
def test_stochastic_depth_switches_samples(student, rng):
    """stochastic_depth_forward: in train mode a sample gets its whole residual or nothing of it"""
    x, residual = signed(rng, 200, 4), signed(rng, 200, 4)
    out, _ = student.stochastic_depth_forward(x.copy(), residual.copy(), 0.7, "train", rng)
    added = assert_shape(out, x.shape, what="the output") - x
    coins = np.abs(added).sum(axis=1) > 1e-9
    assert_close(added, coins[:, None] * residual, what="what was added to x")
    assert_share(coins, 0.7, "the share of samples whose residual counts")


@pytest.mark.points(2)
def test_stochastic_depth_in_test_mode(student, rng):
    """stochastic_depth_forward: in test mode every residual counts as often as it does on average"""
    x, residual = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[10.0, -20.0], [0.5, 1.0]])
    out, _ = student.stochastic_depth_forward(x.copy(), residual.copy(), 0.8, "test", rng)
    assert_close(out, np.array([[9.0, -14.0], [3.4, 4.8]]), what="the output in test mode")


@pytest.mark.points(3)
def test_stochastic_depth_backward_worked_example(student, rng):
    """stochastic_depth_backward: in test mode, and where every branch is on"""
    x, residual, dout = np.zeros((2, 2)), np.ones((2, 2)), np.array([[1.0, -2.0], [4.0, 0.5]])
    for survival, mode in [(0.5, "test"), (1.0, "train")]:
        _, cache = student.stochastic_depth_forward(x.copy(), residual.copy(), survival, mode, rng)
        dx, dresidual = student.stochastic_depth_backward(dout.copy(), cache)
        assert_close(dx, dout, what=f"dx in {mode} mode")
        assert_close(dresidual, survival * dout, what=f"dresidual in {mode} mode")


### BEGIN HIDDEN TESTS
@pytest.mark.points(6)
@pytest.mark.after("test_stochastic_depth_switches_samples")
def test_stochastic_depth_of_images(student, rng):
    """stochastic_depth: a coin for each image, which all its channels and pixels share"""
    x, residual, dout = (size * signed(rng, 300, 2, 3, 2) for size in (FAR, FAR, 1))
    forwards = [
        student.stochastic_depth_forward(x.copy(), residual.copy(), 0.3, "train", rng) for _ in range(3)
    ]
    coins = np.array([np.abs(out - x).max(axis=(1, 2, 3)) > 1e-9 for out, _ in forwards])
    assert_share(coins, 0.3, "share of images whose residual counts")
    assert_unrelated(coins, 0.3, np.sqrt(0.21), "correlation between coins")
    for coin, (out, cache) in zip(coins, forwards, strict=True):
        factor = coin[:, None, None, None]
        found = student.stochastic_depth_backward(dout.copy(), cache)
        assert_close(out, x + factor * residual, what="output for images")
        assert_close(found[0], dout, what="gradient of x")
        assert_close(found[1], factor * dout, what="gradient of the residual")


@pytest.mark.points(2)
@pytest.mark.parametrize("kind", KINDS)
def test_gradients_are_worked_out(student, rng, kind):
    """The gradients are worked out, not measured: all digits are right, also those of a large batch

    Differences of float64 numbers are right to eleven digits at best, formulas to fifteen. With another step
    they may do better, all of this being linear; but taken entry by entry, they need two forward passes for
    each of 120,000 entries and more. Loops over a formula take a second.
    """
    for N, D, M in [(5, 4, 3), (500, 300, 4), (4, 300, 500)]:
        shape = (N, M) if kind == "dropconnect" else (N, D)
        x, dout = FAR * signed(rng, N, D), signed(rng, *shape)
        if kind == "dropout":
            y, cache = student.dropout_forward(x.copy(), {"p": 0.6, "mode": "train"})
            expected = [dout * (np.asarray(y) != 0) / 0.6]
        elif kind == "stochastic_depth":
            y, cache = student.stochastic_depth_forward(x.copy(), FAR * signed(rng, N, D), 0.6, "train", rng)
            expected = [dout, dout * (np.abs(y - x).max(axis=1, keepdims=True) > 1e-9)]
        else:
            w = signed(rng, D, M)
            param = {"p": 1.0, "mode": "train"}
            y, cache = student.dropconnect_forward(x.copy(), w.copy(), signed(rng, M), param, rng)
            expected = [dout @ w.T, x.T @ dout, dout.sum(axis=0)]
        found = getattr(student, f"{kind}_backward")(dout.copy(), cache)
        for gradient, right in zip((found,) if kind == "dropout" else found, expected, strict=True):
            assert_all_digits(gradient, right, what=f"gradient of {kind}")


### END HIDDEN TESTS
@pytest.mark.points(2)
@pytest.mark.parametrize("name", [*FORWARDS, *AUGMENTATIONS])
def test_arguments_left_alone(student, rng, name):
    """Forward passes and augmentations leave their arguments alone"""
    arguments = example(name, pictures(rng), rng)
    arrays = {f"argument {i}": a for i, a in enumerate(arguments) if isinstance(a, np.ndarray)}
    settings = [a for a in arguments if isinstance(a, dict)]
    with unchanged(**arrays):
        getattr(student, name)(*arguments)
    for param in settings:
        assert_equal(sorted(param), ["mode", "p"], what="the keys of the dictionary after the call")
        assert_equal([param["mode"], param["p"]], ["train", 0.6], what="mode and p after the call")


### BEGIN HIDDEN TESTS
@pytest.mark.points(2)
@pytest.mark.parametrize("name", [*FORWARDS[1:], *AUGMENTATIONS])
def test_chance_comes_from_rng(student, rng, name):
    """What takes an rng draws from it alone, and anew in every call"""
    images, seed = pictures(rng, N=40), int(rng.integers(2**32))
    generator = np.random.default_rng(seed)
    results = [
        getattr(student, name)(*example(name, images.copy(), source))
        for source in (np.random.default_rng(seed), generator, generator)
    ]
    first, same, later = (np.asarray(r if name in AUGMENTATIONS[:-1] else r[0]) for r in results)
    assert_close(same, first, what="result for the same seed")
    assert_at_least(np.abs(later - first).max(), 1e-6, what="difference between two calls")


### END HIDDEN TESTS
@pytest.mark.points(2)
def test_flip_all_or_none(student, rng):
    """random_flip: left and right exchanged at p = 1, nothing at p = 0"""
    images = np.array([[[[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]]]])
    mirrored = np.array([[[[0.3, 0.2, 0.1], [0.6, 0.5, 0.4]]]])
    assert_close(student.random_flip(images.copy(), rng, 1.0), mirrored, what="the image flipped")
    assert_close(student.random_flip(images.copy(), rng, 0.0), images, what="the image not flipped")


### BEGIN HIDDEN TESTS
@pytest.mark.points(2)
@pytest.mark.after("test_flip_all_or_none")
@pytest.mark.parametrize("p", [(), (0.2,)], ids=["default", "given"])
def test_flip_coins(student, rng, p):
    """random_flip: a coin for each image, fair unless one says otherwise"""
    images = pictures(rng, N=400, H=3, W=4)
    flipped = np.asarray(student.random_flip(images.copy(), rng, *p))
    coins = np.abs(flipped - images).max(axis=(1, 2, 3)) > 0
    assert_close(flipped, np.where(coins[:, None, None, None], np.flip(images, 3), images), what="images")
    share = p[0] if p else 0.5
    assert_share(coins, share, "share of images flipped")
    assert_unrelated(coins, share, np.sqrt(share * (1 - share)), "correlation between images")


### END HIDDEN TESTS
@pytest.mark.points(2)
def test_crop_with_no_choice(student, rng):
    """random_crop: where only one square fits, it is that one, with its border of zeros"""
    images = pictures(rng, N=2, H=4, W=4)
    assert_close(student.random_crop(images.copy(), 4, rng), images, what="the crop of full size")
    bordered = np.zeros((2, 3, 8, 8))
    bordered[:, :, 2:6, 2:6] = images
    assert_close(student.random_crop(images.copy(), 8, rng, 2), bordered, what="the crop with a border")


@pytest.mark.points(1)
def test_crop_of_a_wide_image(student, rng):
    """random_crop: all of a wide image's rows, and any four columns that stand side by side"""
    wide = pictures(rng, N=200, C=1, H=4, W=6)
    crops = assert_shape(student.random_crop(wide.copy(), 4, rng), (200, 1, 4, 4), what="the crops")
    fits = [np.all(np.abs(crops - wide[..., left : left + 4]) < 1e-9, axis=(1, 2, 3)) for left in range(3)]
    for left, here in enumerate(fits):
        assert_at_least(here.sum(), 1, what=f"the number of squares, of 200, that begin at column {left}")
    assert_at_least(np.any(fits, axis=0).sum(), 200, what="the number of squares cut out of their image")


### BEGIN HIDDEN TESTS
@pytest.mark.points(2)
@pytest.mark.after("test_crop_with_no_choice")
@pytest.mark.parametrize("padding", [0, 1])
def test_crop_places(student, rng, padding):
    """random_crop: each image at a place of its own, and every place equally often"""
    images = pictures(rng, N=900, C=2, H=5, W=6)
    crops = assert_shape(student.random_crop(images.copy(), 4, rng, padding), (900, 2, 4, 4), what="crops")
    border = [(0, 0), (0, 0), (padding, padding), (padding, padding)]
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(images, border), (4, 4), axis=(2, 3))
    off = np.abs(windows - crops[:, :, None, None]).max(axis=(1, 4, 5))
    places = off.reshape(900, -1).argmin(axis=1)
    assert_close(off.min(axis=(1, 2)), np.zeros(900), what="distance from the nearest window")
    assert_even(places, off[0].size, "number of images at each place")


### END HIDDEN TESTS
def ramps(N, H, W):
    """Images whose channels hold the row and the column of each pixel, from the centre, and these two."""
    y, x = (
        np.arange(H)[:, None] - (H - 1) / 2 + 0 * np.arange(W),
        np.arange(W) - (W - 1) / 2 + np.zeros((H, 1)),
    )
    scale = max(H, W)
    return np.tile(np.stack([0.5 + y / scale, 0.5 + x / scale]), (N, 1, 1, 1)), y, x


@pytest.mark.points(2)
def test_tilt_turns_about_the_centre(student, rng):
    """random_tilt: 0 degrees change nothing; otherwise every point keeps its distance from the centre"""
    images, y, x = ramps(20, 7, 9)
    assert_close(student.random_tilt(images.copy(), rng, 0.0), images, what="the images tilted by 0 degrees")
    turned = student.random_tilt(images.copy(), rng, 30.0)
    tilted = assert_shape(turned, images.shape, what="the tilted images")
    near = np.hypot(y, x) < 3
    distance = 9 * np.hypot(tilted[:, 0] - 0.5, tilted[:, 1] - 0.5)
    expected = np.tile(np.hypot(y, x)[near], (20, 1))
    assert_close(distance[:, near], expected, what="the distances from the centre")


@pytest.mark.points(1)
def test_tilt_to_both_sides(student, rng):
    """random_tilt: the angles are degrees, at most as many as asked for, to both sides"""
    images, _, _ = ramps(60, 7, 9)
    tilted = assert_shape(student.random_tilt(images, rng, 20.0), images.shape, what="the tilted images")
    # Where the pixel three columns beside the centre comes from, seen from there.
    row, column = 9 * (tilted[:, :, 3, 7].T - 0.5)
    angles = np.rad2deg(np.arctan2(row, column))
    assert_at_most(np.abs(angles).max(), 20 + 1e-6, what="the largest angle, in degrees, to either side")
    assert_at_least(angles.max(), 2, what="the largest angle to one side")
    assert_at_least(-angles.min(), 2, what="the largest angle to the other side")


### BEGIN HIDDEN TESTS
def between_pixels(images, rows, columns):
    """Bilinear interpolation of images (N, H, W) at places (N, K) within them."""
    top = np.clip(np.floor(rows).astype(int), 0, images.shape[1] - 2)
    left = np.clip(np.floor(columns).astype(int), 0, images.shape[2] - 2)
    total, numbers = np.zeros(rows.shape), np.arange(len(images))[:, None]
    for i, j in np.ndindex(2, 2):
        nearness = (1 - np.abs(rows - top - i)) * (1 - np.abs(columns - left - j))
        total += nearness * images[numbers, top + i, left + j]
    return total


@pytest.mark.points(2)
@pytest.mark.after("test_tilt_turns_about_the_centre")
@pytest.mark.parametrize(("H", "W", "degrees"), [(6, 11, 80.0), (9, 6, 60.0)], ids=["wide", "high"])
def test_tilt_angles_and_pixels(student, rng, H, W, degrees):
    """random_tilt: angles of its own for each image, even and within bounds, and the right pixels"""
    N, scale = 300, max(H, W)
    places, y, x = ramps(N, H, W)
    images = np.concatenate([places, rng.uniform(0.3, 0.9, (N, 2, H, W))], axis=1)
    tilted = assert_shape(
        student.random_tilt(images.copy(), rng, degrees), images.shape, what="tilted images"
    )
    near = np.hypot(y, x) < min(H, W) / 2 - 0.5
    source = scale * (tilted[:, :2, near] - 0.5)
    # Row and column of where a point came from, turned back on the point itself: sine and cosine.
    sine = (source[:, 1] * y[near] - source[:, 0] * x[near]).sum(axis=1)
    cosine = (source[:, 0] * y[near] + source[:, 1] * x[near]).sum(axis=1)
    angles = np.arctan2(sine, cosine)
    assert_uniform(np.rad2deg(angles), -degrees, degrees, "angle")
    assert_unrelated(np.rad2deg(angles), 0, degrees / np.sqrt(3), "correlation between angles")
    s, c = np.sin(angles)[:, None], np.cos(angles)[:, None]
    rows = c * y.ravel() - s * x.ravel() + (H - 1) / 2
    columns = s * y.ravel() + c * x.ravel() + (W - 1) / 2
    outside = np.maximum(
        np.abs(rows - (H - 1) / 2) - (H - 1) / 2, np.abs(columns - (W - 1) / 2) - (W - 1) / 2
    )
    for channel in range(4):
        found = tilted[:, channel].reshape(N, -1)
        expected = between_pixels(images[:, channel], rows, columns)
        inside = outside < -1e-6
        assert_close(found[inside], expected[inside], atol=1e-7, what="pixels from inside")
        assert_close(found[outside > 1.000001], 0 * found[outside > 1.000001], what="pixels from outside")


### END HIDDEN TESTS
@pytest.mark.points(2)
def test_noise_is_as_strong_as_asked(student, rng):
    """add_noise: mean 0 and the standard deviation that is asked for"""
    images = pictures(rng, N=40)
    noise = (
        assert_shape(student.add_noise(images.copy(), rng, 0.05), images.shape, what="the result") - images
    )
    n = noise.size
    assert_close(noise.mean(), 0, atol=6 * 0.05 / np.sqrt(n), what="the mean of the noise")
    assert_close(noise.std(), 0.05, atol=6 * 0.05 / np.sqrt(2 * n), what="the noise's standard deviation")


### BEGIN HIDDEN TESTS
@pytest.mark.points(2)
@pytest.mark.after("test_noise_is_as_strong_as_asked")
def test_noise_of_every_entry(student, rng):
    """add_noise: normal, independent for every entry, not clipped"""
    images = rng.choice([0.0, 1.0], (30, 3, 8, 9))
    noise = np.asarray(student.add_noise(images.copy(), rng, 0.5)) - images
    assert_unrelated(noise, 0, 0.5, "correlation between entries")
    assert_share(np.abs(noise) > 1, 0.0455, "share of noise beyond twice its standard deviation")
    assert_share(noise[images == 0] > 0, 0.5, "share of black entries that got lighter")


### END HIDDEN TESTS
@pytest.mark.points(2)
@pytest.mark.parametrize("kind", ["dark", "white"])
def test_jitter_scales_channels(student, rng, kind):
    """color_jitter: one factor for each channel of each image, within the strength; nothing beyond 1"""
    images = pictures(rng) / 2 if kind == "dark" else np.ones((12, 3, 2, 2))
    jittered = assert_shape(student.color_jitter(images.copy(), rng, 0.4), images.shape, what="the result")
    factors = (jittered / images)[:, :, 0, 0]
    assert_close(jittered, images * factors[:, :, None, None], what="the images")
    assert_at_least(factors.min(), 0.6, what="the smallest factor")
    if kind == "dark":
        assert_at_most(factors.max(), 1.4, what="the largest factor")
    else:
        assert_at_most(jittered.max(), 1, what="the largest entry of jittered white images")


### BEGIN HIDDEN TESTS
@pytest.mark.points(2)
@pytest.mark.after("test_jitter_scales_channels")
def test_jitter_factors(student, rng):
    """color_jitter: even factors, independent, and a result that is clipped"""
    images = np.full((150, 3, 2, 3), 0.9)
    images[:, :, 0, 0] = 0.1
    jittered = np.asarray(student.color_jitter(images.copy(), rng, 0.8))
    factors = jittered[:, :, 0, 0] / 0.1
    assert_uniform(factors, 0.2, 1.8, "factor")
    assert_unrelated(factors, 1, 1.6 / np.sqrt(12), "correlation between factors")
    expected = np.minimum(images * factors[:, :, None, None], 1)
    assert_close(jittered, expected, what="images with bright pixels")


### END HIDDEN TESTS
@pytest.mark.points(2)
def test_cutout_blackens_one_square(student, rng):
    """cutout: a square of zeros in each image, everything else as it was"""
    images = pictures(rng)
    cut = assert_shape(student.cutout(images.copy(), 3, rng), images.shape, what="the result")
    black = cut == 0
    assert_close(black.sum(axis=(1, 2, 3)), np.full(12, 3 * 3 * 3), what="the number of zeros in an image")
    assert_close(cut, np.where(black, 0, images), what="the rest of the images")


@pytest.mark.points(1)
def test_cutout_reaches_the_corners(student, rng):
    """cutout: the square may lie in any corner"""
    cut = assert_shape(
        student.cutout(pictures(rng, N=300, H=3, W=4), 2, rng), (300, 3, 3, 4), what="the result"
    )
    for row, column in [(0, 0), (0, 3), (2, 0), (2, 3)]:
        lost = int(np.all(cut[:, :, row, column] == 0, axis=1).sum())
        assert_at_least(lost, 1, what=f"the number of images, of 300, without the pixel ({row}, {column})")


### BEGIN HIDDEN TESTS
@pytest.mark.points(2)
@pytest.mark.after("test_cutout_blackens_one_square")
def test_cutout_places(student, rng):
    """cutout: a whole square in all channels, at any place, each image its own"""
    images = pictures(rng, N=800, H=4, W=5)
    black = np.asarray(student.cutout(images.copy(), 2, rng)) == 0
    tops, lefts = black[:, 0].any(axis=2).argmax(axis=1), black[:, 0].any(axis=1).argmax(axis=1)
    squares = np.zeros(images.shape)
    for square, top, left in zip(squares, tops, lefts, strict=True):
        square[:, top : top + 2, left : left + 2] = 1
    assert_close(black, squares, what="squares that are cut out")
    assert_even(4 * tops + lefts, 12, "number of images cut at each place")


### END HIDDEN TESTS
@pytest.mark.points(3)
def test_mixup_mixes_labels_like_data(student, rng):
    """mixup: each sample is mixed with one of the batch, and its label in the same proportion"""
    X, Y = np.eye(12), np.repeat(np.eye(4), 3, axis=0)
    mixed, labels = student.mixup(X.copy(), Y.copy(), rng, 1.0)
    mixed = assert_shape(mixed, X.shape, what="the mixed data")
    # Row i of the mixed data says how much of each sample is in it.
    assert_close(mixed.sum(axis=1), np.ones(12), what="the sum of the two shares")
    assert_at_most((np.abs(mixed) > 1e-9).sum(axis=1).max(), 2, what="the number of samples in a mixture")
    assert_close(labels, mixed @ Y, what="the mixed labels")


### BEGIN HIDDEN TESTS
@pytest.mark.points(3)
@pytest.mark.after("test_mixup_mixes_labels_like_data")
@pytest.mark.parametrize("alpha", [0.3, 3.0])
def test_mixup_shares_and_partners(student, rng, alpha):
    """mixup: shares follow the beta distribution, partners are any of the batch"""
    X, Y = np.eye(6).reshape(6, 2, 3), np.eye(6)
    shares, partners = [], []
    for turn in range(300):
        mixed, labels = student.mixup(X.copy(), Y.copy(), rng, alpha)
        own = turn % 6
        row = assert_shape(labels, (6, 6), what="mixed labels")[own]
        assert_close(mixed[own].ravel(), row, what="mixed data of two axes")
        others = np.delete(row, own)
        partners.append(own if others.max() == 0 else np.argsort(row * (np.arange(6) != own))[-1])
        if others.max() > 0:
            shares.append(row[own])
    spread = 1 / (4 * (2 * alpha + 1))
    n, deviation = len(shares), np.array(shares) - 0.5
    assert_close(deviation.mean(), 0, atol=6 * np.sqrt(spread / n), what="mean share, less a half")
    # The fourth central moment of Beta(a, a) is 3 / (16 (2a + 1) (2a + 3)).
    fourth = 3 / (16 * (2 * alpha + 1) * (2 * alpha + 3))
    error = np.sqrt((fourth - spread**2) / n)
    assert_close(np.mean(deviation**2), spread, atol=6 * error, what="variance of the shares")
    assert_even((np.array(partners) - np.arange(300)) % 6, 6, "number of times each partner is met")


### END HIDDEN TESTS
def squared_first_pixel(crops):
    """Probabilities of two classes, of which the first is the square of a crop's first pixel."""
    share = np.asarray(crops)[:, 0, 0, 0] ** 2
    return np.stack([share, 1 - share], axis=1)


@pytest.mark.points(3)
def test_crop_average_worked_example(student):
    """crop_average: corners and centre of a 3 x 3 image, one pixel each"""
    image = np.arange(1, 10).reshape(1, 1, 3, 3) / 10
    # (0.1^2 + 0.3^2 + 0.5^2 + 0.7^2 + 0.9^2) / 5
    mean = student.crop_average(squared_first_pixel, image, 1)
    assert_close(mean, np.array([[0.33, 0.67]]), what="the mean")


@pytest.mark.points(1)
@pytest.mark.after("test_crop_average_worked_example")
def test_crop_average_where_the_centre_is_between(student):
    """crop_average: where the centre crop can't be in the middle, it begins as the docstring says"""
    # Only the centre crop begins with a pixel that is not 0: row (5 - 3) // 2, column (6 - 3) // 2.
    image = np.zeros((1, 1, 5, 6))
    image[0, 0, 1, 1] = 0.5
    mean = student.crop_average(squared_first_pixel, image, 3)
    assert_close(mean, np.array([[0.05, 0.95]]), what="the mean")


### BEGIN HIDDEN TESTS
@pytest.mark.points(2)
@pytest.mark.after("test_crop_average_worked_example")
@pytest.mark.parametrize(("H", "W", "size"), [(8, 6, 4), (6, 10, 4)], ids=["high", "wide"])
def test_crop_average_of_any_images(student, rng, H, W, size):
    """crop_average: colour images that are not square, several at once"""
    images, weights = pictures(rng, N=3, H=H, W=W), rng.uniform(0, 1, (3, size, size, 4))

    def classify(crops):
        scores = np.einsum("nchw,chwk->nk", assert_shape(crops, (len(crops), 3, size, size)), weights) ** 2
        return scores / scores.sum(axis=1, keepdims=True)

    down, right = H - size, W - size
    expected = np.zeros((3, 4))
    for i, j in [(0, 0), (down, 0), (0, right), (down, right), (down // 2, right // 2)]:
        expected += classify(images[:, :, i : i + size, j : j + size]) / 5
    assert_close(student.crop_average(classify, images, size), expected, what="mean over crops")


### END HIDDEN TESTS
@pytest.mark.points(2)
def test_ensemble_average_worked_example(student):
    """ensemble_average: one member that is sure outweighs two that are not"""
    members = np.array([[[0.05, 0.95], [0.5, 0.5]], [[0.55, 0.45], [0.3, 0.7]], [[0.6, 0.4], [0.1, 0.9]]])
    expected = np.array([[0.4, 0.6], [0.3, 0.7]])
    assert_close(student.ensemble_average(members), expected, what="the mean of the members")


def dropout_layer(student, keep, x, w, b, mode, rng):
    """Output of the student's dropout, and its backward: dout -> dx, dw, db."""
    out, cache = student.dropout_forward(x.copy(), {"p": keep, "mode": mode})
    return np.asarray(out), lambda dout: (student.dropout_backward(dout, cache), 0 * w, 0 * b)


def dropconnect_layer(student, keep, x, w, b, mode, rng):
    """The same for the student's DropConnect, and a relu behind it."""
    sums, cache = student.dropconnect_forward(x.copy(), w.copy(), b, {"p": keep, "mode": mode}, rng)
    return np.maximum(sums, 0), lambda dout: student.dropconnect_backward(dout * (sums > 0), cache)


def depth_layer(student, keep, x, w, b, mode, rng):
    """The same for the student's stochastic depth, of an affine layer with relu."""
    sums = x @ w + b
    out, cache = student.stochastic_depth_forward(x.copy(), np.maximum(sums, 0), keep, mode, rng)

    def backward(dout):
        dx, dresidual = student.stochastic_depth_backward(dout.copy(), cache)
        dsums = dresidual * (sums > 0)
        return dx + dsums @ w.T, x.T @ dsums, dsums.sum(axis=0)

    return np.asarray(out), backward


def cross_entropy(scores, labels):
    """Mean loss of the scores, and its gradient."""
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares, truth = odds / odds.sum(axis=1, keepdims=True), np.eye(scores.shape[1])[labels]
    return -np.log((shares * truth).sum(axis=1)).mean(), (shares - truth) / len(labels)


class Net:
    """Affine - relu - some of the student's layers, which share their weights - affine.

    They are the student's in training; in test mode those of the module that judges what was learned.
    """

    def __init__(self, student, judge, layers, keep, rng, width, batch):
        self.modules = {"train": student, "test": judge}
        self.layers, self.keep, self.rng, self.batch = layers, keep, rng, batch
        sizes = [(64, width), (width, width), (width, 10)]
        weights = [rng.normal(scale=np.sqrt(2 / D), size=(D, M)) for D, M in sizes]
        self.params = [weights[0], weights[1], 0.01 * weights[2], *(np.zeros(M) for _, M in sizes)]

    def scores(self, images, mode):
        """Scores, and the backward pass: their gradient -> those of the params."""
        x, (w1, w2, w3, b1, b2, b3) = pixel_rows(images, -0.5, 0.5), self.params
        sums = x @ w1 + b1
        out, backwards = np.maximum(sums, 0), []
        for layer in self.layers:
            out, step_back = layer(self.modules[mode], self.keep, out, w2, b2, mode, self.rng)
            backwards.append(step_back)

        def backward(dscores):
            dout, dw2, db2 = dscores @ w3.T, 0, 0
            for step_back in reversed(backwards):
                dout, dw, db = step_back(dout)
                dw2, db2 = dw2 + dw, db2 + db
            dsums = dout * (sums > 0)
            return [x.T @ dsums, dw2, out.T @ dscores, dsums.sum(axis=0), db2, dscores.sum(axis=0)]

        return out @ w3 + b3, backward

    def learn(self, digits, steps, shown, least):
        """Descend the gradient of its batches until it recognises a share of the digits shown.

        Returns that share after so many steps at most, and the first loss.
        """
        losses = []

        def step(_):
            batch = self.rng.choice(len(digits.labels), self.batch, replace=False)
            scores, backward = self.scores(digits.images[batch], "train")
            loss, dscores = cross_entropy(scores, digits.labels[batch])
            losses.append(loss)
            self.params = [p - 0.2 * g for p, g in zip(self.params, backward(dscores), strict=True)]

        share = train_until(least, lambda: self.accuracy(shown), step, steps=steps)
        return share, losses[0]

    def accuracy(self, digits):
        """Share of the digits that it recognises, in test mode, two hundred at a time."""
        batches = np.array_split(digits.images, 1 + len(digits.images) // 200)
        scores = np.concatenate([self.scores(images, "test")[0] for images in batches])
        return accuracy(np.argmax(scores, axis=1), digits.labels)


ALL = (dropout_layer, dropconnect_layer, depth_layer)


@pytest.mark.points(4)
@pytest.mark.parametrize(
    ("layers", "width"), [(ALL[:1], 60), (ALL[1:2], 20), (ALL[2:], 60), (ALL, 20)], ids=[*KINDS, "all"]
)
def test_overfit_50_digits(student, trusted, rng, layers, width):
    """Nets with dropout, DropConnect, stochastic depth and all of them learn 50 digits by heart"""
    digits, _ = turned_digits(rng, held_out=1747)
    # Nets with DropConnect are so narrow that three loops over numbers take a few seconds.
    net = Net(student, trusted, layers, 0.9, rng, width, batch=50)
    # Most know them after 110 steps; in 60 trainings of each net none needed more than 200.
    share, _ = net.learn(digits, 300, digits, 1.0)
    assert_close(share, 1.0, what="the accuracy")


@pytest.mark.points(4)
@pytest.mark.parametrize(
    ("layer", "keep", "width", "batch", "steps", "least"),
    [
        (dropout_layer, 0.1, 60, 50, 400, 0.86),
        (dropconnect_layer, 0.5, 20, 20, 300, 0.8),
        (depth_layer, 0.1, 60, 50, 150, 0.88),
    ],
    ids=KINDS,
)
def test_accuracy_on_digits(student, trusted, rng, layer, keep, width, batch, steps, least):
    """Nets with dropout, DropConnect or stochastic depth start at log(C) and recognise unseen digits"""
    known, unknown = turned_digits(rng, held_out=597)
    net = Net(student, trusted, [layer], keep, rng, width, batch)
    share, first = net.learn(known, steps, unknown, least)
    assert_close(first, np.log(10), rtol=0.03, what="the loss before training")
    # After all steps right layers reach 0.876, 0.873 and 0.896 or more, over 200, 20 and 200 seeds. Dropout
    # that is not inverted reaches 0.854 at most, a shortcut that is dropped together with its residual 0.873.
    # (Whether DropConnect is inverted is for other checks: this net is narrow, and so are its loops.)
    assert_at_least(share, least, what="the accuracy on held-out digits")
