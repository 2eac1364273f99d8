"""Convolutional networks: convolution, pooling, spatial normalization, and two nets made of them.

Fill in the functions below; each says what it takes and what it returns. Besides NumPy, the standard library
and Matplotlib are there when your work is graded, and no other package. Names and calling conventions follow
Stanford CS231n's assignments; `naive` is in their names where explicit loops are welcome.

Throughout, images are (N, C, H, W): N samples, C channels, H rows, W columns; H and W may differ. All arrays
are float64. Every layer is a pair of functions: a forward returns its output and a cache, whatever its
backward needs, in any form you like; a backward takes dout, the gradient of the loss with respect to that
output, and the cache, and returns the gradients with respect to the forward's arrays, each of its array's
shape. Other forward calls may
come in between: a net has many layers. A forward leaves its arrays alone; a backward may overwrite dout and
its own cache. Where two entries of a window are equal, each choice of the maximum is right: it is never
tried. Gradients are worked out on paper, so all their digits are right; differences are too slow for large
images, and too inexact.

The nets at the end need more than the layers of this file: an affine layer, relu, the softmax's loss. You
have written these before. Your earlier files are not there when this one is graded: write what you need once
more, or paste it anywhere in this file.
"""

import enum
import logging
import math
import operator
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

# Packages that would do this exercise for you. Importing one costs nothing; using it fails, wherever it comes
# from. (What counts when your work is graded is the list as handed out.)
FORBIDDEN = ("autograd", "jax", "keras", "scipy", "sklearn", "tensorflow", "torch")

Array = np.ndarray
Cache = Any


logger = logging.getLogger(__name__)


# Windows: where they lie, and how arrays are cut there.


def places(size: int, window: int, stride: int) -> int:
    """How many windows fit into one axis."""
    if stride < 1:
        raise ValueError(f"the stride must be at least 1, not {stride}")
    if window > size:
        raise ValueError(f"a window of {window} does not fit into {size}")
    return 1 + (operator.index(size) - operator.index(window)) // operator.index(stride)


@dataclass(frozen=True)
class Grid:
    """All windows of one size in images of one size."""

    height: int
    width: int
    win_height: int
    win_width: int
    stride: int

    @property
    def rows(self) -> int:
        return places(self.height, self.win_height, self.stride)

    @property
    def cols(self) -> int:
        return places(self.width, self.win_width, self.stride)

    @property
    def area(self) -> int:
        return self.win_height * self.win_width

    def windows(self) -> Iterator[tuple[int, int, slice, slice]]:
        """For each window its place (i, j), and the rows and columns that it covers."""
        for i in range(self.rows):
            top = i * self.stride
            for j in range(self.cols):
                left = j * self.stride
                yield i, j, slice(top, top + self.win_height), slice(left, left + self.win_width)

    def offsets(self) -> Iterator[tuple[int, int, slice, slice]]:
        """For each entry (a, b) of a window the rows and columns where it lies in all windows together."""
        for a in range(self.win_height):
            down = slice(a, a + self.stride * (self.rows - 1) + 1, self.stride)
            for b in range(self.win_width):
                yield a, b, down, slice(b, b + self.stride * (self.cols - 1) + 1, self.stride)


def pad_images(x: Array, pad: int) -> Array:
    return np.pad(x, [(0, 0), (0, 0), (pad, pad), (pad, pad)])


def unpad_images(x: Array, pad: int) -> Array:
    return x[:, :, pad : x.shape[2] - pad, pad : x.shape[3] - pad].copy()


@dataclass(frozen=True)
class ConvCache:
    padded: Array
    w: Array
    grid: Grid
    pad: int
    columns: Array | None = None


def prepare_conv(x: Array, w: Array, stride: int, pad: int) -> ConvCache:
    if x.shape[1] != w.shape[1]:
        raise ValueError(f"images of {x.shape[1]} channels, filters for {w.shape[1]}")
    padded = pad_images(x, pad)
    return ConvCache(padded, w, Grid(*padded.shape[2:], *w.shape[2:], stride), pad)


