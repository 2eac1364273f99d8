"""The checks for `cnn.py`. Run them with `pytest`; each says what it is about and what it is worth."""

import copy
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pytest

from autograder import assert_gradient
from autograder.checks import (
    accuracy,
    assert_all_digits,
    assert_at_least,
    assert_at_most,
    assert_close,
    assert_dtype,
    assert_equal,
    assert_shape,
    train_until,
    unchanged,
)
from autograder.data import Dataset, split_digits

# Forward and backward of each kind of layer, and the names of the gradients.
LAYERS = {
    "conv": ("conv_forward_naive", "conv_backward_naive", ("dx", "dw", "db")),
    "im2col": ("conv_forward_im2col", "conv_backward_im2col", ("dx", "dw", "db")),
    "max": ("max_pool_forward_naive", "max_pool_backward_naive", ("dx",)),
    "avg": ("avg_pool_forward_naive", "avg_pool_backward_naive", ("dx",)),
    "fractional": ("fractional_max_pool_forward", "fractional_max_pool_backward", ("dx",)),
    "batchnorm": ("spatial_batchnorm_forward", "spatial_batchnorm_backward", ("dx", "dgamma", "dbeta")),
    "groupnorm": ("spatial_groupnorm_forward", "spatial_groupnorm_backward", ("dx", "dgamma", "dbeta")),
}
NETS = ("ThreeLayerConvNet", "MiniVGG")


def apart(rng, *shape):
    """Numbers of both signs of which no two are near each other, so that every maximum is clear."""
    size = int(np.prod(shape))
    return (rng.permutation(size).reshape(shape) - size / 2 + 0.3) * 3 / size


def conv_inputs(rng, N, C, H, W, F, HH, WW):
    """Random images (N, C, H, W), filters (F, C, HH, WW) and biases (F,)."""
    return rng.standard_normal((N, C, H, W)), rng.standard_normal((F, C, HH, WW)), rng.standard_normal(F)


def pool(height, width, stride):
    """The dictionary of a pool."""
    return {"pool_height": height, "pool_width": width, "stride": stride}


def example(kind, rng):
    """Arguments of a layer, for two images of four channels."""
    x, w, b = conv_inputs(rng, 2, 4, 6, 4, 3, 2, 2)
    gamma, beta = rng.uniform(1, 2, 4), rng.standard_normal(4)
    rest = {
        "conv": (w, b, {"stride": 2, "pad": 1}),
        "im2col": (w, b, {"stride": 2, "pad": 1}),
        "max": (pool(2, 2, 2),),
        "avg": (pool(2, 2, 2),),
        "fractional": (1.45, np.random.default_rng(int(rng.integers(2**32)))),
        "batchnorm": (gamma, beta, {"mode": "train"}),
        "groupnorm": (gamma.reshape(1, 4, 1, 1), beta.reshape(1, 4, 1, 1), 2, {}),
    }
    return x, *rest[kind]


def backward(student, kind, arguments, dout):
    """The student's gradients, as a tuple. Arguments are copies, since a backward may overwrite its cache."""
    forward, back, names = LAYERS[kind]
    _, cache = getattr(student, forward)(*copy.deepcopy(list(arguments)))
    found = getattr(student, back)(dout.copy(), cache)
    return found if len(names) > 1 else (found,)


def gradients(student, kind, arguments, dout):
    """The same, with axes of length 1 as the arguments have them: they are the matter of one check only."""
    found = backward(student, kind, arguments, dout)
    return tuple(alike(gradient, argument) for gradient, argument in zip(found, arguments, strict=False))


def alike(gradient, argument):
    """The gradient in the argument's shape, where they differ in axes of length 1 only."""
    if not isinstance(gradient, np.ndarray):
        return gradient
    same = [n for n in gradient.shape if n > 1] == [n for n in argument.shape if n > 1]
    return gradient.reshape(argument.shape) if same else gradient


def assert_layer_gradients(student, kind, arguments, rng, only=None):
    """Compare a layer's gradients with the slopes of the student's own forward, for a random dout."""
    forward, _, names = LAYERS[kind]
    for position, name in enumerate(names):
        if only in (None, name):

            def analytic(value, dout, position=position):
                given = [value if i == position else a for i, a in enumerate(arguments)]
                return gradients(student, kind, given, dout)[position]

            out = getattr(student, forward).over(position, *arguments, output=0)
            assert_gradient(out, arguments[position], analytic, name=name, rng=rng)


def fractional_bands(out, H, W, alpha):
    """Sizes of the bands of rows and of columns, read off the output for an image of 1000 * row + column."""
    last = assert_shape(out, (int(H / alpha), int(W / alpha)), what="the output for one image and channel")
    rows, columns = last[:, 0] // 1000, last[0] % 1000
    assert_close(last, 1000 * rows[:, None] + columns, what="the largest entry of each window")
    assert_close(rows[-1], H - 1, what="the last row of the last band")
    assert_close(columns[-1], W - 1, what="the last column of the last band")
    sizes = np.diff(rows, prepend=-1), np.diff(columns, prepend=-1)
    for bands in sizes:
        assert_at_least(bands.min(), 1, what="the smallest band")
        assert_at_most(bands.max(), 2, what="the largest band")
    return sizes


def ramp(H, W):
    """An image (H, W) of 1000 * row + column."""
    return 1000.0 * np.arange(H)[:, None] + np.arange(W)


def net_and_data(student, name, reg=0.0):
    """A tiny net of the student's, images for it and labels."""
    if name == "MiniVGG":
        return student.MiniVGG((1, 4, 4), (3, 2), 3, reg), (2, 1, 4, 4), np.array([0, 2])
    return student.ThreeLayerConvNet((1, 2, 4), 2, 3, 4, 3, 1e-3, reg), (3, 1, 2, 4), np.array([2, 0, 1])


def drawn_params(net, rng):
    """Weights that keep the size of what goes through them, and biases of 0, for the student's net."""
    drawn = {}
    for name, value in sorted(net.params.items()):
        fan_in = value[0].size if value.ndim == 4 else len(value)
        scale = np.sqrt(2 / fan_in) if name.startswith("W") else 0.0
        drawn[name] = scale * rng.standard_normal(value.shape)
    return drawn


def assert_learns(net, judge, known, batches, shown, least, rng):
    """The student's net, trained with momentum, recognises at least that share of the digits shown.

    The weights are drawn and the steps are taken here. Before the batches are used up, they are put into a
    net that judges them now and then, and the training ends as soon as it knows enough.
    """
    params, loss = drawn_params(net, rng), net.loss
    velocity = {name: np.zeros(value.shape) for name, value in params.items()}

    def step(i):
        net.params = {name: value.copy() for name, value in params.items()}
        batch = batches[i]
        _, grads = loss(centred(known.images[batch]), known.labels[batch])
        for name, value in params.items():
            gradient = assert_shape(grads.get(name), value.shape, what=f"the gradient of {name}")
            velocity[name] = 0.9 * velocity[name] - 0.05 * gradient
            params[name] = value + velocity[name]

    def share():
        judge.params = {name: value.copy() for name, value in params.items()}
        scores = assert_shape(judge.loss(centred(shown.images)), (len(shown.labels), 10), what="the scores")
        return accuracy(np.argmax(scores, axis=1), shown.labels)

    reached = train_until(least, share, step, steps=len(batches))
    assert_at_least(reached, least, what="the share of digits that are recognized")


