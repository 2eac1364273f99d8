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

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

# Packages that would do this exercise for you. Importing one costs nothing; using it fails, wherever it comes
# from. (What counts when your work is graded is the list as handed out.)
FORBIDDEN = ("autograd", "jax", "keras", "scipy", "sklearn", "tensorflow", "torch")

Array = np.ndarray
Cache = Any


# Convolution. Let S_pq x be the padded images, shifted by (p, q) and then taken every `stride` rows and columns.
# Then out = sum over p, q of w[:, :, p, q] S_pq x, a matrix product over the channels for each p, q; and the
# adjoint of S_pq puts an array of the output's size back where it came from.


def padded(x, pad):
    return np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))


def every(start, count, stride):
    return slice(start, start + (count - 1) * stride + 1, stride)


def places(length, window, stride):
    return (length - window) // stride + 1


def shifts(height, width, rows, columns, stride):
    """All (p, q) of a window, with the part of the image that S_pq takes."""
    for p in range(height):
        for q in range(width):
            yield p, q, (slice(None), slice(None), every(p, rows, stride), every(q, columns, stride))


def seen(x, w, conv_param):
    """The padded images, flat, and the index matrix: row (c, p, q), column (i, j)."""
    stride, pad = conv_param["stride"], conv_param["pad"]
    xp = padded(x, pad)
    _, C, H, W = xp.shape
    _, _, HH, WW = w.shape
    c, p, q = np.ogrid[:C, :HH, :WW]
    corner = np.add.outer(
        np.arange(places(H, HH, stride)) * stride * W, np.arange(places(W, WW, stride)) * stride
    )
    return xp, np.add.outer((c * H * W + p * W + q).ravel(), corner.ravel())


# Normalization of the rows of a matrix: z = c / sqrt(v + eps), c = x - mean, v = mean(c^2). On paper its Jacobian
# is symmetric, J = (I - 1 1^T / n - z z^T / n) / sqrt(v + eps).


def row_moments(x):
    m = x.mean(axis=1, keepdims=True)
    return m, np.mean((x - m) ** 2, axis=1, keepdims=True)


def row_standard(x, eps):
    m, v = row_moments(x)
    return (x - m) * (v + eps) ** -0.5


def row_jacobian(x, eps, g):
    z = row_standard(x, eps)
    rest = g - g.mean(axis=1, keepdims=True) - z * np.mean(z * g, axis=1, keepdims=True)
    return rest * (row_moments(x)[1] + eps) ** -0.5


def channels_as_rows(x):
    return np.moveaxis(x, 1, 0).reshape(x.shape[1], -1)


def rows_as_channels(rows, shape):
    N, C, H, W = shape
    return np.moveaxis(rows.reshape(C, N, H, W), 0, 1)


# Average pooling is linear in the rows and in the columns: out = A x B^T.


def averaging(length, window, stride):
    """A (places, length): row i holds 1 / window where window i lies."""
    i = np.arange(places(length, window, stride))[:, None] * stride
    k = np.arange(length)
    return ((i <= k) & (k < i + window)) / window


def averagings(x, pool_param):
    stride = pool_param["stride"]
    return (
        averaging(x.shape[2], pool_param["pool_height"], stride),
        averaging(x.shape[3], pool_param["pool_width"], stride),
    )


# A net is a composition of maps. Each "arrow" takes x and returns its value and the map dout -> (dx, gradients)
# that pulls a gradient back; the chain rule is then a recursion.


def composed(arrows, x):
    if not arrows:
        return x, lambda dout: (dout, {})
    y, pull_first = arrows[0](x)
    out, pull_rest = composed(arrows[1:], y)

    def pull(dout):
        dy, later = pull_rest(dout)
        dx, own = pull_first(dy)
        return dx, {**own, **later}

    return out, pull


def relu_arrow(x):
    return x * (x > 0), lambda dout: (dout * (x > 0), {})