def conv_output_shape(
    input_shape: tuple[int, int, int, int], weight_shape: tuple[int, int, int, int], stride: int, pad: int
) -> tuple[int, int, int, int]:
    """Shape of a convolution's output.

    A filter of HH rows fits into H + 2 * pad rows at 1 + (H + 2 * pad - HH) / stride places, rounded down:
    rows that are left over at the bottom are not looked at. The same goes for columns.

    Args:
        input_shape: (N, C, H, W).
        weight_shape: (F, C, HH, WW), for F filters that fit into the padded image.
        stride: distance from one place to the next, at least 1.
        pad: rows and columns of zeros that are added on each of the four sides.

    Returns:
        (N, F, H', W'), four integers.
    """
    n, _, height, width = map(operator.index, input_shape)
    filters, _, *window = map(operator.index, weight_shape)
    grid = Grid(height + 2 * pad, width + 2 * pad, *window, stride)
    return n, filters, grid.rows, grid.cols


def conv_parameter_count(weight_shape: tuple[int, int, int, int]) -> int:
    """Number of parameters of a convolutional layer, one bias for each filter included.

    Args:
        weight_shape: (F, C, HH, WW).

    Returns:
        An integer. The size of the image does not matter.
    """
    filters, *each = map(operator.index, weight_shape)
    return filters * (math.prod(each) + 1)


def conv_forward_naive(x: Array, w: Array, b: Array, conv_param: dict[str, int]) -> tuple[Array, Cache]:
    """Convolutional layer: slide F filters over the images.

    Add pad rows and columns of zeros around each image. Then out[n, f, i, j] is the sum of the products of
    w[f] with the part of image n whose upper left corner is at (i * stride, j * stride), over all channels,
    rows and columns of it, plus b[f]. As everywhere in deep learning, the filter is not turned around
    (signal processing calls this a correlation).

    Args:
        x: images (N, C, H, W).
        w: filters (F, C, HH, WW).
        b: biases (F,).
        conv_param: "stride" and "pad"; see `conv_output_shape`.

    Returns:
        The output, of the shape that `conv_output_shape` gives, and the cache.
    """
    stride, pad = conv_param["stride"], conv_param["pad"]
    cache = prepare_conv(x, w, stride, pad)
    out = np.empty(conv_output_shape(x.shape, w.shape, stride, pad))
    for i, j, rows, cols in cache.grid.windows():
        for f, filter_f in enumerate(w):
            out[:, f, i, j] = np.sum(cache.padded[:, :, rows, cols] * filter_f, axis=(1, 2, 3)) + b[f]
    return out, cache