def centred(images):
    """Images (N, H, W) with values in [0, 1] as (N, 1, H, W) between -1 and 1."""
    return 2 * images[:, None] - 1


def coarse(digits):
    """Digits of 4 x 4 pixels, each the mean of four: loops over every number are fast enough for these."""
    return Dataset(digits.images.reshape(-1, 4, 2, 4, 2).mean(axis=(2, 4)), digits.labels)


@pytest.mark.points(1)
def test_shape_and_parameters_worked_example(student):
    """conv_output_shape, conv_parameter_count: the first layer of a net that made history; whole numbers

    Left to other checks: filters that are not square, and strides that do not come out even.
    """
    # 96 filters of 11 x 11 over colour images of 227 x 227, four pixels apart.
    shape = np.asarray(student.conv_output_shape((10, 3, 227, 227), (96, 3, 11, 11), 4, 0))
    assert_close(shape, np.array([10, 96, 55, 55]), what="the output's shape")
    assert_dtype(shape, np.integer, what="the output's shape")
    # Filters of 3 x 3 keep the size of an image that gets a border of one zero on each side.
    shape = student.conv_output_shape((2, 3, 6, 10), (5, 3, 3, 3), 1, 1)
    assert_close(shape, np.array([2, 5, 6, 10]), what="the output's shape for images of 6 x 10, at pad 1")
    assert_close(student.conv_parameter_count((96, 3, 11, 11)), 34_944, what="the number of parameters")


### BEGIN HIDDEN TESTS
@pytest.mark.points(2)
@pytest.mark.after("test_shape_and_parameters_worked_example")
def test_shapes_of_any_convolution(student, reference):
    """conv_output_shape, conv_parameter_count: rectangles, pads and strides"""
    for images, filters, stride, pad in [
        ((7, 1, 10, 9), (4, 1, 1, 6), 3, 0),
        ((2, 3, 9, 14), (5, 3, 3, 4), 2, 1),
        ((1, 2, 5, 6), (3, 2, 5, 2), 1, 2),
    ]:
        right = reference.conv_output_shape(images, filters, stride, pad)
        found = student.conv_output_shape(images, filters, stride, pad)
        assert_close(found, right, what="shape of a convolution's output")
        count = student.conv_parameter_count(filters)
        assert_close(count, reference.conv_parameter_count(filters), what="number of parameters of a layer")


@pytest.mark.points(2)
@pytest.mark.parametrize("kind", ["shape", "conv", "im2col", "max", "avg"])
def test_rows_and_columns_left_over(student, reference, rng, kind):
    """conv_output_shape, convolution, max_pool, avg_pool: rows and columns are left over, sizes rounded down

    The only check in which a stride does not come out even: courses and students often rule that out.
    """
    if kind == "shape":
        # A third, a half or two thirds of the stride is left over, of rows alone, columns alone, or both.
        for H, W, stride in [(6, 5, 3), (5, 7, 3), (7, 6, 3), (6, 7, 2), (7, 6, 2), (6, 6, 2)]:
            sizes = (2, 3, H, W), (4, 3, 3, 3), stride, 1
            right = reference.conv_output_shape(*sizes)
            assert_close(student.conv_output_shape(*sizes), right, what="shape with rows left over")
        return
    forward = LAYERS[kind][0]
    for stride in (2, 3):
        x, w, b = conv_inputs(rng, 2, 2, 7, 8, 3, 2, 3)
        rest = [pool(2, 3, stride)] if kind in ("max", "avg") else [w, b, {"stride": stride, "pad": 0}]
        right, _ = getattr(reference, forward)(x, *rest)
        found, _ = getattr(student, forward)(x, *rest)
        assert_close(found, right, what="output with rows left over")
        assert_gradients_as_documented(student, reference, kind, [x, *rest], rng)


def far(kind, arguments):
    """The same, but for numbers so large that the steps of differences vanish beside them or their outputs.

    The gradients are the same, too: they don't depend on biases, nor on how large the images of a pool are.
    """
    x, *rest = arguments
    if kind in ("conv", "im2col"):
        w, b, conv_param = rest
        return x, w, 1e15 * b, conv_param
    if kind in ("batchnorm", "groupnorm"):
        # No larger: who works the normalized x out of the output is right as well, and loses digits here.
        gamma, beta, *settings = rest
        return x, gamma, beta + 1e9, *settings
    return 1e15 * x, *rest


def assert_gradients_as_documented(student, reference, kind, arguments, rng):
    """Compare a layer's gradients with those of the layer that the docstrings describe.

    A mistake in the student's forward that does not touch the cache costs nothing here.
    """
    ahead, _, names = LAYERS[kind]
    arguments = far(kind, arguments)
    out, _ = getattr(reference, ahead)(*copy.deepcopy(list(arguments)))
    dout = rng.standard_normal(out.shape)
    expected = gradients(reference, kind, arguments, dout)
    found = gradients(student, kind, arguments, dout)
    for name, one, other in zip(names, found, expected, strict=True):
        assert_close(one, other, what=f"{name} of {kind}")


### END HIDDEN TESTS
@pytest.mark.points(3)
def test_conv_worked_example(student):
    """conv_forward_naive: two channels of 3 x 3, two filters of 2 x 2"""
    x = np.array([[np.arange(1.0, 10.0).reshape(3, 3), np.ones((3, 3))]])
    w = np.array([[[[1, 2], [3, -1]], [[1, 0], [0, -2]]], [[[1, 0], [0, 0]], [[0, 0], [0, 0]]]], dtype=float)
    out, _ = student.conv_forward_naive(x, w, np.array([10.0, 0.0]), {"stride": 1, "pad": 0})
    assert_close(out, np.array([[[[21, 26], [36, 41]], [[1, 2], [4, 5]]]]), what="the output")


@pytest.mark.points(2)
@pytest.mark.after("test_conv_worked_example")
def test_conv_with_padding_worked_example(student):
    """conv_forward_naive: zeros around the image, and a stride of 2"""
    x, w = np.arange(1.0, 9.0).reshape(1, 1, 2, 4), np.array([[[[1.0, 10.0], [100.0, 1000.0]]]])
    out, _ = student.conv_forward_naive(x, w, np.zeros(1), {"stride": 2, "pad": 1})
    assert_close(out, np.array([[[[1000, 3200, 400], [50, 76, 8]]]]), what="the output")


### BEGIN HIDDEN TESTS
# Sizes N, C, H, W, F, HH, WW, then stride and pad.
CONVOLUTIONS = [
    ((2, 3, 5, 7, 4, 3, 2), 1, 0),
    ((1, 2, 6, 4, 3, 2, 4), 2, 2),
    ((3, 1, 6, 7, 2, 5, 3), 3, 1),
    ((2, 2, 5, 7, 3, 1, 1), 2, 0),
    ((1, 3, 4, 3, 1, 4, 5), 1, 1),
]


