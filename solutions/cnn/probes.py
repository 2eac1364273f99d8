"""Inputs that tell a wrong mutant of `cnn.py` from an equivalent one, independent of the checks.

The functions are called as the docstrings allow, on shapes, strides, pads and settings beyond those of the
checks; ties stay out. What is returned, and what is stored in bn_param, is compared with the reference's
answers by `autograder prove`.
"""

import numpy as np

EQUIVALENT = []

# Sizes N, C, H, W, F, HH, WW, then stride and pad.
CONVOLUTIONS = [
    ((1, 1, 1, 1, 1, 1, 1), 1, 0),
    ((2, 2, 4, 4, 3, 3, 3), 1, 1),
    ((3, 2, 5, 8, 4, 2, 5), 1, 0),
    ((2, 3, 6, 5, 2, 4, 1), 2, 3),
    ((1, 4, 9, 7, 2, 3, 2), 3, 2),
    ((2, 1, 3, 10, 5, 3, 4), 4, 0),
    ((1, 2, 2, 3, 2, 5, 6), 2, 2),
]

# Shapes of images, then height, width and stride of the windows.
POOLS = [
    ((1, 1, 1, 1), (1, 1, 1)),
    ((2, 3, 6, 4), (2, 2, 2)),
    ((2, 2, 7, 9), (3, 3, 2)),
    ((3, 1, 5, 8), (4, 2, 1)),
    ((1, 4, 8, 7), (2, 1, 3)),
    ((2, 2, 9, 5), (2, 4, 4)),
    ((1, 2, 3, 4), (3, 4, 1)),
]


def probe_shapes(student, rng):
    """conv_output_shape, conv_parameter_count: sizes of all kinds."""
    for sizes, stride, pad in CONVOLUTIONS:
        N, C, H, W, F, HH, WW = sizes
        student.conv_output_shape((N, C, H, W), (F, C, HH, WW), stride, pad)
        student.conv_parameter_count((F, C, HH, WW))


def probe_conv(student, rng):
    """conv_forward_naive, conv_backward_naive: sizes, strides, pads, scales."""
    for sizes, stride, pad in CONVOLUTIONS:
        N, C, H, W, F, HH, WW = sizes
        for scale in (1.0, 30.0):
            x, w, b = (
                scale * rng.standard_normal((N, C, H, W)),
                rng.standard_normal((F, C, HH, WW)),
                rng.random(F),
            )
            there_and_back(student, "conv_{}_naive", rng, x, w, scale * b, {"stride": stride, "pad": pad})


def probe_im2col(student, rng):
    """conv_forward_im2col, conv_backward_im2col: sizes, strides, pads."""
    for sizes, stride, pad in CONVOLUTIONS:
        N, C, H, W, F, HH, WW = sizes
        x, w = rng.standard_normal((N, C, H, W)), rng.standard_normal((F, C, HH, WW))
        there_and_back(
            student, "conv_{}_im2col", rng, x, w, 5 * rng.random(F), {"stride": stride, "pad": pad}
        )


def probe_max_pool(student, rng):
    """max_pool: sizes, strides, signs."""
    for shape, (height, width, stride) in POOLS:
        for offset in (-3.0, 0.0, 3.0):
            param = {"pool_height": height, "pool_width": width, "stride": stride}
            there_and_back(student, "max_pool_{}_naive", rng, rng.standard_normal(shape) + offset, param)


def probe_avg_pool(student, rng):
    """avg_pool: sizes, strides."""
    for shape, (height, width, stride) in POOLS:
        param = {"pool_height": height, "pool_width": width, "stride": stride}
        there_and_back(student, "avg_pool_{}_naive", rng, 2 * rng.standard_normal(shape) - 1, param)


def probe_fractional_max_pool(student, rng):
    """fractional_max_pool: sizes, factors, signs; several calls."""
    for shape, alpha in [
        ((1, 1, 2, 2), 1.1),
        ((2, 3, 5, 8), 1.25),
        ((1, 2, 10, 6), 1.45),
        ((3, 1, 9, 12), 1.75),
        ((2, 2, 20, 13), 1.8),
        ((2, 1, 2, 4), 1.95),
    ]:
        for offset in (-3.0, 0.0, 3.0):
            there_and_back(
                student, "fractional_max_pool_{}", rng, rng.standard_normal(shape) + offset, alpha, rng
            )


def probe_spatial_batchnorm(student, rng):
    """spatial_batchnorm: sizes, settings, several steps, test mode."""
    for N, C, H, W in [(1, 1, 1, 1), (1, 3, 2, 2), (5, 1, 3, 1), (3, 2, 1, 4), (2, 4, 3, 5)]:
        for param in ({}, {"eps": 0.2}, {"momentum": 0.3}, {"eps": 1e-8, "momentum": 1.0}, {"momentum": 0.0}):
            bn_param = {"mode": "train", **param}
            for scale, offset in [(1.0, 0.0), (0.01, 1.0), (50.0, -20.0)]:
                x = offset + scale * rng.standard_normal((N, C, H, W))
                gamma, beta = 2 * rng.standard_normal(C), rng.standard_normal(C)
                there_and_back(student, "spatial_batchnorm_{}", rng, x, gamma, beta, bn_param)
            bn_param["mode"] = "test"
            student.spatial_batchnorm_forward(x + 1, gamma, beta, bn_param)
            student.spatial_batchnorm_forward(x, gamma, beta, {"mode": "test", **param})


