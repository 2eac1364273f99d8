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

import math
from collections import namedtuple
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

# Packages that would do this exercise for you. Importing one costs nothing; using it fails, wherever it comes
# from. (What counts when your work is graded is the list as handed out.)
FORBIDDEN = ("autograd", "jax", "keras", "scipy", "sklearn", "tensorflow", "torch")

Array = np.ndarray
Cache = Any


# Windows. All layers that slide something over images name their windows by two small tables: rows (h, hh)
# holds the row numbers of each of the h places, cols (w, ww) the column numbers. Then x[:, :, r, c] with the
# two broadcast against each other is (N, C, h, w, hh, ww): every window of every image.

Windows = namedtuple("Windows", "rows cols")


def _sliding(H: int, W: int, hh: int, ww: int, stride: int) -> Windows:
    def one(size: int, k: int) -> Array:
        return stride * np.arange(1 + (size - k) // stride)[:, None] + np.arange(k)

    return Windows(one(H, hh), one(W, ww))


def _index(win: Windows) -> tuple[Any, ...]:
    return np.s_[:, :, win.rows[:, None, :, None], win.cols[None, :, None, :]]


def _scatter(shape: tuple[int, ...], win: Windows, values: Array) -> Array:
    """The transpose of cutting out windows: add each window's values up where they came from."""
    out = np.zeros(shape)
    np.add.at(out, _index(win), values)
    return out


def _window_max(x: Array, win: Windows) -> tuple[Array, Cache]:
    flat = x[_index(win)].reshape(*x.shape[:2], len(win.rows), len(win.cols), -1)
    arg = flat.argmax(axis=-1)
    out = np.take_along_axis(flat, arg[..., None], axis=-1)[..., 0]
    i, j = np.divmod(arg, win.cols.shape[1])
    rows = win.rows[np.arange(len(win.rows))[:, None], i]
    cols = win.cols[np.arange(len(win.cols)), j]
    return out, {"shape": x.shape, "rows": rows, "cols": cols}


def _window_max_backward(dout: Array, cache: Cache) -> Array:
    dx = np.zeros(cache["shape"])
    n, c = np.ogrid[: dx.shape[0], : dx.shape[1]]
    np.add.at(dx, (n[..., None, None], c[..., None, None], cache["rows"], cache["cols"]), dout)
    return dx


def _pad(x: Array, pad: int) -> Array:
    return np.pad(x, [(0, 0), (0, 0), (pad, pad), (pad, pad)])


def _crop(x: Array, pad: int) -> Array:
    return x[:, :, pad : x.shape[2] - pad, pad : x.shape[3] - pad]


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
    N, _, H, W = input_shape
    F, _, HH, WW = weight_shape
    return N, F, 1 + (H + 2 * pad - HH) // stride, 1 + (W + 2 * pad - WW) // stride


def conv_parameter_count(weight_shape: tuple[int, int, int, int]) -> int:
    """Number of parameters of a convolutional layer, one bias for each filter included.

    Args:
        weight_shape: (F, C, HH, WW).

    Returns:
        An integer. The size of the image does not matter.
    """
    return weight_shape[0] * (math.prod(weight_shape[1:]) + 1)


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
    view = sliding_window_view(_pad(x, pad), w.shape[2:], axis=(2, 3))[:, :, ::stride, ::stride]
    out = np.einsum("nchwij,fcij->nfhw", view, w, optimize=True) + b[:, None, None]
    return out, {"view": view, "x": x, "w": w, "stride": stride, "pad": pad}


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
    w, s, pad = cache["w"], cache["stride"], cache["pad"]
    dw = np.einsum("nchwij,nfhw->fcij", cache["view"], dout, optimize=True)
    dx = np.zeros_like(_pad(cache["x"], pad))
    h, v = dout.shape[2:]
    for i, j in np.ndindex(w.shape[2:]):
        dx[:, :, i : i + s * h : s, j : j + s * v : s] += np.einsum("nfhw,fc->nchw", dout, w[:, :, i, j])
    return _crop(dx, pad), dw, dout.sum(axis=(0, 2, 3))


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
    N, F, h, v = conv_output_shape(x.shape, w.shape, stride, pad)
    xp = _pad(x, pad)
    win = _sliding(*xp.shape[2:], *w.shape[2:], stride)
    # (N, C, h, v, HH, WW) -> one row for each place of each image
    cols = xp[_index(win)].transpose(0, 2, 3, 1, 4, 5).reshape(N * h * v, -1)
    out = (cols @ w.reshape(F, -1).T + b).reshape(N, h, v, F).transpose(0, 3, 1, 2)
    return out, {"cols": cols, "win": win, "w": w, "padded": xp.shape, "pad": pad}


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
    w, win = cache["w"], cache["win"]
    N, F, h, v = dout.shape
    d = dout.transpose(0, 2, 3, 1).reshape(-1, F)
    dw = (d.T @ cache["cols"]).reshape(w.shape)
    dcols = (d @ w.reshape(F, -1)).reshape(N, h, v, *w.shape[1:]).transpose(0, 3, 1, 2, 4, 5)
    return _crop(_scatter(cache["padded"], win, dcols), cache["pad"]), dw, d.sum(axis=0)


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
    return _window_max(x, _sliding(*x.shape[2:], pool_height, pool_width, stride))


def max_pool_backward_naive(dout: Array, cache: Cache) -> Array:
    """Backward pass of max pooling.

    Only the largest entry of a window moves the output. An entry may be the largest of several windows.

    Args:
        dout: of the output's shape, (N, C, H', W').
        cache: from `max_pool_forward_naive`.

    Returns:
        dx (N, C, H, W).
    """
    return _window_max_backward(dout, cache)


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
    win = _sliding(*x.shape[2:], pool_height, pool_width, stride)
    return x[_index(win)].mean(axis=(-2, -1)), (x.shape, win)


def avg_pool_backward_naive(dout: Array, cache: Cache) -> Array:
    """Backward pass of average pooling.

    Args:
        dout: of the output's shape, (N, C, H', W').
        cache: from `avg_pool_forward_naive`.

    Returns:
        dx (N, C, H, W).
    """
    shape, win = cache
    return _scatter(shape, win, dout[..., None, None] / (win.rows.shape[1] * win.cols.shape[1]))


def _bands(size: int, alpha: float, rng: np.random.Generator) -> Array:
    """First and last index of each band, (bands, 2); the two are equal where a band is 1 wide."""
    n = int(size / alpha)
    widths = rng.permutation(np.repeat([1, 2], [2 * n - size, size - n]))
    last = widths.cumsum() - 1
    return np.stack([last - widths + 1, last], axis=1)


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
    return _window_max(x, Windows(*(_bands(size, alpha, rng) for size in x.shape[2:])))


def fractional_max_pool_backward(dout: Array, cache: Cache) -> Array:
    """Backward pass of fractional max pooling, with the bands of its forward.

    Args:
        dout: of the output's shape.
        cache: from `fractional_max_pool_forward`.

    Returns:
        dx (N, C, H, W).
    """
    return _window_max_backward(dout, cache)


Normed = namedtuple("Normed", "xhat rstd gamma axes")


def _normed_backward(dxhat: Array, xhat: Array, rstd: Array, axes: tuple[int, ...]) -> Array:
    mean = partial(np.mean, axis=axes, keepdims=True)
    return rstd * (dxhat - mean(dxhat) - xhat * mean(dxhat * xhat))


def _channels(a: Array) -> Array:
    return a.reshape(1, -1, 1, 1)


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
    axes = (0, 2, 3)
    mean, var = (x.mean(axis=axes), x.var(axis=axes)) if mode == "train" else (running_mean, running_var)
    if mode == "train":
        bn_param["running_mean"] = momentum * running_mean + (1 - momentum) * mean
        bn_param["running_var"] = momentum * running_var + (1 - momentum) * var
    rstd = _channels(1 / np.sqrt(var + eps))
    xhat = (x - _channels(mean)) * rstd
    return _channels(gamma) * xhat + _channels(beta), Normed(xhat, rstd, gamma, axes)


def spatial_batchnorm_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """Gradients of spatial batch normalization in mode "train".

    Args:
        dout: (N, C, H, W).
        cache: from `spatial_batchnorm_forward`.

    Returns:
        dx (N, C, H, W), dgamma (C,), dbeta (C,).
    """
    dx = _normed_backward(dout * _channels(cache.gamma), cache.xhat, cache.rstd, cache.axes)
    return dx, np.einsum("nchw,nchw->c", dout, cache.xhat), np.einsum("nchw->c", dout)


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
    groups = x.reshape(len(x), G, -1)
    rstd = 1 / np.sqrt(groups.var(axis=2, keepdims=True) + eps)
    xhat = (groups - groups.mean(axis=2, keepdims=True)) * rstd
    return gamma * xhat.reshape(x.shape) + beta, Normed(xhat, rstd, gamma, 2)


def spatial_groupnorm_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """Gradients of group normalization.

    Args:
        dout: (N, C, H, W).
        cache: from `spatial_groupnorm_forward`.

    Returns:
        dx (N, C, H, W), dgamma (1, C, 1, 1), dbeta (1, C, 1, 1).
    """
    xhat = cache.xhat.reshape(dout.shape)
    dx = _normed_backward((dout * cache.gamma).reshape(cache.xhat.shape), cache.xhat, cache.rstd, cache.axes)
    total = partial(np.sum, axis=(0, 2, 3), keepdims=True)
    return dx.reshape(dout.shape), total(dout * xhat), total(dout)


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
    z = x - x.max(axis=1, keepdims=True)
    logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    onehot = np.eye(x.shape[1])[y]
    return -np.einsum("nc,nc->", onehot, logp) / len(x), (np.exp(logp) - onehot) / len(x)


# Layers from earlier topics, and what both nets need.

POOL = {"pool_height": 2, "pool_width": 2, "stride": 2}


def _affine(x: Array, w: Array, b: Array) -> Array:
    return x.reshape(len(x), -1) @ w + b


def _affine_backward(dout: Array, x: Array, w: Array) -> tuple[Array, Array, Array]:
    return (dout @ w.T).reshape(x.shape), x.reshape(len(x), -1).T @ dout, dout.sum(axis=0)


def _penalty(params: dict[str, Array], grads: dict[str, Array], reg: float) -> float:
    weights = {name: w for name, w in params.items() if name.startswith("W")}
    for name, w in weights.items():
        grads[name] = grads[name] + reg * w
    return 0.5 * reg * sum(np.vdot(w, w) for w in weights.values())


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
        rng = np.random.default_rng()
        C, H, W = input_dim
        shapes = [
            (num_filters, C, filter_size, filter_size),
            (num_filters * (H // 2) * (W // 2), hidden_dim),
            (hidden_dim, num_classes),
        ]
        for i, (shape, outputs) in enumerate(zip(shapes, (num_filters, hidden_dim, num_classes)), start=1):
            self.params[f"W{i}"] = weight_scale * rng.standard_normal(shape)
            self.params[f"b{i}"] = np.zeros(outputs)
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
        W1, b1, W2, b2, W3, b3 = (self.params[k] for k in ("W1", "b1", "W2", "b2", "W3", "b3"))
        call = self.layers
        a, conv_cache = call["conv_forward"](X, W1, b1, {"stride": 1, "pad": (W1.shape[-1] - 1) // 2})
        pooled, pool_cache = call["pool_forward"](np.maximum(a, 0), POOL)
        hidden = np.maximum(_affine(pooled, W2, b2), 0)
        scores = _affine(hidden, W3, b3)
        if y is None:
            return scores

        loss, d = call["loss"](scores, y)
        g: dict[str, Array] = {}
        d, g["W3"], g["b3"] = _affine_backward(d, hidden, W3)
        d, g["W2"], g["b2"] = _affine_backward(d * (hidden > 0), pooled, W2)
        d = call["pool_backward"](d, pool_cache) * (a > 0)
        _, g["W1"], g["b1"] = call["conv_backward"](d, conv_cache)
        return loss + _penalty(self.params, g, self.reg), g


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
        rng = np.random.default_rng()
        C, H, W = input_dim
        channels = [C] + [F for F in blocks for _ in range(2)]
        for i, (c, F) in enumerate(zip(channels, channels[1:]), start=1):
            self.params[f"W{i}"] = rng.normal(0, np.sqrt(2 / (9 * c)), (F, c, 3, 3))
            self.params[f"b{i}"] = np.zeros(F)
        scale = 2 ** len(blocks)
        last = len(channels)
        self.params[f"W{last}"] = rng.normal(0, 0.01, (channels[-1] * (H // scale) * (W // scale), num_classes))
        self.params[f"b{last}"] = np.zeros(num_classes)
        self.params = {name: value.astype(dtype) for name, value in self.params.items()}

    def loss(self, X: Array, y: Array | None = None) -> Any:
        """Scores, or loss and gradients; all as in `ThreeLayerConvNet.loss`, with this net's layers.

        Args:
            X: images (N, C, H, W).
            y: labels (N,), or None.

        Returns:
            Where y is None, the scores (N, num_classes). Else the loss, and a dictionary with its gradients.
        """
        p, call, tape, h = self.params, self.layers, [], X
        last = len(p) // 2
        for i in range(1, last):
            h, cache = call["conv_forward"](h, p[f"W{i}"], p[f"b{i}"], {"stride": 1, "pad": 1})
            h = np.maximum(h, 0)
            tape.append((cache, h > 0))
            if i % 2 == 0:
                h, cache = call["pool_forward"](h, POOL)
                tape.append(cache)
        scores = _affine(h, p[f"W{last}"], p[f"b{last}"])
        if y is None:
            return scores

        loss, d = call["loss"](scores, y)
        g: dict[str, Array] = {}
        d, g[f"W{last}"], g[f"b{last}"] = _affine_backward(d, h, p[f"W{last}"])
        for i in range(last - 1, 0, -1):
            if i % 2 == 0:
                d = call["pool_backward"](d, tape.pop())
            cache, on = tape.pop()
            d, g[f"W{i}"], g[f"b{i}"] = call["conv_backward"](d * on, cache)
        return loss + _penalty(p, g, self.reg), g