@pytest.mark.points(4)
@pytest.mark.after("test_conv_with_padding_worked_example")
@pytest.mark.parametrize(("sizes", "stride", "pad"), CONVOLUTIONS)
def test_conv_of_any_shape(student, reference, rng, sizes, stride, pad):
    """conv_forward_naive: pads of 0 to 2, strides of 1 to 3, rectangles, one sample"""
    inputs, conv_param = conv_inputs(rng, *sizes), {"stride": stride, "pad": pad}
    expected, _ = reference.conv_forward_naive(*inputs, conv_param)
    found, _ = student.conv_forward_naive(*inputs, conv_param)
    assert_close(found, expected, what="output of the convolution")


### END HIDDEN TESTS
@pytest.mark.points(6)
@pytest.mark.after("test_conv_with_padding_worked_example")
@pytest.mark.parametrize("name", ["dx", "dw", "db"])
def test_conv_gradients(student, rng, name):
    """conv_backward_naive agrees with numerical gradients, at stride 1 and pad 1"""
    arguments = (*conv_inputs(rng, 2, 3, 4, 4, 2, 3, 3), {"stride": 1, "pad": 1})
    assert_layer_gradients(student, "conv", arguments, rng, only=name)


### BEGIN HIDDEN TESTS
@pytest.mark.points(5)
@pytest.mark.after("test_conv_gradients")
@pytest.mark.parametrize(("sizes", "stride", "pad"), CONVOLUTIONS)
def test_conv_gradients_of_any_shape(student, reference, rng, sizes, stride, pad):
    """conv_backward_naive: pads of 0 to 2, strides of 1 to 3, rectangles, one sample"""
    conv_param = {"stride": stride, "pad": pad}
    inputs = (*conv_inputs(rng, *sizes), conv_param)
    assert_gradients_as_documented(student, reference, "conv", inputs, rng)


### END HIDDEN TESTS
@pytest.mark.points(1)
def test_im2col_worked_example(student):
    """conv_forward_im2col: two samples of two channels, two filters of 1 x 2"""
    x = np.array([[[[1, 2, 3]], [[4, 0, -1]]], [[[0, 5, 1]], [[2, 2, 2]]]], dtype=float)
    w = np.array([[[[1, 10]], [[100, 1000]]], [[[0, 1]], [[-1, 0]]]], dtype=float)
    out, _ = student.conv_forward_im2col(x, w, np.array([0.5, 7.0]), {"stride": 1, "pad": 0})
    right = [[[[421.5, -967.5]], [[5, 10]]], [[[2250.5, 2215.5]], [[10, 6]]]]
    assert_close(out, np.array(right), what="the output")


@pytest.mark.points(1)
@pytest.mark.after("test_im2col_worked_example")
def test_im2col_gradients(student, rng):
    """conv_backward_im2col agrees with numerical gradients, at stride 1 and pad 1"""
    inputs = conv_inputs(rng, 2, 2, 3, 4, 3, 3, 3)
    assert_layer_gradients(student, "im2col", (*inputs, {"stride": 1, "pad": 1}), rng)


@pytest.mark.points(2)
@pytest.mark.parametrize("larger", ["batch", "image"])
@pytest.mark.parametrize("way", ["forward", "backward"])
def test_im2col_without_loops(student, rng, way, larger):
    """conv_forward_im2col, conv_backward_im2col: execute no more lines for a larger batch or image"""
    counted = []
    for N, size in [(2, 4), (6, 4) if larger == "batch" else (2, 8)]:
        inputs = (*conv_inputs(rng, N, 2, size, size, 3, 3, 3), {"stride": 1, "pad": 1})
        if way == "forward":
            counted.append(student.conv_forward_im2col.lines(*inputs))
        else:
            out, cache = student.conv_forward_im2col(*inputs)
            counted.append(student.conv_backward_im2col.lines(np.ones(np.shape(out)), cache))
    assert_at_most(counted[1], counted[0], what=f"the number of lines of the {way} for a larger {larger}")


### BEGIN HIDDEN TESTS
@pytest.mark.points(2)
@pytest.mark.after("test_im2col_worked_example")
@pytest.mark.parametrize(("sizes", "stride", "pad"), CONVOLUTIONS)
def test_im2col_of_any_shape(student, reference, rng, sizes, stride, pad):
    """conv_forward_im2col, conv_backward_im2col: other pads, strides, rectangles, one sample"""
    arguments = [*conv_inputs(rng, *sizes), {"stride": stride, "pad": pad}]
    right, _ = reference.conv_forward_im2col(*arguments)
    found, _ = student.conv_forward_im2col(*arguments)
    assert_close(found, right, what="output of the matrix product")
    assert_gradients_as_documented(student, reference, "im2col", arguments, rng)


### END HIDDEN TESTS
@pytest.mark.points(2)
def test_pools_worked_example(student):
    """max_pool, avg_pool: forward and backward of windows of 2 x 2, on negative numbers too"""
    x = np.array([[[[1, 5, -4, -2], [7, 3, -8, -6], [2, 0, 4, 9], [6, 8, 1, 10]]]], dtype=float)
    dout = np.array([[[[1.0, 2.0], [4.0, 8.0]]]])
    out, cache = student.max_pool_forward_naive(x, pool(2, 2, 2))
    assert_close(out, np.array([[[[7, -2], [8, 10]]]]), what="the maxima")
    dx = np.array([[[[0, 0, 0, 2], [1, 0, 0, 0], [0, 0, 0, 0], [0, 4, 0, 8]]]])
    assert_close(student.max_pool_backward_naive(dout.copy(), cache), dx, what="dx of the maxima")
    out, cache = student.avg_pool_forward_naive(x, pool(2, 2, 2))
    assert_close(out, np.array([[[[4, -5], [4, 6]]]]), what="the means")
    dx = np.repeat(np.repeat(dout, 2, axis=2), 2, axis=3) / 4
    assert_close(student.avg_pool_backward_naive(dout.copy(), cache), dx, what="dx of the means")


@pytest.mark.points(2)
def test_overlapping_pools_worked_example(student):
    """max_pool, avg_pool: backward of overlapping windows, 3 x 3 with a stride of 2"""
    x = np.arange(25.0).reshape(1, 1, 5, 5)
    x[0, 0, 2, 2] = 50
    dout, dx = np.array([[[[1.0, 20.0], [300.0, 4000.0]]]]), np.zeros((1, 1, 5, 5))
    # The entry in the middle is the largest of all four windows.
    dx[0, 0, 2, 2] = 4321
    _, cache = student.max_pool_forward_naive(x, pool(3, 3, 2))
    assert_close(student.max_pool_backward_naive(dout.copy(), cache), dx, what="dx of the maxima")
    shares = [[1, 1, 21, 20, 20]] * 2 + [[301, 301, 4321, 4020, 4020]] + [[300, 300, 4300, 4000, 4000]] * 2
    _, cache = student.avg_pool_forward_naive(x, pool(3, 3, 2))
    dx = np.array([[shares]]) / 9
    assert_close(student.avg_pool_backward_naive(dout.copy(), cache), dx, what="dx of the means")


