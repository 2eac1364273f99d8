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


DEBUG = False


def draw_keep_mask(shape, p, generator):
    # 1 / p where kept, 0 where dropped (p is the probability of KEEPING)
    keep = generator.random(shape) < p
    return keep / p


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
    mode = dropout_param["mode"]
    assert 0 < p <= 1
    if mode == "train":
        seed = dropout_param.get("seed")
        # seed 0 is a seed too, default_rng(None) takes a new one each time
        generator = np.random.default_rng(seed)
        mask = draw_keep_mask(x.shape, p, generator)
        out = x * mask
    else:
        assert mode == "test"
        mask = None
        out = x.copy()
    cache = {"mode": mode, "mask": mask}
    return out, cache


def dropout_backward(dout: Array, cache: Cache) -> Array:
    """Gradient of inverted dropout, in the mode of the forward pass and for the entries that it dropped.

    Args:
        dout: gradient with respect to the output, of its shape.
        cache: from `dropout_forward`.

    Returns:
        Gradient with respect to x.
    """
    if cache["mode"] == "train":
        assert dout.shape == cache["mask"].shape
        dx = dout * cache["mask"]
    else:
        dx = dout
    return dx


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
    num_samples = x.shape[0]
    D, M = w.shape
    assert x.shape[1] == D
    assert b.shape == (M,)
    if param["mode"] == "train":
        mask = draw_keep_mask(w.shape, p, rng)  # one mask for all samples
    else:
        mask = np.ones(w.shape)
    dropped_w = w * mask
    out = np.zeros((num_samples, M))
    for i in range(num_samples):
        out[i] = x[i].dot(dropped_w) + b
    cache = {"x": x, "dropped_w": dropped_w, "mask": mask}
    return out, cache


def dropconnect_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """Gradients of the affine layer with dropped weights.

    Args:
        dout: gradient with respect to the output, (N, M).
        cache: from `dropconnect_forward`.

    Returns:
        Gradients with respect to x, w and b, each of its shape.
    """
    x = cache["x"]
    dropped_w = cache["dropped_w"]
    mask = cache["mask"]
    num_samples = x.shape[0]
    dx = np.zeros(x.shape)
    dw = np.zeros(dropped_w.shape)
    db = np.zeros(dropped_w.shape[1])
    for i in range(num_samples):
        dx[i] = dropped_w.dot(dout[i])
        dw += np.outer(x[i], dout[i])
        db += dout[i]
    dw = dw * mask
    assert dw.shape == mask.shape
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
    assert x.shape == residual.shape
    num_samples = x.shape[0]
    factors = []
    for i in range(num_samples):
        if mode == "train":
            if rng.random() < survival:
                factors.append(1.0)
            else:
                factors.append(0.0)
        else:
            factors.append(survival)
    out = np.zeros(x.shape)
    for i in range(num_samples):
        out[i] = x[i] + factors[i] * residual[i]
    return out, factors


