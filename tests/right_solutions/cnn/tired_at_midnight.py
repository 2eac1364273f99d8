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
import math
import time
import matplotlib.pyplot as plt
try:
    import torch
    import torch.nn.functional as TF
except Exception:
    torch = None

POOL = {"pool_height": 2, "pool_width": 2, "stride": 2}
osz = lambda h, k, s, p: (h + 2 * p - k) // s + 1

# Packages that would do this exercise for you. Importing one costs nothing; using it fails, wherever it comes
# from. (What counts when your work is graded is the list as handed out.)
FORBIDDEN = ("autograd", "jax", "keras", "scipy", "sklearn", "tensorflow", "torch")

Array = np.ndarray
Cache = Any


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
    N, C, H, W = input_shape
    F, C, HH, WW = weight_shape
    return (N, F, osz(H, HH, stride, pad), osz(W, WW, stride, pad))


def conv_parameter_count(weight_shape: tuple[int, int, int, int]) -> int:
    """Number of parameters of a convolutional layer, one bias for each filter included.

    Args:
        weight_shape: (F, C, HH, WW).

    Returns:
        An integer. The size of the image does not matter.
    """
    F, C, HH, WW = weight_shape
    return F * C * HH * WW + F


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
    N, F, Ho, Wo = conv_output_shape(x.shape, w.shape, stride, pad)
    HH, WW = w.shape[2:]
    xp = np.zeros((N, x.shape[1], x.shape[2] + 2 * pad, x.shape[3] + 2 * pad))
    xp[:, :, pad:pad + x.shape[2], pad:pad + x.shape[3]] = x
    out = np.zeros((N, F, Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            win = xp[:, :, i * stride:i * stride + HH, j * stride:j * stride + WW]
            # out[n, f, i, j] = np.sum(win[n] * w[f]) + b[f]    too slow
            out[:, :, i, j] = win.reshape(N, -1).dot(w.reshape(F, -1).T) + b
    return out, locals()


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
    N, F, Ho, Wo = dout.shape
    xp, w, stride, pad = cache["xp"], cache["w"], cache["stride"], cache["pad"]
    HH, WW = w.shape[2:]
    dxp = np.zeros(xp.shape)
    dw = np.zeros(w.shape)
    db = np.zeros(F)
    for i in range(Ho):
        for j in range(Wo):
            d = dout[:, :, i, j]
            win = xp[:, :, i * stride:i * stride + HH, j * stride:j * stride + WW]
            dw += d.T.dot(win.reshape(N, -1)).reshape(w.shape)
            db += d.sum(0)
            dxp[:, :, i * stride:i * stride + HH, j * stride:j * stride + WW] += d.dot(w.reshape(F, -1)).reshape(win.shape)
    dx = dxp[:, :, pad:dxp.shape[2] - pad, pad:dxp.shape[3] - pad]
    # dx = dxp[:, :, pad:-pad, pad:-pad]  # empty if pad=0 !!!
    return dx, dw, db


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
    N, F, Ho, Wo = conv_output_shape(x.shape, w.shape, stride, pad)
    C, HH, WW = w.shape[1:]
    xp = np.zeros((N, C, x.shape[2] + 2 * pad, x.shape[3] + 2 * pad))
    xp[:, :, pad:pad + x.shape[2], pad:pad + x.shape[3]] = x
    cols = []
    for a in range(HH):
        for c in range(WW):
            cols.append(xp[:, :, a:a + (Ho - 1) * stride + 1:stride, c:c + (Wo - 1) * stride + 1:stride])
    cols = np.array(cols)          # (HH*WW, N, C, Ho, Wo)
    cols = cols.transpose(2, 0, 1, 3, 4).reshape(C * HH * WW, N * Ho * Wo)
    out = w.reshape(F, -1).dot(cols) + b.reshape(-1, 1)
    out = out.reshape(F, N, Ho, Wo).transpose(1, 0, 2, 3)
    return out, (cols, (w, xp.shape), (stride, pad))


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
    cols, (w, sh), (stride, pad) = cache
    N, F, Ho, Wo = dout.shape
    C, HH, WW = w.shape[1:]
    d = dout.transpose(1, 0, 2, 3).reshape(F, -1)
    db = d.sum(1)
    dw = d.dot(cols.T).reshape(w.shape)
    dcols = w.reshape(F, -1).T.dot(d).reshape(C, HH, WW, N, Ho, Wo)
    dxp = np.zeros(sh)
    for a in range(HH):
        for c in range(WW):
            dxp[:, :, a:a + (Ho - 1) * stride + 1:stride, c:c + (Wo - 1) * stride + 1:stride] += dcols[:, a, c].transpose(1, 0, 2, 3)
    dx = dxp[:, :, pad:sh[2] - pad, pad:sh[3] - pad]
    return dx, dw, db


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
    N, C, H, W = x.shape
    Ho = osz(H, pool_height, stride, 0)
    Wo = osz(W, pool_width, stride, 0)
    out = np.zeros((N, C, Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            out[:, :, i, j] = x[:, :, i * stride:i * stride + pool_height, j * stride:j * stride + pool_width].max(axis=(2, 3))
    return out, locals()


def max_pool_backward_naive(dout: Array, cache: Cache) -> Array:
    """Backward pass of max pooling.

    Only the largest entry of a window moves the output. An entry may be the largest of several windows.

    Args:
        dout: of the output's shape, (N, C, H', W').
        cache: from `max_pool_forward_naive`.

    Returns:
        dx (N, C, H, W).
    """
    x, out, s = cache["x"], cache["out"], cache["stride"]
    ph, pw = cache["pool_height"], cache["pool_width"]
    dx = np.zeros(x.shape)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            win = x[:, :, i * s:i * s + ph, j * s:j * s + pw]
            m = win == out[:, :, i, j][:, :, None, None]
            dx[:, :, i * s:i * s + ph, j * s:j * s + pw] += m * dout[:, :, i, j][:, :, None, None]
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
    N, C, H, W = x.shape
    Ho = osz(H, pool_height, stride, 0)
    Wo = osz(W, pool_width, stride, 0)
    out = np.zeros((N, C, Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            out[:, :, i, j] = x[:, :, i * stride:i * stride + pool_height, j * stride:j * stride + pool_width].mean(axis=(2, 3))
    return out, locals()


def avg_pool_backward_naive(dout: Array, cache: Cache) -> Array:
    """Backward pass of average pooling.

    Args:
        dout: of the output's shape, (N, C, H', W').
        cache: from `avg_pool_forward_naive`.

    Returns:
        dx (N, C, H, W).
    """
    x, s = cache["x"], cache["stride"]
    ph, pw = cache["pool_height"], cache["pool_width"]
    dx = np.zeros(x.shape)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            dx[:, :, i * s:i * s + ph, j * s:j * s + pw] += dout[:, :, i, j][:, :, None, None] / (ph * pw)
    return dx


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
    N, C, H, W = x.shape
    Ho = math.floor(H / alpha)
    Wo = math.floor(W / alpha)
    r = [2] * (H - Ho) + [1] * (2 * Ho - H)
    c = [2] * (W - Wo) + [1] * (2 * Wo - W)
    r = rng.permutation(r)
    c = rng.permutation(c)
    # print(r, c)
    R = [0]
    for k in r:
        R.append(R[-1] + int(k))
    Q = [0]
    for k in c:
        Q.append(Q[-1] + int(k))
    out = np.zeros((N, C, Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            out[:, :, i, j] = x[:, :, R[i]:R[i + 1], Q[j]:Q[j + 1]].max(axis=(2, 3))
    return out, ((x, out), (R, Q))


def fractional_max_pool_backward(dout: Array, cache: Cache) -> Array:
    """Backward pass of fractional max pooling, with the bands of its forward.

    Args:
        dout: of the output's shape.
        cache: from `fractional_max_pool_forward`.

    Returns:
        dx (N, C, H, W).
    """
    (x, out), (R, Q) = cache
    dx = np.zeros(x.shape)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            m = x[:, :, R[i]:R[i + 1], Q[j]:Q[j + 1]] == out[:, :, i:i + 1, j:j + 1]
            dx[:, :, R[i]:R[i + 1], Q[j]:Q[j + 1]] = m * dout[:, :, i:i + 1, j:j + 1]
    return dx


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
    N, C, H, W = x.shape
    out = np.zeros(x.shape)
    xh = np.zeros(x.shape)
    sds = []
    ms = []
    vs = []
    for c in range(C):
        a = x[:, c]
        if mode == "train":
            m = a.mean()
            v = ((a - m) ** 2).mean()
        else:
            m = running_mean[c]
            v = running_var[c]
        ms.append(m)
        vs.append(v)
        sds.append(np.sqrt(v + eps))
        xh[:, c] = (a - m) / sds[-1]
        out[:, c] = gamma[c] * xh[:, c] + beta[c]
    if mode == "train":
        bn_param["running_mean"] = momentum * running_mean + (1 - momentum) * np.array(ms)
        bn_param["running_var"] = momentum * running_var + (1 - momentum) * np.array(vs)
    return out, (xh, sds, gamma)


def spatial_batchnorm_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """Gradients of spatial batch normalization in mode "train".

    Args:
        dout: (N, C, H, W).
        cache: from `spatial_batchnorm_forward`.

    Returns:
        dx (N, C, H, W), dgamma (C,), dbeta (C,).
    """
    xh, sds, gamma = cache
    N, C, H, W = dout.shape
    M = N * H * W
    dx = np.zeros(dout.shape)
    dg = []
    db = []
    for c in range(C):
        d = dout[:, c]
        db.append(d.sum())
        dg.append((d * xh[:, c]).sum())
        dx[:, c] = gamma[c] / (M * sds[c]) * (M * d - db[c] - xh[:, c] * dg[c])
    return dx, np.array(dg), np.array(db)


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
    N, C, H, W = x.shape
    k = C // G
    xh = np.zeros(x.shape)
    sd = np.zeros((N, G))
    for n in range(N):
        for g in range(G):
            a = x[n, g * k:(g + 1) * k]
            m = a.mean()
            sd[n, g] = np.sqrt(((a - m) ** 2).mean() + eps)
            xh[n, g * k:(g + 1) * k] = (a - m) / sd[n, g]
    out = gamma * xh + beta
    return out, locals()


def spatial_groupnorm_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """Gradients of group normalization.

    Args:
        dout: (N, C, H, W).
        cache: from `spatial_groupnorm_forward`.

    Returns:
        dx (N, C, H, W), dgamma (1, C, 1, 1), dbeta (1, C, 1, 1).
    """
    xh, sd, k, G, gamma = cache["xh"], cache["sd"], cache["k"], cache["G"], cache["gamma"]
    N, C, H, W = dout.shape
    db = dout.sum(axis=(0, 2, 3)).reshape(1, C, 1, 1)
    dg = (dout * xh).sum(axis=(0, 2, 3)).reshape(1, C, 1, 1)
    d = dout * gamma
    M = k * H * W
    dx = np.zeros(dout.shape)
    for n in range(N):
        for g in range(G):
            a = d[n, g * k:(g + 1) * k]
            b = xh[n, g * k:(g + 1) * k]
            dx[n, g * k:(g + 1) * k] = (M * a - a.sum() - b * (a * b).sum()) / (M * sd[n, g])
    return dx, dg, db


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
    N = len(x)
    z = x - x.max(axis=1).reshape(-1, 1)
    S = np.exp(z).sum(axis=1)
    L = 0.0
    d = []
    for i in range(N):
        L = L + np.log(S[i]) - z[i, y[i]]
        r = np.exp(z[i]) / S[i]
        r[y[i]] -= 1
        d.append(r / N)
    return float(L / N), np.array(d)


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
        self.pad = (filter_size - 1) // 2
        p = self.params
        p["W1"] = np.random.randn(num_filters, C, filter_size, filter_size) * weight_scale
        p["b1"] = np.zeros(num_filters)
        p["W2"] = np.random.randn(num_filters * (H // 2) * (W // 2), hidden_dim) * weight_scale
        p["b2"] = np.zeros(hidden_dim)
        p["W3"] = np.random.randn(hidden_dim, num_classes) * weight_scale
        p["b3"] = np.zeros(num_classes)
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
        p = self.params
        N = len(X)
        a, c1 = self.layers["conv_forward"](X, p["W1"], p["b1"], {"stride": 1, "pad": self.pad})
        r1 = a > 0
        a = a * r1
        a, c2 = self.layers["pool_forward"](a, {"pool_height": 2, "pool_width": 2, "stride": 2})
        sh = a.shape
        f = a.reshape(N, -1)
        h = f.dot(p["W2"]) + p["b2"]
        r2 = h > 0
        h = h * r2
        s = h.dot(p["W3"]) + p["b3"]
        if y is None:
            return s
        L, d = self.layers["loss"](s, y)
        g = {}
        for n in ["W1", "W2", "W3"]:
            L = L + 0.5 * self.reg * (p[n] ** 2).sum()
        g["W3"] = h.T.dot(d) + self.reg * p["W3"]
        g["b3"] = d.sum(0)
        d = d.dot(p["W3"].T) * r2
        g["W2"] = f.T.dot(d) + self.reg * p["W2"]
        g["b2"] = d.sum(0)
        d = d.dot(p["W2"].T).reshape(sh)
        d = self.layers["pool_backward"](d, c2) * r1
        d, g["W1"], g["b1"] = self.layers["conv_backward"](d, c1)
        g["W1"] = g["W1"] + self.reg * p["W1"]
        # print({k: np.abs(v).max() for k, v in g.items()})
        return L, g


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
        C, H, W = input_dim
        self.B = len(blocks)
        k = 1
        for nf in blocks:
            for t in range(2):
                self.params["W%d" % k] = np.random.randn(nf, C, 3, 3) * math.sqrt(2.0 / (C * 9))
                self.params["b%d" % k] = np.zeros(nf)
                C = nf
                k = k + 1
            H = H // 2
            W = W // 2
        self.params["W%d" % k] = np.random.randn(C * H * W, num_classes) * 0.01
        self.params["b%d" % k] = np.zeros(num_classes)
        print("minivgg", k, "layers")
        self.params = {name: value.astype(dtype) for name, value in self.params.items()}

    def loss(self, X: Array, y: Array | None = None) -> Any:
        """Scores, or loss and gradients; all as in `ThreeLayerConvNet.loss`, with this net's layers.

        Args:
            X: images (N, C, H, W).
            y: labels (N,), or None.

        Returns:
            Where y is None, the scores (N, num_classes). Else the loss, and a dictionary with its gradients.
        """
        p = self.params
        a = X
        st = []
        for k in range(1, 2 * self.B + 1):
            a, c = self.layers["conv_forward"](a, p["W%d" % k], p["b%d" % k], {"stride": 1, "pad": 1})
            r = a > 0
            a = a * r
            c2 = None
            if k % 2 == 0:
                a, c2 = self.layers["pool_forward"](a, dict(POOL))
            st.append((c, r, c2))
        K = 2 * self.B + 1
        f = a.reshape(len(X), -1)
        s = f.dot(p["W%d" % K]) + p["b%d" % K]
        if y is None:
            return s
        L, d = self.layers["loss"](s, y)
        g = {}
        g["W%d" % K] = f.T.dot(d) + self.reg * p["W%d" % K]
        g["b%d" % K] = d.sum(0)
        d = d.dot(p["W%d" % K].T).reshape(a.shape)
        L = L + 0.5 * self.reg * (p["W%d" % K] ** 2).sum()
        for k in range(2 * self.B, 0, -1):
            c, r, c2 = st[k - 1]
            if c2 is not None:
                d = self.layers["pool_backward"](d, c2)
            d = d * r
            d, g["W%d" % k], g["b%d" % k] = self.layers["conv_backward"](d, c)
            g["W%d" % k] = g["W%d" % k] + self.reg * p["W%d" % k]
            L = L + 0.5 * self.reg * (p["W%d" % k] ** 2).sum()
        return L, g