@pytest.mark.points(2)
@pytest.mark.parametrize("kind", ["max", "avg"])
def test_pool_gradients(student, rng, kind):
    """max_pool_backward_naive, avg_pool_backward_naive agree with numerical gradients, for 2 x 2 windows"""
    assert_layer_gradients(student, kind, (apart(rng, 2, 3, 4, 6), pool(2, 2, 2)), rng)


### BEGIN HIDDEN TESTS
# Images, then windows and strides: overlapping, with gaps, rectangular.
POOLS = [
    ((2, 3, 7, 7), (3, 3, 2)),
    ((1, 2, 5, 8), (2, 3, 1)),
    ((3, 1, 9, 6), (3, 2, 2)),
    ((2, 2, 7, 8), (1, 2, 3)),
    ((1, 3, 4, 3), (4, 1, 1)),
]


@pytest.mark.points(4)
@pytest.mark.parametrize(("shape", "window"), POOLS)
def test_pools_of_any_shape(student, reference, rng, shape, window):
    """max_pool, avg_pool: windows that overlap or leave gaps, rectangles, any sign"""
    x = apart(rng, *shape)
    for images in (x, x - 2):
        for kind in ("max", "avg"):
            expected, _ = getattr(reference, LAYERS[kind][0])(images, pool(*window))
            found, _ = getattr(student, LAYERS[kind][0])(images, pool(*window))
            assert_close(found, expected, what=f"output of {kind} pooling")


@pytest.mark.points(4)
@pytest.mark.parametrize(("shape", "window"), POOLS)
@pytest.mark.parametrize("pooling", ["max", "avg"])
def test_pool_gradients_of_any_shape(student, reference, rng, pooling, shape, window):
    """max_pool, avg_pool: gradients where windows overlap or leave gaps, rectangles"""
    inputs = (apart(rng, *shape), pool(*window))
    assert_gradients_as_documented(student, reference, pooling, inputs, rng)


### END HIDDEN TESTS
@pytest.mark.points(2)
@pytest.mark.parametrize(("H", "W", "alpha"), [(9, 9, 1.4), (7, 11, 1.6)])
def test_fractional_pool_bands(student, rng, H, W, alpha):
    """fractional_max_pool_forward: bands of 1 or 2 rows and columns cover the image, without overlap"""
    for _ in range(5):
        out, _ = student.fractional_max_pool_forward(ramp(H, W)[None, None], alpha, rng)
        fractional_bands(assert_shape(out, (1, 1, int(H / alpha), int(W / alpha)))[0, 0], H, W, alpha)


@pytest.mark.points(2)
def test_fractional_pool_gradient(student, rng):
    """fractional_max_pool_backward agrees with numerical gradients, for the same seed"""
    arguments = (apart(rng, 2, 2, 7, 5), 1.45, np.random.default_rng(int(rng.integers(2**32))))
    assert_layer_gradients(student, "fractional", arguments, rng)


### BEGIN HIDDEN TESTS
@pytest.mark.points(2)
@pytest.mark.after("test_fractional_pool_bands")
@pytest.mark.parametrize(("H", "W", "alpha"), [(6, 9, 1.3), (11, 8, 1.7), (3, 2, 1.2)])
def test_fractional_pool_of_any_images(student, rng, H, W, alpha):
    """fractional_max_pool: all samples and channels share the bands; maxima and gradients of any images"""
    # One channel of one sample shows the bands of this call.
    images = 1e15 * (apart(rng, 3, 2, H, W) - 1)
    images[1, 1] = ramp(H, W)
    out, cache = student.fractional_max_pool_forward(images.copy(), alpha, rng)
    out = assert_shape(out, (3, 2, int(H / alpha), int(W / alpha)), what="output of fractional pooling")
    heights, widths = (bands.astype(int) for bands in fractional_bands(out[1, 1], H, W, alpha))
    dout = rng.standard_normal(out.shape)
    right, dright = np.zeros(out.shape), np.zeros(images.shape)
    for i, j in np.ndindex(out.shape[2:]):
        top, left = heights[:i].sum(), widths[:j].sum()
        window = np.s_[:, :, top : top + heights[i], left : left + widths[j]]
        right[:, :, i, j] = images[window].max(axis=(2, 3))
        dright[window] = (images[window] == right[:, :, i : i + 1, j : j + 1]) * dout[
            :, :, i : i + 1, j : j + 1
        ]
    assert_close(out, right, what="maxima of the windows")
    dx = student.fractional_max_pool_backward(dout, cache)
    assert_close(dx, dright, what="gradient of fractional pooling")


@pytest.mark.points(2)
@pytest.mark.after("test_fractional_pool_bands")
def test_fractional_pool_draws(student, rng):
    """fractional_max_pool_forward: rows and columns are drawn apart, anew in every call, by rng alone"""
    seed, drawn = int(rng.integers(2**32)), []
    for generator in (np.random.default_rng(seed), np.random.default_rng(seed)):
        calls = [
            student.fractional_max_pool_forward(ramp(9, 9)[None, None], 1.4, generator) for _ in range(50)
        ]
        drawn.append([fractional_bands(np.asarray(out)[0, 0], 9, 9, 1.4) for out, _ in calls])
    # Of 6 bands 3 are wide: one stays so in 50 calls once in 10^15 times.
    sizes = np.array(drawn[0])
    assert_close(sizes.min(axis=0), np.ones((2, 6)), what="smallest size of each band in 50 calls")
    assert_close(sizes.max(axis=0), np.full((2, 6), 2), what="largest size of each band in 50 calls")
    differing = (sizes[:, 0] != sizes[:, 1]).any(axis=1).sum()
    assert_at_least(differing, 1, what="number of calls of 50 whose rows and columns differ")
    assert_close(np.array(drawn[1]), sizes, what="sizes of the bands for the same seed")


### END HIDDEN TESTS
@pytest.mark.points(1)
def test_batchnorm_of_channels(student, rng):
    """spatial_batchnorm_forward: after it each channel has mean beta and standard deviation |gamma|"""
    x = rng.normal(5, 3, (4, 3, 5, 6)) * np.array([1.0, 2.0, 3.0]).reshape(3, 1, 1)
    gamma, beta = np.array([1.0, -2.0, 0.5]), np.array([4.0, 5.0, -6.0])
    out, _ = student.spatial_batchnorm_forward(x, gamma.copy(), beta.copy(), {"mode": "train"})
    out = assert_shape(out, x.shape, what="the output")
    assert_close(out.mean(axis=(0, 2, 3)), beta, atol=1e-7, what="the means of the channels")
    assert_close(out.std(axis=(0, 2, 3)), np.abs(gamma), rtol=1e-4, what="their standard deviations")


