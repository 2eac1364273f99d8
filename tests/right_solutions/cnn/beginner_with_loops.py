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


DEBUG = False


def pad_images(x, pad):
    # zeros around each image (np.pad would do, but so I see what happens)
    N, C, H, W = x.shape
    x_padded = np.zeros((N, C, H + 2 * pad, W + 2 * pad))
    x_padded[:, :, pad : pad + H, pad : pad + W] = x
    return x_padded


def number_of_places(size, window, stride):
    # rounded down, what is left over is not looked at
    return 1 + (size - window) // stride


def affine_forward(x, w, b):
    rows = x.reshape(x.shape[0], -1)
    assert rows.shape[1] == w.shape[0], "affine layer does not fit"
    out = rows.dot(w) + b
    cache = (rows, x.shape, w)
    return out, cache


def affine_backward(dout, cache):
    rows, x_shape, w = cache
    dx = dout.dot(w.T).reshape(x_shape)
    dw = rows.T.dot(dout)
    db = np.sum(dout, axis=0)
    return dx, dw, db


def relu_forward(x):
    mask = x > 0
    return np.where(mask, x, 0.0), mask


def relu_backward(dout, mask):
    return np.where(mask, dout, 0.0)


def normalize_forward(numbers, eps):
    # numbers: any array, normalized over all of its entries
    mean = np.mean(numbers)
    difference = numbers - mean
    var = np.mean(difference**2)
    root = np.sqrt(var + eps)
    return difference / root, mean, var, root


def normalize_backward(dnormalized, normalized, root):
    # the short formula from the batchnorm homework
    first = np.mean(dnormalized)
    second = np.mean(dnormalized * normalized)
    return (dnormalized - first - normalized * second) / root


def random_bands(size, number_of_bands, rng):
    # returns a list of (begin, end); some bands have 1 row, the others 2
    number_of_twos = size - number_of_bands
    number_of_ones = number_of_bands - number_of_twos
    assert number_of_ones >= 0 and number_of_twos >= 0
    widths = [2] * number_of_twos + [1] * number_of_ones
    widths = rng.permutation(widths)
    bands = []
    begin = 0
    for width in widths:
        end = begin + int(width)
        bands.append((begin, end))
        begin = end
    assert begin == size, "the bands must cover everything"
    return bands


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
    F, C_of_filter, HH, WW = weight_shape
    assert C == C_of_filter, "filters look at all channels"
    assert stride >= 1
    out_height = number_of_places(H + 2 * pad, HH, stride)
    out_width = number_of_places(W + 2 * pad, WW, stride)
    return (N, F, out_height, out_width)