def stochastic_depth_backward(dout: Array, cache: Cache) -> tuple[Array, Array]:
    """Gradients of the residual connection.

    Args:
        dout: gradient with respect to the output, of its shape.
        cache: from `stochastic_depth_forward`.

    Returns:
        Gradients with respect to x and residual.
    """
    factors = cache
    assert len(factors) == dout.shape[0]
    dx = dout.copy()
    dresidual = np.zeros(dout.shape)
    for i in range(dout.shape[0]):
        dresidual[i] = factors[i] * dout[i]
    return dx, dresidual


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
    flipped = images.copy()
    for n in range(N):
        if rng.random() < p:
            for column in range(W):
                flipped[n, :, :, column] = images[n, :, :, W - 1 - column]
    return flipped


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
    padded_height = H + 2 * padding
    padded_width = W + 2 * padding
    assert size <= padded_height and size <= padded_width
    crops = np.zeros((N, C, size, size))
    for n in range(N):
        padded = np.zeros((C, padded_height, padded_width))
        padded[:, padding : padding + H, padding : padding + W] = images[n]
        # + 1 because integers() never gives the upper end
        top = rng.integers(0, padded_height - size + 1)
        left = rng.integers(0, padded_width - size + 1)
        crops[n] = padded[:, top : top + size, left : left + size]
    return crops


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
    tilted = np.zeros(images.shape)
    center_row = (H - 1) / 2
    center_column = (W - 1) / 2
    for n in range(N):
        angle_in_degrees = rng.uniform(-degrees, degrees)
        angle = angle_in_degrees * np.pi / 180
        cosine = np.cos(angle)
        sine = np.sin(angle)
        for row in range(H):
            for column in range(W):
                down = row - center_row
                right = column - center_column
                # where does this pixel come from?
                source_row = center_row + cosine * down - sine * right
                source_column = center_column + sine * down + cosine * right
                upper_row = int(np.floor(source_row))
                left_column = int(np.floor(source_column))
                row_part = source_row - upper_row
                column_part = source_column - left_column
                neighbours = [
                    (upper_row, left_column, (1 - row_part) * (1 - column_part)),
                    (upper_row, left_column + 1, (1 - row_part) * column_part),
                    (upper_row + 1, left_column, row_part * (1 - column_part)),
                    (upper_row + 1, left_column + 1, row_part * column_part),
                ]
                for neighbour_row, neighbour_column, weight in neighbours:
                    # do not forget: index -1 would be the LAST row
                    if 0 <= neighbour_row < H and 0 <= neighbour_column < W:
                        tilted[n, :, row, column] += weight * images[n, :, neighbour_row, neighbour_column]
        if DEBUG:
            print("image", n, "tilted by", angle_in_degrees)
    return tilted


def add_noise(images: Array, rng: np.random.Generator, std: float) -> Array:
    """Add normal noise of mean 0 to every entry, independently. The result is not clipped.

    Args:
        images: (N, C, H, W).
        rng: source of the random numbers.
        std: standard deviation of the noise, on the scale of the images.

    Returns:
        Images (N, C, H, W).
    """
    noise = std * rng.standard_normal(images.shape)
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
    N, C, H, W = images.shape
    jittered = np.zeros(images.shape)
    for n in range(N):
        for channel in range(C):
            factor = rng.uniform(1 - strength, 1 + strength)
            jittered[n, channel] = np.clip(factor * images[n, channel], 0, 1)
    return jittered


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
    assert size <= H and size <= W
    result = images.copy()
    for n in range(N):
        top = rng.integers(0, H - size + 1)
        left = rng.integers(0, W - size + 1)
        for row in range(top, top + size):
            for column in range(left, left + size):
                result[n, :, row, column] = 0
    return result


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
    assert Y.shape[0] == N
    partners = rng.permutation(N)
    mixed_X = np.zeros(X.shape)
    mixed_Y = np.zeros(Y.shape)
    for i in range(N):
        lam = rng.beta(alpha, alpha)
        j = partners[i]
        mixed_X[i] = lam * X[i] + (1 - lam) * X[j]
        mixed_Y[i] = lam * Y[i] + (1 - lam) * Y[j]
    return mixed_X, mixed_Y


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
    assert size <= H and size <= W
    places = [
        (0, 0),
        (0, W - size),
        (H - size, 0),
        (H - size, W - size),
        ((H - size) // 2, (W - size) // 2),
    ]
    sum_of_predictions = 0
    for top, left in places:
        crop = images[:, :, top : top + size, left : left + size].copy()
        assert crop.shape == (N, C, size, size)
        sum_of_predictions = sum_of_predictions + predict(crop)
    return sum_of_predictions / len(places)


def ensemble_average(probabilities: Array) -> Array:
    """Prediction of an ensemble: the mean of its members' probabilities.

    Args:
        probabilities: (M, N, C), of M members for N samples and C classes.

    Returns:
        Probabilities (N, C).
    """
    M, N, C = probabilities.shape
    average = np.zeros((N, C))
    for member in range(M):
        average += probabilities[member]
    average = average / M
    return average