@pytest.mark.points(2)
@pytest.mark.after("test_batchnorm_of_channels")
def test_batchnorm_statistics_worked_example(student):
    """spatial_batchnorm_forward: running statistics after one step; test mode uses them and keeps them"""
    x = np.array([[[[1, 3]], [[10, 10]]], [[[5, 7]], [[14, 14]]]], dtype=float)
    gamma, beta = np.array([2.0, -1.0]), np.array([0.0, 3.0])
    bn_param = {"mode": "train", "running_mean": np.array([1.0, 2.0]), "running_var": np.array([10.0, 20.0])}
    student.spatial_batchnorm_forward(x, gamma, beta, bn_param)
    assert_close(bn_param.get("running_mean"), np.array([1.3, 3.0]), what="running_mean after one step")
    assert_close(bn_param.get("running_var"), np.array([9.5, 18.4]), what="running_var after one step")
    mean, var = np.array([100.0, 1200.0]), np.array([200.0**2, 400.0**2])
    bn_param = {"mode": "test", "running_mean": mean.copy(), "running_var": var.copy()}
    out, _ = student.spatial_batchnorm_forward(100 * x, gamma, beta, bn_param)
    right = [[[[0, 2]], [[3.5, 3.5]]], [[[4, 6]], [[2.5, 2.5]]]]
    assert_close(out, np.array(right), what="the output in test mode")
    assert_close(bn_param.get("running_mean"), mean, what="running_mean after a call in test mode")
    assert_close(bn_param.get("running_var"), var, what="running_var after a call in test mode")


@pytest.mark.points(2)
@pytest.mark.after("test_batchnorm_of_channels")
def test_batchnorm_gradients(student, rng):
    """spatial_batchnorm_backward agrees with numerical gradients"""
    # Numbers so large that eps plays no part: how it is added is the matter of other checks.
    x, gamma, beta = rng.normal(20, 90, (2, 3, 2, 4)), np.array([1.5, -0.7, 0.4]), rng.standard_normal(3)
    assert_layer_gradients(student, "batchnorm", (x, gamma, beta, {"mode": "train"}), rng)


@pytest.mark.points(1)
def test_groupnorm_worked_example(student):
    """spatial_groupnorm_forward: two samples of four channels, two groups, an eps of 1"""
    x = np.array([[[1, 1], [1, 5], [10, 10], [10, 26]], [[26, 10], [10, 10], [5, 1], [1, 1]]], dtype=float)
    gamma, beta = np.array([2.0, 4, 7, -7]).reshape(1, 4, 1, 1), np.array([0.0, 1, 0, 2]).reshape(1, 4, 1, 1)
    out, _ = student.spatial_groupnorm_forward(x.reshape(2, 4, 1, 2), gamma, beta, 2, {"eps": 1.0})
    # In each sample one group has the mean 2 and the variance 3, the other 14 and 48.
    first = [[-1, -1], [-1, 7], [-4, -4], [6, -10]]
    second = [[24 / 7, -8 / 7], [-9 / 7, -9 / 7], [10.5, -3.5], [5.5, 5.5]]
    assert_close(out, np.array([first, second]).reshape(2, 4, 1, 2), what="the output")


@pytest.mark.points(2)
@pytest.mark.after("test_groupnorm_worked_example")
def test_groupnorm_gradients(student, rng):
    """spatial_groupnorm_backward agrees with numerical gradients"""
    x, gamma = rng.normal(20, 90, (2, 4, 2, 3)), rng.uniform(0.5, 2, (1, 4, 1, 1))
    beta = rng.standard_normal((1, 4, 1, 1))
    assert_layer_gradients(student, "groupnorm", (x, gamma, beta, 2, {}), rng)


### BEGIN HIDDEN TESTS
def batchnorm_inputs(rng, N, C, H, W):
    """Images whose channels and pixels have means of their own, gamma of both signs, beta."""
    means = rng.normal(scale=3, size=(C, 1, 1)) + rng.standard_normal((C, H, W))
    images = means + rng.uniform(1, 2, (C, 1, 1)) * rng.standard_normal((N, C, H, W))
    return images, rng.choice([-1, 1], C) * rng.uniform(0.5, 2, C), rng.standard_normal(C)


# Settings, and the size of the numbers. Beside large ones the default eps does not show, beside small ones it
# does.
STEPS: list[tuple[dict[str, float], float]] = [
    ({}, 1e4),
    ({"momentum": 0.6}, 1e4),
    ({"eps": 0.3}, 1.0),
    ({}, 0.01),
]


@pytest.mark.points(3)
@pytest.mark.after("test_batchnorm_of_channels")
@pytest.mark.parametrize(("settings", "scale"), STEPS)
def test_batchnorm_over_several_steps(student, reference, rng, settings, scale):
    """spatial_batchnorm_forward: several training steps, then test mode; defaults and other settings"""
    ours, theirs = ({"mode": "train", **settings} for _ in range(2))
    for N, H, W in [(3, 4, 2), (1, 3, 5), (2, 1, 3)]:
        images, gamma, beta = batchnorm_inputs(rng, N, 3, H, W)
        right, _ = reference.spatial_batchnorm_forward(scale * images, gamma, beta, ours)
        found, _ = student.spatial_batchnorm_forward(scale * images, gamma, beta, theirs)
        assert_close(found, right, what="output in training")
    ours["mode"] = theirs["mode"] = "test"
    for N in (4, 1):
        images, gamma, beta = batchnorm_inputs(rng, N, 3, 2, 3)
        right, _ = reference.spatial_batchnorm_forward(scale * images, gamma, beta, ours)
        found, _ = student.spatial_batchnorm_forward(scale * images, gamma, beta, theirs)
        assert_close(found, right, what="output in test mode")
    for key in ("running_mean", "running_var"):
        assert_close(theirs.get(key), ours[key], what=f"{key} in the end")


@pytest.mark.points(3)
@pytest.mark.after("test_batchnorm_gradients")
@pytest.mark.parametrize("sizes", [(1, 2, 3, 2), (4, 1, 2, 3), (3, 4, 1, 1), (2, 3, 4, 1), (2, 3, 2, 3)])
def test_batchnorm_gradients_of_any_shape(student, reference, rng, sizes):
    """spatial_batchnorm_backward: one sample, one channel, one pixel, a large eps"""
    images, *rest = batchnorm_inputs(rng, *sizes)
    # One case shows how eps is used, the others have numbers beside which it plays no part.
    eps, scale = (0.4, 1.0) if sizes == (2, 3, 2, 3) else (1e-5, 90.0)
    arguments = [scale * images, *rest, {"mode": "train", "eps": eps}]
    assert_gradients_as_documented(student, reference, "batchnorm", arguments, rng)


# Sizes N, C, H, W and the number of groups.
GROUPS = [((2, 6, 3, 2), 3), ((1, 4, 2, 5), 1), ((3, 2, 2, 3), 2), ((2, 4, 1, 6), 2)]