def conv_parameter_count(weight_shape: tuple[int, int, int, int]) -> int:
    """Number of parameters of a convolutional layer, one bias for each filter included.

    Args:
        weight_shape: (F, C, HH, WW).

    Returns:
        An integer. The size of the image does not matter.
    """
    F, C, HH, WW = weight_shape
    weights_of_one_filter = C * HH * WW
    return F * (weights_of_one_filter + 1)


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
    N, F, out_height, out_width = conv_output_shape(x.shape, w.shape, stride, pad)
    HH, WW = w.shape[2], w.shape[3]
    assert b.shape == (F,)
    x_padded = pad_images(x, pad)
    out = np.zeros((N, F, out_height, out_width))
    for n in range(N):
        for f in range(F):
            for i in range(out_height):
                for j in range(out_width):
                    total = b[f]
                    for row in range(HH):
                        for column in range(WW):
                            # all channels at once
                            pixel = x_padded[n, :, i * stride + row, j * stride + column]
                            total = total + pixel.dot(w[f, :, row, column])
                    out[n, f, i, j] = total
    cache = {"x_padded": x_padded, "x_shape": x.shape, "w": w, "stride": stride, "pad": pad}
    if DEBUG:
        print("conv forward", x.shape, w.shape, "->", out.shape)
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
    x_padded = cache["x_padded"]
    w = cache["w"]
    stride = cache["stride"]
    pad = cache["pad"]
    N, C, H, W = cache["x_shape"]
    F, _, HH, WW = w.shape
    out_height, out_width = dout.shape[2], dout.shape[3]
    assert dout.shape[:2] == (N, F)
    dx_padded = np.zeros(x_padded.shape)
    dw = np.zeros(w.shape)
    db = np.zeros(F)
    for n in range(N):
        for f in range(F):
            for i in range(out_height):
                for j in range(out_width):
                    d = dout[n, f, i, j]
                    db[f] += d
                    for row in range(HH):
                        for column in range(WW):
                            y_position = i * stride + row
                            x_position = j * stride + column
                            dx_padded[n, :, y_position, x_position] += d * w[f, :, row, column]
                            dw[f, :, row, column] += d * x_padded[n, :, y_position, x_position]
    # cut the border off again (pad : -pad is wrong for pad 0!)
    dx = dx_padded[:, :, pad : pad + H, pad : pad + W]
    assert dx.shape == (N, C, H, W)
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
    N, F, out_height, out_width = conv_output_shape(x.shape, w.shape, stride, pad)
    C, HH, WW = w.shape[1:]
    x_padded = pad_images(x, pad)
    columns = np.zeros((C, HH, WW, N, out_height, out_width))
    for row in range(HH):
        for column in range(WW):
            row_end = row + stride * (out_height - 1) + 1
            column_end = column + stride * (out_width - 1) + 1
            part = x_padded[:, :, row:row_end:stride, column:column_end:stride]
            assert part.shape == (N, C, out_height, out_width)
            columns[:, row, column] = part.transpose(1, 0, 2, 3)
    matrix = columns.reshape(C * HH * WW, N * out_height * out_width)
    w_matrix = w.reshape(F, C * HH * WW)
    out_matrix = w_matrix.dot(matrix) + b.reshape(F, 1)
    out = out_matrix.reshape(F, N, out_height, out_width).transpose(1, 0, 2, 3)
    cache = {"matrix": matrix, "x_shape": x.shape, "w": w, "stride": stride, "pad": pad}
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
    matrix = cache["matrix"]
    w = cache["w"]
    stride = cache["stride"]
    pad = cache["pad"]
    N, C, H, W = cache["x_shape"]
    F, _, HH, WW = w.shape
    out_height, out_width = dout.shape[2], dout.shape[3]
    # same order as in the forward: first F, then (N, rows, columns)
    dout_matrix = dout.transpose(1, 0, 2, 3).reshape(F, N * out_height * out_width)
    db = np.sum(dout_matrix, axis=1)
    dw = dout_matrix.dot(matrix.T).reshape(w.shape)
    dmatrix = w.reshape(F, C * HH * WW).T.dot(dout_matrix)
    dcolumns = dmatrix.reshape(C, HH, WW, N, out_height, out_width)
    dx_padded = np.zeros((N, C, H + 2 * pad, W + 2 * pad))
    for row in range(HH):
        for column in range(WW):
            row_end = row + stride * (out_height - 1) + 1
            column_end = column + stride * (out_width - 1) + 1
            part = dcolumns[:, row, column].transpose(1, 0, 2, 3)
            dx_padded[:, :, row:row_end:stride, column:column_end:stride] += part
    dx = dx_padded[:, :, pad : pad + H, pad : pad + W]
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
    out_height = number_of_places(H, pool_height, stride)
    out_width = number_of_places(W, pool_width, stride)
    out = np.zeros((N, C, out_height, out_width))
    for n in range(N):
        for c in range(C):
            for i in range(out_height):
                for j in range(out_width):
                    # start with the first entry, NOT with 0, there are negative images
                    biggest = x[n, c, i * stride, j * stride]
                    for row in range(pool_height):
                        for column in range(pool_width):
                            value = x[n, c, i * stride + row, j * stride + column]
                            if value > biggest:
                                biggest = value
                    out[n, c, i, j] = biggest
    cache = [x, out, pool_height, pool_width, stride]
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
    x, out, pool_height, pool_width, stride = cache
    assert dout.shape == out.shape
    N, C, out_height, out_width = dout.shape
    dx = np.zeros(x.shape)
    for n in range(N):
        for c in range(C):
            for i in range(out_height):
                for j in range(out_width):
                    window = x[n, c, i * stride : i * stride + pool_height, j * stride : j * stride + pool_width]
                    mask = window == out[n, c, i, j]
                    found = False  # only the first one gets it if there are two
                    for row in range(pool_height):
                        for column in range(pool_width):
                            if mask[row, column] and not found:
                                dx[n, c, i * stride + row, j * stride + column] += dout[n, c, i, j]
                                found = True
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
    out_height = number_of_places(H, pool_height, stride)
    out_width = number_of_places(W, pool_width, stride)
    out = np.zeros((N, C, out_height, out_width))
    for n in range(N):
        for c in range(C):
            for i in range(out_height):
                for j in range(out_width):
                    total = 0.0
                    for row in range(pool_height):
                        for column in range(pool_width):
                            total += x[n, c, i * stride + row, j * stride + column]
                    out[n, c, i, j] = total / (pool_height * pool_width)
    cache = [x.shape, pool_height, pool_width, stride]
    return out, cache


