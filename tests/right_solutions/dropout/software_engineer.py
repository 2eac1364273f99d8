"""Regularisation by chance: dropout and its relatives, augmentation, ensembles.

Fill in the functions below; each says what it takes and what it returns. Use NumPy and Python's standard
library: other packages are not there when your work is graded. Dropout's names and calling conventions follow
Stanford CS231n's assignments.

N is the number of samples, C the number of channels or classes. Images are float arrays (N, C, H, W) with
values in [0, 1]; H and W may differ. A layer's forward returns its output and a cache, which may hold
whatever your backward needs; a backward gets the gradient of the loss with respect to the output, and the
cache of that forward call. Gradients are worked out on paper, so all their digits are right; differences are
too slow for large arrays, and too inexact. No function changes the arrays or dictionaries that it is given,
except that a backward may overwrite dout and its cache.

Chance is judged by its statistics: in which order you draw random numbers, and how, is up to you. A function
that takes an rng draws from it and from nothing else, so that the same seed gives the same answer.
"""

import enum
import itertools
import logging
import math
from dataclasses import dataclass
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

# Packages that would do this exercise for you. Importing one costs nothing; using it fails, wherever it comes
# from. (What counts when your work is graded is the list as handed out.)
FORBIDDEN = (
    "albumentations",
    "autograd",
    "cv2",
    "jax",
    "keras",
    "scipy",
    "skimage",
    "sklearn",
    "tensorflow",
    "torch",
    "torchvision",
)

Array = np.ndarray
Cache = Any


logger = logging.getLogger(__name__)


class Mode(enum.Enum):
    """The two ways in which a layer can be run."""

    TRAIN = "train"
    TEST = "test"


def parse_mode(value: str) -> Mode:
    try:
        return Mode(value)
    except ValueError as error:
        raise ValueError(f'mode must be "train" or "test", not {value!r}') from error


def check_probability(name: str, value: float) -> float:
    """A probability that one may divide by."""
    value = float(value)
    if not 0.0 < value <= 1.0:
        raise ValueError(f"{name} must be in (0, 1], not {value}")
    return value


def toss(rng: np.random.Generator, shape: tuple[int, ...], p: float) -> Array:
    """Independent coins that are True with probability p; single precision is plenty for a coin."""
    return np.asarray(rng.random(shape, dtype=np.float32)) < p


@dataclass(frozen=True)
class Thinning:
    """What a dropout layer did in one call: nothing (kept is None), or keep some and divide by p."""

    kept: Array | None
    p: float

    @classmethod
    def draw(cls, mode: Mode, shape: tuple[int, ...], p: float, rng: np.random.Generator) -> "Thinning":
        return cls(toss(rng, shape, p) if mode is Mode.TRAIN else None, p)

    def apply(self, values: Array) -> Array:
        if self.kept is None:
            return np.array(values)
        return np.where(self.kept, values / self.p, 0.0)


@dataclass(frozen=True)
class DropConnectCache:
    x: Array
    thin_w: Array
    thinning: Thinning


@dataclass(frozen=True)
class DepthCache:
    weight: float | Array


def generator_from(dropout_param: Mapping[str, Any]) -> np.random.Generator:
    seed = dropout_param.get("seed")
    logger.debug("dropout draws with seed %s", seed)
    return np.random.default_rng(seed)


def dropout_forward(x: Array, dropout_param: Mapping[str, Any]) -> tuple[Array, Cache]:
    """Inverted dropout.

    In mode "train" each entry of x is kept with probability p, independently of all others, and set to 0
    otherwise; what is kept is divided by p, so that the expected output is x. In mode "test" the output is x.

    Source: "Dropout: A Simple Way to Prevent Neural Networks from Overfitting", 2014. There p is the
    probability of keeping, as here; many libraries mean that of dropping.

    Args:
        x: array of any shape.
        dropout_param: a dictionary with
            p: probability of KEEPING an entry, 0 < p <= 1;
            mode: "train" or "test";
            seed: an integer from 0 to 2**32 - 1; may be missing. Calls in mode "train" with the same seed
                drop the same entries. Without a seed every call draws anew, from NumPy's global generator or
                from another.

    Returns:
        The output, of x's shape, and the cache.
    """
    mode = parse_mode(dropout_param["mode"])
    p = check_probability("p", dropout_param["p"])
    x = np.asarray(x)
    thinning = Thinning.draw(mode, x.shape, p, generator_from(dropout_param))
    return thinning.apply(x), thinning


