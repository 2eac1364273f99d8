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


# ---- layers and helpers from my earlier assignments ----


def affine_forward(x, w, b):
    N = x.shape[0]
    out = x.reshape(N, -1).dot(w) + b
    cache = (x, w, b)
    return out, cache


def affine_backward(dout, cache):
    x, w, b = cache
    N = x.shape[0]
    dx = dout.dot(w.T).reshape(x.shape)
    dw = x.reshape(N, -1).T.dot(dout)
    db = np.sum(dout, axis=0)
    return dx, dw, db


def relu_forward(x):
    out = np.maximum(0, x)
    cache = x
    return out, cache


def relu_backward(dout, cache):
    x = cache
    dx = dout * (x > 0)
    return dx


def affine_relu_forward(x, w, b):
    a, fc_cache = affine_forward(x, w, b)
    out, relu_cache = relu_forward(a)
    cache = (fc_cache, relu_cache)
    return out, cache


def affine_relu_backward(dout, cache):
    fc_cache, relu_cache = cache
    da = relu_backward(dout, relu_cache)
    dx, dw, db = affine_backward(da, fc_cache)
    return dx, dw, db


def conv_relu_forward(x, w, b, conv_param, layers):
    a, conv_cache = layers["conv_forward"](x, w, b, conv_param)
    out, relu_cache = relu_forward(a)
    cache = (conv_cache, relu_cache)
    return out, cache


def conv_relu_backward(dout, cache, layers):
    conv_cache, relu_cache = cache
    da = relu_backward(dout, relu_cache)
    dx, dw, db = layers["conv_backward"](da, conv_cache)
    return dx, dw, db


def conv_relu_pool_forward(x, w, b, conv_param, pool_param, layers):
    a, conv_cache = layers["conv_forward"](x, w, b, conv_param)
    s, relu_cache = relu_forward(a)
    out, pool_cache = layers["pool_forward"](s, pool_param)
    cache = (conv_cache, relu_cache, pool_cache)
    return out, cache


def conv_relu_pool_backward(dout, cache, layers):
    conv_cache, relu_cache, pool_cache = cache
    ds = layers["pool_backward"](dout, pool_cache)
    da = relu_backward(ds, relu_cache)
    dx, dw, db = layers["conv_backward"](da, conv_cache)
    return dx, dw, db


def batchnorm_forward(x, gamma, beta, bn_param):
    mode = bn_param["mode"]
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)

    N, D = x.shape
    running_mean = bn_param.get("running_mean", np.zeros(D, dtype=x.dtype))
    running_var = bn_param.get("running_var", np.zeros(D, dtype=x.dtype))

    out, cache = None, None
    if mode == "train":
        sample_mean = np.mean(x, axis=0)
        sample_var = np.var(x, axis=0)
        std = np.sqrt(sample_var + eps)
        x_hat = (x - sample_mean) / std
        out = gamma * x_hat + beta

        running_mean = momentum * running_mean + (1 - momentum) * sample_mean
        running_var = momentum * running_var + (1 - momentum) * sample_var
        cache = (x_hat, gamma, std)

        # Store the updated running means back into bn_param
        bn_param["running_mean"] = running_mean
        bn_param["running_var"] = running_var
    elif mode == "test":
        x_hat = (x - running_mean) / np.sqrt(running_var + eps)
        out = gamma * x_hat + beta
    else:
        raise ValueError('Invalid forward batchnorm mode "%s"' % mode)

    return out, cache


def batchnorm_backward_alt(dout, cache):
    x_hat, gamma, std = cache
    N = dout.shape[0]
    dbeta = np.sum(dout, axis=0)
    dgamma = np.sum(dout * x_hat, axis=0)
    dx = (gamma / (N * std)) * (N * dout - dbeta - x_hat * dgamma)
    return dx, dgamma, dbeta


