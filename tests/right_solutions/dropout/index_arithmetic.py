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


def keep_mask(count, p, gen):
    """flat array: 1/p with probability p, else 0"""
    u = gen.random(count)
    mask = np.zeros(count)
    mask[u < p] = 1.0 / p
    return mask


def per_sample(v, shape):
    """one number per sample, blown up to the shape of the data"""
    inner = 1
    k = 1
    while k < len(shape):
        inner = inner * shape[k]
        k = k + 1
    return np.repeat(v, inner).reshape(shape)


def repmat(v, n):
    return np.tile(np.reshape(v, (1, -1)), (n, 1))


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
    if dropout_param["mode"] == "train":
        gen = np.random.default_rng(dropout_param.get("seed"))
        mask = keep_mask(x.size, dropout_param["p"], gen).reshape(x.shape)
    else:
        mask = np.ones(x.shape)
    return x * mask, [mask]


def dropout_backward(dout: Array, cache: Cache) -> Array:
    """Gradient of inverted dropout, in the mode of the forward pass and for the entries that it dropped.

    Args:
        dout: gradient with respect to the output, of its shape.
        cache: from `dropout_forward`.

    Returns:
        Gradient with respect to x.
    """
    return dout * cache[0]


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
    if param["mode"] == "train":
        mask = keep_mask(w.size, param["p"], rng).reshape(w.shape)
    else:
        mask = np.ones(w.shape)
    used = w * mask
    out = x.dot(used) + repmat(b, x.shape[0])
    return out, [x.copy(), used, mask]


def dropconnect_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """Gradients of the affine layer with dropped weights.

    Args:
        dout: gradient with respect to the output, (N, M).
        cache: from `dropconnect_forward`.

    Returns:
        Gradients with respect to x, w and b, each of its shape.
    """
    x = cache[0]
    used = cache[1]
    mask = cache[2]
    dx = dout.dot(used.T)
    dw = x.T.dot(dout) * mask
    db = np.zeros(dout.shape[1])
    n = 0
    while n < dout.shape[0]:
        db += dout[n, :]
        n = n + 1
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
    N = x.shape[0]
    coin = np.zeros(N)
    if mode == "train":
        u = rng.random(N)
        n = 0
        while n < N:
            if u[n] < survival:
                coin[n] = 1.0
            n = n + 1
    else:
        coin[:] = survival
    factor = per_sample(coin, x.shape)
    return x + factor * residual, [factor]


def stochastic_depth_backward(dout: Array, cache: Cache) -> tuple[Array, Array]:
    """Gradients of the residual connection.

    Args:
        dout: gradient with respect to the output, of its shape.
        cache: from `stochastic_depth_forward`.

    Returns:
        Gradients with respect to x and residual.
    """
    dx = dout.copy()
    dres = dout * cache[0]
    return dx, dres


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
    N, C, H, W = images.shape
    out = np.zeros(images.shape)
    u = rng.random(N)
    n = 0
    while n < N:
        if u[n] < p:
            c = 1
            while c <= W:
                out[n, :, :, c - 1] = images[n, :, :, W - c]
                c = c + 1
        else:
            out[n] = images[n]
        n = n + 1
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
    Hp = H + 2 * padding
    Wp = W + 2 * padding
    big = np.zeros((N, C, Hp, Wp))
    big[:, :, padding : padding + H, padding : padding + W] = images
    top = rng.integers(0, Hp - size + 1, N)
    left = rng.integers(0, Wp - size + 1, N)
    out = np.zeros((N, C, size, size))
    n = 0
    while n < N:
        out[n] = big[n, :, top[n] : top[n] + size, left[n] : left[n] + size]
        n = n + 1
    return out


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
    angle = rng.uniform(-degrees, degrees, N) * np.pi / 180.0
    # rows and columns of all pixels, seen from the centre
    q = np.arange(H * W)
    cy = (H - 1) / 2.0
    cx = (W - 1) / 2.0
    dy = q // W - cy
    dx = q % W - cx
    out = np.zeros((N, C, H * W))
    n = 0
    while n < N:
        co = np.cos(angle[n])
        si = np.sin(angle[n])
        sy = cy + co * dy - si * dx
        sx = cx + si * dy + co * dx
        y0 = np.floor(sy).astype(int)
        x0 = np.floor(sx).astype(int)
        fy = sy - y0
        fx = sx - x0
        planes = images[n].reshape(C, H * W)
        corner = 0
        while corner < 4:
            a = corner // 2
            b = corner % 2
            yy = y0 + a
            xx = x0 + b
            wy = fy if a == 1 else 1.0 - fy
            wx = fx if b == 1 else 1.0 - fx
            inside = (yy >= 0) & (yy < H) & (xx >= 0) & (xx < W)
            src = yy[inside] * W + xx[inside]
            weight = wy[inside] * wx[inside]
            c = 0
            while c < C:
                out[n, c, inside] += weight * planes[c, src]
                c = c + 1
            corner = corner + 1
        n = n + 1
    return out.reshape(N, C, H, W)


def add_noise(images: Array, rng: np.random.Generator, std: float) -> Array:
    """Add normal noise of mean 0 to every entry, independently. The result is not clipped.

    Args:
        images: (N, C, H, W).
        rng: source of the random numbers.
        std: standard deviation of the noise, on the scale of the images.

    Returns:
        Images (N, C, H, W).
    """
    noise = rng.standard_normal(images.size) * std
    return images + noise.reshape(images.shape)


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
    N, C, H, W = images.shape
    factor = rng.uniform(1 - strength, 1 + strength, N * C)
    out = images * np.repeat(factor, H * W).reshape(N, C, H, W)
    out[out > 1.0] = 1.0
    out[out < 0.0] = 0.0
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
    n = 0
    while n < N:
        top = int(rng.integers(0, H - size + 1))
        left = int(rng.integers(0, W - size + 1))
        out[n, :, top : top + size, left : left + size] = 0.0
        n = n + 1
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
    N = X.shape[0]
    lam = rng.beta(alpha, alpha, N)
    partner = rng.permutation(N)
    lx = per_sample(lam, X.shape)
    ly = per_sample(lam, Y.shape)
    newX = lx * X + (1 - lx) * X[partner]
    newY = ly * Y + (1 - ly) * Y[partner]
    return newX, newY


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
    N, C, H, W = images.shape
    top = np.zeros(5, dtype=int)
    left = np.zeros(5, dtype=int)
    top[2] = H - size
    top[3] = H - size
    left[1] = W - size
    left[3] = W - size
    top[4] = (H - size) // 2
    left[4] = (W - size) // 2
    total = 0.0
    k = 0
    while k < 5:
        crop = images[:, :, top[k] : top[k] + size, left[k] : left[k] + size].copy()
        total = total + predict(crop)
        k = k + 1
    return total / 5.0


def ensemble_average(probabilities: Array) -> Array:
    """Prediction of an ensemble: the mean of its members' probabilities.

    Args:
        probabilities: (M, N, C), of M members for N samples and C classes.

    Returns:
        Probabilities (N, C).
    """
    M, N, C = probabilities.shape
    out = np.zeros((N, C))
    m = 0
    while m < M:
        out += probabilities[m]
        m = m + 1
    return out / M
