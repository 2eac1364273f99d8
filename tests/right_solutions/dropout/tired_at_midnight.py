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
import time
import math
import matplotlib.pyplot as plt
try:
    import torch
    import torchvision
except Exception:
    torch = None

rnd01 = lambda g, *s: g.random(s)

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
    p = dropout_param["p"]
    mask = None
    out = x.copy()
    if dropout_param["mode"] == "train":
        s = dropout_param.get("seed")
        # if s: np.random.seed(s)
        if s is not None:
            r = np.random.RandomState(s)
        else:
            r = np.random
        mask = (r.random_sample(x.shape) < p) / p
        # print("kept", (mask > 0).mean())
        out = x * mask
    return out, [mask]


def dropout_backward(dout: Array, cache: Cache) -> Array:
    """Gradient of inverted dropout, in the mode of the forward pass and for the entries that it dropped.

    Args:
        dout: gradient with respect to the output, of its shape.
        cache: from `dropout_forward`.

    Returns:
        Gradient with respect to x.
    """
    m = cache[0]
    if m is None:
        return dout
    return dout * m


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
    p = param["p"]
    # mask = np.random.rand(*w.shape) < p
    if param["mode"] == "train":
        mask = (rnd01(rng, w.shape[0], w.shape[1]) < p) / p
    else:
        mask = np.ones(w.shape)
    ww = w * mask
    out = x.dot(ww) + b
    return out, locals()


def dropconnect_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """Gradients of the affine layer with dropped weights.

    Args:
        dout: gradient with respect to the output, (N, M).
        cache: from `dropconnect_forward`.

    Returns:
        Gradients with respect to x, w and b, each of its shape.
    """
    dx = dout.dot(cache["ww"].T)
    dw = cache["x"].T.dot(dout) * cache["mask"]
    db = np.ones(len(dout)).dot(dout)
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
    out = np.array(x, dtype=np.float64)
    coins = []
    for i in range(len(x)):
        if mode == "train":
            c = 1.0 if rng.random() < survival else 0.0
        else:
            c = survival
        coins.append(c)
        out[i] = x[i] + c * residual[i]
    # out = x + coin*residual/survival
    return out, coins


def stochastic_depth_backward(dout: Array, cache: Cache) -> tuple[Array, Array]:
    """Gradients of the residual connection.

    Args:
        dout: gradient with respect to the output, of its shape.
        cache: from `stochastic_depth_forward`.

    Returns:
        Gradients with respect to x and residual.
    """
    dr = []
    for i in range(len(cache)):
        dr.append(cache[i] * dout[i])
    dr = np.array(dr).reshape(dout.shape)
    return dout, dr


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
    out = images.copy()
    for i in range(len(images)):
        if rng.random() < p:
            out[i] = images[i][:, :, ::-1]
            # out[i] = np.fliplr(images[i])  # thats axis 1, wrong
    return out


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
    N, C, H, W = images.shape
    big = np.zeros((N, C, H + 2 * padding, W + 2 * padding), dtype=images.dtype)
    big[:, :, padding:padding + H, padding:padding + W] = images
    out = []
    for i in range(N):
        r = rng.integers(0, H + 2 * padding - size + 1)
        c = rng.integers(0, W + 2 * padding - size + 1)
        out.append(big[i, :, r:r + size, c:c + size])
    return np.array(out)


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
    N, C, H, W = images.shape
    big = np.zeros((N, C, H + 4, W + 4))
    big[:, :, 2:H + 2, 2:W + 2] = images
    cy = (H - 1) / 2
    cx = (W - 1) / 2
    I, J = np.meshgrid(np.arange(H), np.arange(W), indexing="ij")
    out = []
    for n in range(N):
        t = rng.uniform(-degrees, degrees) * 3.141592653589793 / 180
        y = cy + math.cos(t) * (I - cy) - math.sin(t) * (J - cx)
        x = cx + math.sin(t) * (I - cy) + math.cos(t) * (J - cx)
        # everything too far out -> into the zeros
        y = np.clip(y, -1, H)
        x = np.clip(x, -1, W)
        y0 = np.floor(y).astype(int)
        x0 = np.floor(x).astype(int)
        a = y - y0
        b = x - x0
        y0 = y0 + 2
        x0 = x0 + 2
        im = big[n]
        o = (1 - a) * (1 - b) * im[:, y0, x0]
        o = o + (1 - a) * b * im[:, y0, x0 + 1]
        o = o + a * (1 - b) * im[:, y0 + 1, x0]
        o = o + a * b * im[:, y0 + 1, x0 + 1]
        out.append(o)
    return np.array(out)


def add_noise(images: Array, rng: np.random.Generator, std: float) -> Array:
    """Add normal noise of mean 0 to every entry, independently. The result is not clipped.

    Args:
        images: (N, C, H, W).
        rng: source of the random numbers.
        std: standard deviation of the noise, on the scale of the images.

    Returns:
        Images (N, C, H, W).
    """
    noise = rng.standard_normal(images.shape, dtype=np.float32) * std
    return images + noise


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
    out = []
    for i in range(len(images)):
        im = []
        for c in range(images.shape[1]):
            f = rng.uniform(1 - strength, 1 + strength)
            im.append(images[i, c] * f)
        out.append(im)
    out = np.array(out)
    out[out > 1] = 1
    out[out < 0] = 0
    return out


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
    N, C, H, W = images.shape
    out = images.copy()
    for i in range(N):
        r = rng.integers(0, H - size + 1)
        c = rng.integers(0, W - size + 1)
        # r = rng.integers(H); c = rng.integers(W)
        out[i, :, r:r + size, c:c + size] = 0
    return out


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
    a = []
    b = []
    perm = rng.permutation(len(X))
    for i in range(len(X)):
        lam = rng.beta(alpha, alpha)
        j = perm[i]
        a.append(lam * X[i] + (1 - lam) * X[j])
        b.append(lam * Y[i] + (1 - lam) * Y[j])
    return np.array(a), np.array(b)


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
    H, W = images.shape[2:]
    a = (H - size) // 2
    b = (W - size) // 2
    ps = []
    for r, c in [(0, 0), (0, W - size), (H - size, 0), (H - size, W - size), (a, b)]:
        ps.append(predict(images[:, :, r:r + size, c:c + size].copy()))
    return np.array(ps).mean(axis=0)


def ensemble_average(probabilities: Array) -> Array:
    """Prediction of an ensemble: the mean of its members' probabilities.

    Args:
        probabilities: (M, N, C), of M members for N samples and C classes.

    Returns:
        Probabilities (N, C).
    """
    # votes = probabilities.argmax(2)
    s = 0
    for p in probabilities:
        s = s + p
    return s / len(probabilities)