def get_im2col_indices(x_shape, field_height, field_width, padding, stride):
    # First figure out what the size of the output should be
    N, C, H, W = x_shape
    out_height = (H + 2 * padding - field_height) // stride + 1
    out_width = (W + 2 * padding - field_width) // stride + 1

    i0 = np.repeat(np.arange(field_height), field_width)
    i0 = np.tile(i0, C)
    i1 = stride * np.repeat(np.arange(out_height), out_width)
    j0 = np.tile(np.arange(field_width), field_height * C)
    j1 = stride * np.tile(np.arange(out_width), out_height)
    i = i0.reshape(-1, 1) + i1.reshape(1, -1)
    j = j0.reshape(-1, 1) + j1.reshape(1, -1)

    k = np.repeat(np.arange(C), field_height * field_width).reshape(-1, 1)

    return (k, i, j)


def im2col_indices(x, field_height, field_width, padding, stride):
    p = padding
    x_padded = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), mode="constant")

    k, i, j = get_im2col_indices(x.shape, field_height, field_width, padding, stride)

    cols = x_padded[:, k, i, j]
    C = x.shape[1]
    cols = cols.transpose(1, 2, 0).reshape(field_height * field_width * C, -1)
    return cols


def col2im_indices(cols, x_shape, field_height, field_width, padding, stride):
    N, C, H, W = x_shape
    H_padded, W_padded = H + 2 * padding, W + 2 * padding
    x_padded = np.zeros((N, C, H_padded, W_padded), dtype=cols.dtype)
    k, i, j = get_im2col_indices(x_shape, field_height, field_width, padding, stride)
    cols_reshaped = cols.reshape(C * field_height * field_width, -1, N)
    cols_reshaped = cols_reshaped.transpose(2, 0, 1)
    np.add.at(x_padded, (slice(None), k, i, j), cols_reshaped)
    # (padding:-padding would be empty without padding)
    return x_padded[:, :, padding : padding + H, padding : padding + W]