def avg_pool_backward_naive(dout: Array, cache: Cache) -> Array:
    """Backward pass of average pooling.

    Args:
        dout: of the output's shape, (N, C, H', W').
        cache: from `avg_pool_forward_naive`.

    Returns:
        dx (N, C, H, W).
    """
    x_shape, pool_height, pool_width, stride = cache
    N, C, out_height, out_width = dout.shape
    assert (N, C) == x_shape[:2]
    dx = np.zeros(x_shape)
    for n in range(N):
        for c in range(C):
            for i in range(out_height):
                for j in range(out_width):
                    share = dout[n, c, i, j] / (pool_height * pool_width)
                    for row in range(pool_height):
                        for column in range(pool_width):
                            dx[n, c, i * stride + row, j * stride + column] += share
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
    out_height = int(np.floor(H / alpha))
    out_width = int(np.floor(W / alpha))
    row_bands = random_bands(H, out_height, rng)
    column_bands = random_bands(W, out_width, rng)
    out = np.zeros((N, C, out_height, out_width))
    positions = {}  # where the largest entry was
    for n in range(N):
        for c in range(C):
            for i, (row_begin, row_end) in enumerate(row_bands):
                for j, (column_begin, column_end) in enumerate(column_bands):
                    best_position = (row_begin, column_begin)
                    for row in range(row_begin, row_end):
                        for column in range(column_begin, column_end):
                            if x[n, c, row, column] > x[n, c, best_position[0], best_position[1]]:
                                best_position = (row, column)
                    out[n, c, i, j] = x[n, c, best_position[0], best_position[1]]
                    positions[(n, c, i, j)] = best_position
    cache = {"positions": positions, "x_shape": x.shape}
    return out, cache


def fractional_max_pool_backward(dout: Array, cache: Cache) -> Array:
    """Backward pass of fractional max pooling, with the bands of its forward.

    Args:
        dout: of the output's shape.
        cache: from `fractional_max_pool_forward`.

    Returns:
        dx (N, C, H, W).
    """
    dx = np.zeros(cache["x_shape"])
    for (n, c, i, j), (row, column) in cache["positions"].items():
        dx[n, c, row, column] += dout[n, c, i, j]
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
    assert gamma.shape == (C,) and beta.shape == (C,)
    assert mode in ("train", "test")
    out = np.zeros(x.shape)
    channel_caches = []
    new_running_mean = np.zeros(C)
    new_running_var = np.zeros(C)
    for c in range(C):
        if mode == "train":
            normalized, mean, var, root = normalize_forward(x[:, c], eps)
            channel_caches.append({"normalized": normalized, "root": root, "gamma": gamma[c]})
            new_running_mean[c] = momentum * running_mean[c] + (1 - momentum) * mean
            new_running_var[c] = momentum * running_var[c] + (1 - momentum) * var
        else:
            normalized = (x[:, c] - running_mean[c]) / np.sqrt(running_var[c] + eps)
        out[:, c] = gamma[c] * normalized + beta[c]
    if mode == "train":
        bn_param["running_mean"] = new_running_mean
        bn_param["running_var"] = new_running_var
    return out, channel_caches


