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


def diagonal(shape, p, seed):
    """Inverted dropout is the linear map x -> m * x; m follows from the seed."""
    return (np.random.default_rng(seed).random(shape) < p) / p


def selection(first, size, length):
    """The matrices R_n (size, length) with R_n v = v[first_n : first_n + size], and 0 beyond the ends of v."""
    r = first[:, None] + np.arange(size)
    return (r[:, :, None] == np.arange(length)).astype(float)[:, None]


def indicator(first, size, length):
    """1 where first_n <= k < first_n + size; (N, length)."""
    k = np.arange(length) - first[:, None]
    return ((0 <= k) & (k < size)).astype(float)


def tent(t, length):
    """Weights of linear interpolation at the places t: 1 - |t - k|, not below 0; (len(t), length)."""
    return np.maximum(1 - np.abs(t[:, None] - np.arange(length)), 0)


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
    if dropout_param["mode"] == "test":
        return np.array(x), None
    p, seed = dropout_param["p"], dropout_param.get("seed")
    if seed is None:
        seed = np.random.SeedSequence().entropy
    return diagonal(x.shape, p, seed) * x, (p, seed)


def dropout_backward(dout: Array, cache: Cache) -> Array:
    """Gradient of inverted dropout, in the mode of the forward pass and for the entries that it dropped.

    Args:
        dout: gradient with respect to the output, of its shape.
        cache: from `dropout_forward`.

    Returns:
        Gradient with respect to x.
    """
    return np.array(dout) if cache is None else diagonal(dout.shape, *cache) * dout


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
    kept = (rng.random(w.shape) < param["p"]) / param["p"] if param["mode"] == "train" else np.ones(w.shape)
    # in homogeneous coordinates: (x, 1) (kept * w; b)
    return np.column_stack([x, np.ones(len(x))]) @ np.vstack([kept * w, b]), (x, w, kept)


def dropconnect_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """Gradients of the affine layer with dropped weights.

    Args:
        dout: gradient with respect to the output, (N, M).
        cache: from `dropconnect_forward`.

    Returns:
        Gradients with respect to x, w and b, each of its shape.
    """
    x, w, kept = cache
    return np.inner(dout, kept * w), kept * np.tensordot(x, dout, axes=(0, 0)), np.ones(len(dout)) @ dout


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
    N = x.shape[0]
    weight = np.full(N, survival) if mode == "test" else np.floor(rng.random(N) + survival)
    weight = weight.reshape((N,) + (1,) * (x.ndim - 1))
    return x + weight * residual, weight


def stochastic_depth_backward(dout: Array, cache: Cache) -> tuple[Array, Array]:
    """Gradients of the residual connection.

    Args:
        dout: gradient with respect to the output, of its shape.
        cache: from `stochastic_depth_forward`.

    Returns:
        Gradients with respect to x and residual.
    """
    return np.array(dout), cache * dout


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
    N, _, _, W = images.shape
    J = np.identity(W)
    coin = (rng.random(N) < p)[:, None, None]
    return images @ np.where(coin, J[::-1], J)[:, None]


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
    N, _, H, W = images.shape
    top = rng.integers(-padding, H + padding - size, size=N, endpoint=True)
    left = rng.integers(-padding, W + padding - size, size=N, endpoint=True)
    rows, columns = selection(top, size, H), selection(left, size, W)
    return rows @ images @ np.swapaxes(columns, 2, 3)


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
    N, _, H, W = images.shape
    # pixels as complex numbers around the centre: a rotation is a factor exp(i phi)
    z = np.add.outer(np.arange(H) - (H - 1) / 2, 1j * (np.arange(W) - (W - 1) / 2)).ravel()
    out = np.empty(images.shape)
    for n, phi in enumerate(np.deg2rad(rng.uniform(-degrees, degrees, N))):
        source = z * np.exp(1j * phi)
        by_row = tent(source.real + (H - 1) / 2, H) @ images[n]  # (C, H W, W)
        out[n] = np.sum(by_row * tent(source.imag + (W - 1) / 2, W), axis=2).reshape(images[n].shape)
    return out


def add_noise(images: Array, rng: np.random.Generator, std: float) -> Array:
    """Add normal noise of mean 0 to every entry, independently. The result is not clipped.

    Args:
        images: (N, C, H, W).
        rng: source of the random numbers.
        std: standard deviation of the noise, on the scale of the images.

    Returns:
        Images (N, C, H, W).
    """
    return images + rng.normal(0, std, images.shape)


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
    factor = 1 + strength * rng.uniform(-1, 1, size=(*images.shape[:2], 1, 1))
    return np.minimum(np.maximum(images * factor, 0), 1)


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
    N, _, H, W = images.shape
    top, left = (rng.integers(0, length - size, size=N, endpoint=True) for length in (H, W))
    square = np.einsum("ni,nj->nij", indicator(top, size, H), indicator(left, size, W))
    return images * (1 - square)[:, None]


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
    # X' = M X and Y' = M Y with the same matrix M = diag(lam) + diag(1 - lam) P
    N = len(X)
    lam = rng.beta(alpha, alpha, size=(N, 1))
    M = lam * np.identity(N) + (1 - lam) * np.identity(N)[rng.permutation(N)]
    return np.tensordot(M, X, 1), np.tensordot(M, Y, 1)


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
    _, _, H, W = images.shape
    h, w = H - size, W - size
    corners = [(0, 0), (0, w), (h, 0), (h, w), (h // 2, w // 2)]
    crops = np.concatenate([images[:, :, i : i + size, j : j + size] for i, j in corners])
    votes = np.asarray(predict(crops))
    return np.tensordot(np.full(5, 0.2), votes.reshape(5, len(images), -1), 1)


def ensemble_average(probabilities: Array) -> Array:
    """Prediction of an ensemble: the mean of its members' probabilities.

    Args:
        probabilities: (M, N, C), of M members for N samples and C classes.

    Returns:
        Probabilities (N, C).
    """
    M = len(probabilities)
    return np.tensordot(np.full(M, 1 / M), probabilities, 1)
