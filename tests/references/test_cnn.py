"""The reference of `cnn` against SciPy and numbers worked out by hand."""

import math
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.ndimage import maximum_filter, uniform_filter
from scipy.optimize import approx_fprime
from scipy.signal import convolve, correlate
from scipy.special import log_softmax
from scipy.stats import zscore

from autograder.data import split_digits

seeds = st.integers(0, 2**32 - 1)

NETS = {
    "ThreeLayerConvNet": ((2, 4, 6), 3, 5, 7, 4, 0.4, 0.3),
    "MiniVGG": ((2, 4, 8), (3, 2), 4, 0.3),
}


def drawn(seed):
    """Random images, filters, biases, stride and pad that fit together."""
    rng = np.random.default_rng(seed)
    N, C, F, stride = rng.integers(1, 4, 4)
    pad, HH, WW = rng.integers([0, 1, 1], [3, 5, 5])
    H, W = rng.integers([HH, WW], [HH + 6, WW + 6])
    arrays = (rng.standard_normal(shape) for shape in [(N, C, H, W), (F, C, HH, WW), (F,)])
    return rng, tuple(arrays), {"stride": int(stride), "pad": int(pad)}


def images_and_window(seed):
    """Random images of distinct numbers, and a window that fits into them."""
    rng = np.random.default_rng(seed)
    N, C, height, width, stride = rng.integers(1, 4, 5)
    H, W = rng.integers([height, width], [height + 6, width + 6])
    x = rng.permutation(N * C * H * W).reshape(N, C, H, W) - 5.0
    return rng, x, {"pool_height": int(height), "pool_width": int(width), "stride": int(stride)}


def weighted(forward, arguments, position, dout, flat):
    """sum(dout * forward(...)) as a function of one flattened argument."""
    value = flat.reshape(arguments[position].shape)
    given_arguments = [value if i == position else a for i, a in enumerate(arguments)]
    return float(np.sum(dout * forward(*given_arguments)[0]))