def spatial_batchnorm_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """Gradients of spatial batch normalization in mode "train".

    Args:
        dout: (N, C, H, W).
        cache: from `spatial_batchnorm_forward`.

    Returns:
        dx (N, C, H, W), dgamma (C,), dbeta (C,).
    """
    C = dout.shape[1]
    assert len(cache) == C
    dx = np.zeros(dout.shape)
    dgamma = np.zeros(C)
    dbeta = np.zeros(C)
    for c in range(C):
        d = dout[:, c]
        normalized = cache[c]["normalized"]
        dbeta[c] = np.sum(d)
        dgamma[c] = np.sum(d * normalized)
        dx[:, c] = normalize_backward(d * cache[c]["gamma"], normalized, cache[c]["root"])
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
    channels_per_group = C // G
    normalized_images = np.zeros(x.shape)
    roots = np.zeros((N, G))
    for n in range(N):
        for g in range(G):
            begin = g * channels_per_group
            end = begin + channels_per_group
            normalized, mean, var, root = normalize_forward(x[n, begin:end], eps)
            normalized_images[n, begin:end] = normalized
            roots[n, g] = root
    out = np.zeros(x.shape)
    for c in range(C):
        out[:, c] = gamma[0, c, 0, 0] * normalized_images[:, c] + beta[0, c, 0, 0]
    cache = {"normalized_images": normalized_images, "roots": roots, "gamma": gamma, "G": G}
    return out, cache