def dropout_backward(dout: Array, cache: Cache) -> Array:
    """Gradient of inverted dropout, in the mode of the forward pass and for the entries that it dropped.

    Args:
        dout: gradient with respect to the output, of its shape.
        cache: from `dropout_forward`.

    Returns:
        Gradient with respect to x.
    """
    if not isinstance(cache, Thinning):
        raise TypeError("this cache is not one of dropout_forward")
    return cache.apply(dout)


def dropconnect_forward(
    x: Array, w: Array, b: Array, param: Mapping[str, Any], rng: np.random.Generator
) -> tuple[Array, Cache]:
    """An affine layer, x @ w + b, that drops weights instead of activations.

    In mode "train" each entry of w is kept with probability p, independently of all others, and set to 0
    otherwise; what is kept is divided by p. One such mask serves all samples of the call; the next call draws
    another. The biases are never dropped nor scaled. In mode "test" all of w is used, as it is.

    Source: "Regularization of Neural Networks using DropConnect", 2013.

    Args:
        x: (N, D).
        w: weights (D, M).
        b: biases (M,).
        param: a dictionary with
            p: probability of KEEPING a weight, 0 < p <= 1;
            mode: "train" or "test".
        rng: source of the random numbers.

    Returns:
        The output (N, M), and the cache.
    """
    mode = parse_mode(param["mode"])
    p = check_probability("p", param["p"])
    thinning = Thinning.draw(mode, w.shape, p, rng)
    thin_w = thinning.apply(w)
    return x @ thin_w + b, DropConnectCache(x, thin_w, thinning)


def dropconnect_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """Gradients of the affine layer with dropped weights.

    Args:
        dout: gradient with respect to the output, (N, M).
        cache: from `dropconnect_forward`.

    Returns:
        Gradients with respect to x, w and b, each of its shape.
    """
    dx = dout @ cache.thin_w.T
    dw = cache.thinning.apply(cache.x.T @ dout)
    db = dout.sum(axis=0)
    return dx, dw, db


def stochastic_depth_forward(
    x: Array, residual: Array, survival: float, mode: str, rng: np.random.Generator
) -> tuple[Array, Cache]:
    """A residual connection whose branch is switched off at random.

    In mode "train" each sample tosses a coin of its own, which is 1 with probability `survival` and else 0,
    and its output is x + coin * residual: nothing is divided by anything here. In mode "test" the output is
    x + survival * residual.

    Source: "Deep Networks with Stochastic Depth", 2016 (there, one coin for the whole batch).

    Args:
        x: what the shortcut carries; (N, ...), any number of dimensions.
        residual: what the branch has computed; like x.
        survival: probability that the branch counts, 0 < survival <= 1.
        mode: "train" or "test".
        rng: source of the random numbers.

    Returns:
        The output, of x's shape, and the cache.
    """
    survival = check_probability("survival", survival)
    if x.shape != residual.shape:
        raise ValueError(f"x {x.shape} and residual {residual.shape} must have one shape")
    weight: float | Array = survival
    if parse_mode(mode) is Mode.TRAIN:
        coins = toss(rng, (len(x),), survival)
        weight = coins.astype(np.float64).reshape((-1,) + (1,) * (x.ndim - 1))
    return x + weight * residual, DepthCache(weight)


def stochastic_depth_backward(dout: Array, cache: Cache) -> tuple[Array, Array]:
    """Gradients of the residual connection.

    Args:
        dout: gradient with respect to the output, of its shape.
        cache: from `stochastic_depth_forward`.

    Returns:
        Gradients with respect to x and residual.
    """
    return dout.copy(), cache.weight * dout


# Augmentation.


def image_dims(images: Array) -> tuple[int, int, int, int]:
    if images.ndim != 4:
        raise ValueError(f"images must be (N, C, H, W), not {images.shape}")
    n, c, h, w = images.shape
    return n, c, h, w


def check_fits(size: int, height: int, width: int) -> None:
    if not 0 < size <= min(height, width):
        raise ValueError(f"a square of {size} does not fit into {height} x {width}")


def random_corners(
    rng: np.random.Generator, n: int, size: int, height: int, width: int
) -> list[tuple[int, int]]:
    """For each of n images the upper left corner of a square that lies within the image."""
    check_fits(size, height, width)
    tops = rng.integers(0, height - size, size=n, endpoint=True)
    lefts = rng.integers(0, width - size, size=n, endpoint=True)
    return list(zip(tops.tolist(), lefts.tolist(), strict=True))