def probe_spatial_groupnorm(student, rng):
    """spatial_groupnorm: sizes, groups, settings, scales."""
    for (N, C, H, W), G in [((1, 1, 1, 2), 1), ((2, 6, 2, 2), 3), ((1, 6, 1, 3), 2), ((4, 3, 3, 1), 3)]:
        for param in ({}, {"eps": 0.2}, {"eps": 1e-8}):
            for scale, offset in [(1.0, 0.0), (0.01, 1.0), (50.0, -20.0)]:
                x = offset + scale * rng.standard_normal((N, C, H, W))
                gamma, beta = 2 * rng.standard_normal((2, 1, C, 1, 1))
                there_and_back(student, "spatial_groupnorm_{}", rng, x, gamma, beta, G, dict(param))


def probe_two_layers(student, rng):
    """The backwards, with other forwards in between."""
    for name, rest in [
        ("conv_{}_naive", (np.ones((2, 3, 2, 2)), np.ones(2), {"stride": 1, "pad": 1})),
        ("conv_{}_im2col", (np.ones((2, 3, 2, 2)), np.ones(2), {"stride": 1, "pad": 1})),
        ("max_pool_{}_naive", ({"pool_height": 2, "pool_width": 3, "stride": 2},)),
        ("avg_pool_{}_naive", ({"pool_height": 2, "pool_width": 3, "stride": 2},)),
        ("fractional_max_pool_{}", (1.3, rng)),
        ("spatial_batchnorm_{}", (np.ones(3), np.zeros(3), {"mode": "train"})),
        ("spatial_groupnorm_{}", (np.ones((1, 3, 1, 1)), np.zeros((1, 3, 1, 1)), 3, {})),
    ]:
        forward, backward = (getattr(student, name.format(way)) for way in ("forward", "backward"))
        passed = [forward(rng.standard_normal((2, 3, 6, 5)), *rest) for _ in range(2)]
        for out, cache in passed:
            backward(rng.standard_normal(np.shape(out)), cache)


def probe_softmax_loss(student, rng):
    """softmax_loss: shapes, scales, scores beyond the range of exp."""
    for shape in [(1, 2), (2, 2), (5, 3), (12, 6)]:
        for scale in (0.01, 3.0, 40.0):
            x, y = rng.normal(scale=scale, size=shape), rng.integers(shape[1], size=shape[0])
            student.softmax_loss(x, y)
            x[::2] += 3000.0
            student.softmax_loss(x, y)


def probe_three_layer_net(student, rng):
    """ThreeLayerConvNet: sizes, penalties, first parameters, scores, loss and gradients."""
    for size in [
        ((1, 2, 2), 1, 1, 1, 2),
        ((3, 4, 2), 2, 3, 5, 4),
        ((2, 6, 8), 4, 5, 3, 3),
        ((1, 10, 4), 3, 7, 6, 12),
    ]:
        for settings in [(0.1,), (0.3, 0.7), (1.0, 30.0, np.float32)]:
            net = student.ThreeLayerConvNet(*size, *settings)
            call_net(net, rng, size[0], size[-1])
    net = student.ThreeLayerConvNet()
    net.params, net.reg  # noqa: B018 - reading them is what is compared


def probe_mini_vgg(student, rng):
    """MiniVGG: the same, with one to three blocks."""
    for size in [
        ((1, 2, 2), (1,), 2),
        ((2, 4, 8), (3, 2), 5),
        ((3, 8, 16), (1, 4, 2), 3),
        ((2, 6, 2), (5,), 4),
    ]:
        for settings in [(), (0.7,), (30.0, np.float32)]:
            net = student.MiniVGG(*size, *settings)
            call_net(net, rng, size[0], size[-1])
    net = student.MiniVGG()
    net.params, net.reg  # noqa: B018 - reading them is what is compared


def call_net(net, rng, dim, classes):
    """Call a net with its first parameters and with larger ones, whose biases keep relu off its kink."""
    X, y = rng.standard_normal((3, *dim)), rng.integers(classes, size=3)
    net.loss(X)
    net.params = {name: rng.standard_normal(value.shape) / 3 for name, value in net.params.items()}
    net.loss(X, y)
    net.loss(X)


def there_and_back(student, name, rng, *arguments):
    """Call a layer's forward, and its backward with random numbers of both signs."""
    out, cache = getattr(student, name.format("forward"))(*arguments)
    getattr(student, name.format("backward"))(rng.standard_normal(np.shape(out)), cache)