def conv_backward_naive(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """Backward pass of the convolutional layer.

    An entry of x takes part in several windows, and gets a gradient from each. A filter is used at every
    place of every image.

    Args:
        dout: of the output's shape, (N, F, H', W').
        cache: from `conv_forward_naive`.

    Returns:
        dx (N, C, H, W), dw (F, C, HH, WW), db (F,).
    """
    dpadded, dw = np.zeros_like(cache.padded), np.zeros_like(cache.w)
    for i, j, rows, cols in cache.grid.windows():
        seen = cache.padded[:, :, rows, cols]
        for f, filter_f in enumerate(cache.w):
            share = dout[:, f, i, j, None, None, None]
            dw[f] += (seen * share).sum(axis=0)
            dpadded[:, :, rows, cols] += filter_f * share
    db = np.array([math.fsum(part.flat) for part in dout.swapaxes(0, 1)])
    return unpad_images(dpadded, cache.pad), dw, db


def to_columns(padded: Array, grid: Grid) -> Array:
    """The matrix (C * HH * WW, N * H' * W') of what the filters see."""
    n, c = padded.shape[:2]
    columns = np.empty((c, grid.win_height, grid.win_width, n, grid.rows, grid.cols))
    for a, b, rows, cols in grid.offsets():
        columns[:, a, b] = padded[:, :, rows, cols].swapaxes(0, 1)
    return columns.reshape(c * grid.area, -1)


def from_columns(columns: Array, shape: tuple[int, ...], grid: Grid) -> Array:
    """Add all entries of such a matrix up where they came from."""
    n, c = shape[:2]
    split = columns.reshape(c, grid.win_height, grid.win_width, n, grid.rows, grid.cols)
    padded = np.zeros(shape)
    for a, b, rows, cols in grid.offsets():
        padded[:, :, rows, cols] += split[:, a, b].swapaxes(0, 1)
    return padded


def conv_forward_im2col(x: Array, w: Array, b: Array, conv_param: dict[str, int]) -> tuple[Array, Cache]:
    """The same convolutional layer by one matrix product; `im2col` stands for "image to columns".

    Write what the filters see at each place side by side into one matrix, for all places of all images: then
    all outputs are one product of matrices. A Python loop over the rows and columns of a filter is fine, one
    over samples or places is not: it must execute no more Python lines for a larger batch, or larger images.

    Args:
        x: images (N, C, H, W).
        w: filters (F, C, HH, WW).
        b: biases (F,).
        conv_param: "stride" and "pad".

    Returns:
        The output, as that of `conv_forward_naive`, and the cache.
    """
    stride, pad = conv_param["stride"], conv_param["pad"]
    cache = prepare_conv(x, w, stride, pad)
    columns = to_columns(cache.padded, cache.grid)
    product = w.reshape(len(w), -1) @ columns + np.reshape(b, (-1, 1))
    out = product.reshape(len(w), len(x), cache.grid.rows, cache.grid.cols).swapaxes(0, 1).copy()
    return out, ConvCache(cache.padded, w, cache.grid, pad, columns)


def conv_backward_im2col(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """Backward pass of the convolution by a matrix product.

    Products of matrices, too, give the gradients of the filters and of the matrix in which the windows stood.
    An entry of x stood in that matrix once for each window that it takes part in. As in the forward, no loop
    over samples or places.

    Args:
        dout: of the output's shape, (N, F, H', W').
        cache: from `conv_forward_im2col`.

    Returns:
        dx (N, C, H, W), dw (F, C, HH, WW), db (F,).
    """
    flat = dout.swapaxes(0, 1).reshape(len(cache.w), -1)
    dw = (flat @ cache.columns.T).reshape(cache.w.shape)
    dcolumns = cache.w.reshape(len(cache.w), -1).T @ flat
    dpadded = from_columns(dcolumns, cache.padded.shape, cache.grid)
    return unpad_images(dpadded, cache.pad), dw, flat.sum(axis=1)


@dataclass(frozen=True)
class Winners:
    """Cache of every max pool: from which row and column of x each output came."""

    shape: tuple[int, ...]
    rows: Array
    cols: Array

    def pick(self, x: Array) -> Array:
        n, c = np.ogrid[: self.shape[0], : self.shape[1]]
        return x[n[..., None, None], c[..., None, None], self.rows, self.cols]

    def give_back(self, dout: Array) -> Array:
        dx = np.zeros(self.shape)
        n, c = np.ogrid[: self.shape[0], : self.shape[1]]
        np.add.at(dx, (n[..., None, None], c[..., None, None], self.rows, self.cols), dout)
        return dx


@dataclass(frozen=True)
class AverageCache:
    shape: tuple[int, ...]
    grid: Grid


def max_pool_forward_naive(x: Array, pool_param: dict[str, int]) -> tuple[Array, Cache]:
    """Max pooling: the largest entry of each window, channel by channel.

    out[n, c, i, j] is the maximum of the window of pool_height rows and pool_width columns whose upper left
    corner is at (i * stride, j * stride). There are 1 + (H - pool_height) / stride rows of windows, rounded
    down, and as many columns as follow from W and pool_width in the same way; all of them lie within the
    image. Windows overlap where the stride is smaller than they are, and leave gaps where it is larger.

    Args:
        x: images (N, C, H, W), of any sign.
        pool_param: "pool_height", "pool_width" and "stride".

    Returns:
        The output (N, C, H', W'), and the cache.
    """
    pool_height, pool_width = pool_param["pool_height"], pool_param["pool_width"]
    stride = pool_param["stride"]
    grid = Grid(*x.shape[2:], pool_height, pool_width, stride)
    rows = np.empty((*x.shape[:2], grid.rows, grid.cols), dtype=int)
    cols = np.empty_like(rows)
    for i, j, down, across in grid.windows():
        best = x[:, :, down, across].reshape(*x.shape[:2], -1).argmax(axis=2)
        r, c = np.unravel_index(best, (pool_height, pool_width))
        rows[:, :, i, j], cols[:, :, i, j] = down.start + r, across.start + c
    cache = Winners(x.shape, rows, cols)
    return cache.pick(x), cache


def max_pool_backward_naive(dout: Array, cache: Cache) -> Array:
    """Backward pass of max pooling.

    Only the largest entry of a window moves the output. An entry may be the largest of several windows.

    Args:
        dout: of the output's shape, (N, C, H', W').
        cache: from `max_pool_forward_naive`.

    Returns:
        dx (N, C, H, W).
    """
    return cache.give_back(dout)


def avg_pool_forward_naive(x: Array, pool_param: dict[str, int]) -> tuple[Array, Cache]:
    """Average pooling: the mean of each window, channel by channel.

    Args:
        x: images (N, C, H, W).
        pool_param: as for `max_pool_forward_naive`, with the same windows.

    Returns:
        The output (N, C, H', W'), and the cache.
    """
    pool_height, pool_width = pool_param["pool_height"], pool_param["pool_width"]
    stride = pool_param["stride"]
    grid = Grid(*x.shape[2:], pool_height, pool_width, stride)
    out = np.empty((*x.shape[:2], grid.rows, grid.cols))
    for i, j, down, across in grid.windows():
        out[:, :, i, j] = np.mean(x[:, :, down, across], axis=(2, 3))
    return out, AverageCache(x.shape, grid)


def avg_pool_backward_naive(dout: Array, cache: Cache) -> Array:
    """Backward pass of average pooling.

    Args:
        dout: of the output's shape, (N, C, H', W').
        cache: from `avg_pool_forward_naive`.

    Returns:
        dx (N, C, H, W).
    """
    dx = np.zeros(cache.shape)
    for i, j, down, across in cache.grid.windows():
        dx[:, :, down, across] += dout[:, :, i, j, None, None] / cache.grid.area
    return dx


def draw_bands(size: int, alpha: float, rng: np.random.Generator) -> list[range]:
    """Cut an axis into bands of 1 or 2 entries, in a random order."""
    count = math.floor(size / alpha)
    doubles = size - count
    if not 0 <= doubles <= count:
        raise ValueError(f"{count} bands of 1 or 2 can't cover {size}")
    widths = rng.permutation([2] * doubles + [1] * (count - doubles)).tolist()
    ends = np.cumsum(widths, dtype=int).tolist()
    return [range(end - width, end) for width, end in zip(widths, ends, strict=True)]


def first_and_last(bands: list[range]) -> Array:
    """The first and the last entry of each band: all of them, since there are two at most."""
    return np.array([[band[0] for band in bands], [band[-1] for band in bands]], dtype=int)


def fractional_max_pool_forward(x: Array, alpha: float, rng: np.random.Generator) -> tuple[Array, Cache]:
    """Fractional max pooling: shrink images by a factor between 1 and 2.

    Cut the H rows into floor(H / alpha) bands that follow each other without gap or overlap, each of 1 or 2
    rows, in an order drawn by rng; cut the columns into floor(W / alpha) bands in the same way, with a draw
    of their own. The output is the largest entry where a band of rows meets a band of columns. All samples
    and channels of one call share these bands; the next call draws again. Where some bands are 1 and others 2
    wide, each of them, the first and the last too, is 1 in some calls and 2 in others. Use rng for every
    draw, so that the same seed gives the same output.

    Source: "Fractional Max-Pooling" (2014), with disjoint regions.

    Args:
        x: images (N, C, H, W).
        alpha: the factor, 1 < alpha < 2, with 2 * floor(H / alpha) >= H, and the same for W. None is tried
            where H / alpha or W / alpha is a whole number but for rounding, as 9 / 1.8 is.
        rng: source of the random numbers.

    Returns:
        The output (N, C, floor(H / alpha), floor(W / alpha)), and the cache.
    """
    if not 1 < alpha < 2:
        raise ValueError(f"alpha must be between 1 and 2, not {alpha}")
    down = first_and_last(draw_bands(x.shape[2], alpha, rng))
    across = first_and_last(draw_bands(x.shape[3], alpha, rng))
    corners = [(rows[:, None], cols[None, :]) for rows in down for cols in across]
    best = np.stack([x[:, :, rows, cols] for rows, cols in corners]).argmax(axis=0)
    cache = Winners(
        x.shape,
        np.choose(best, [np.broadcast_to(rows, best.shape[2:]) for rows, _ in corners]),
        np.choose(best, [np.broadcast_to(cols, best.shape[2:]) for _, cols in corners]),
    )
    return cache.pick(x), cache


def fractional_max_pool_backward(dout: Array, cache: Cache) -> Array:
    """Backward pass of fractional max pooling, with the bands of its forward.

    Args:
        dout: of the output's shape.
        cache: from `fractional_max_pool_forward`.

    Returns:
        dx (N, C, H, W).
    """
    return cache.give_back(dout)


class Mode(enum.Enum):
    TRAIN = "train"
    TEST = "test"


@dataclass(frozen=True)
class Moments:
    """Mean, variance and differences from the mean over some axes, which are kept as axes of 1."""

    mean: Array
    var: Array
    apart: Array

    @classmethod
    def of(cls, x: Array, axes: tuple[int, ...]) -> "Moments":
        mean = x.mean(axis=axes, keepdims=True)
        rest = (x - mean).mean(axis=axes, keepdims=True)
        apart = x - mean - rest
        return cls(mean + rest, np.square(apart).mean(axis=axes, keepdims=True), apart)


@dataclass(frozen=True)
class NormCache:
    """A normalization: hat stands in the shape in which moments were taken over `axes`."""

    hat: Array
    root: Array
    axes: tuple[int, ...]
    gamma: Array

    def back(self, dhat: Array) -> Array:
        average = partial(np.mean, axis=self.axes, keepdims=True)
        return (dhat - average(dhat) - self.hat * average(dhat * self.hat)) / self.root


PER_CHANNEL = (1, -1, 1, 1)
PIXELS_OF_ALL = (0, 2, 3)


def normalize(moments: Moments, eps: float, axes: tuple[int, ...], gamma: Array) -> NormCache:
    root = np.sqrt(moments.var + eps)
    return NormCache(moments.apart / root, root, axes, np.reshape(gamma, PER_CHANNEL).copy())


def scale_and_shift(hat: Array, gamma: Array, beta: Array) -> Array:
    return np.reshape(gamma, PER_CHANNEL) * hat + np.reshape(beta, PER_CHANNEL)


def spatial_batchnorm_forward(
    x: Array, gamma: Array, beta: Array, bn_param: dict[str, Any]
) -> tuple[Array, Cache]:
    """Batch normalization of images: each channel over all samples, rows and columns.

    In mode "train", mean and var are those of each channel over the batch and all of its pixels, var the
    mean of the squared differences from the mean. Then, channel by channel,

        out = gamma * (x - mean) / sqrt(var + eps) + beta,

    and new running statistics are stored in bn_param, under the keys of the old ones:

        running_mean = momentum * running_mean + (1 - momentum) * mean
        running_var = momentum * running_var + (1 - momentum) * var

    In mode "test" the running statistics take the place of mean and var, and stay as they are: nothing in
    bn_param changes. (If you have batch normalization of rows (N, D): turn the images into rows of C numbers,
    one row for each pixel. Mind the order of the axes on the way there and back.)

    Args:
        x: images (N, C, H, W).
        gamma: scale (C,).
        beta: shift (C,).
        bn_param: mode: "train" or "test"; no other is tried.
            eps: added to the variance, above 0; 1e-5 where missing.
            momentum: share of the old running statistics that is kept; 0.9 where missing.
            running_mean, running_var: (C,); zeros where missing, both of them.

    Returns:
        out (N, C, H, W), and a cache for the backward. Only caches of mode "train" are ever used.
    """
    mode = bn_param["mode"]
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    running_mean = bn_param.get("running_mean", np.zeros(x.shape[1]))
    running_var = bn_param.get("running_var", np.zeros(x.shape[1]))
    if Mode(mode) is Mode.TRAIN:
        moments = Moments.of(x, PIXELS_OF_ALL)
        for key, old, new in (
            ("running_mean", running_mean, moments.mean),
            ("running_var", running_var, moments.var),
        ):
            bn_param[key] = momentum * old + (1 - momentum) * new.ravel()
    else:
        mean, var = (np.reshape(a, PER_CHANNEL) for a in (running_mean, running_var))
        moments = Moments(mean, var, x - mean)
    cache = normalize(moments, eps, PIXELS_OF_ALL, gamma)
    return scale_and_shift(cache.hat, gamma, beta), cache


def spatial_batchnorm_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """Gradients of spatial batch normalization in mode "train".

    Args:
        dout: (N, C, H, W).
        cache: from `spatial_batchnorm_forward`.

    Returns:
        dx (N, C, H, W), dgamma (C,), dbeta (C,).
    """
    dgamma = np.sum(dout * cache.hat, axis=PIXELS_OF_ALL)
    dbeta = np.sum(dout, axis=PIXELS_OF_ALL)
    return cache.back(dout * cache.gamma), dgamma, dbeta


def spatial_groupnorm_forward(
    x: Array, gamma: Array, beta: Array, G: int, gn_param: dict[str, Any]
) -> tuple[Array, Cache]:
    """Group normalization of images: each sample by itself, its channels in G groups.

    The C channels of a sample are cut into G groups of C / G channels that follow each other: with 6 channels
    and G = 3, channels 0 and 1 are the first group. Mean and variance are taken over one group of one sample,
    all pixels of all its channels, the variance as in `spatial_batchnorm_forward`; with them the group is
    normalized. Then each channel is scaled by its gamma and shifted by its beta. No other sample takes part,
    so there are no running statistics and no modes: training and test are the same.

    Source: "Group normalization" (2018).

    Args:
        x: images (N, C, H, W).
        gamma: scale (1, C, 1, 1).
        beta: shift (1, C, 1, 1).
        G: number of groups; it divides C.
        gn_param: eps: added to the variance, above 0; 1e-5 where missing.

    Returns:
        out (N, C, H, W), and the cache.
    """
    eps = gn_param.get("eps", 1e-5)
    n, c, height, width = x.shape
    if G < 1 or c % G:
        raise ValueError(f"{c} channels can't be cut into {G} groups")
    grouped = x.reshape(n, G, c // G, height, width)
    cache = normalize(Moments.of(grouped, (2, 3, 4)), eps, (2, 3, 4), gamma)
    return scale_and_shift(cache.hat.reshape(x.shape), gamma, beta), cache


def spatial_groupnorm_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """Gradients of group normalization.

    Args:
        dout: (N, C, H, W).
        cache: from `spatial_groupnorm_forward`.

    Returns:
        dx (N, C, H, W), dgamma (1, C, 1, 1), dbeta (1, C, 1, 1).
    """
    hat = cache.hat.reshape(dout.shape)
    dgamma = np.sum(dout * hat, axis=PIXELS_OF_ALL, keepdims=True)
    dbeta = np.sum(dout, axis=PIXELS_OF_ALL, keepdims=True)
    dhat = (dout * cache.gamma).reshape(cache.hat.shape)
    return cache.back(dhat).reshape(dout.shape), dgamma, dbeta


def softmax_loss(x: Array, y: Array) -> tuple[float, Array]:
    """Cross-entropy of the softmax of scores, with which both nets end. You have written it before.

    It must be right, with nothing added to a probability, also where the right label's is as small as
    exp(-40); and when all scores of some samples are 2000 higher, although exp(2000) overflows a float64.

    Args:
        x: scores (N, C).
        y: labels (N,), integers in [0, C).

    Returns:
        The mean over the samples of -log(p[i, y[i]]) with p[i, j] = exp(x[i, j]) / sum over k of
        exp(x[i, k]), and its gradient with respect to x, (N, C).
    """
    rows = np.arange(len(x))
    shifted = x - np.max(x, axis=1, keepdims=True)
    log_sums = np.log(np.exp(shifted).sum(axis=1))
    dx = np.exp(shifted - log_sums[:, None])
    dx[rows, y] -= 1.0
    return float(np.mean(log_sums - shifted[rows, y])), dx / len(x)


class ConvNet:
    """What both nets below share; nothing to write here.

    Attributes:
        params: all parameters by name: W1, b1, W2, b2 and so on, from the first layer to the last. Whoever
            trains the net puts new arrays in their place, or a whole new dictionary: use what stands there
            when `loss` is called.
        layers: the layers to call, by name. They may be exchanged for others with the same arguments.
        reg: strength of the penalty.
        dtype: type of the parameters.
    """

    def __init__(self, reg: float, dtype: Any) -> None:
        self.params: dict[str, Array] = {}
        self.layers: dict[str, Callable[..., Any]] = {
            "conv_forward": conv_forward_naive,
            "conv_backward": conv_backward_naive,
            "pool_forward": max_pool_forward_naive,
            "pool_backward": max_pool_backward_naive,
            "loss": softmax_loss,
        }
        self.reg = reg
        self.dtype = dtype


@dataclass
class Tape:
    """One pass through a net: runs layers forward, and remembers how to go back through them."""

    net: ConvNet
    x: Array
    grads: dict[str, Array] = field(default_factory=dict)
    steps: list[Callable[[Array], Array]] = field(default_factory=list)

    def parameters(self, layer: int) -> tuple[Array, Array]:
        return self.net.params[f"W{layer}"], self.net.params[f"b{layer}"]

    def note(self, layer: int, dw: Array, db: Array) -> None:
        self.grads[f"W{layer}"] = dw + self.net.reg * self.net.params[f"W{layer}"]
        self.grads[f"b{layer}"] = db

    def conv(self, layer: int) -> "Tape":
        w, b = self.parameters(layer)
        same_size = {"stride": 1, "pad": (w.shape[2] - 1) // 2}
        self.x, cache = self.net.layers["conv_forward"](self.x, w, b, same_size)

        def back(dout: Array) -> Array:
            dx, dw, db = self.net.layers["conv_backward"](dout, cache)
            self.note(layer, dw, db)
            return dx

        self.steps.append(back)
        return self

    def relu(self) -> "Tape":
        on = self.x > 0
        self.x = np.where(on, self.x, 0.0)
        self.steps.append(lambda dout: np.where(on, dout, 0.0))
        return self

    def pool(self) -> "Tape":
        halve = {"pool_height": 2, "pool_width": 2, "stride": 2}
        self.x, cache = self.net.layers["pool_forward"](self.x, halve)
        self.steps.append(lambda dout: self.net.layers["pool_backward"](dout, cache))
        return self

    def affine(self, layer: int) -> "Tape":
        w, b = self.parameters(layer)
        shape, rows = self.x.shape, self.x.reshape(len(self.x), -1)
        self.x = rows @ w + b

        def back(dout: Array) -> Array:
            self.note(layer, rows.T @ dout, dout.sum(axis=0))
            return (dout @ w.T).reshape(shape)

        self.steps.append(back)
        return self

    def finish(self, y: Array | None) -> Any:
        """Scores, or loss and gradients."""
        if y is None:
            return self.x
        loss, dout = self.net.layers["loss"](self.x, y)
        for back in reversed(self.steps):
            dout = back(dout)
        squares = [float(np.sum(w * w)) for name, w in self.net.params.items() if name.startswith("W")]
        logger.debug("data loss %g", loss)
        return float(loss) + 0.5 * self.net.reg * math.fsum(squares), self.grads


def layer_params(layer: int, shape: tuple[int, ...], std: float, rng: np.random.Generator) -> dict[str, Array]:
    """W and b of one layer. A convolution has its outputs in front, an affine layer at the end."""
    outputs = shape[0] if len(shape) == 4 else shape[-1]
    return {f"W{layer}": std * rng.standard_normal(shape), f"b{layer}": np.zeros(outputs)}


class ThreeLayerConvNet(ConvNet):
    """A small net: conv - relu - 2 x 2 max pool - affine - relu - affine - softmax.

    The convolution has stride 1 and padding (filter_size - 1) // 2, which keeps the size of the image; the
    pool has stride 2 and halves it.
    """

    def __init__(
        self,
        input_dim: tuple[int, int, int] = (3, 32, 32),
        num_filters: int = 32,
        filter_size: int = 7,
        hidden_dim: int = 100,
        num_classes: int = 10,
        weight_scale: float = 1e-3,
        reg: float = 0.0,
        dtype: Any = np.float64,
    ) -> None:
        """Draw the weights from a normal distribution around 0; set the biases to 0.

        They go into self.params: W1 (num_filters, C, filter_size, filter_size) and b1 of the convolution,
        W2 (inputs, hidden_dim) and b2 of the first affine layer, W3 (hidden_dim, num_classes) and b3 of the
        second. The pooled images are flattened as NumPy's `reshape` does it.

        Args:
            input_dim: (C, H, W) of an image; H and W are even.
            num_filters: of the convolution.
            filter_size: rows and columns of a filter; odd.
            hidden_dim: outputs of the first affine layer.
            num_classes: number of scores.
            weight_scale: standard deviation of all weights.
            reg: strength of the penalty.
            dtype: type of the parameters.
        """
        super().__init__(reg, dtype)
        channels, height, width = input_dim
        if filter_size % 2 == 0 or height % 2 or width % 2:
            raise ValueError("the filters must have an odd size, the images an even one")
        inputs = num_filters * (height // 2) * (width // 2)
        shapes = [
            (num_filters, channels, filter_size, filter_size),
            (inputs, hidden_dim),
            (hidden_dim, num_classes),
        ]
        rng = np.random.default_rng()
        for layer, shape in enumerate(shapes, start=1):
            self.params.update(layer_params(layer, shape, weight_scale, rng))
        self.params = {name: value.astype(dtype) for name, value in self.params.items()}

    def loss(self, X: Array, y: Array | None = None) -> Any:
        """Scores, or loss and gradients.

        Convolution, pool and softmax's loss are called by their names in self.layers, so that they can be
        exchanged. The loss is the mean cross-entropy of the softmax of the scores, plus the penalty
        0.5 * reg * sum(W * W) over the weights of all three layers; the biases have none. X, y and all
        parameters stay as they are.

        Args:
            X: images (N, C, H, W).
            y: labels (N,), or None.

        Returns:
            Where y is None, the scores (N, num_classes). Else the loss, and a dictionary with its gradients:
            the same names as in self.params, the same shapes.
        """
        return Tape(self, X).conv(1).relu().pool().affine(2).relu().affine(3).finish(y)


class MiniVGG(ConvNet):
    """A deeper net: for each block conv - relu - conv - relu - pool, and then affine - softmax.

    All convolutions are 3 x 3 with stride 1 and padding 1, all pools 2 x 2 max pools with stride 2.

    Source: "Very deep convolutional networks for large-scale image recognition" (ICLR 2015).
    """

    def __init__(
        self,
        input_dim: tuple[int, int, int] = (3, 32, 32),
        blocks: Sequence[int] = (16, 32),
        num_classes: int = 10,
        reg: float = 0.0,
        dtype: Any = np.float64,
    ) -> None:
        """Draw the weights from normal distributions around 0; set the biases to 0.

        With B blocks self.params gets W1, b1, ..., W2B, b2B for the convolutions, two for each block, and
        then one more pair for the affine layer, whose W is (inputs, num_classes). The weights of a
        convolution have He's standard deviation, sqrt(2 / (C * 3 * 3)) where C is the number of channels
        that go into it; those of the affine layer 0.01.

        Args:
            input_dim: (C, H, W) of an image; H and W can be halved for every block.
            blocks: for each block, the number of filters of each of its two convolutions.
            num_classes: number of scores.
            reg: strength of the penalty.
            dtype: type of the parameters.
        """
        super().__init__(reg, dtype)
        self.blocks = tuple(blocks)
        rng = np.random.default_rng()
        channels, height, width = input_dim
        halvings = 2 ** len(self.blocks)
        if height % halvings or width % halvings:
            raise ValueError(f"{height} x {width} can't be halved {len(self.blocks)} times")
        widths = [filters for filters in self.blocks for _ in range(2)]
        for layer, (before, after) in enumerate(zip([channels, *widths], widths), start=1):
            he = math.sqrt(2.0 / (before * 3 * 3))
            self.params.update(layer_params(layer, (after, before, 3, 3), he, rng))
        inputs = [channels, *widths][-1] * (height // halvings) * (width // halvings)
        self.params.update(layer_params(len(widths) + 1, (inputs, num_classes), 0.01, rng))
        self.params = {name: value.astype(dtype) for name, value in self.params.items()}

    def loss(self, X: Array, y: Array | None = None) -> Any:
        """Scores, or loss and gradients; all as in `ThreeLayerConvNet.loss`, with this net's layers.

        Args:
            X: images (N, C, H, W).
            y: labels (N,), or None.

        Returns:
            Where y is None, the scores (N, num_classes). Else the loss, and a dictionary with its gradients.
        """
        tape = Tape(self, X)
        for block in range(len(self.blocks)):
            tape.conv(2 * block + 1).relu().conv(2 * block + 2).relu().pool()
        return tape.affine(2 * len(self.blocks) + 1).finish(y)