def random_bands(size, num_bands, rng):
    """Edges of num_bands bands of 1 or 2 that cover `size`."""
    num_two = size - num_bands
    widths = np.ones(num_bands, dtype=int)
    widths[:num_two] = 2
    widths = rng.permutation(widths)
    return np.concatenate(([0], np.cumsum(widths)))


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
    F, _, HH, WW = weight_shape
    H_out = 1 + (H + 2 * pad - HH) // stride
    W_out = 1 + (W + 2 * pad - WW) // stride
    return (N, F, H_out, W_out)


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
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    _, _, H_out, W_out = conv_output_shape(x.shape, w.shape, stride, pad)

    x_pad = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), mode="constant", constant_values=0)
    out = np.zeros((N, F, H_out, W_out))

    for i in range(H_out):
        for j in range(W_out):
            x_pad_masked = x_pad[:, :, i * stride : i * stride + HH, j * stride : j * stride + WW]
            for k in range(F):
                out[:, k, i, j] = np.sum(x_pad_masked * w[k, :, :, :], axis=(1, 2, 3))

    out = out + b[None, :, None, None]
    cache = (x, w, b, conv_param)
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
    x, w, b, conv_param = cache
    stride, pad = conv_param["stride"], conv_param["pad"]

    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    _, _, H_out, W_out = dout.shape

    x_pad = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), mode="constant", constant_values=0)
    dx_pad = np.zeros_like(x_pad)
    dw = np.zeros_like(w)

    db = np.sum(dout, axis=(0, 2, 3))

    for i in range(H_out):
        for j in range(W_out):
            x_pad_masked = x_pad[:, :, i * stride : i * stride + HH, j * stride : j * stride + WW]
            for k in range(F):  # compute dw
                dw[k, :, :, :] += np.sum(x_pad_masked * (dout[:, k, i, j])[:, None, None, None], axis=0)
            for n in range(N):  # compute dx_pad
                dx_pad[n, :, i * stride : i * stride + HH, j * stride : j * stride + WW] += np.sum(
                    w[:, :, :, :] * (dout[n, :, i, j])[:, None, None, None], axis=0
                )

    dx = dx_pad[:, :, pad : pad + H, pad : pad + W]
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
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    _, _, H_out, W_out = conv_output_shape(x.shape, w.shape, stride, pad)

    x_cols = im2col_indices(x, HH, WW, pad, stride)
    res = w.reshape((F, -1)).dot(x_cols) + b.reshape(-1, 1)

    out = res.reshape(F, H_out, W_out, N)
    out = out.transpose(3, 0, 1, 2)

    cache = (x, w, b, conv_param, x_cols)
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
    x, w, b, conv_param, x_cols = cache
    stride, pad = conv_param["stride"], conv_param["pad"]
    F, _, HH, WW = w.shape

    db = np.sum(dout, axis=(0, 2, 3))

    dout_reshaped = dout.transpose(1, 2, 3, 0).reshape(F, -1)
    dw = dout_reshaped.dot(x_cols.T).reshape(w.shape)

    dx_cols = w.reshape(F, -1).T.dot(dout_reshaped)
    dx = col2im_indices(dx_cols, x.shape, HH, WW, pad, stride)
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
    H_out = 1 + (H - pool_height) // stride
    W_out = 1 + (W - pool_width) // stride

    out = np.zeros((N, C, H_out, W_out))
    for i in range(H_out):
        for j in range(W_out):
            x_masked = x[:, :, i * stride : i * stride + pool_height, j * stride : j * stride + pool_width]
            out[:, :, i, j] = np.max(x_masked, axis=(2, 3))

    cache = (x, pool_param)
    return out, cache


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
    HH, WW = pool_param["pool_height"], pool_param["pool_width"]
    stride = pool_param["stride"]
    H_out, W_out = dout.shape[2], dout.shape[3]

    dx = np.zeros_like(x)
    for i in range(H_out):
        for j in range(W_out):
            x_masked = x[:, :, i * stride : i * stride + HH, j * stride : j * stride + WW]
            max_x_masked = np.max(x_masked, axis=(2, 3))
            temp_binary_mask = x_masked == (max_x_masked)[:, :, None, None]
            dx[:, :, i * stride : i * stride + HH, j * stride : j * stride + WW] += (
                temp_binary_mask * (dout[:, :, i, j])[:, :, None, None]
            )
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
    H_out = 1 + (H - pool_height) // stride
    W_out = 1 + (W - pool_width) // stride

    out = np.zeros((N, C, H_out, W_out))
    for i in range(H_out):
        for j in range(W_out):
            x_masked = x[:, :, i * stride : i * stride + pool_height, j * stride : j * stride + pool_width]
            out[:, :, i, j] = np.mean(x_masked, axis=(2, 3))

    cache = (x.shape, pool_param)
    return out, cache


def avg_pool_backward_naive(dout: Array, cache: Cache) -> Array:
    """Backward pass of average pooling.

    Args:
        dout: of the output's shape, (N, C, H', W').
        cache: from `avg_pool_forward_naive`.

    Returns:
        dx (N, C, H, W).
    """
    x_shape, pool_param = cache
    HH, WW = pool_param["pool_height"], pool_param["pool_width"]
    stride = pool_param["stride"]
    H_out, W_out = dout.shape[2], dout.shape[3]

    dx = np.zeros(x_shape)
    for i in range(H_out):
        for j in range(W_out):
            dx[:, :, i * stride : i * stride + HH, j * stride : j * stride + WW] += (
                dout[:, :, i, j][:, :, None, None] / (HH * WW)
            )
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
    H_out, W_out = int(H / alpha), int(W / alpha)
    rows = random_bands(H, H_out, rng)
    cols = random_bands(W, W_out, rng)

    out = np.zeros((N, C, H_out, W_out))
    for i in range(H_out):
        for j in range(W_out):
            x_masked = x[:, :, rows[i] : rows[i + 1], cols[j] : cols[j + 1]]
            out[:, :, i, j] = np.max(x_masked, axis=(2, 3))

    cache = (x, rows, cols)
    return out, cache