def square(top: int, left: int, size: int) -> tuple[Any, slice, slice]:
    return ..., slice(top, top + size), slice(left, left + size)


def random_flip(images: Array, rng: np.random.Generator, p: float = 0.5) -> Array:
    """Mirror each image, left and right exchanged, with probability p.

    Each image tosses a coin of its own; all channels of an image share it.

    Args:
        images: (N, C, H, W).
        rng: source of the random numbers.
        p: probability that an image is mirrored, 0 <= p <= 1.

    Returns:
        Images (N, C, H, W).
    """
    image_dims(images)
    coins = toss(rng, (len(images),), p)[:, None, None, None]
    return np.where(coins, images[..., ::-1], images)


def random_crop(images: Array, size: int, rng: np.random.Generator, padding: int = 0) -> Array:
    """Cut a random square out of each image.

    First each image gets a border of zeros, `padding` pixels wide on all four sides. Then a square is cut out
    of it. Each image has a place of its own; all places where the square fits are equally likely.

    Args:
        images: (N, C, H, W).
        size: height and width of the square, at most that of the image with its border.
        rng: source of the random numbers.
        padding: width of the border.

    Returns:
        Images (N, C, size, size).
    """
    n, c, h, w = image_dims(images)
    border = [(0, 0), (0, 0), (padding, padding), (padding, padding)]
    padded = np.pad(images, border)
    corners = random_corners(rng, n, size, h + 2 * padding, w + 2 * padding)
    result = np.empty((n, c, size, size), dtype=images.dtype)
    for target, image, (top, left) in zip(result, padded, corners, strict=True):
        target[...] = image[square(top, left, size)]
    return result


def look_up(image: Array, rows: Array, cols: Array) -> Array:
    """Bilinear interpolation of an image (C, H, W) at places (H', W'); 0 stands all around the image."""
    _, h, w = image.shape
    top, left = np.floor(rows).astype(int), np.floor(cols).astype(int)
    down, right = rows - top, cols - left
    result = np.zeros((len(image), *rows.shape))
    for i, j in itertools.product((0, 1), repeat=2):
        r, c = top + i, left + j
        share = (down if i else 1 - down) * (right if j else 1 - right)
        inside = (r >= 0) & (r < h) & (c >= 0) & (c < w)
        pixels = image[:, np.clip(r, 0, h - 1), np.clip(c, 0, w - 1)]
        result += pixels * np.where(inside, share, 0)
    return result


def tilt_one(image: Array, angle: float) -> Array:
    """One image (C, H, W), turned by an angle in radians."""
    _, h, w = image.shape
    mid_row, mid_col = (h - 1) / 2, (w - 1) / 2
    dy = (np.arange(h, dtype=np.float32) - np.float32(mid_row))[:, None]
    dx = (np.arange(w, dtype=np.float32) - np.float32(mid_col))[None, :]
    cos, sin = math.cos(angle), math.sin(angle)
    return look_up(image, mid_row + cos * dy - sin * dx, mid_col + sin * dy + cos * dx)


def random_tilt(images: Array, rng: np.random.Generator, degrees: float) -> Array:
    """Rotate each image about its centre by a random angle.

    Each image has an angle of its own, drawn uniformly from [-degrees, degrees]; its channels share it. The
    centre is at row (H - 1) / 2, column (W - 1) / 2. Every pixel of the result looks up the place in the
    image that it comes from, which mostly lies between four pixels: it takes their bilinear interpolation.
    What comes from outside of the image is 0. (What comes from less than a pixel outside may also be blended
    with the image's border, as you like.)

    Args:
        images: (N, C, H, W).
        rng: source of the random numbers.
        degrees: largest angle, in degrees.

    Returns:
        Images (N, C, H, W).
    """
    n, *_ = image_dims(images)
    angles = [math.radians(angle) for angle in rng.uniform(-degrees, degrees, size=n)]
    tilted = [tilt_one(image, angle) for image, angle in zip(images, angles, strict=True)]
    return np.array(tilted, dtype=images.dtype).reshape(images.shape)


def add_noise(images: Array, rng: np.random.Generator, std: float) -> Array:
    """Add normal noise of mean 0 to every entry, independently. The result is not clipped.

    Args:
        images: (N, C, H, W).
        rng: source of the random numbers.
        std: standard deviation of the noise, on the scale of the images.

    Returns:
        Images (N, C, H, W).
    """
    if std < 0:
        raise ValueError(f"std must not be negative: {std}")
    return images + float(std) * rng.standard_normal(images.shape, dtype=np.float32)