def affine_arrow(params, k):
    def arrow(x):
        W, b = params[f"W{k}"], params[f"b{k}"]
        rows = x.reshape(len(x), -1)

        def pull(dout):
            return (dout @ W.T).reshape(x.shape), {f"W{k}": rows.T @ dout, f"b{k}": dout.sum(axis=0)}

        return rows @ W + b, pull

    return arrow


def conv_arrow(net, k):
    def arrow(x):
        W = net.params[f"W{k}"]
        setting = {"stride": 1, "pad": (W.shape[2] - 1) // 2}
        out, cache = net.layers["conv_forward"](x, W, net.params[f"b{k}"], setting)

        def pull(dout):
            dx, dW, db = net.layers["conv_backward"](dout, cache)
            return dx, {f"W{k}": dW, f"b{k}": db}

        return out, pull

    return arrow


def pool_arrow(net):
    def arrow(x):
        out, cache = net.layers["pool_forward"](x, {"pool_height": 2, "pool_width": 2, "stride": 2})
        return out, lambda dout: (net.layers["pool_backward"](dout, cache), {})

    return arrow


def loss_of(net, arrows, X, y):
    scores, pull = composed(arrows, X)
    if y is None:
        return scores
    L, dscores = net.layers["loss"](scores, y)
    _, gradients = pull(dscores)
    for name in gradients:
        if name.startswith("W"):
            W = net.params[name]
            L = L + net.reg * np.vdot(W, W) / 2
            gradients[name] = gradients[name] + net.reg * W
    return L, gradients


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
    return N, F, places(H + 2 * pad, HH, stride), places(W + 2 * pad, WW, stride)


def conv_parameter_count(weight_shape: tuple[int, int, int, int]) -> int:
    """Number of parameters of a convolutional layer, one bias for each filter included.

    Args:
        weight_shape: (F, C, HH, WW).

    Returns:
        An integer. The size of the image does not matter.
    """
    F, C, HH, WW = weight_shape
    return F * (C * HH * WW + 1)


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
    N, F, rows, columns = conv_output_shape(x.shape, w.shape, stride, pad)
    xp = padded(x, pad)
    out = np.zeros((F, N, rows, columns))
    for p, q, part in shifts(*w.shape[2:], rows, columns, stride):
        out += np.tensordot(w[:, :, p, q], xp[part], axes=(1, 1))
    return np.swapaxes(out, 0, 1) + b[:, None, None], (x, w, conv_param["stride"], conv_param["pad"])


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
    x, w, stride, pad = cache
    xp = padded(x, pad)
    dxp, dw = np.zeros(xp.shape), np.empty(w.shape)
    for p, q, part in shifts(*w.shape[2:], *dout.shape[2:], stride):
        dw[:, :, p, q] = np.tensordot(dout, xp[part], axes=([0, 2, 3], [0, 2, 3]))
        dxp[part] += np.moveaxis(np.tensordot(w[:, :, p, q], dout, axes=(0, 1)), 0, 1)
    H, W = x.shape[2:]
    return dxp[:, :, pad : pad + H, pad : pad + W], dw, np.einsum("nfij->f", dout)


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
    shape = conv_output_shape(x.shape, w.shape, stride, pad)
    xp, index = seen(x, w, conv_param)
    columns = xp.reshape(len(x), -1)[:, index]  # (N, C HH WW, places)
    out = w.reshape(len(w), -1) @ columns + b[:, None]
    return out.reshape(shape), (x, w, {"stride": stride, "pad": pad})


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
    x, w, conv_param = cache
    xp, index = seen(x, w, conv_param)
    columns = xp.reshape(len(x), -1)[:, index]
    g = dout.reshape(*dout.shape[:2], -1)  # (N, F, places)
    dw = np.tensordot(g, columns, axes=([0, 2], [0, 2])).reshape(w.shape)
    dcolumns = w.reshape(len(w), -1).T @ g
    # the adjoint of "take the entries with these indices" is "sum up at these indices"
    where = np.add.outer(np.arange(len(x)) * xp[0].size, index)
    dxp = np.bincount(where.ravel(), weights=dcolumns.ravel(), minlength=xp.size).reshape(xp.shape)
    pad, (H, W) = conv_param["pad"], x.shape[2:]
    return dxp[:, :, pad : pad + H, pad : pad + W], dw, g.sum(axis=(0, 2))


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
    rows, columns = places(x.shape[2], pool_height, stride), places(x.shape[3], pool_width, stride)
    out = np.full((*x.shape[:2], rows, columns), -np.inf)
    for _, _, part in shifts(pool_height, pool_width, rows, columns, stride):
        out = np.maximum(out, x[part])
    return out, (x, dict(pool_param))


def max_pool_backward_naive(dout: Array, cache: Cache) -> Array:
    """Backward pass of max pooling.

    Only the largest entry of a window moves the output. An entry may be the largest of several windows.

    Args:
        dout: of the output's shape, (N, C, H', W').
        cache: from `max_pool_forward_naive`.

    Returns:
        dx (N, C, H, W).
    """
    x, pool_param = cache
    out, _ = max_pool_forward_naive(x, pool_param)
    window = pool_param["pool_height"], pool_param["pool_width"], *out.shape[2:], pool_param["stride"]
    winners = sum((x[part] == out).astype(float) for _, _, part in shifts(*window))
    dx = np.zeros(x.shape)
    for _, _, part in shifts(*window):
        dx[part] += (x[part] == out) * dout / winners
    return dx


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
    A, B = averagings(x, pool_param)
    return A @ x @ B.T, (x, dict(pool_param))


def avg_pool_backward_naive(dout: Array, cache: Cache) -> Array:
    """Backward pass of average pooling.

    Args:
        dout: of the output's shape, (N, C, H', W').
        cache: from `avg_pool_forward_naive`.

    Returns:
        dx (N, C, H, W).
    """
    A, B = averagings(*cache)
    return A.T @ dout @ B


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
    def bands(length):
        count = int(np.floor(length / alpha))
        return rng.permutation(np.repeat([1, 2], [2 * count - length, length - count]))

    heights, widths = bands(x.shape[2]), bands(x.shape[3])
    out = np.maximum.reduceat(x, np.cumsum(heights) - heights, axis=2)
    return np.maximum.reduceat(out, np.cumsum(widths) - widths, axis=3), (x, heights, widths)


def fractional_max_pool_backward(dout: Array, cache: Cache) -> Array:
    """Backward pass of fractional max pooling, with the bands of its forward.

    Args:
        dout: of the output's shape.
        cache: from `fractional_max_pool_forward`.

    Returns:
        dx (N, C, H, W).
    """
    x, heights, widths = cache

    def summed(a, f):
        a = f.reduceat(a, np.cumsum(heights) - heights, axis=2)
        return f.reduceat(a, np.cumsum(widths) - widths, axis=3)

    def spread(a):
        return np.repeat(np.repeat(a, heights, axis=2), widths, axis=3)

    winners = (x == spread(summed(x, np.maximum))).astype(float)
    return winners * spread(dout / summed(winners, np.add))


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
    rows = channels_as_rows(x)
    if mode == "test":
        z = (rows - running_mean[:, None]) * (running_var[:, None] + eps) ** -0.5
        cache = None
    else:
        m, v = row_moments(rows)
        bn_param["running_mean"] = momentum * running_mean + (1 - momentum) * m[:, 0]
        bn_param["running_var"] = momentum * running_var + (1 - momentum) * v[:, 0]
        z = row_standard(rows, eps)
        cache = x, gamma, eps
    return rows_as_channels(np.diag(gamma) @ z + beta[:, None], x.shape), cache


def spatial_batchnorm_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """Gradients of spatial batch normalization in mode "train".

    Args:
        dout: (N, C, H, W).
        cache: from `spatial_batchnorm_forward`.

    Returns:
        dx (N, C, H, W), dgamma (C,), dbeta (C,).
    """
    x, gamma, eps = cache
    rows, g = channels_as_rows(x), channels_as_rows(dout)
    dx = row_jacobian(rows, eps, gamma[:, None] * g)
    dgamma = np.einsum("ck,ck->c", row_standard(rows, eps), g)
    return rows_as_channels(dx, x.shape), dgamma, g @ np.ones(g.shape[1])


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
    z = row_standard(x.reshape(len(x) * G, -1), eps).reshape(x.shape)
    return gamma * z + beta, (x, gamma, G, eps)


def spatial_groupnorm_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """Gradients of group normalization.

    Args:
        dout: (N, C, H, W).
        cache: from `spatial_groupnorm_forward`.

    Returns:
        dx (N, C, H, W), dgamma (1, C, 1, 1), dbeta (1, C, 1, 1).
    """
    x, gamma, G, eps = cache
    rows = x.reshape(len(x) * G, -1)
    dx = row_jacobian(rows, eps, (gamma * dout).reshape(rows.shape)).reshape(x.shape)
    z = row_standard(rows, eps).reshape(x.shape)
    dgamma, dbeta = (np.einsum("ncij->c", a).reshape(gamma.shape) for a in (z * dout, dout))
    return dx, dgamma, dbeta


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
    log_p = x - np.logaddexp.reduce(x, axis=1, keepdims=True)
    Y = np.identity(x.shape[1])[y]
    return np.asarray(-np.vdot(Y, log_p) / len(x)), (np.exp(log_p) - Y) / len(x)


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
        C, H, W = input_dim
        shapes = [
            (num_filters, C, filter_size, filter_size),
            (num_filters * (H // 2) * (W // 2), hidden_dim),
            (hidden_dim, num_classes),
        ]
        draw = np.random.default_rng().standard_normal
        for k, shape in enumerate(shapes, start=1):
            self.params[f"W{k}"] = weight_scale * draw(shape)
            self.params[f"b{k}"] = np.zeros(shape[0] if len(shape) == 4 else shape[1])
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
        arrows = [
            conv_arrow(self, 1),
            relu_arrow,
            pool_arrow(self),
            affine_arrow(self.params, 2),
            relu_arrow,
            affine_arrow(self.params, 3),
        ]
        return loss_of(self, arrows, X, y)


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
        draw = np.random.default_rng().standard_normal
        C, H, W = input_dim
        outputs = [F for F in blocks for _ in range(2)]
        for k, (F, c) in enumerate(zip(outputs, [C, *outputs]), start=1):
            self.params[f"W{k}"] = draw((F, c, 3, 3)) * np.sqrt(2 / (9 * c))
            self.params[f"b{k}"] = np.zeros(F)
        k = len(outputs) + 1
        inputs = [C, *outputs][-1] * (H >> len(blocks)) * (W >> len(blocks))
        self.params[f"W{k}"] = 0.01 * draw((inputs, num_classes))
        self.params[f"b{k}"] = np.zeros(num_classes)
        self.depth = len(blocks)
        self.params = {name: value.astype(dtype) for name, value in self.params.items()}

    def loss(self, X: Array, y: Array | None = None) -> Any:
        """Scores, or loss and gradients; all as in `ThreeLayerConvNet.loss`, with this net's layers.

        Args:
            X: images (N, C, H, W).
            y: labels (N,), or None.

        Returns:
            Where y is None, the scores (N, num_classes). Else the loss, and a dictionary with its gradients.
        """
        arrows: list[Any] = []
        for k in range(1, 2 * self.depth, 2):
            arrows += [conv_arrow(self, k), relu_arrow, conv_arrow(self, k + 1), relu_arrow, pool_arrow(self)]
        return loss_of(self, [*arrows, affine_arrow(self.params, 2 * self.depth + 1)], X, y)