def groupnorm_inputs(rng, sizes, G, eps, scale):
    """Images whose channels have means of their own, gamma of both signs, beta, groups and eps."""
    images, gamma, beta = batchnorm_inputs(rng, *sizes)
    axes = (1, sizes[1], 1, 1)
    return scale * images, gamma.reshape(axes), beta.reshape(axes), G, {"eps": eps} if eps else {}


@pytest.mark.points(1)
@pytest.mark.after("test_groupnorm_worked_example")
@pytest.mark.parametrize(("sizes", "G"), GROUPS)
@pytest.mark.parametrize(("eps", "scale"), [(None, 0.01), (0.3, 1.0)])
def test_groupnorm_of_any_shape(student, reference, rng, sizes, G, eps, scale):
    """spatial_groupnorm_forward: any number of groups, one sample, rectangles, the default eps"""
    arguments = groupnorm_inputs(rng, sizes, G, eps, scale)
    right, _ = reference.spatial_groupnorm_forward(*arguments)
    found, _ = student.spatial_groupnorm_forward(*arguments)
    assert_close(found, right, what="output of group normalization")


@pytest.mark.points(2)
@pytest.mark.after("test_groupnorm_gradients")
@pytest.mark.parametrize(("sizes", "G"), GROUPS)
def test_groupnorm_gradients_of_any_shape(student, reference, rng, sizes, G):
    """spatial_groupnorm_backward: any number of groups, one sample, rectangles"""
    arguments = groupnorm_inputs(rng, sizes, G, None, 90.0)
    assert_gradients_as_documented(student, reference, "groupnorm", arguments, rng)


def many_entries(kind, rng):
    """Arguments of a layer, a few numbers; then so many that no differences can be taken of each in turn."""
    if kind in ("conv", "im2col"):
        # Many filters on a small image, then few on many channels of small images. Six nested loops over
        # all places of the image and all of the output take a second for either; on larger images, an hour.
        yield *conv_inputs(rng, 2, 3, 5, 4, 2, 3, 3), {"stride": 1, "pad": 1}
        yield *conv_inputs(rng, 1, 64, 4, 4, 128, 3, 3), {"stride": 1, "pad": 1}
        yield *conv_inputs(rng, 20, 75, 6, 6, 2, 3, 3), {"stride": 1, "pad": 1}
        return
    for N, C, H, W in [(2, 4, 4, 6), (4, 8, 50, 44)]:
        if kind == "batchnorm":
            yield *batchnorm_inputs(rng, N, C, H, W), {"mode": "train"}
        elif kind == "groupnorm":
            yield groupnorm_inputs(rng, (N, C, H, W), 2, 0.1, 1.0)
        else:
            yield apart(rng, N, C, H, W), 1.4 if kind == "fractional" else pool(2, 2, 2)


def placed(images, maxima, upstream):
    """What is passed back where each maximum is at one place in the images, as no two entries are equal."""
    order, gradient = np.argsort(images, axis=None), np.zeros(images.size)
    gradient[order[np.searchsorted(images.flat[order[:-1]], maxima)]] = upstream
    return gradient.reshape(images.shape)


@pytest.mark.points(2)
@pytest.mark.parametrize("kind", sorted(LAYERS))
def test_gradients_are_worked_out(student, reference, rng, kind):
    """The gradients are worked out, not measured: all digits are right, also those of large images

    Differences of float64 numbers are right to eleven digits at best, formulas to fifteen. With another step
    they may do better where the layer is linear; but taken entry by entry, they need two forward passes for
    each of 54,000 entries and more. Loops over a formula take a second.
    """
    ahead, back, names = LAYERS[kind]
    for arguments in many_entries(kind, rng):
        extra = (np.random.default_rng(int(rng.integers(2**32))),) if kind == "fractional" else ()
        out, cache = getattr(student, ahead)(*copy.deepcopy(list(arguments)), *extra)
        dout = rng.standard_normal(np.shape(out))
        found = getattr(student, back)(np.array(dout), cache)
        if kind == "fractional":
            expected = placed(arguments[0], np.asarray(out), dout)
        else:
            expected = getattr(reference, back)(dout, getattr(reference, ahead)(*arguments)[1])
        if len(names) == 1:
            found, expected = (found,), (expected,)
        for name, one, other, argument in zip(names, found, expected, arguments[: len(names)], strict=True):
            assert_all_digits(alike(one, argument), other, what=f"{name} of {kind}")