def fractional_max_pool_backward(dout: Array, cache: Cache) -> Array:
    """Backward pass of fractional max pooling, with the bands of its forward.

    Args:
        dout: of the output's shape.
        cache: from `fractional_max_pool_forward`.

    Returns:
        dx (N, C, H, W).
    """
    x, rows, cols = cache
    dx = np.zeros_like(x)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            x_masked = x[:, :, rows[i] : rows[i + 1], cols[j] : cols[j + 1]]
            mask = x_masked == np.max(x_masked, axis=(2, 3), keepdims=True)
            dx[:, :, rows[i] : rows[i + 1], cols[j] : cols[j + 1]] += mask * dout[:, :, i, j][:, :, None, None]
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
    x_flat = x.transpose(0, 2, 3, 1).reshape(-1, C)
    out_flat, cache = batchnorm_forward(x_flat, gamma, beta, bn_param)
    out = out_flat.reshape(N, H, W, C).transpose(0, 3, 1, 2)
    return out, cache


def spatial_batchnorm_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """Gradients of spatial batch normalization in mode "train".

    Args:
        dout: (N, C, H, W).
        cache: from `spatial_batchnorm_forward`.

    Returns:
        dx (N, C, H, W), dgamma (C,), dbeta (C,).
    """
    N, C, H, W = dout.shape
    dout_flat = dout.transpose(0, 2, 3, 1).reshape(-1, C)
    dx_flat, dgamma, dbeta = batchnorm_backward_alt(dout_flat, cache)
    dx = dx_flat.reshape(N, H, W, C).transpose(0, 3, 1, 2)
    return dx, dgamma, dbeta


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
    assert C % G == 0, "G must divide C"
    x_group = x.reshape(N, G, C // G, H, W)
    mean = np.mean(x_group, axis=(2, 3, 4), keepdims=True)
    var = np.var(x_group, axis=(2, 3, 4), keepdims=True)
    std = np.sqrt(var + eps)
    x_hat = ((x_group - mean) / std).reshape(N, C, H, W)
    out = gamma * x_hat + beta

    cache = (x_hat, gamma, std, G)
    return out, cache


def spatial_groupnorm_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """Gradients of group normalization.

    Args:
        dout: (N, C, H, W).
        cache: from `spatial_groupnorm_forward`.

    Returns:
        dx (N, C, H, W), dgamma (1, C, 1, 1), dbeta (1, C, 1, 1).
    """
    x_hat, gamma, std, G = cache
    N, C, H, W = dout.shape

    dbeta = np.sum(dout, axis=(0, 2, 3), keepdims=True)
    dgamma = np.sum(dout * x_hat, axis=(0, 2, 3), keepdims=True)

    dx_hat = (dout * gamma).reshape(N, G, C // G, H, W)
    x_hat_group = x_hat.reshape(N, G, C // G, H, W)
    m = C // G * H * W
    dx_group = (
        m * dx_hat
        - np.sum(dx_hat, axis=(2, 3, 4), keepdims=True)
        - x_hat_group * np.sum(dx_hat * x_hat_group, axis=(2, 3, 4), keepdims=True)
    ) / (m * std)
    dx = dx_group.reshape(N, C, H, W)
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
    shifted_logits = x - np.max(x, axis=1, keepdims=True)
    Z = np.sum(np.exp(shifted_logits), axis=1, keepdims=True)
    log_probs = shifted_logits - np.log(Z)
    probs = np.exp(log_probs)
    N = x.shape[0]
    loss = -np.sum(log_probs[np.arange(N), y]) / N
    dx = probs.copy()
    dx[np.arange(N), y] -= 1
    dx /= N
    return loss, dx


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
        self.params["W1"] = weight_scale * rng.standard_normal((num_filters, C, filter_size, filter_size))
        self.params["b1"] = np.zeros(num_filters)
        self.params["W2"] = weight_scale * rng.standard_normal((num_filters * (H // 2) * (W // 2), hidden_dim))
        self.params["b2"] = np.zeros(hidden_dim)
        self.params["W3"] = weight_scale * rng.standard_normal((hidden_dim, num_classes))
        self.params["b3"] = np.zeros(num_classes)
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

        # pass conv_param to the forward pass for the convolutional layer
        filter_size = W1.shape[2]
        conv_param = {"stride": 1, "pad": (filter_size - 1) // 2}

        # pass pool_param to the forward pass for the max-pooling layer
        pool_param = {"pool_height": 2, "pool_width": 2, "stride": 2}

        out1, cache1 = conv_relu_pool_forward(X, W1, b1, conv_param, pool_param, self.layers)
        out2, cache2 = affine_relu_forward(out1, W2, b2)
        scores, cache3 = affine_forward(out2, W3, b3)

        if y is None:
            return scores

        grads = {}
        loss, dscores = self.layers["loss"](scores, y)
        loss += 0.5 * self.reg * (np.sum(W1 * W1) + np.sum(W2 * W2) + np.sum(W3 * W3))

        dout2, dW3, grads["b3"] = affine_backward(dscores, cache3)
        dout1, dW2, grads["b2"] = affine_relu_backward(dout2, cache2)
        _, dW1, grads["b1"] = conv_relu_pool_backward(dout1, cache1, self.layers)

        grads["W3"] = dW3 + self.reg * W3
        grads["W2"] = dW2 + self.reg * W2
        grads["W1"] = dW1 + self.reg * W1

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
        rng = np.random.default_rng()
        C, H, W = input_dim
        layer = 1
        for num_filters in blocks:
            for _ in range(2):
                std = np.sqrt(2.0 / (C * 3 * 3))
                self.params["W%d" % layer] = std * rng.standard_normal((num_filters, C, 3, 3))
                self.params["b%d" % layer] = np.zeros(num_filters)
                C = num_filters
                layer += 1
            H, W = H // 2, W // 2
        self.params["W%d" % layer] = 0.01 * rng.standard_normal((C * H * W, num_classes))
        self.params["b%d" % layer] = np.zeros(num_classes)
        self.num_blocks = len(blocks)
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
        params = self.params

        caches = []
        out = X
        for i in range(self.num_blocks):
            l1, l2 = str(2 * i + 1), str(2 * i + 2)
            out, cache1 = conv_relu_forward(out, params["W" + l1], params["b" + l1], conv_param, self.layers)
            out, cache2 = conv_relu_pool_forward(
                out, params["W" + l2], params["b" + l2], conv_param, pool_param, self.layers
            )
            caches.append((cache1, cache2))
        last = str(2 * self.num_blocks + 1)
        scores, fc_cache = affine_forward(out, params["W" + last], params["b" + last])

        if y is None:
            return scores

        grads = {}
        loss, dout = self.layers["loss"](scores, y)
        dout, grads["W" + last], grads["b" + last] = affine_backward(dout, fc_cache)
        for i in reversed(range(self.num_blocks)):
            l1, l2 = str(2 * i + 1), str(2 * i + 2)
            cache1, cache2 = caches[i]
            dout, grads["W" + l2], grads["b" + l2] = conv_relu_pool_backward(dout, cache2, self.layers)
            dout, grads["W" + l1], grads["b" + l1] = conv_relu_backward(dout, cache1, self.layers)

        for i in range(1, 2 * self.num_blocks + 2):
            W = params["W%d" % i]
            loss += 0.5 * self.reg * np.sum(W * W)
            grads["W%d" % i] = grads["W%d" % i] + self.reg * W

        return loss, grads