def spatial_groupnorm_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """Gradients of group normalization.

    Args:
        dout: (N, C, H, W).
        cache: from `spatial_groupnorm_forward`.

    Returns:
        dx (N, C, H, W), dgamma (1, C, 1, 1), dbeta (1, C, 1, 1).
    """
    normalized_images = cache["normalized_images"]
    roots = cache["roots"]
    gamma = cache["gamma"]
    G = cache["G"]
    N, C, H, W = dout.shape
    channels_per_group = C // G
    dgamma = np.zeros((1, C, 1, 1))
    dbeta = np.zeros((1, C, 1, 1))
    dnormalized = np.zeros(dout.shape)
    for c in range(C):
        dbeta[0, c, 0, 0] = np.sum(dout[:, c])
        dgamma[0, c, 0, 0] = np.sum(dout[:, c] * normalized_images[:, c])
        dnormalized[:, c] = dout[:, c] * gamma[0, c, 0, 0]
    dx = np.zeros(dout.shape)
    for n in range(N):
        for g in range(G):
            begin = g * channels_per_group
            end = begin + channels_per_group
            dx[n, begin:end] = normalize_backward(
                dnormalized[n, begin:end], normalized_images[n, begin:end], roots[n, g]
            )
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
    num_samples, num_classes = x.shape
    loss = 0.0
    dx = np.zeros(x.shape)
    for i in range(num_samples):
        shifted_scores = x[i] - np.max(x[i])
        exponentials = np.exp(shifted_scores)
        total = np.sum(exponentials)
        loss += np.log(total) - shifted_scores[y[i]]
        dx[i] = exponentials / total
        dx[i, y[i]] -= 1
    return float(loss / num_samples), dx / num_samples


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
        assert H % 2 == 0 and W % 2 == 0, "the pool halves the image"
        assert filter_size % 2 == 1
        inputs_of_affine = num_filters * (H // 2) * (W // 2)
        self.params["W1"] = np.random.normal(0, weight_scale, (num_filters, C, filter_size, filter_size))
        self.params["b1"] = np.zeros(num_filters)
        self.params["W2"] = np.random.normal(0, weight_scale, (inputs_of_affine, hidden_dim))
        self.params["b2"] = np.zeros(hidden_dim)
        self.params["W3"] = np.random.normal(0, weight_scale, (hidden_dim, num_classes))
        self.params["b3"] = np.zeros(num_classes)
        print("ThreeLayerConvNet: inputs of the affine layer:", inputs_of_affine)
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

        # forward
        conv_out, conv_cache = self.layers["conv_forward"](X, W1, b1, conv_param)
        relu1_out, relu1_cache = relu_forward(conv_out)
        pool_out, pool_cache = self.layers["pool_forward"](relu1_out, pool_param)
        affine1_out, affine1_cache = affine_forward(pool_out, W2, b2)
        relu2_out, relu2_cache = relu_forward(affine1_out)
        scores, affine2_cache = affine_forward(relu2_out, W3, b3)
        if y is None:
            return scores

        loss, dscores = self.layers["loss"](scores, y)
        for name in ["W1", "W2", "W3"]:
            loss = loss + 0.5 * self.reg * np.sum(self.params[name] * self.params[name])

        # backward, in the opposite order
        gradients = {}
        drelu2, gradients["W3"], gradients["b3"] = affine_backward(dscores, affine2_cache)
        daffine1 = relu_backward(drelu2, relu2_cache)
        dpool, gradients["W2"], gradients["b2"] = affine_backward(daffine1, affine1_cache)
        drelu1 = self.layers["pool_backward"](dpool, pool_cache)
        dconv = relu_backward(drelu1, relu1_cache)
        dX, gradients["W1"], gradients["b1"] = self.layers["conv_backward"](dconv, conv_cache)
        for name in ["W1", "W2", "W3"]:
            gradients[name] = gradients[name] + self.reg * self.params[name]
        for name in self.params:
            assert gradients[name].shape == self.params[name].shape, name
        return loss, gradients


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
        channels, height, width = input_dim
        self.number_of_blocks = len(blocks)
        layer = 1
        for number_of_filters in blocks:
            assert height % 2 == 0 and width % 2 == 0, "can not be halved"
            for _ in range(2):
                deviation = np.sqrt(2 / (channels * 3 * 3))
                self.params["W" + str(layer)] = np.random.normal(0, deviation, (number_of_filters, channels, 3, 3))
                self.params["b" + str(layer)] = np.zeros(number_of_filters)
                channels = number_of_filters  # what goes into the next one
                layer += 1
            height = height // 2
            width = width // 2
        self.params["W" + str(layer)] = np.random.normal(0, 0.01, (channels * height * width, num_classes))
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
        caches = []  # list of (kind, layer number, cache)
        h = X
        layer = 1
        for block in range(self.number_of_blocks):
            for _ in range(2):
                w, b = self.params["W" + str(layer)], self.params["b" + str(layer)]
                h, cache = self.layers["conv_forward"](h, w, b, conv_param)
                caches.append(("conv", layer, cache))
                h, cache = relu_forward(h)
                caches.append(("relu", layer, cache))
                layer += 1
            h, cache = self.layers["pool_forward"](h, pool_param)
            caches.append(("pool", layer, cache))
        last = str(layer)
        scores, affine_cache = affine_forward(h, self.params["W" + last], self.params["b" + last])
        if y is None:
            return scores

        gradients = {}
        loss, dscores = self.layers["loss"](scores, y)
        dh, gradients["W" + last], gradients["b" + last] = affine_backward(dscores, affine_cache)
        for kind, number, cache in reversed(caches):
            if kind == "pool":
                dh = self.layers["pool_backward"](dh, cache)
            elif kind == "relu":
                dh = relu_backward(dh, cache)
            else:
                dh, dw, db = self.layers["conv_backward"](dh, cache)
                gradients["W" + str(number)] = dw
                gradients["b" + str(number)] = db
        # penalty for all W
        for name in gradients:
            if name[0] == "W":
                w = self.params[name]
                loss = loss + 0.5 * self.reg * np.sum(w * w)
                gradients[name] = gradients[name] + self.reg * w
        return loss, gradients
