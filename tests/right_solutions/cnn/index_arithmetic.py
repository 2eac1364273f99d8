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


# ---- helpers: everything works on flattened arrays, index = ((n*C + c)*H + h)*W + w ----


def make_padded(x, pad):
    """zeros around the images, filled in place"""
    N, C, H, W = x.shape
    xp = np.zeros((N, C, H + 2 * pad, W + 2 * pad))
    xp[:, :, pad : pad + H, pad : pad + W] = x
    return xp


def cut_border(xp, pad):
    """opposite of make_padded"""
    H = xp.shape[2] - 2 * pad
    W = xp.shape[3] - 2 * pad
    return xp[:, :, pad : pad + H, pad : pad + W].copy()


def window_index(N, C, Hp, Wp, HH, WW, Ho, Wo, stride):
    """table (C*HH*WW, N*Ho*Wo): where in the flattened padded images each entry of the columns lives"""
    K = C * HH * WW
    # row number k = (c*HH + a)*WW + b
    k = np.arange(K)
    b = k % WW
    a = (k // WW) % HH
    c = k // (WW * HH)
    row_start = (c * Hp + a) * Wp + b
    # column number p = (n*Ho + i)*Wo + j
    P = N * Ho * Wo
    p = np.arange(P)
    j = p % Wo
    i = (p // Wo) % Ho
    n = p // (Wo * Ho)
    col_start = n * (C * Hp * Wp) + i * stride * Wp + j * stride
    return np.tile(row_start.reshape(K, 1), (1, P)) + np.tile(col_start.reshape(1, P), (K, 1))


def images_to_rows(x):
    """(N, C, H, W) -> (N*H*W, C)"""
    N, C, H, W = x.shape
    return x.transpose(0, 2, 3, 1).reshape(N * H * W, C).copy()


def rows_to_images(r, shape):
    N, C, H, W = shape
    return r.reshape(N, H, W, C).transpose(0, 3, 1, 2).copy()


def spread(v, n):
    """row vector v repeated n times (repmat)"""
    return np.tile(np.reshape(v, (1, -1)), (n, 1))


def draw_bands(length, alpha, rng):
    """first rows of the bands, one more entry at the end for the length itself"""
    m = int(np.floor(length / alpha))
    width = np.ones(m, dtype=int)
    width[0 : length - m] = 2
    width = rng.permutation(width)
    start = np.zeros(m + 1, dtype=int)
    k = 1
    while k <= m:
        start[k] = start[k - 1] + width[k - 1]
        k = k + 1
    return start


def my_relu(x):
    out = np.zeros(x.shape)
    pos = x > 0
    out[pos] = x[pos]
    return out, pos


def my_relu_back(dout, pos):
    dx = np.zeros(pos.shape)
    dx[pos] = dout[pos]
    return dx


def my_affine(x, W, b):
    n = x.shape[0]
    flat = x.reshape(n, W.shape[0])
    return flat.dot(W) + spread(b, n)


def my_affine_back(dout, x, W):
    n = x.shape[0]
    flat = x.reshape(n, W.shape[0])
    dx = dout.dot(W.T).reshape(x.shape)
    dW = flat.T.dot(dout)
    db = dout.sum(0)
    return dx, dW, db


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
    N = input_shape[0]
    F = weight_shape[0]
    rows = (input_shape[2] + 2 * pad - weight_shape[2]) // stride + 1
    cols = (input_shape[3] + 2 * pad - weight_shape[3]) // stride + 1
    return (int(N), int(F), int(rows), int(cols))


def conv_parameter_count(weight_shape: tuple[int, int, int, int]) -> int:
    """Number of parameters of a convolutional layer, one bias for each filter included.

    Args:
        weight_shape: (F, C, HH, WW).

    Returns:
        An integer. The size of the image does not matter.
    """
    per_filter = 1
    k = 1
    while k < 4:
        per_filter = per_filter * int(weight_shape[k])
        k = k + 1
    return int(weight_shape[0]) * (per_filter + 1)


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
    HH = w.shape[2]
    WW = w.shape[3]
    K = w.shape[1] * HH * WW
    xp = make_padded(x, pad)
    wmat = w.reshape(F, K)
    out = np.zeros((N, F, Ho, Wo))
    n = 0
    while n < N:
        i = 0
        while i < Ho:
            j = 0
            while j < Wo:
                r = i * stride
                s = j * stride
                win = xp[n, :, r : r + HH, s : s + WW].reshape(K)
                out[n, :, i, j] = wmat.dot(win) + b
                j = j + 1
            i = i + 1
        n = n + 1
    cache = [xp, w.copy(), stride, pad]
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
    xp = cache[0]
    w = cache[1]
    stride = cache[2]
    pad = cache[3]
    N, F, Ho, Wo = dout.shape
    C, HH, WW = w.shape[1], w.shape[2], w.shape[3]
    K = C * HH * WW
    wmat = w.reshape(F, K)
    dxp = np.zeros(xp.shape)
    dwmat = np.zeros((F, K))
    db = np.zeros(F)
    n = 0
    while n < N:
        i = 0
        while i < Ho:
            j = 0
            while j < Wo:
                r = i * stride
                s = j * stride
                g = dout[n, :, i, j]
                win = xp[n, :, r : r + HH, s : s + WW].reshape(K)
                dwmat += np.outer(g, win)
                db += g
                dxp[n, :, r : r + HH, s : s + WW] += g.dot(wmat).reshape(C, HH, WW)
                j = j + 1
            i = i + 1
        n = n + 1
    return cut_border(dxp, pad), dwmat.reshape(F, C, HH, WW), db


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
    C, HH, WW = w.shape[1], w.shape[2], w.shape[3]
    K = C * HH * WW
    P = N * Ho * Wo
    xp = make_padded(x, pad)
    index = window_index(N, C, xp.shape[2], xp.shape[3], HH, WW, Ho, Wo, stride)
    cols = xp.reshape(-1)[index]  # (K, P)
    big = w.reshape(F, K).dot(cols) + np.tile(b.reshape(F, 1), (1, P))
    out = big.reshape(F, N, Ho, Wo).transpose(1, 0, 2, 3).copy()
    cache = [cols, index, w.copy(), xp.shape, pad]
    return out, cache


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
    cols = cache[0]
    index = cache[1]
    w = cache[2]
    xp_shape = cache[3]
    pad = cache[4]
    N, F, Ho, Wo = dout.shape
    K = cols.shape[0]
    total = xp_shape[0] * xp_shape[1] * xp_shape[2] * xp_shape[3]
    big = dout.transpose(1, 0, 2, 3).reshape(F, N * Ho * Wo)
    db = big.sum(1)
    dw = big.dot(cols.T).reshape(w.shape)
    dcols = w.reshape(F, K).T.dot(big)
    # accumarray
    dxp = np.bincount(index.reshape(-1), weights=dcols.reshape(-1), minlength=total)
    return cut_border(dxp.reshape(xp_shape), pad), dw, db


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
    Ho = (H - pool_height) // stride + 1
    Wo = (W - pool_width) // stride + 1
    planes = x.reshape(N * C, H * W)
    out = np.zeros((N * C, Ho * Wo))
    where = np.zeros((N * C, Ho * Wo), dtype=int)  # index inside the plane
    i = 0
    while i < Ho:
        j = 0
        while j < Wo:
            p = i * Wo + j
            first = i * stride * W + j * stride
            best = planes[:, first].copy()
            best_at = np.zeros(N * C, dtype=int) + first
            a = 0
            while a < pool_height:
                c = 0
                while c < pool_width:
                    here = first + a * W + c
                    better = planes[:, here] > best
                    best[better] = planes[better, here]
                    best_at[better] = here
                    c = c + 1
                a = a + 1
            out[:, p] = best
            where[:, p] = best_at
            j = j + 1
        i = i + 1
    return out.reshape(N, C, Ho, Wo), [where, x.shape]


def max_pool_backward_naive(dout: Array, cache: Cache) -> Array:
    """Backward pass of max pooling.

    Only the largest entry of a window moves the output. An entry may be the largest of several windows.

    Args:
        dout: of the output's shape, (N, C, H', W').
        cache: from `max_pool_forward_naive`.

    Returns:
        dx (N, C, H, W).
    """
    where = cache[0]
    N, C, H, W = cache[1]
    number = where.shape[1]
    g = dout.reshape(N * C, number)
    dx = np.zeros((N * C, H * W))
    plane = np.arange(N * C)
    p = 0
    while p < number:
        dx[plane, where[:, p]] += g[:, p]
        p = p + 1
    return dx.reshape(N, C, H, W)


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
    Ho = (H - pool_height) // stride + 1
    Wo = (W - pool_width) // stride + 1
    planes = x.reshape(N * C, H * W)
    out = np.zeros((N * C, Ho * Wo))
    i = 0
    while i < Ho:
        j = 0
        while j < Wo:
            first = i * stride * W + j * stride
            acc = np.zeros(N * C)
            a = 0
            while a < pool_height:
                c = 0
                while c < pool_width:
                    acc += planes[:, first + a * W + c]
                    c = c + 1
                a = a + 1
            out[:, i * Wo + j] = acc / (pool_height * pool_width)
            j = j + 1
        i = i + 1
    return out.reshape(N, C, Ho, Wo), [x.shape, pool_height, pool_width, stride]


def avg_pool_backward_naive(dout: Array, cache: Cache) -> Array:
    """Backward pass of average pooling.

    Args:
        dout: of the output's shape, (N, C, H', W').
        cache: from `avg_pool_forward_naive`.

    Returns:
        dx (N, C, H, W).
    """
    N, C, H, W = cache[0]
    ph = cache[1]
    pw = cache[2]
    stride = cache[3]
    Ho = dout.shape[2]
    Wo = dout.shape[3]
    g = dout.reshape(N * C, Ho * Wo) / (ph * pw)
    dx = np.zeros((N * C, H * W))
    p = 0
    while p < Ho * Wo:
        first = (p // Wo) * stride * W + (p % Wo) * stride
        a = 0
        while a < ph:
            c = 0
            while c < pw:
                dx[:, first + a * W + c] += g[:, p]
                c = c + 1
            a = a + 1
        p = p + 1
    return dx.reshape(N, C, H, W)


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
    rows = draw_bands(H, alpha, rng)
    cols = draw_bands(W, alpha, rng)
    Ho = len(rows) - 1
    Wo = len(cols) - 1
    planes = x.reshape(N * C, H * W)
    out = np.zeros((N * C, Ho * Wo))
    where = np.zeros((N * C, Ho * Wo), dtype=int)
    i = 0
    while i < Ho:
        j = 0
        while j < Wo:
            best = np.full(N * C, -np.inf)
            best_at = np.zeros(N * C, dtype=int)
            r = rows[i]
            while r < rows[i + 1]:
                s = cols[j]
                while s < cols[j + 1]:
                    better = planes[:, r * W + s] > best
                    best[better] = planes[better, r * W + s]
                    best_at[better] = r * W + s
                    s = s + 1
                r = r + 1
            out[:, i * Wo + j] = best
            where[:, i * Wo + j] = best_at
            j = j + 1
        i = i + 1
    return out.reshape(N, C, Ho, Wo), [where, x.shape]


def fractional_max_pool_backward(dout: Array, cache: Cache) -> Array:
    """Backward pass of fractional max pooling, with the bands of its forward.

    Args:
        dout: of the output's shape.
        cache: from `fractional_max_pool_forward`.

    Returns:
        dx (N, C, H, W).
    """
    # same bookkeeping as the ordinary pool: each output knows the one pixel it came from
    return max_pool_backward_naive(dout, cache)


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
    rows = images_to_rows(x)
    M = N * H * W
    if mode == "train":
        mean = rows.sum(0) / M
        diff = rows - spread(mean, M)
        var = (diff * diff).sum(0) / M
        bn_param["running_mean"] = momentum * running_mean + (1 - momentum) * mean
        bn_param["running_var"] = momentum * running_var + (1 - momentum) * var
    else:
        diff = rows - spread(running_mean, M)
        var = running_var
    istd = 1.0 / np.sqrt(var + eps)
    xhat = diff * spread(istd, M)
    out = xhat * spread(gamma, M) + spread(beta, M)
    return rows_to_images(out, x.shape), [xhat, istd, gamma.copy(), x.shape]


def spatial_batchnorm_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """Gradients of spatial batch normalization in mode "train".

    Args:
        dout: (N, C, H, W).
        cache: from `spatial_batchnorm_forward`.

    Returns:
        dx (N, C, H, W), dgamma (C,), dbeta (C,).
    """
    xhat = cache[0]
    istd = cache[1]
    gamma = cache[2]
    shape = cache[3]
    M = xhat.shape[0]
    g = images_to_rows(dout)
    dbeta = g.sum(0)
    dgamma = (g * xhat).sum(0)
    t = M * g - spread(dbeta, M) - xhat * spread(dgamma, M)
    dx = t * spread(gamma.reshape(-1) * istd.reshape(-1) / M, M)
    return rows_to_images(dx, shape), dgamma, dbeta


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
    L = (C // G) * H * W  # numbers in one group of one sample
    R = N * G
    rows = x.reshape(R, L)
    mean = rows.sum(1) / L
    diff = rows - np.repeat(mean, L).reshape(R, L)
    var = (diff * diff).sum(1) / L
    istd = 1.0 / np.sqrt(var + eps)
    xhat = (diff * np.repeat(istd, L).reshape(R, L)).reshape(N, C, H * W)
    ga = np.tile(np.repeat(gamma.reshape(-1), H * W), N).reshape(N, C, H * W)
    be = np.tile(np.repeat(beta.reshape(-1), H * W), N).reshape(N, C, H * W)
    out = ga * xhat + be
    return out.reshape(N, C, H, W), [xhat, istd, ga, x.shape, G]


def spatial_groupnorm_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """Gradients of group normalization.

    Args:
        dout: (N, C, H, W).
        cache: from `spatial_groupnorm_forward`.

    Returns:
        dx (N, C, H, W), dgamma (1, C, 1, 1), dbeta (1, C, 1, 1).
    """
    xhat = cache[0]
    istd = cache[1]
    ga = cache[2]
    N, C, H, W = cache[3]
    G = cache[4]
    g = dout.reshape(N, C, H * W)
    dbeta = np.zeros(C)
    dgamma = np.zeros(C)
    n = 0
    while n < N:
        dbeta += g[n].sum(1)
        dgamma += (g[n] * xhat[n]).sum(1)
        n = n + 1
    L = (C // G) * H * W
    R = N * G
    dxhat = (g * ga).reshape(R, L)
    xh = xhat.reshape(R, L)
    s1 = np.repeat(dxhat.sum(1) / L, L).reshape(R, L)
    s2 = np.repeat((dxhat * xh).sum(1) / L, L).reshape(R, L)
    dx = (dxhat - s1 - xh * s2) * np.repeat(istd, L).reshape(R, L)
    return dx.reshape(N, C, H, W), dgamma.reshape(1, C, 1, 1), dbeta.reshape(1, C, 1, 1)


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
    N, C = x.shape
    dx = np.zeros((N, C))
    total = 0.0
    n = 0
    while n < N:
        row = x[n] - x[n].max()
        e = np.exp(row)
        z = e.sum()
        total += np.log(z) - row[y[n]]
        dx[n] = e / z
        dx[n, y[n]] -= 1
        n = n + 1
    return float(total / N), dx / N


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
        flat = num_filters * (H // 2) * (W // 2)
        p = {}
        p["W1"] = weight_scale * np.random.randn(num_filters, C, filter_size, filter_size)
        p["b1"] = np.zeros(num_filters)
        p["W2"] = weight_scale * np.random.randn(flat, hidden_dim)
        p["b2"] = np.zeros(hidden_dim)
        p["W3"] = weight_scale * np.random.randn(hidden_dim, num_classes)
        p["b3"] = np.zeros(num_classes)
        self.params = p
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
        W1, b1 = self.params["W1"], self.params["b1"]
        W2, b2 = self.params["W2"], self.params["b2"]
        W3, b3 = self.params["W3"], self.params["b3"]
        conv_param = {"stride": 1, "pad": (W1.shape[2] - 1) // 2}
        pool_param = {"pool_height": 2, "pool_width": 2, "stride": 2}

        c1, conv_cache = self.layers["conv_forward"](X.copy(), W1.copy(), b1.copy(), conv_param)
        r1, mask1 = my_relu(c1)
        p1, pool_cache = self.layers["pool_forward"](r1, pool_param)
        a2 = my_affine(p1, W2, b2)
        r2, mask2 = my_relu(a2)
        scores = my_affine(r2, W3, b3)
        if y is None:
            return scores

        loss, ds = self.layers["loss"](scores, y)
        dr2, dW3, db3 = my_affine_back(ds, r2, W3)
        da2 = my_relu_back(dr2, mask2)
        dp1, dW2, db2 = my_affine_back(da2, p1, W2)
        dr1 = self.layers["pool_backward"](dp1, pool_cache)
        dc1 = my_relu_back(dr1, mask1)
        dx, dW1, db1 = self.layers["conv_backward"](dc1, conv_cache)

        loss = loss + 0.5 * self.reg * (np.sum(W1 * W1) + np.sum(W2 * W2) + np.sum(W3 * W3))
        grads = {}
        grads["W1"] = dW1 + self.reg * W1
        grads["b1"] = db1
        grads["W2"] = dW2 + self.reg * W2
        grads["b2"] = db2
        grads["W3"] = dW3 + self.reg * W3
        grads["b3"] = db3
        return loss, grads


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
        self.params = {}
        layer = 1
        k = 0
        while k < len(blocks):
            twice = 0
            while twice < 2:
                std = np.sqrt(2.0 / (C * 9))
                self.params["W" + str(layer)] = std * np.random.randn(blocks[k], C, 3, 3)
                self.params["b" + str(layer)] = np.zeros(blocks[k])
                C = blocks[k]
                layer = layer + 1
                twice = twice + 1
            H = H // 2
            W = W // 2
            k = k + 1
        self.params["W" + str(layer)] = 0.01 * np.random.randn(C * H * W, num_classes)
        self.params["b" + str(layer)] = np.zeros(num_classes)
        self.params = {name: value.astype(dtype) for name, value in self.params.items()}

    def loss(self, X: Array, y: Array | None = None) -> Any:
        """Scores, or loss and gradients; all as in `ThreeLayerConvNet.loss`, with this net's layers.

        Args:
            X: images (N, C, H, W).
            y: labels (N,), or None.

        Returns:
            Where y is None, the scores (N, num_classes). Else the loss, and a dictionary with its gradients.
        """
        conv_param = {"stride": 1, "pad": 1}
        pool_param = {"pool_height": 2, "pool_width": 2, "stride": 2}
        L = len(self.params) // 2  # number of layers with weights, the affine one is the last
        conv_caches = [None] * (L + 1)  # 1-based, entry 0 is not used
        masks = [None] * (L + 1)
        pool_caches = [None] * (L + 1)

        h = X.copy()
        layer = 1
        while layer < L:
            W = self.params["W" + str(layer)]
            b = self.params["b" + str(layer)]
            h, conv_caches[layer] = self.layers["conv_forward"](h, W.copy(), b.copy(), conv_param)
            h, masks[layer] = my_relu(h)
            if layer % 2 == 0:
                h, pool_caches[layer] = self.layers["pool_forward"](h, pool_param)
            layer = layer + 1
        WL = self.params["W" + str(L)]
        scores = my_affine(h, WL, self.params["b" + str(L)])
        if y is None:
            return scores

        grads = {}
        loss, ds = self.layers["loss"](scores, y)
        dh, dW, db = my_affine_back(ds, h, WL)
        grads["W" + str(L)] = dW + self.reg * WL
        grads["b" + str(L)] = db
        penalty = np.sum(WL * WL)
        layer = L - 1
        while layer >= 1:
            if layer % 2 == 0:
                dh = self.layers["pool_backward"](dh, pool_caches[layer])
            dh = my_relu_back(dh, masks[layer])
            dh, dW, db = self.layers["conv_backward"](dh, conv_caches[layer])
            W = self.params["W" + str(layer)]
            grads["W" + str(layer)] = dW + self.reg * W
            grads["b" + str(layer)] = db
            penalty += np.sum(W * W)
            layer = layer - 1
        return loss + 0.5 * self.reg * penalty, grads