@pytest.mark.points(2)
@pytest.mark.parametrize("layer", list(LAYERS))
def test_caches_of_two_layers_of_a_kind(student, rng, layer):
    """The backwards: two layers of a kind forward, then the same two backward"""
    calls = []
    for size in (4, 7):
        weights, seed = conv_inputs(rng, 1, 2, 1, 1, 2, 3, 3)[1:], np.random.default_rng(size)
        convolution = [*weights, {"stride": size // 2 - 1, "pad": size // 2 - 1}]
        scale, shift = weights[0][:1, :, :1, :1], weights[1].reshape(1, 2, 1, 1)
        rest = {
            "conv": convolution,
            "im2col": convolution,
            "max": [pool(size - 2, 2, 1)],
            "avg": [pool(size - 2, 2, 1)],
            "fractional": [1.45, seed],
            "batchnorm": [scale.ravel(), weights[1], {"mode": "train"}],
            "groupnorm": [scale, shift, 2, {}],
        }[layer]
        calls.append([apart(rng, 2, 2, size, size), *rest])
    ahead, back, names = LAYERS[layer]
    passed = [getattr(student, ahead)(*copy.deepcopy(call)) for call in calls]
    douts = [rng.standard_normal(np.shape(out)) for out, _ in passed]
    expected = [backward(student, layer, call, dout) for call, dout in zip(calls, douts, strict=True)]
    for i in (1, 0):
        found = getattr(student, back)(douts[i].copy(), passed[i][1])
        # Zeros are the same for one layer and for two.
        largest = max(np.abs(gradient).max() for gradient in expected[i])
        assert_at_least(largest, 1e-6, what="largest entry of the gradients")
        for name, one, other in zip(names, found if len(names) > 1 else (found,), expected[i], strict=True):
            assert_close(one, other, what=f"{name} of one of two layers")


### END HIDDEN TESTS
@pytest.mark.points(1)
@pytest.mark.parametrize("kind", list(LAYERS))
def test_shapes_of_gradients(student, rng, kind):
    """The backwards: each gradient has the shape of what it is the gradient of"""
    arguments = example(kind, rng)
    out, _ = getattr(student, LAYERS[kind][0])(*copy.deepcopy(arguments))
    found = backward(student, kind, arguments, np.ones(np.shape(out)))
    for name, gradient, argument in zip(LAYERS[kind][2], found, arguments, strict=False):
        assert_shape(gradient, argument.shape, what=name)


@pytest.mark.points(2)
@pytest.mark.parametrize("kind", list(LAYERS))
def test_arguments_left_alone(student, rng, kind):
    """The forwards leave their arguments alone"""
    arguments = example(kind, rng)
    names = ("x", *("w b" if kind in ("conv", "im2col") else "gamma beta").split())
    with unchanged(**{n: a for n, a in zip(names, arguments, strict=False) if isinstance(a, np.ndarray)}):
        getattr(student, LAYERS[kind][0])(*arguments)


@pytest.mark.points(1)
@pytest.mark.parametrize("name", NETS)
def test_nets_leave_all_as_it_was(student, rng, name):
    """The nets: loss changes neither images and labels nor the net's own parameters"""
    net, shape, labels = net_and_data(student, name, reg=0.7)
    images, params = rng.standard_normal(shape), drawn_params(net, rng)
    net.params = {key: value.copy() for key, value in params.items()}
    with unchanged(images=images, labels=labels):
        net.loss(images, labels)
        net.loss(images)
    after = net.params
    for key, value in params.items():
        assert_equal(after.get(key), value, what=f"{key} after the call of loss")


@pytest.mark.points(2)
@pytest.mark.parametrize("name", NETS)
def test_scores_worked_example(student, name):
    """The nets: the scores of two images of 2 x 2, by filters of one number; each relu has its place"""
    images = np.array([[[[1, -2], [3, 2]]], [[[-1, -2], [-3, -2]]]], dtype=float)
    middle = np.zeros((1, 1, 3, 3))
    middle[0, 0, 1, 1] = 1
    if name == "ThreeLayerConvNet":
        net = student.ThreeLayerConvNet((1, 2, 2), 1, 3, 2, 2, 1e-3, 0.0)
        affine = {"W2": np.array([[1.0, -1]]), "b2": np.array([0.0, 1]), "W3": np.array([[1.0, 2], [5, 7]])}
        net.params = {"W1": middle, "b1": np.zeros(1), **affine, "b3": np.array([-4.0, 1])}
        # The largest numbers of the pool are 3 and 0, the hidden ones (3, 0) and (0, 1).
        right = [[-1.0, 7], [1, 8]]
    else:
        images[1] *= -2
        net = student.MiniVGG((1, 2, 2), (1,), 2)
        affine = {"W3": np.array([[1.0, -2]]), "b3": np.array([0.0, 1])}
        net.params = {"W1": middle, "b1": np.zeros(1), "W2": -middle, "b2": np.ones(1), **affine}
        # The second convolution gives (0, 1, -2, -1) and (-1, -3, -5, -3), the pool 1 and 0.
        right = [[1.0, -1], [0, 1]]
    assert_close(net.loss(images), np.array(right), what="the scores")


@pytest.mark.points(2)
@pytest.mark.parametrize("name", NETS)
def test_loss_before_training(student, rng, name):
    """The nets: before any training the loss is about log(10), and a penalty adds to it"""
    digits = coarse(split_digits(rng, held_out=1772)[0])
    make = getattr(student, name)
    settings = ((1, 4, 4), 4, 3, 20, 10, 1e-3) if name == "ThreeLayerConvNet" else ((1, 4, 4), (4, 6), 10)
    net, penalized = make(*settings, 0.0), make(*settings, 3.0)
    loss, _ = net.loss(digits.images[:, None], digits.labels)
    assert_close(loss, np.log(10), rtol=0.05, what="the loss")
    params = drawn_params(net, rng)
    losses = []
    for one in (net, penalized):
        one.params = {key: value.copy() for key, value in params.items()}
        losses.append(one.loss(digits.images[:, None], digits.labels)[0])
    squares = sum((value**2).sum() for key, value in params.items() if key.startswith("W"))
    assert_close(losses[1] - losses[0], 1.5 * squares, what="the penalty")


@pytest.mark.points(1)
@pytest.mark.parametrize("name", NETS)
def test_layers_are_called_by_name(student, rng, name):
    """The nets: convolution, pool and softmax's loss are called by their names in self.layers"""
    net, shape, labels = net_and_data(student, name)
    # Stand-ins that look at nothing but shapes.
    stand_ins: dict[str, Callable[..., Any]] = {
        "conv_forward": lambda x, w, *_: (np.zeros((len(x), len(w), *x.shape[2:])), (x, w)),
        "conv_backward": lambda _, cache: (*(np.zeros(a.shape) for a in cache), np.zeros(len(cache[1]))),
        # Its cache is no None: a net may keep that where it has no pool.
        "pool_forward": lambda x, _: (x[:, :, ::2, ::2], (x,)),
        "pool_backward": lambda dout, _: dout.repeat(2, axis=2).repeat(2, axis=3),
        "loss": lambda scores, _: (0.0, np.zeros(scores.shape)),
    }
    called = set()

    def noting(layer, *arguments):
        called.add(layer)
        return stand_ins[layer](*arguments)

    net.layers = {layer: partial(noting, layer) for layer in stand_ins}
    net.loss(rng.standard_normal(shape), labels)
    assert_equal(sorted(called), sorted(stand_ins), what="the list of layers that were called by name")


@pytest.mark.points(1)
def test_softmax_loss_worked_example(student):
    """softmax_loss: two samples of three scores; a score 40 below another"""
    scores = np.log(np.array([[1.0, 2, 5], [3, 3, 2]]))
    loss, dscores = student.softmax_loss(scores, np.array([2, 0]))
    assert_close(loss, (np.log(8 / 5) + np.log(8 / 3)) / 2, what="the loss")
    right = np.array([[1, 2, -3], [-5, 3, 2]]) / 16
    assert_close(dscores, right, what="the gradient")
    loss, _ = student.softmax_loss(np.array([[0.0, 40.0]]), np.array([0]))
    assert_close(loss, 40.0, what="the loss where the right label's score is 40 below the other")


@pytest.mark.points(1)
@pytest.mark.after("test_softmax_loss_worked_example")
def test_softmax_loss_of_large_scores(student, rng):
    """softmax_loss: when all scores of some samples are 2000 higher, loss and gradient stay as they are"""
    scores, labels = rng.standard_normal((4, 3)), np.array([2, 0, 1, 2])
    loss, dscores = student.softmax_loss(scores, labels)
    shifted = scores + np.array([[0.0], [2000.0], [2000.0], [0.0]])
    with unchanged(scores=shifted):
        found, gradient = student.softmax_loss(shifted, labels)
    assert_close(found, loss, what="the loss")
    assert_close(gradient, dscores, what="the gradient")


@pytest.mark.points(4)
@pytest.mark.after("test_scores_worked_example")
@pytest.mark.parametrize("name", NETS)
def test_net_gradients(student, documented, rng, name):
    """The nets: the gradients agree with numerical ones, penalty included; the last layer comes first"""
    net, shape, labels = net_and_data(student, name, reg=0.7)
    images = rng.standard_normal(shape)
    # Away from 0, so that no relu stands at its kink where all that comes in is 0. Biases are larger: next to
    # nothing but zeros a convolution gives its bare bias, and where it does so twice in a pool's window there
    # is a tie, which has no slope.
    drawn = drawn_params(net, rng)
    params = {key: value + (1.0 if key.startswith("b") else 0.1) for key, value in drawn.items()}
    if name == "ThreeLayerConvNet":
        # A filter and a hidden unit whose relu lets nothing through, and so no gradient on the way back; and
        # a unit that is open, whatever comes in, so that there is one.
        params["b1"][1], params["b2"][[0, 3]] = -10.0, [20.0, -30.0]
    # A mistake upstream spoils the gradients of all layers before it: the last one is looked at first. Its
    # weights are small, so that no probability is tiny.
    order = sorted(params, key=lambda key: (-int(key[1:]), key))
    params[order[0]] = params[order[0]] / 10
    # The net that the docstrings describe, where there is one: it tells a loss that stands still.
    ours = documented and net_and_data(documented, name, reg=0.7)[0]

    net.params = {key: value.copy() for key, value in params.items()}
    # A copy: a net may use its arrays again in the next call.
    found = copy.deepcopy(net.loss(images, labels)[1])
    assert_equal(sorted(found), sorted(params), what="the names of the gradients")

    def loss_of(net, key):
        loss = net.loss

        def loss_at(value):
            net.params = {**{k: v.copy() for k, v in params.items()}, key: value.copy()}
            return loss(images, labels)[0]

        return loss_at

    for key in order:
        assert_gradient(
            loss_of(net, key),
            params[key],
            # The array itself: with a 1 from above, the figures in a message are those of the gradient.
            found[key],
            documented=ours and loss_of(ours, key),
            name=f"the gradient of {key}",
            rng=rng,
            # Directions in which all entries move find a wrong one, too; entries are looked at after that.
            max_entries=0,
        )


@pytest.mark.points(2)
def test_overfit_50_digits(student, trusted, rng):
    """ThreeLayerConvNet, with your layers, learns 50 digits of 4 x 4 pixels by heart"""
    digits = coarse(split_digits(rng, held_out=1747)[0])
    net, judge = (
        module.ThreeLayerConvNet((1, 4, 4), 4, 3, 80, 10, 1e-3, 0.0) for module in (student, trusted)
    )
    # Over 40 seeds a right net knows all digits after 90 steps at most.
    assert_learns(net, judge, digits, [np.arange(50)] * 130, digits, 1.0, rng)


@pytest.mark.points(2)
@pytest.mark.after("test_overfit_50_digits")
def test_accuracy_on_digits(student, trusted, rng):
    """ThreeLayerConvNet, with your layers, recognizes digits of 4 x 4 pixels that it has not seen"""
    digits, held_out = (coarse(part) for part in split_digits(rng))
    net, judge = (
        module.ThreeLayerConvNet((1, 4, 4), 4, 3, 80, 10, 1e-3, 0.0) for module in (student, trusted)
    )
    batches = [rng.choice(1500, 30, replace=False) for _ in range(80)]
    # Over 40 seeds a right net reaches 0.63 or more. Weights never updated, or gradients in the wrong place,
    # stay near 0.1; turned filters and a forgotten ReLU learn: other checks catch these.
    assert_learns(net, judge, digits, batches, held_out, 0.5, rng)


### BEGIN HIDDEN TESTS
# Each net in three sizes: images that are not square, other filters, classes, numbers of blocks.
SIZES: dict[str, list[Any]] = {
    "ThreeLayerConvNet": [((2, 4, 6), 3, 5, 7, 4), ((1, 6, 2), 4, 1, 3, 2), ((3, 2, 2), 2, 3, 5, 6)],
    "MiniVGG": [((2, 4, 8), (3, 2), 4), ((1, 2, 6), (4,), 2), ((3, 8, 8), (1, 2, 3), 5)],
}


def expected_spread(kind, arguments, key, value):
    """Standard deviation of a parameter's first values, as the docstrings ask for it."""
    if key.startswith("b"):
        return 0.0
    if kind == "ThreeLayerConvNet":
        return arguments[5] if arguments else 1e-3
    return np.sqrt(2 / value[0].size) if value.ndim == 4 else 0.01


def sized(module, kind, size, reg):
    """A net of a module's, of one of the sizes."""
    scale = (1e-3,) if kind == "ThreeLayerConvNet" else ()
    return getattr(module, kind)(*size, *scale, reg)


@pytest.mark.points(2)
@pytest.mark.parametrize("kind", list(SIZES))
def test_initial_weights(student, reference, rng, kind):
    """The nets: names, shapes, types and spread of the initial parameters; no penalty by default"""
    specified = ((3, 6, 8), 40, 5, 60, 20, 0.3) if kind == "ThreeLayerConvNet" else ((3, 4, 8), (40, 30), 60)
    for arguments, dtype in [((), float), (specified, float), ((*specified, 0.5, np.float32), np.float32)]:
        ours, theirs = getattr(reference, kind)(*arguments), getattr(student, kind)(*arguments)
        params = theirs.params
        assert_close(len(params), len(ours.params), what="number of parameters' names")
        for key, right in ours.params.items():
            found = assert_shape(params.get(key), right.shape, what=f"initial {key}")
            assert_dtype(found, dtype, what=f"the initial {key}")
            # Within 6 standard errors of the mean and of the deviation.
            spread = expected_spread(kind, arguments, key, right)
            error = 6 * spread / np.sqrt(right.size)
            assert_close(found.mean(), 0, atol=error, what=f"mean of the initial {key}")
            assert_close(found.std(), spread, atol=error, what=f"standard deviation of the initial {key}")
    size = SIZES[kind][1]
    images, labels = rng.standard_normal((2, *size[0])), np.array([0, 1])
    plain, explicit = getattr(student, kind)(*size), sized(student, kind, size, 0.0)
    params = drawn_params(plain, rng)
    plain.params, explicit.params = params, {key: value.copy() for key, value in params.items()}
    found, right = plain.loss(images, labels)[0], explicit.loss(images, labels)[0]
    assert_close(found, right, what="loss of a net made without a word on the penalty")


@pytest.mark.points(5)
@pytest.mark.parametrize("kind", list(SIZES))
def test_nets_with_our_layers(student, reference, rng, kind):
    """The nets, with our layers in place of yours: scores, loss and gradients, again after other parameters

    With other parameters and another batch, the second turn tells a net that keeps anything of the first.
    """
    for size, reg in zip(SIZES[kind], (0.0, 0.5, 40.0), strict=True):
        ours, theirs = sized(reference, kind, size, reg), sized(student, kind, size, reg)
        theirs.layers = ours.layers
        for count in (5, 3):
            images, labels = rng.standard_normal((count, *size[0])), rng.integers(size[-1], size=count)
            params = {key: value + 0.1 for key, value in drawn_params(ours, rng).items()}
            ours.params, theirs.params = params, {key: value.copy() for key, value in params.items()}
            assert_close(theirs.loss(images), ours.loss(images), what="scores")
            loss, grads = theirs.loss(images, labels)
            right, expected = ours.loss(images, labels)
            assert_close(loss, right, what="loss")
            assert_close(len(grads), len(expected), what="number of gradients")
            for key, gradient in expected.items():
                assert_close(grads.get(key), gradient, what=f"gradient with respect to {key}")


### END HIDDEN TESTS