def assert_slopes(forward, arguments, position, dout, gradient):
    slopes = approx_fprime(
        arguments[position].ravel(), partial(weighted, forward, arguments, position, dout), 1e-6
    )
    assert gradient.shape == arguments[position].shape
    np.testing.assert_allclose(gradient.ravel(), slopes, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("way", ["naive", "im2col"])
@given(seed=seeds)
@settings(max_examples=40)
def test_convolution_agrees_with_scipys(cnn, way, seed):
    _, (x, w, b), conv_param = drawn(seed)
    pad, stride = conv_param["pad"], conv_param["stride"]
    out, _ = getattr(cnn, f"conv_forward_{way}")(x, w, b, conv_param)
    assert cnn.conv_output_shape(x.shape, w.shape, stride, pad) == out.shape
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    for n, f in np.ndindex(out.shape[:2]):
        full = correlate(padded[n], w[f], mode="valid")[0]
        np.testing.assert_allclose(out[n, f], full[::stride, ::stride] + b[f], atol=1e-10)


@given(seeds)
@settings(max_examples=20)
def test_convolutions_dx_is_scipys_convolution(cnn, seed):
    rng, (x, w, b), _ = drawn(seed)
    out, cache = cnn.conv_forward_naive(x, w, b, {"stride": 1, "pad": 0})
    dout = rng.standard_normal(out.shape)
    dx, _, _ = cnn.conv_backward_naive(dout, cache)
    for n, c in np.ndindex(x.shape[:2]):
        expected = sum(convolve(dout[n, f], w[f, c], mode="full") for f in range(len(w)))
        np.testing.assert_allclose(dx[n, c], expected, atol=1e-10)


@pytest.mark.parametrize("way", ["naive", "im2col"])
@given(seed=seeds)
@settings(max_examples=15)
def test_convolutions_gradients_agree_with_scipys_differences(cnn, way, seed):
    rng, arrays, conv_param = drawn(seed)
    forward, backward = (getattr(cnn, f"conv_{pass_}_{way}") for pass_ in ("forward", "backward"))
    out, cache = forward(*arrays, conv_param)
    dout = rng.standard_normal(out.shape)
    for position, gradient in enumerate(backward(dout, cache)):
        assert_slopes(forward, (*arrays, conv_param), position, dout, gradient)


def test_shapes_and_counts_of_a_famous_net(cnn):
    assert cnn.conv_output_shape((1, 3, 227, 227), (96, 3, 11, 11), 4, 0) == (1, 96, 55, 55)
    assert cnn.conv_output_shape((1, 96, 27, 27), (256, 96, 5, 5), 1, 2) == (1, 256, 27, 27)
    assert cnn.conv_parameter_count((96, 3, 11, 11)) == 34_944
    assert cnn.conv_parameter_count((64, 3, 3, 3)) == 1_792


@given(seeds)
@settings(max_examples=30)
def test_pools_agree_with_scipys_filters(cnn, seed):
    _, x, window = images_and_window(seed)
    height, width, stride = window["pool_height"], window["pool_width"], window["stride"]
    for layer, scipys in [("max", maximum_filter), ("avg", uniform_filter)]:
        out, _ = getattr(cnn, f"{layer}_pool_forward_naive")(x, window)
        # SciPy's windows are centred; shifted by half their size they begin where ours do.
        origin = (0, 0, -((height - 1) // 2) - (height % 2 == 0), -((width - 1) // 2) - (width % 2 == 0))
        everywhere = scipys(x, size=(1, 1, height, width), origin=origin, mode="constant")
        inside = everywhere[:, :, : x.shape[2] - height + 1, : x.shape[3] - width + 1]
        np.testing.assert_allclose(out, inside[:, :, ::stride, ::stride], atol=1e-9)


@given(seeds)
@settings(max_examples=15)
def test_pools_gradients_agree_with_scipys_differences(cnn, seed):
    rng, x, window = images_and_window(seed)
    for layer in ("max", "avg"):
        forward = getattr(cnn, f"{layer}_pool_forward_naive")
        out, cache = forward(x, window)
        dout = rng.standard_normal(out.shape)
        dx = getattr(cnn, f"{layer}_pool_backward_naive")(dout, cache)
        assert_slopes(forward, (x, window), 0, dout, dx)


def test_overlapping_windows_worked_numbers(cnn):
    x = np.array([[[[1.0, 2.0, 9.0, 3.0, 4.0]]]])
    window = {"pool_height": 1, "pool_width": 3, "stride": 2}
    out, cache = cnn.max_pool_forward_naive(x, window)
    np.testing.assert_array_equal(out, [[[[9, 9]]]])
    dx = cnn.max_pool_backward_naive(np.array([[[[10.0, 1.0]]]]), cache)
    np.testing.assert_array_equal(dx, [[[[0, 0, 11, 0, 0]]]])


@given(seeds, st.floats(1.05, 1.95))
@settings(max_examples=50)
def test_fractional_pooling_cuts_into_bands_of_one_or_two(cnn, seed, alpha):
    rng = np.random.default_rng(seed)
    H, W = (size for size in rng.integers(2, 20, 2))
    if 2 * min(math.floor(H / alpha) - H / 2, math.floor(W / alpha) - W / 2) < 0:
        return
    x = np.arange(float(H * W)).reshape(1, 1, H, W)
    out, _ = cnn.fractional_max_pool_forward(x, alpha, rng)
    assert out.shape == (1, 1, math.floor(H / alpha), math.floor(W / alpha))
    rows, columns = out[0, 0, :, 0] // W, out[0, 0, 0] % W
    for last, size in [(rows, H), (columns, W)]:
        assert set(np.diff(last, prepend=-1)) <= {1, 2}
        assert last[-1] == size - 1
    np.testing.assert_array_equal(out[0, 0], rows[:, None] * W + columns)


def test_fractional_pooling_orders_are_equally_likely(cnn):
    # 5 rows at 1.6 make 3 bands, one of them of 1 row: it is the first, second or third.
    rng, x = np.random.default_rng(0), np.arange(5.0).reshape(1, 1, 5, 1).repeat(5, axis=3)
    firsts = [tuple(cnn.fractional_max_pool_forward(x, 1.6, rng)[0][0, 0, :2, 0]) for _ in range(900)]
    counts = [firsts.count(ends) for ends in [(0, 2), (1, 2), (1, 3)]]
    assert sum(counts) == 900
    assert min(counts) > 300 - 6 * np.sqrt(900 * 2 / 9)


@pytest.mark.parametrize("alpha", [1.3, 1.6])
def test_fractional_poolings_gradient_agrees_with_scipys_differences(cnn, alpha):
    rng = np.random.default_rng(4)
    x = rng.permutation(2 * 2 * 8 * 7).reshape(2, 2, 8, 7) / 7.0

    def forward(x, alpha):
        return cnn.fractional_max_pool_forward(x, alpha, np.random.default_rng(9))

    out, cache = forward(x, alpha)
    dout = rng.standard_normal(out.shape)
    assert_slopes(forward, (x, alpha), 0, dout, cnn.fractional_max_pool_backward(dout, cache))


@given(seeds)
@settings(max_examples=20)
def test_batchnorm_standardizes_channels_as_scipy_does(cnn, seed):
    rng = np.random.default_rng(seed)
    N, C, H, W = rng.integers([2, 1, 2, 1], [5, 4, 5, 5])
    x, gamma, beta = rng.normal(3, 2, (N, C, H, W)), rng.standard_normal(C), rng.standard_normal(C)
    bn_param = {"mode": "train", "eps": 1e-14, "momentum": 0.7, "running_mean": np.ones(C)}
    out, cache = cnn.spatial_batchnorm_forward(x, gamma, beta, bn_param)
    for c in range(C):
        expected = gamma[c] * zscore(x[:, c], axis=None) + beta[c]
        np.testing.assert_allclose(out[:, c], expected, rtol=1e-6, atol=1e-6)
        assert bn_param["running_mean"][c] == pytest.approx(0.7 + 0.3 * np.mean(x[:, c]))
        assert bn_param["running_var"][c] == pytest.approx(0.3 * np.var(x[:, c]))
    dout = rng.standard_normal(x.shape)
    inputs = (x, gamma, beta, {"mode": "train", "eps": 0.1})
    _, cache = cnn.spatial_batchnorm_forward(*inputs)
    for position, gradient in enumerate(cnn.spatial_batchnorm_backward(dout, cache)):
        assert_slopes(cnn.spatial_batchnorm_forward, inputs, position, dout, gradient)


def test_batchnorm_of_images_in_test_mode_is_one_fixed_map(cnn):
    x = np.random.default_rng(2).standard_normal((3, 2, 4, 5))
    bn_param = {
        "mode": "test",
        "eps": 0.5,
        "running_mean": np.array([1.0, -2.0]),
        "running_var": np.array([3.5, 0.5]),
    }
    out, _ = cnn.spatial_batchnorm_forward(x, np.array([4.0, 3.0]), np.array([1.0, 0.0]), bn_param)
    np.testing.assert_allclose(out[:, 0], 2 * (x[:, 0] - 1) + 1)
    np.testing.assert_allclose(out[:, 1], 3 * (x[:, 1] + 2))


@given(seeds)
@settings(max_examples=20)
def test_groupnorm_standardizes_the_groups_of_each_sample_as_scipy_does(cnn, seed):
    rng = np.random.default_rng(seed)
    N, G, size, H, W = rng.integers([1, 1, 1, 2, 1], [4, 4, 4, 5, 5])
    x, gamma, beta = rng.normal(3, 2, (N, G * size, H, W)), *rng.standard_normal((2, 1, G * size, 1, 1))
    out, _ = cnn.spatial_groupnorm_forward(x, gamma, beta, G, {"eps": 1e-14})
    for n, g in np.ndindex(N, G):
        group = np.s_[g * size : (g + 1) * size]
        expected = gamma[0, group] * zscore(x[n, group], axis=None) + beta[0, group]
        np.testing.assert_allclose(out[n, group], expected, rtol=1e-6, atol=1e-6)
    dout, inputs = rng.standard_normal(x.shape), (x, gamma, beta, G, {"eps": 0.1})
    _, cache = cnn.spatial_groupnorm_forward(*inputs)
    for position, gradient in enumerate(cnn.spatial_groupnorm_backward(dout, cache)):
        assert_slopes(cnn.spatial_groupnorm_forward, inputs, position, dout, gradient)


@given(seeds, st.floats(-3000, 3000))
@settings(max_examples=20)
def test_softmax_loss_agrees_with_scipy(cnn, seed, shift):
    rng = np.random.default_rng(seed)
    x, y = 3 * rng.standard_normal((9, 5)), rng.integers(5, size=9)
    loss, dx = cnn.softmax_loss(x + shift, y)
    log_p = log_softmax(x, axis=1)
    assert loss == pytest.approx(-log_p[np.arange(9), y].mean(), abs=1e-9)
    np.testing.assert_allclose(dx, (np.exp(log_p) - np.eye(5)[y]) / 9, atol=1e-10)


@pytest.mark.parametrize("name", NETS)
def test_nets_gradients_agree_with_scipys_differences(cnn, name):
    np.random.seed(3)
    rng, net = np.random.default_rng(3), getattr(cnn, name)(*NETS[name])
    X, y = rng.standard_normal((3, *NETS[name][0])), np.array([3, 0, 1])
    start = {key: value + 0.05 for key, value in net.params.items()}
    net.params = start
    _, grads = net.loss(X, y)
    assert grads.keys() == start.keys()
    for key, value in start.items():

        def loss_of(flat, key=key, shape=value.shape):
            net.params = {**start, key: flat.reshape(shape)}
            return net.loss(X, y)[0]

        np.testing.assert_allclose(grads[key].ravel(), approx_fprime(value.ravel(), loss_of, 1e-7), atol=1e-5)
        net.params = start


def test_three_layer_net_is_what_its_docstring_says(cnn):
    net = cnn.ThreeLayerConvNet((1, 4, 4), 2, 3, 5, 3, 0.5, 0.8)
    X, p = np.random.default_rng(5).standard_normal((2, 1, 4, 4)), net.params
    maps = np.stack([[correlate(np.pad(x[0], 1), f[0], mode="valid") for f in p["W1"]] for x in X])
    pooled = np.maximum(maps, 0).reshape(2, 2, 2, 2, 2, 2).max(axis=(3, 5))
    scores = np.maximum(pooled.reshape(2, -1) @ p["W2"], 0) @ p["W3"]
    np.testing.assert_allclose(net.loss(X), scores)
    loss, _ = net.loss(X, np.array([2, 0]))
    data = -log_softmax(scores, axis=1)[[0, 1], [2, 0]].mean()
    penalty = 0.4 * sum(np.linalg.norm(p[name]) ** 2 for name in ("W1", "W2", "W3"))
    assert loss == pytest.approx(data + penalty)


def test_vggs_layers_are_those_of_its_docstring(cnn):
    net, called = cnn.MiniVGG((3, 8, 8), (4, 5), 6), []
    for name, layer in list(net.layers.items()):
        net.layers[name] = lambda *a, name=name, layer=layer: called.append(name) or layer(*a)
    net.loss(np.ones((1, 3, 8, 8)))
    assert called == 2 * ["conv_forward", "conv_forward", "pool_forward"]
    shapes = [net.params[f"W{i}"].shape for i in range(1, 6)]
    assert shapes == [(4, 3, 3, 3), (4, 4, 3, 3), (5, 4, 3, 3), (5, 5, 3, 3), (5 * 2 * 2, 6)]


@pytest.mark.parametrize("name", NETS)
def test_nets_start_at_the_loss_of_guessing_and_take_the_type_asked_for(cnn, name):
    digits, _ = split_digits(np.random.default_rng(1), held_out=1700)
    net = getattr(cnn, name)(input_dim=(1, 8, 8), dtype=np.float32)
    assert {value.dtype for value in net.params.values()} == {np.dtype(np.float32)}
    loss, _ = net.loss(digits.images[:, None], digits.labels)
    assert loss == pytest.approx(np.log(10), rel=0.05)