def color_jitter(images: Array, rng: np.random.Generator, strength: float) -> Array:
    """Make each channel of each image a little brighter or darker.

    Each channel of each image is multiplied by a factor of its own, drawn uniformly from
    [1 - strength, 1 + strength]. The result is clipped to [0, 1].

    Args:
        images: (N, C, H, W) in [0, 1].
        rng: source of the random numbers.
        strength: 0 <= strength <= 1.

    Returns:
        Images (N, C, H, W) in [0, 1].
    """
    if not 0 <= strength <= 1:
        raise ValueError(f"strength must be in [0, 1], not {strength}")
    n, c, _, _ = image_dims(images)
    factors = 1.0 + strength * (2.0 * rng.random((n, c, 1, 1)) - 1.0)
    return np.clip(images * factors, 0.0, 1.0)


def cutout(images: Array, size: int, rng: np.random.Generator) -> Array:
    """Set a random square of each image to 0, in all channels.

    The square lies wholly within the image. Each image has a place of its own; all places where the square
    fits are equally likely.

    Source: "Improved Regularization of Convolutional Neural Networks with Cutout", 2017 (there, the square
    may stick out).

    Args:
        images: (N, C, H, W).
        size: height and width of the square, at most those of the image.
        rng: source of the random numbers.

    Returns:
        Images (N, C, H, W).
    """
    n, _, h, w = image_dims(images)
    result = images.copy()
    for image, (top, left) in zip(result, random_corners(rng, n, size, h, w), strict=True):
        image[square(top, left, size)] = 0.0
    return result


def blend(a: Array, b: Array, lam: Array) -> Array:
    """lam * a + (1 - lam) * b, with one lam for each sample."""
    lam = lam.reshape((-1,) + (1,) * (a.ndim - 1))
    return lam * a + (1.0 - lam) * b


def mixup(X: Array, Y: Array, rng: np.random.Generator, alpha: float) -> tuple[Array, Array]:
    """Mix each sample, and its label, with a random partner of the same batch.

    X'[i] = lam * X[i] + (1 - lam) * X[j] and Y'[i] = lam * Y[i] + (1 - lam) * Y[j], with lam drawn from
    Beta(alpha, alpha). The partners j are a random permutation of the batch or drawn independently, and lam
    is the same for the whole batch or drawn for each sample, as you like. A sample may be its own partner.

    Source: "mixup: Beyond Empirical Risk Minimization", 2018.

    Args:
        X: data (N, ...), any number of dimensions.
        Y: one-hot labels (N, C).
        rng: source of the random numbers.
        alpha: > 0; the smaller, the more samples stay nearly what they were.

    Returns:
        Mixed data, of X's shape, and mixed labels (N, C).
    """
    if alpha <= 0:
        raise ValueError(f"alpha must be positive, not {alpha}")
    if len(X) != len(Y):
        raise ValueError(f"{len(X)} samples, but {len(Y)} labels")
    partner = rng.permutation(len(X))
    lam = rng.beta(alpha, alpha, size=len(X))
    return blend(X, X[partner], lam), blend(Y, Y[partner], lam)


def five_corners(height: int, width: int, size: int) -> list[tuple[int, int]]:
    check_fits(size, height, width)
    bottom, right = height - size, width - size
    return [*itertools.product((0, bottom), (0, right)), (bottom // 2, right // 2)]


def crop_average(predict: Callable[[Array], Array], images: Array, size: int) -> Array:
    """Mean prediction over five crops of each image: its four corners and its centre.

    The centre crop begins at row (H - size) // 2 and column (W - size) // 2.

    Args:
        predict: takes images (K, C, size, size), as many as you like, and returns probabilities, one row for
            each image.
        images: (N, C, H, W).
        size: height and width of the crops.

    Returns:
        Probabilities, one row for each of the N images.
    """
    _, _, h, w = image_dims(images)
    predictions = [
        np.array(predict(images[square(top, left, size)].copy()), dtype=np.float64)
        for top, left in five_corners(h, w, size)
    ]
    return sum(predictions) / len(predictions)


def ensemble_average(probabilities: Array) -> Array:
    """Prediction of an ensemble: the mean of its members' probabilities.

    Args:
        probabilities: (M, N, C), of M members for N samples and C classes.

    Returns:
        Probabilities (N, C).
    """
    probabilities = np.asarray(probabilities, dtype=np.float64)
    if probabilities.ndim != 3:
        raise ValueError(f"probabilities must be (M, N, C), not {probabilities.shape}")
    return probabilities.sum(axis=0) / len(probabilities)
