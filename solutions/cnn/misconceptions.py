"""Wrong variants that students really write, and right ones that look different."""
# ruff: noqa: F821 - what stands in a holder may call functions of the reference

import numpy as np

from autograder.bank import correct, edit, misconception

FORWARD, BACKWARD = "conv_forward_naive", "conv_backward_naive"
MAX, MAX_BACK = "max_pool_forward_naive", "max_pool_backward_naive"
AVG, AVG_BACK = "avg_pool_forward_naive", "avg_pool_backward_naive"
FRACTIONAL, FRACTIONAL_BACK = "fractional_max_pool_forward", "fractional_max_pool_backward"
NORM, NORM_BACK = "spatial_batchnorm_forward", "spatial_batchnorm_backward"
THREE, VGG = "ThreeLayerConvNet", "MiniVGG"

ROWS, COLUMNS = "1 + (H + 2 * pad - HH) // stride", "1 + (W + 2 * pad - WW) // stride"
PADDED = "np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))"
PARAM = 'stride, pad = conv_param["stride"], conv_param["pad"]'
WINDOWS = "windows = windows[:, :, ::stride, ::stride]"
OUT = "np.tensordot(windows, w, axes=((1, 4, 5), (1, 2, 3))) + b"
CROP = "dpadded[:, :, pad : pad + x.shape[2], pad : pad + x.shape[3]]"
DW = "np.tensordot(dout, windows[:, :, ::stride, ::stride], axes=((0, 2, 3), (0, 2, 3)))"
DB = "dout.sum(axis=(0, 2, 3))"
PLACES = "windows[:, :, ::stride, ::stride]"
FIRST_PLACES = "windows[:, :, : -(-windows.shape[2] // stride), : -(-windows.shape[3] // stride)]"
KEYS = '("pool_height", "pool_width", "stride")'
STEPS = "rng.permutation(np.repeat([1, 2], [2 * count - size, size - count]))"
START = "    mean, var = running_mean, running_var\n"
RUNNING_MEAN = 'bn_param["running_mean"] = momentum * running_mean + (1 - momentum) * mean'
RUNNING_VAR = 'bn_param["running_var"] = momentum * running_var + (1 - momentum) * var'
ALONG = "dout - along_mean - xhat * along_xhat"
THREE_VALUE = "0.5 * self.reg * np.sum(self.params[name] ** 2)"
THREE_SLOPE = "grads[name] + self.reg * self.params[name]"
VGG_VALUE = '0.5 * self.reg * np.sum(self.params[f"W{i}"] ** 2)'
VGG_SLOPE = 'grads[f"W{i}"] + self.reg * self.params[f"W{i}"]'


def penalty(value, slope):
    """Another penalty in both nets; W stands for the weights, GRAD for the gradient without it."""
    texts = [
        (THREE, THREE_VALUE, THREE_SLOPE, "self.params[name]", "grads[name]"),
        (VGG, VGG_VALUE, VGG_SLOPE, 'self.params[f"W{i}"]', 'grads[f"W{i}"]'),
    ]
    return [
        edit(net, old, new.replace("W", weights).replace("GRAD", gradient))
        for net, old_value, old_slope, weights, gradient in texts
        for old, new in [(old_value, value), (old_slope, slope)]
        if new
    ]


# Shapes and counts.


def sizes(rows, columns):
    """Another formula for the output's rows, and one for its columns."""
    return [edit("conv_output_shape", ROWS, rows), edit("conv_output_shape", COLUMNS, columns)]


misconception(
    "output-size-with-one-pad",
    hint="On how many sides of the image are rows of zeros added?",
    edits=sizes("1 + (H + pad - HH) // stride", "1 + (W + pad - WW) // stride"),
)
misconception(
    "output-size-without-the-first-place",
    hint="A filter as large as the image: at how many places does it fit?",
    edits=sizes("(H + 2 * pad - HH) // stride", "(W + 2 * pad - WW) // stride"),
)
misconception(
    "output-size-as-float",
    hint="Can an array have 3.0 rows? Look at the type of what you return.",
    edits=sizes("1 + np.floor((H + 2 * pad - HH) / stride)", "1 + np.floor((W + 2 * pad - WW) / stride)"),
)
misconception(
    "output-size-not-whole",
    hint="Can an array have that many rows? Look at your numbers when the stride does not come out even.",
    edits=sizes("1 + (H + 2 * pad - HH) / stride", "1 + (W + 2 * pad - WW) / stride"),
)
misconception(
    "output-size-rounded-up",
    hint="Where the stride does not come out even, does a filter that sticks out count?",
    edits=sizes("1 - -(H + 2 * pad - HH) // stride", "1 - -(W + 2 * pad - WW) // stride"),
)
misconception(
    "output-size-of-square-images",
    hint="Images and filters need not be square. Which sizes decide on the columns?",
    edits=sizes("1 + (H + 2 * pad - HH) // stride + 0", "1 + (H + 2 * pad - HH) // stride"),
)
misconception(
    "output-channels-of-the-input",
    hint="How many maps come out of a convolution: as many as it has channels, or as many as it has filters?",
    edits=[edit("conv_output_shape", "return N, F,", "return N, weight_shape[1],")],
)
misconception(
    "parameters-without-biases",
    hint="A layer's parameters are not its filters alone.",
    edits=[edit("conv_parameter_count", "(C * HH * WW + 1)", "(C * HH * WW)")],
)
misconception(
    "parameters-with-a-bias-per-channel",
    hint="How many biases has a filter?",
    edits=[edit("conv_parameter_count", "(C * HH * WW + 1)", "C * (HH * WW + 1)")],
)

# Convolution, forward.

misconception(
    "filter-turned-around",
    hint="Put a filter on the image as it is. Do you multiply its first row with the window's first row?",
    edits=[edit(FORWARD, "windows, w, axes", "windows, w[:, :, ::-1, ::-1], axes")],
)
misconception(
    "conv-places-one-apart",
    hint="Which part of the image does the second entry of a row of your output see, if the stride is 2?",
    edits=[edit(FORWARD, WINDOWS, f"windows = {FIRST_PLACES}")],
)
misconception(
    "conv-stride-ignored",
    hint="Follow the stride from conv_param. Where does it end up?",
    edits=[edit(FORWARD, WINDOWS, "windows = windows[:, :, ::1, ::1]")],
)
misconception(
    "conv-backward-pad-is-one",
    hint="Follow the pad into the backward. Does the caller's number arrive?",
    edits=[edit(BACKWARD, PARAM, 'stride, pad = conv_param["stride"], 1')],
)
misconception(
    "conv-pad-as-a-switch",
    hint="The pad is a number, not a yes or no. How many rows of zeros do you add when it is 2?",
    edits=[
        edit(FORWARD, PARAM, 'stride, pad = conv_param["stride"], int(conv_param["pad"] > 0)'),
        edit(BACKWARD, PARAM, 'stride, pad = conv_param["stride"], int(conv_param["pad"] > 0)'),
    ],
)
misconception(
    "conv-pad-is-always-one",
    hint="Follow the pad from conv_param. Does the caller's number arrive?",
    edits=[
        edit(FORWARD, PARAM, 'stride, pad = conv_param["stride"], 1'),
        edit(BACKWARD, PARAM, 'stride, pad = conv_param["stride"], 1'),
    ],
)
misconception(
    "conv-pad-ignored",
    hint="Follow the pad from conv_param. Where does it end up?",
    edits=[
        edit(FORWARD, PARAM, 'stride, pad = conv_param["stride"], 0'),
        edit(BACKWARD, PARAM, 'stride, pad = conv_param["stride"], 0'),
    ],
)
misconception(
    "conv-pads-samples-and-channels",
    hint="An image array has four axes. Which of them are to be padded?",
    edits=[edit(FORWARD, PADDED, "np.pad(x, pad)"), edit(BACKWARD, PADDED, "np.pad(x, pad)")],
)
misconception(
    "conv-pads-with-the-edge",
    hint="With which numbers do you pad?",
    edits=[
        edit(FORWARD, PADDED, PADDED.replace("(pad, pad)))", "(pad, pad)), mode='edge')")),
        edit(BACKWARD, PADDED, PADDED.replace("(pad, pad)))", "(pad, pad)), mode='edge')")),
    ],
)
misconception(
    "conv-without-bias",
    hint="Does your output change when b does?",
    edits=[edit(FORWARD, OUT, OUT.removesuffix(" + b"))],
)
misconception(
    "conv-one-slice-of-the-filter-for-all-channels",
    hint="A filter has as many slices as the image has channels. Which slice meets which channel?",
    edits=[edit(FORWARD, OUT, "np.tensordot(windows.sum(axis=1), w[:, 0], axes=((3, 4), (1, 2))) + b")],
)
misconception(
    "conv-rows-and-columns-exchanged",
    hint="Which axis of your output belongs to the image's rows?",
    edits=[edit(FORWARD, "out.transpose(0, 3, 1, 2)", "out.transpose(0, 3, 2, 1)")],
)


@misconception(
    "conv-output-is-square",
    hint="Images need not be square. How many columns has your output?",
)
def _():
    def conv_forward_naive(x, w, b, conv_param):
        stride, pad = conv_param["stride"], conv_param["pad"]
        N, _, H, _ = x.shape
        F, _, HH, WW = w.shape
        padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
        size = 1 + (H + 2 * pad - HH) // stride
        out = np.zeros((N, F, size, size))
        for i in range(size):
            for j in range(size):
                window = padded[:, :, i * stride : i * stride + HH, j * stride : j * stride + WW]
                out[:, :, i, j] = np.tensordot(window, w, axes=((1, 2, 3), (1, 2, 3))) + b
        return out, (x, w, conv_param)


# Convolution, backward.

misconception(
    "conv-dx-cut-with-minus-pad",
    hint="What is left of an array when you cut it from 0 to -0?",
    edits=[edit(BACKWARD, CROP, "dpadded[:, :, pad:-pad, pad:-pad]")],
)
misconception(
    "conv-dx-with-its-padding",
    hint="Which shape has x, and which has your dx?",
    edits=[edit(BACKWARD, CROP, "dpadded")],
)
misconception(
    "conv-dx-one-pad-off",
    hint="Where in the padded image does the image itself begin?",
    edits=[edit(BACKWARD, CROP, "dpadded[:, :, : x.shape[2], : x.shape[3]]")],
)
misconception(
    "conv-backward-places-one-apart",
    hint="To which part of the image belongs the second entry of a row of dout, if the stride is 2?",
    edits=[
        edit(BACKWARD, PLACES, FIRST_PLACES),
        edit(BACKWARD, "slice(i, i + stride * dout.shape[2], stride)", "slice(i, i + dout.shape[2])"),
        edit(BACKWARD, "slice(j, j + stride * dout.shape[3], stride)", "slice(j, j + dout.shape[3])"),
    ],
)
misconception(
    "conv-dx-filter-turned",
    hint="Through which entry of the filter did this entry of x reach the output? Follow one pair on paper.",
    edits=[edit(BACKWARD, "np.tensordot(w, dout", "np.tensordot(w[:, :, ::-1, ::-1], dout")],
)
misconception(
    "conv-dx-of-the-first-filter",
    hint="An entry of x is seen by every filter. How many of them send it a gradient?",
    edits=[edit(BACKWARD, "np.tensordot(w, dout, axes", "np.tensordot(w[:1], dout[:, :1], axes")],
)
misconception(
    "conv-dw-of-the-last-sample",
    hint="After the loop, how many samples have left a trace in dw?",
    edits=[edit(BACKWARD, DW, DW.replace("(dout, windows[:,", "(dout[-1:], windows[-1:,"))],
)
misconception(
    "conv-gradients-averaged",
    hint="A layer knows nothing of the loss. Who divides by the number of samples, and how often?",
    edits=[edit(BACKWARD, f"return dx, dw, {DB}", f"return dx, dw / len(x), {DB} / len(x)")],
)
misconception(
    "conv-db-over-the-wrong-axes",
    hint="Which shape has b? Over which axes of dout must its gradient be summed?",
    edits=[edit(BACKWARD, DB, "dout.sum(axis=(1, 2, 3))")],
)
misconception(
    "conv-db-per-place",
    hint="At how many places is one bias added? Over which axes must its gradient be summed?",
    edits=[edit(BACKWARD, DB, "dout.sum(axis=0)")],
)
misconception(
    "conv-db-averaged-over-places",
    hint="At how many places is one bias added? Does its gradient have as many terms?",
    edits=[edit(BACKWARD, DB, "dout.mean(axis=(2, 3)).sum(axis=0)")],
)


@misconception(
    "conv-dx-overwritten",
    hint="An entry of x takes part in several windows. What happens to the gradient from the window before?",
)
def _():
    def conv_backward_naive(dout, cache):
        x, w, conv_param = cache
        stride, pad = conv_param["stride"], conv_param["pad"]
        HH, WW = w.shape[2:]
        padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
        dpadded, dw = np.zeros_like(padded), np.zeros_like(w)
        for i in range(dout.shape[2]):
            for j in range(dout.shape[3]):
                window = np.s_[:, :, i * stride : i * stride + HH, j * stride : j * stride + WW]
                dw += np.tensordot(dout[:, :, i, j], padded[window], axes=(0, 0))
                dpadded[window] = np.tensordot(dout[:, :, i, j], w, axes=(1, 0))
        dx = dpadded[:, :, pad : pad + x.shape[2], pad : pad + x.shape[3]]
        return dx, dw, dout.sum(axis=(0, 2, 3))


@misconception(
    "conv-dw-overwritten",
    hint="A filter is used at every place. What happens to the gradient from the place before?",
)
def _():
    def conv_backward_naive(dout, cache):
        x, w, conv_param = cache
        stride, pad = conv_param["stride"], conv_param["pad"]
        HH, WW = w.shape[2:]
        padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
        dpadded, dw = np.zeros_like(padded), np.zeros_like(w)
        for i in range(dout.shape[2]):
            for j in range(dout.shape[3]):
                window = np.s_[:, :, i * stride : i * stride + HH, j * stride : j * stride + WW]
                dw = np.tensordot(dout[:, :, i, j], padded[window], axes=(0, 0))
                dpadded[window] += np.tensordot(dout[:, :, i, j], w, axes=(1, 0))
        dx = dpadded[:, :, pad : pad + x.shape[2], pad : pad + x.shape[3]]
        return dx, dw, dout.sum(axis=(0, 2, 3))


# Pools.

misconception(
    "maximum-starts-at-zero",
    hint="What is the largest of -3, -1 and -2? With which number does your search begin?",
    edits=[edit(MAX, ".max(axis=(4, 5))", ".max(axis=(4, 5), initial=0.0)")],
)
misconception(
    "pool-stride-is-the-windows-height",
    hint="A window's size and the distance to the next one are two numbers. Which do you use for what?",
    edits=[
        *(edit(name, 'stride = pool_param["stride"]', "stride = pool_height") for name in (MAX, AVG)),
        *(edit(name, KEYS, '("pool_height", "pool_width", "pool_height")') for name in (MAX_BACK, AVG_BACK)),
    ],
)
misconception(
    "pool-places-one-apart",
    hint="Which part of the image does the second entry of a row of your output see, if the stride is 2?",
    edits=[edit(name, PLACES, FIRST_PLACES) for name in (MAX, AVG)],
)
misconception(
    "pool-windows-are-square",
    hint="A window need not be square. Where do you use its width?",
    edits=[
        edit(name, "(pool_height, pool_width), axis", "(pool_height, pool_height), axis")
        for name in (MAX, AVG)
    ],
)
misconception(
    "maximum-over-channels",
    hint="How many channels go into a pool, and how many come out?",
    edits=[edit(MAX, ".max(axis=(4, 5))", ".max(axis=(1, 4, 5), keepdims=True)[..., 0, 0]")],
)
misconception(
    "max-pool-gradient-for-all",
    hint="If you move an entry that is not the largest of its window by a little, does the output move?",
    edits=[edit(MAX_BACK, "dout * (winner == k)", "dout")],
)
misconception(
    "max-pool-height-for-width",
    hint="You number the entries of a window. How many of them make a row?",
    edits=[
        edit(
            MAX_BACK,
            "for k, (i, j) in enumerate(np.ndindex(height, width))",
            "for k, (j, i) in enumerate(np.ndindex(width, height))",
        )
    ],
)
misconception(
    "max-pool-gradient-is-the-maximum",
    hint="What is multiplied with what? The gradient that goes back is made of dout.",
    edits=[edit(MAX_BACK, "dout * (winner == k)", "windows.max(axis=(4, 5)) * (winner == k)")],
)


@misconception(
    "max-pool-windows-overwritten",
    hint="Where windows overlap, what happens to the gradient from the window before?",
)
def _():
    def max_pool_backward_naive(dout, cache):
        x, pool_param = cache
        height, width, stride = (pool_param[key] for key in ("pool_height", "pool_width", "stride"))
        dx = np.zeros_like(x)
        for i in range(dout.shape[2]):
            for j in range(dout.shape[3]):
                window = np.s_[:, :, i * stride : i * stride + height, j * stride : j * stride + width]
                largest = x[window] == x[window].max(axis=(2, 3), keepdims=True)
                dx[window] = largest * dout[:, :, i : i + 1, j : j + 1]
        return dx


@misconception(
    "max-pool-winners-overwritten",
    hint="Where windows overlap, one entry may win in several. What happens to its first gradient?",
)
def _():
    def max_pool_backward_naive(dout, cache):
        x, pool_param = cache
        height, width, stride = (pool_param[key] for key in ("pool_height", "pool_width", "stride"))
        dx = np.zeros_like(x)
        for n, c, i, j in np.ndindex(dout.shape):
            window = x[n, c, i * stride : i * stride + height, j * stride : j * stride + width]
            row, column = np.unravel_index(window.argmax(), window.shape)
            dx[n, c, i * stride + row, j * stride + column] = dout[n, c, i, j]
        return dx


misconception(
    "avg-pool-gradient-not-divided",
    hint="If one entry of a window of four grows by 1, by how much does the mean grow?",
    edits=[edit(AVG_BACK, "dout / (height * width)", "dout")],
)
misconception(
    "avg-pool-gradient-over-the-stride",
    hint="Over how many entries is the mean taken? Does the stride tell?",
    edits=[edit(AVG_BACK, "dout / (height * width)", "dout / stride**2")],
)
misconception(
    "avg-pool-over-the-height-squared",
    hint="How many entries has a window of 2 x 3?",
    edits=[
        edit(AVG, ".mean(axis=(4, 5))", ".sum(axis=(4, 5)) / pool_height**2"),
        edit(AVG_BACK, "dout / (height * width)", "dout / height**2"),
    ],
)
misconception(
    "avg-pool-gradient-overwritten",
    hint="Where windows overlap, an entry is part of several means. What happens to its first gradient?",
    edits=[
        edit(AVG_BACK, "dx[:, :, rows, columns] += dout", "dx[:, :, rows, columns] = dout"),
    ],
)
misconception(
    "sum-for-mean",
    hint="Is the output of the pool as large as the numbers that go in?",
    edits=[
        edit(AVG, ".mean(axis=(4, 5))", ".sum(axis=(4, 5))"),
        edit(AVG_BACK, "dout / (height * width)", "dout"),
    ],
)

# Fractional pooling.

misconception(
    "fractional-bands-not-random",
    hint="Call it twice. Do you see other bands?",
    edits=[edit(FRACTIONAL, STEPS, STEPS.removeprefix("rng.permutation"))],
)
misconception(
    "fractional-rng-ignored",
    hint="Run it twice with generators of the same seed. Do you get the same bands?",
    edits=[edit(FRACTIONAL, "rng.permutation", "np.random.permutation")],
)
misconception(
    "fractional-same-draw-for-both-directions",
    hint="For square images, compare the bands of the rows with those of the columns.",
    edits=[
        edit(FRACTIONAL, "    bands = []\n", "    bands, seed = [], int(rng.integers(2**32))\n"),
        edit(FRACTIONAL, "rng.permutation", "np.random.default_rng(seed).permutation"),
    ],
)
misconception(
    "fractional-size-rounded-up",
    hint="7 rows at 1.4: how many bands make 5? And 9 rows?",
    edits=[edit(FRACTIONAL, "int(size / alpha)", "int(np.ceil(size / alpha))")],
)
misconception(
    "fractional-gradient-for-all",
    hint="If you move an entry that is not the largest of its window by a little, does the output move?",
    edits=[edit(FRACTIONAL_BACK, "spread(dout) * (x == spread(out))", "spread(dout)")],
)
misconception(
    "fractional-backward-draws-again",
    hint="Which bands does the backward use? Those of its forward?",
    edits=[
        edit(
            FRACTIONAL_BACK,
            "= cache\n",
            "= cache\n    heights, widths = np.random.permutation(heights), np.random.permutation(widths)\n",
        )
    ],
)
misconception(
    "fractional-wide-bands-first",
    hint="Is every band sometimes 1 and sometimes 2 wide, the first one and the last one too?",
    edits=[
        edit(
            FRACTIONAL,
            STEPS,
            "np.roll(np.repeat([2, 1], [size - count, 2 * count - size]), rng.integers(2))",
        )
    ],
)


@misconception(
    "fractional-windows-overlap",
    hint="Where does a band end, and where does the next one begin? They must not share a row.",
)
def _():
    def fractional_max_pool_forward(x, alpha, rng):
        bands = []
        for size in x.shape[2:]:
            count = int(size / alpha)
            steps = rng.permutation(np.repeat([1, 2], [2 * count - size, size - count]))
            bands.append(np.cumsum(steps) - steps)
        out = np.zeros((*x.shape[:2], len(bands[0]), len(bands[1])))
        for i, top in enumerate(bands[0]):
            for j, left in enumerate(bands[1]):
                out[:, :, i, j] = x[:, :, top : top + 2, left : left + 2].max(axis=(2, 3))
        return out, (x, bands)

    def fractional_max_pool_backward(dout, cache):
        x, (tops, lefts) = cache
        dx = np.zeros_like(x)
        for i, top in enumerate(tops):
            for j, left in enumerate(lefts):
                window = x[:, :, top : top + 2, left : left + 2]
                largest = window == window.max(axis=(2, 3), keepdims=True)
                dx[:, :, top : top + 2, left : left + 2] += largest * dout[:, :, i : i + 1, j : j + 1]
        return dx


@misconception(
    "fractional-draws-for-each-sample",
    hint="Give it the same image twice in one batch. Do you get the same output twice?",
)
def _():
    def fractional_max_pool_forward(x, alpha, rng):
        outs, caches = [], []
        for image in x:
            bands = []
            for size in x.shape[2:]:
                count = int(size / alpha)
                bands.append(rng.permutation(np.repeat([1, 2], [2 * count - size, size - count])))
            out = np.maximum.reduceat(image, np.cumsum(bands[0]) - bands[0], axis=1)
            out = np.maximum.reduceat(out, np.cumsum(bands[1]) - bands[1], axis=2)
            outs.append(out)
            caches.append((image, out, *bands))
        return np.stack(outs), caches

    def fractional_max_pool_backward(dout, cache):
        dx = []
        for one, (image, out, heights, widths) in zip(dout, cache, strict=True):
            largest = out.repeat(heights, axis=1).repeat(widths, axis=2) == image
            dx.append(one.repeat(heights, axis=1).repeat(widths, axis=2) * largest)
        return np.stack(dx)


# Spatial batch normalization.

misconception(
    "batchnorm-pixels-scrambled",
    hint="Reshape reads the numbers in their order in memory. Are a pixel's C numbers neighbours there?",
    edits=[
        edit(
            NORM,
            START,
            f"    shape = x.shape\n    x = x.reshape(-1, shape[1], 1, 1)\n{START}",
        ),
        edit(NORM, "return scale * xhat + shift,", "return (scale * xhat + shift).reshape(shape),"),
        edit(
            NORM_BACK,
            "= cache\n",
            "= cache\n    shape = dout.shape\n    dout = dout.reshape(xhat.shape)\n",
        ),
        edit(NORM_BACK, "return dx,", "return dx.reshape(shape),"),
    ],
)
misconception(
    "batchnorm-turned-back-wrongly",
    hint="You turned the axes on the way there. In which order do they have to come back?",
    edits=[
        edit(
            NORM,
            "return scale * xhat + shift,",
            "return (scale * xhat + shift).transpose(0, 2, 3, 1).reshape(x.shape),",
        )
    ],
)
misconception(
    "batchnorm-for-each-pixel",
    hint="Over how many numbers is each mean taken? All pixels of a channel belong together.",
    edits=[
        edit(
            NORM,
            START,
            "    shape, area = x.shape, x[0, 0].size\n    x = x.reshape(len(x), -1, 1, 1)\n"
            "    gamma, beta = np.repeat(gamma, area), np.repeat(beta, area)\n"
            "    if running_mean.size != x.shape[1]:\n"
            "        running_mean, running_var = np.zeros((2, x.shape[1]))\n" + START,
        ),
        edit(NORM, "return scale * xhat + shift,", "return (scale * xhat + shift).reshape(shape),"),
        edit(
            NORM_BACK,
            "= cache\n",
            "= cache\n    shape = dout.shape\n    dout = dout.reshape(xhat.shape)\n",
        ),
        edit(
            NORM_BACK,
            "return dx, np.sum(dout * xhat, axis=(0, 2, 3)), np.sum(dout, axis=(0, 2, 3))",
            "dgamma, dbeta = (g.sum(axis=0).reshape(shape[1], -1).sum(axis=1) for g in (dout * xhat, dout))\n"
            "    return dx.reshape(shape), dgamma, dbeta",
        ),
    ],
)
misconception(
    "batchnorm-for-each-sample",
    hint="Over how many samples is each mean taken?",
    edits=[
        edit(
            NORM,
            "    xhat = (x - mean) / std\n",
            "    if mode == 'train':\n"
            "        mean = x.mean(axis=(2, 3), keepdims=True)\n"
            "        std = np.sqrt(x.var(axis=(2, 3), keepdims=True) + eps)\n"
            "    xhat = (x - mean) / std\n",
        ),
    ],
)
misconception(
    "batchnorm-eps-outside-the-root",
    hint="Is eps added to the variance or to the standard deviation? Try an eps that is not tiny.",
    edits=[edit(NORM, "np.sqrt(var + eps)", "np.sqrt(var) + eps")],
)
misconception(
    "batchnorm-eps-ignored",
    hint="The caller may ask for another eps. Do you use the one you were given?",
    edits=[edit(NORM, "np.sqrt(var + eps)", "np.sqrt(var + 1e-5)")],
)
misconception(
    "batchnorm-momentum-exchanged",
    hint="With a momentum of 0.9, how much of the old value is left after one step?",
    edits=[
        edit(
            NORM,
            RUNNING_MEAN,
            RUNNING_MEAN.replace("= momentum", "= (1 - momentum)").replace(
                "(1 - momentum) * mean", "momentum * mean"
            ),
        ),
        edit(
            NORM,
            RUNNING_VAR,
            RUNNING_VAR.replace("= momentum", "= (1 - momentum)").replace(
                "(1 - momentum) * var", "momentum * var"
            ),
        ),
    ],
)
misconception(
    "batchnorm-running-statistics-not-stored",
    hint="You compute new running statistics. Where can the next call find them?",
    edits=[
        edit(NORM, 'bn_param["running_mean"] =', "running_mean ="),
        edit(NORM, 'bn_param["running_var"] =', "running_var ="),
    ],
)
misconception(
    "batchnorm-batch-statistics-in-test-mode",
    hint="In test mode, does the output for an image depend on the other images of the batch?",
    edits=[
        edit(
            NORM,
            START,
            "    mean, var = x.mean(axis=(0, 2, 3)), x.var(axis=(0, 2, 3))\n",
        )
    ],
)
misconception(
    "batchnorm-backward-with-another-eps",
    hint="Does your backward divide by the same root as its forward did, for any eps?",
    edits=[edit(NORM, "(xhat, std, scale)", "(xhat, np.sqrt(std**2 - eps + 1e-5), scale)")],
)
misconception(
    "batchnorm-statistics-as-constants",
    hint="Mean and variance depend on x, too. Where are their gradients?",
    edits=[edit(NORM_BACK, f"({ALONG})", "dout")],
)
misconception(
    "batchnorm-variance-as-constant",
    hint="x acts on the output directly, through the mean, and through what else?",
    edits=[edit(NORM_BACK, ALONG, "dout - along_mean")],
)
misconception(
    "batchnorm-averages-over-samples-only",
    hint="Over how many numbers is the mean of a channel taken: N, or more?",
    edits=[
        edit(
            NORM_BACK,
            "np.mean(g, axis=(0, 2, 3), keepdims=True)",
            "np.sum(g, axis=(0, 2, 3), keepdims=True) / len(g)",
        )
    ],
)
misconception(
    "batchnorm-dgamma-with-all-axes",
    hint="Which shape has gamma, and which have your dgamma and dbeta?",
    edits=[
        edit(
            NORM_BACK,
            "np.sum(dout * xhat, axis=(0, 2, 3)), np.sum(dout, axis=(0, 2, 3))",
            "np.sum(dout * xhat, axis=(0, 2, 3), keepdims=True), np.sum(dout, axis=(0, 2, 3), keepdims=True)",
        )
    ],
)
misconception(
    "batchnorm-channels-found-by-their-number",
    hint="Which axis holds the channels, when an image is as wide as it has channels?",
    edits=[
        edit(
            NORM_BACK,
            "np.sum(dout, axis=(0, 2, 3))",
            "np.moveaxis(dout, 3 - dout.shape[::-1].index(scale.size), 1).sum(axis=(0, 2, 3))",
        )
    ],
)
misconception(
    "batchnorm-dgamma-for-each-sample",
    hint="Which shape has gamma, and over which axes must its gradient be summed?",
    edits=[
        edit(
            NORM_BACK,
            "np.sum(dout * xhat, axis=(0, 2, 3)), np.sum(dout, axis=(0, 2, 3))",
            "np.sum(dout * xhat, axis=(2, 3)), np.sum(dout, axis=(2, 3))",
        )
    ],
)

# All layers.

LAST_CALLS = [
    edit(AVG, "(x.shape, pool_param)", "last.update(avg=(x.shape, pool_param))"),
    edit(AVG_BACK, "= cache", "= last['avg']"),
    edit(FRACTIONAL, "(x, out, heights, widths)", "last.update(fractional=(x, out, heights, widths))"),
    edit(FRACTIONAL_BACK, "= cache", "= last['fractional']"),
    edit(NORM, "(xhat, std, scale)", "last.update(norm=(xhat, std, scale))"),
    edit(NORM_BACK, "= cache", "= last['norm']"),
]
LAST_HINT = "A net has many layers. Which one's forward came last when the first one's backward begins?"
misconception("cache-of-the-last-pool", hint=LAST_HINT, preamble="last = {}\n", edits=LAST_CALLS)
misconception(
    "cache-of-the-last-call",
    hint=LAST_HINT,
    preamble="last = {}\n",
    edits=[
        edit(FORWARD, "(x, w, conv_param)", "last.update(conv=(x, w, conv_param))"),
        edit(BACKWARD, "= cache", "= last['conv']"),
        edit(MAX, ", (x, pool_param)", ", last.update(max=(x, pool_param))"),
        edit(MAX_BACK, "= cache", "= last['max']"),
        *LAST_CALLS,
    ],
)
misconception(
    "input-changed-in-place",
    hint="After the call, is the caller's x what it was?",
    edits=[
        edit(NORM, "    xhat = (x - mean) / std\n", "    x -= mean\n    xhat = x / std\n"),
        edit(FRACTIONAL, "    bands = []\n", "    x -= x.min()\n    bands = []\n"),
    ],
)

# The softmax's loss.

misconception(
    "softmax-no-shift",
    hint="What is exp(2000) on a computer? Which change of the scores leaves the probabilities as they are?",
    edits=[edit("softmax_loss", "x - x.max(axis=1, keepdims=True)", "x")],
)
misconception(
    "softmax-summed-over-samples",
    hint="Would your loss be the same if every sample occurred twice?",
    edits=[edit("softmax_loss", ".mean(), dx / len(x)", ".sum(), dx")],
)
misconception(
    "softmax-gradient-not-averaged",
    hint="The loss is a mean. Is its gradient one, too?",
    edits=[edit("softmax_loss", "dx / len(x)", "dx")],
)

# Nets.

misconception(
    "penalty-without-one-half",
    hint="Which factor stands before the penalty of this net?",
    edits=penalty("self.reg * np.sum(W ** 2)", "GRAD + 2 * self.reg * W"),
)
misconception(
    "penalty-and-its-gradient-disagree",
    hint="Derive your penalty with respect to one weight. Is that what you add to its gradient?",
    edits=penalty("", "GRAD + 2 * self.reg * W"),
)
misconception(
    "penalty-in-the-loss-only",
    hint="What does the penalty add to the gradients?",
    edits=penalty("", "GRAD"),
)
misconception(
    "penalty-in-the-gradient-only",
    hint="What does the penalty add to the loss?",
    edits=penalty("0.0", ""),
)
misconception(
    "penalty-of-reg-divided-by-samples",
    hint="Does the penalty depend on how many samples there are?",
    edits=penalty("0.5 * self.reg * np.sum(W ** 2) / len(X)", "GRAD + self.reg * W / len(X)"),
)
misconception(
    "penalty-without-the-last-layer",
    hint="Which weights are in your penalty? Count them.",
    edits=[
        edit(THREE, 'for name in ("W1", "W2", "W3"):', 'for name in ("W1", "W2"):'),
        edit(VGG, "for i in range(1, last + 1):", "for i in range(1, last):"),
    ],
)
misconception(
    "penalty-on-biases",
    hint="Which parameters are in your penalty? The biases are not to be.",
    edits=[
        edit(THREE, 'for name in ("W1", "W2", "W3"):', "for name in self.params:"),
        edit(
            VGG,
            VGG_VALUE,
            '0.5 * self.reg * (np.sum(self.params[f"W{i}"] ** 2) + np.sum(self.params[f"b{i}"] ** 2))\n'
            '            grads[f"b{i}"] = grads[f"b{i}"] + self.reg * self.params[f"b{i}"]',
        ),
    ],
)
misconception(
    "relu-on-the-scores",
    hint="Can a score be negative?",
    edits=[
        edit(THREE, "scores = hidden @ W3 + b3", "scores = np.maximum(hidden @ W3 + b3, 0)"),
        edit(
            VGG,
            'scores = rows @ W + self.params[f"b{last}"]',
            'scores = np.maximum(rows @ W + self.params[f"b{last}"], 0)',
        ),
    ],
)
misconception(
    "net-without-relu-after-the-convolution",
    hint="What stands between the convolution and the pool?",
    edits=[
        edit(THREE, "np.maximum(maps, 0), pool_param", "maps, pool_param"),
        edit(THREE, "pool_cache) * (maps > 0)", "pool_cache)"),
    ],
)
misconception(
    "net-without-relu-between-affine-layers",
    hint="Two affine layers with nothing in between: what are they together?",
    edits=[
        edit(THREE, "np.maximum(rows @ W2 + b2, 0)", "rows @ W2 + b2"),
        edit(THREE, "(dscores @ W3.T) * (hidden > 0)", "dscores @ W3.T"),
    ],
)
misconception(
    "net-backward-forgets-relu",
    hint="On the way back, where does each relu let nothing through?",
    edits=[
        edit(THREE, "(dscores @ W3.T) * (hidden > 0)", "dscores @ W3.T"),
        edit(THREE, "pool_cache) * (maps > 0)", "pool_cache)"),
        edit(VGG, "dmaps * alive", "dmaps"),
    ],
)
misconception(
    "net-pad-is-always-one",
    hint="Which pad keeps the size of the image when filters are 5 x 5?",
    edits=[edit(THREE, '"pad": (W1.shape[2] - 1) // 2', '"pad": 1')],
)
misconception(
    "net-for-square-images",
    hint="Images need not be square. How many numbers go into the first affine layer?",
    edits=[
        edit(THREE, "num_filters * (H // 2) * (W // 2)", "num_filters * (H // 2) * (H // 2)"),
        edit(
            VGG,
            "0.01 * np.random.standard_normal((C * H * W, num_classes))",
            "0.01 * np.random.standard_normal((C * H * H, num_classes))",
        ),
    ],
)
misconception(
    "net-keeps-its-first-weights",
    hint="A trainer puts new arrays into self.params. Does your loss see them?",
    edits=[
        edit(
            THREE,
            "(self.params[name] for name",
            "(self.__dict__.setdefault('kept', self.params)[name] for name",
        ),
    ],
)
misconception(
    "net-returns-probabilities",
    hint="Without labels the scores are asked for, not what the softmax makes of them.",
    edits=[
        edit(THREE, "return scores", "return np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)"),
        edit(VGG, "return scores", "return np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)"),
    ],
)
misconception(
    "weights-all-zero",
    hint="If all weights are zero, in what will two hidden units ever differ?",
    edits=[
        edit(THREE, "weight_scale * np.random.standard_normal(shape)", "np.zeros(shape)"),
        edit(VGG, "np.sqrt(2 / (channels * 9)) * draws", "0 * draws"),
    ],
)
misconception(
    "weights-uniform",
    hint="From which distribution are the weights drawn? Look at their mean.",
    edits=[
        edit(
            THREE, "weight_scale * np.random.standard_normal(shape)", "weight_scale * np.random.random(shape)"
        ),
        edit(VGG, "draws = np.random.standard_normal(shape)", "draws = np.random.random(shape)"),
    ],
)
misconception(
    "weight-scale-as-variance",
    hint="Is the weight scale the variance of the weights, or their standard deviation?",
    edits=[edit(THREE, "= weight_scale * np.random", "= np.sqrt(weight_scale) * np.random")],
)
misconception(
    "biases-drawn",
    hint="Which value do the biases have before training?",
    edits=[
        edit(
            THREE,
            "np.zeros(shape[0] if len(shape) == 4 else shape[1])",
            "weight_scale * np.random.standard_normal(shape[0] if len(shape) == 4 else shape[1])",
        ),
        edit(VGG, "np.zeros(filters)", "0.01 * np.random.standard_normal(filters)"),
    ],
)
misconception(
    "he-of-the-outputs",
    hint="He's deviation counts what goes into an output. How many numbers are that for a 3 x 3 filter?",
    edits=[edit(VGG, "np.sqrt(2 / (channels * 9))", "np.sqrt(2 / (filters * 9))")],
)
misconception(
    "he-without-the-filters-area",
    hint="How many numbers does a 3 x 3 filter over C channels add up?",
    edits=[edit(VGG, "np.sqrt(2 / (channels * 9))", "np.sqrt(2 / channels)")],
)
misconception(
    "vgg-without-relu-before-the-pool",
    hint="Which layers does a block have? Draw one.",
    edits=[
        edit(
            VGG,
            "maps, pool_cache = np.maximum(sums, 0), None",
            "maps, pool_cache = np.maximum(sums, 0) if i % 2 else sums, None",
        ),
        edit(VGG, "dmaps * alive", "dmaps * alive if i % 2 else dmaps"),
    ],
)
misconception(
    "vgg-gradients-in-the-wrong-order",
    hint="On the way back the layers come in another order. Which gradient do you write under which name?",
    edits=[
        edit(
            VGG,
            'grads[f"W{i}"], grads[f"b{i}"] = dw, db',
            'grads[f"W{last - i}"], grads[f"b{last - i}"] = dw, db',
        )
    ],
)


# Gradients that are measured.


@misconception(
    "gradient-measured",
    hint="Your gradient is right to ten digits only. Did you work it out, or measure it?",
)
def _():
    def avg_pool_forward_naive(x, pool_param):
        size = pool_param["pool_height"], pool_param["pool_width"]
        windows = np.lib.stride_tricks.sliding_window_view(x, size, axis=(2, 3))
        stride = pool_param["stride"]
        return windows[:, :, ::stride, ::stride].mean(axis=(4, 5)), (x, pool_param)

    def avg_pool_backward_naive(dout, cache):
        x, pool_param = cache
        dx = np.zeros(x.shape)
        for index in np.ndindex(x.shape):
            step = np.zeros(x.shape)
            step[index] = 1e-5
            above, _ = avg_pool_forward_naive(x + step, pool_param)
            below, _ = avg_pool_forward_naive(x - step, pool_param)
            dx[index] = np.sum(dout * (above - below)) / 2e-5
        return dx


# Right, though it looks different.


@correct(
    "explicit-loops",
    edits=[
        edit(THREE, "np.maximum(rows @ W2 + b2, 0)", "np.maximum(product(rows, W2) + b2, 0)"),
        edit(THREE, "hidden @ W3 + b3", "product(hidden, W3) + b3"),
        edit(THREE, "(dscores @ W3.T)", "product(dscores, W3.T)"),
        edit(THREE, "(dhidden @ W2.T)", "product(dhidden, W2.T)"),
        edit(THREE, "rows.T @ dhidden", "product(rows.T, dhidden)"),
        edit(THREE, "hidden.T @ dscores", "product(hidden.T, dscores)"),
    ],
)
def _():
    def product(A, B):
        out = np.zeros((A.shape[0], B.shape[1]))
        for i in range(A.shape[0]):
            for j in range(B.shape[1]):
                total = 0.0
                for k in range(A.shape[1]):
                    total += A[i, k] * B[k, j]
                out[i, j] = total
        return out

    def conv_output_shape(input_shape, weight_shape, stride, pad):
        N, _, H, W = input_shape
        F, _, HH, WW = weight_shape
        rows, columns = 0, 0
        while rows * stride + HH <= H + 2 * pad:
            rows += 1
        while columns * stride + WW <= W + 2 * pad:
            columns += 1
        return [N, F, rows, columns]

    def conv_parameter_count(weight_shape):
        count = 0
        for _ in range(weight_shape[0]):
            count += 1
            for _ in range(weight_shape[1] * weight_shape[2] * weight_shape[3]):
                count += 1
        return count

    def conv_forward_naive(x, w, b, conv_param):
        stride, pad = conv_param["stride"], conv_param["pad"]
        N, _, H, W = x.shape
        F, _, HH, WW = w.shape
        H_out, W_out = 1 + (H + 2 * pad - HH) // stride, 1 + (W + 2 * pad - WW) // stride
        x_pad = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), mode="constant")
        out = np.zeros((N, F, H_out, W_out))
        for n in range(N):
            for f in range(F):
                for i in range(H_out):
                    for j in range(W_out):
                        window = x_pad[n, :, i * stride : i * stride + HH, j * stride : j * stride + WW]
                        out[n, f, i, j] = np.sum(window * w[f]) + b[f]
        return out, (x, w, b, conv_param)

    def conv_backward_naive(dout, cache):
        x, w, b, conv_param = cache
        stride, pad = conv_param["stride"], conv_param["pad"]
        N, F, H_out, W_out = dout.shape
        _, _, HH, WW = w.shape
        x_pad = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), mode="constant")
        dx_pad, dw, db = np.zeros_like(x_pad), np.zeros_like(w), np.zeros_like(b)
        for n in range(N):
            for f in range(F):
                for i in range(H_out):
                    for j in range(W_out):
                        rows = slice(i * stride, i * stride + HH)
                        columns = slice(j * stride, j * stride + WW)
                        db[f] += dout[n, f, i, j]
                        dw[f] += dout[n, f, i, j] * x_pad[n, :, rows, columns]
                        dx_pad[n, :, rows, columns] += dout[n, f, i, j] * w[f]
        dx = dx_pad[:, :, pad:-pad, pad:-pad] if pad > 0 else dx_pad
        return dx, dw, db

    def max_pool_forward_naive(x, pool_param):
        N, C, H, W = x.shape
        height, width = pool_param["pool_height"], pool_param["pool_width"]
        stride = pool_param["stride"]
        out = np.zeros((N, C, 1 + (H - height) // stride, 1 + (W - width) // stride))
        for n, c, i, j in np.ndindex(*out.shape):
            largest = -float("inf")
            for k in range(height):
                for m in range(width):
                    largest = max(largest, float(x[n, c, i * stride + k, j * stride + m]))
            out[n, c, i, j] = largest
        return out, (x, pool_param)

    def max_pool_backward_naive(dout, cache):
        x, pool_param = cache
        height, width = pool_param["pool_height"], pool_param["pool_width"]
        stride = pool_param["stride"]
        dx = np.zeros(x.shape)
        for n, c, i, j in np.ndindex(*dout.shape):
            best = (i * stride, j * stride)
            for k in range(height):
                for m in range(width):
                    if x[n, c, i * stride + k, j * stride + m] > x[n, c, best[0], best[1]]:
                        best = (i * stride + k, j * stride + m)
            dx[n, c, best[0], best[1]] += dout[n, c, i, j]
        return dx

    def avg_pool_forward_naive(x, pool_param):
        N, C, H, W = x.shape
        height, width = pool_param["pool_height"], pool_param["pool_width"]
        stride = pool_param["stride"]
        out = np.zeros((N, C, 1 + (H - height) // stride, 1 + (W - width) // stride))
        for n, c, i, j in np.ndindex(*out.shape):
            for k in range(height):
                for m in range(width):
                    out[n, c, i, j] += x[n, c, i * stride + k, j * stride + m] / (height * width)
        return out, (N, C, H, W, height, width, stride)

    def avg_pool_backward_naive(dout, cache):
        N, C, H, W, height, width, stride = cache
        dx = np.zeros((N, C, H, W))
        for n, c, i, j in np.ndindex(*dout.shape):
            for k in range(height):
                for m in range(width):
                    dx[n, c, i * stride + k, j * stride + m] += dout[n, c, i, j] / (height * width)
        return dx

    def fractional_max_pool_forward(x, alpha, rng):
        def draw(size):
            steps = [1] * int(size // alpha)
            for place in rng.choice(len(steps), size - len(steps), replace=False):
                steps[place] = 2
            starts = [0]
            for step in steps:
                starts.append(starts[-1] + step)
            return starts

        rows, columns = draw(x.shape[2]), draw(x.shape[3])
        out = np.zeros((*x.shape[:2], len(rows) - 1, len(columns) - 1))
        winners = {}
        for n, c, i, j in np.ndindex(*out.shape):
            best = None
            for h in range(rows[i], rows[i + 1]):
                for v in range(columns[j], columns[j + 1]):
                    if best is None or x[n, c, h, v] > x[n, c, best[0], best[1]]:
                        best = (h, v)
            out[n, c, i, j] = x[n, c, best[0], best[1]]
            winners[n, c, i, j] = best
        return out, (x.shape, winners)

    def fractional_max_pool_backward(dout, cache):
        shape, winners = cache
        dx = np.zeros(shape)
        for (n, c, i, j), (h, v) in winners.items():
            dx[n, c, h, v] = dout[n, c, i, j]
        return dx

    def spatial_batchnorm_forward(x, gamma, beta, bn_param):
        N, C, H, W = x.shape
        eps, momentum = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
        running_mean = np.reshape(bn_param.get("running_mean", np.zeros(C)), -1).copy()
        running_var = np.reshape(bn_param.get("running_var", np.zeros(C)), -1).copy()
        out, normal, roots = np.zeros(x.shape), np.zeros(x.shape), []
        for c in range(C):
            mean, var = running_mean[c], running_var[c]
            if bn_param["mode"] == "train":
                mean, var = 0.0, 0.0
                for value in x[:, c].flatten():
                    mean += value / (N * H * W)
                for value in x[:, c].flatten():
                    var += (value - mean) ** 2 / (N * H * W)
                running_mean[c] = momentum * running_mean[c] + (1 - momentum) * mean
                running_var[c] = momentum * running_var[c] + (1 - momentum) * var
            roots.append((var + eps) ** 0.5)
            for n, h, v in np.ndindex(N, H, W):
                normal[n, c, h, v] = (x[n, c, h, v] - mean) / roots[c]
                out[n, c, h, v] = gamma[c] * normal[n, c, h, v] + beta[c]
        bn_param["running_mean"], bn_param["running_var"] = running_mean, running_var
        return out, (normal, roots, gamma)

    def spatial_batchnorm_backward(dout, cache):
        normal, roots, gamma = cache
        N, C, H, W = dout.shape
        dx, dgamma, dbeta = np.zeros(dout.shape), np.zeros(C), np.zeros(C)
        for c in range(C):
            for n, h, v in np.ndindex(N, H, W):
                dbeta[c] += dout[n, c, h, v]
                dgamma[c] += dout[n, c, h, v] * normal[n, c, h, v]
            for n, h, v in np.ndindex(N, H, W):
                rest = dbeta[c] + normal[n, c, h, v] * dgamma[c]
                dx[n, c, h, v] = gamma[c] / roots[c] * (dout[n, c, h, v] - rest / (N * H * W))
        return dx, dgamma, dbeta


@correct("im2col")
def _():
    def patches(x, HH, WW, pad, stride):
        N, C, H, W = x.shape
        H_out, W_out = (H + 2 * pad - HH) // stride + 1, (W + 2 * pad - WW) // stride + 1
        i0 = np.tile(np.repeat(np.arange(HH), WW), C)
        j0 = np.tile(np.arange(WW), HH * C)
        i = i0.reshape(-1, 1) + stride * np.repeat(np.arange(H_out), W_out)
        j = j0.reshape(-1, 1) + stride * np.tile(np.arange(W_out), H_out)
        k = np.repeat(np.arange(C), HH * WW).reshape(-1, 1)
        return (slice(None), k, i, j), (N, H_out, W_out)

    def conv_forward_naive(x, w, b, conv_param):
        pad, stride = conv_param["pad"], conv_param["stride"]
        place, (N, H_out, W_out) = patches(x, w.shape[2], w.shape[3], pad, stride)
        x_pad = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), mode="constant")
        columns = x_pad[place]
        out = w.reshape(len(w), -1) @ columns + b[:, None]
        cache = {"shape": x_pad.shape, "columns": columns, "place": place, "w": w, "pad": pad}
        return out.reshape(N, len(w), H_out, W_out), cache

    def conv_backward_naive(dout, cache):
        w, pad, columns = cache["w"], cache["pad"], cache["columns"]
        flat = dout.reshape(dout.shape[0], dout.shape[1], -1)
        dw = np.einsum("nfp,nkp->fk", flat, columns).reshape(w.shape)
        dx_pad = np.zeros(cache["shape"])
        np.add.at(dx_pad, cache["place"], w.reshape(len(w), -1).T @ flat)
        _, _, H, W = cache["shape"]
        return dx_pad[:, :, pad : H - pad, pad : W - pad], dw, flat.sum(axis=(0, 2))[None]

    def max_pool_forward_naive(x, pool_param):
        height, width = pool_param["pool_height"], pool_param["pool_width"]
        stride, (N, C, H, W) = pool_param["stride"], x.shape
        single = x.reshape(N * C, 1, H, W)
        place, (_, H_out, W_out) = patches(single, height, width, 0, stride)
        columns = single[place]
        out = columns.max(axis=1).reshape(N, C, H_out, W_out)
        return out, (x.shape, place, columns.argmax(axis=1), columns.shape)

    def max_pool_backward_naive(dout, cache):
        shape, place, winner, size = cache
        dcolumns = np.zeros(size)
        samples, spots = np.indices(winner.shape)
        dcolumns[samples, winner, spots] = dout.reshape(winner.shape)
        dx = np.zeros((shape[0] * shape[1], 1, shape[2], shape[3]))
        np.add.at(dx, place, dcolumns)
        return dx.reshape(shape)

    def avg_pool_forward_naive(x, pool_param):
        height, width = pool_param["pool_height"], pool_param["pool_width"]
        stride, (N, C, H, W) = pool_param["stride"], x.shape
        single = x.reshape(N * C, 1, H, W)
        place, (_, H_out, W_out) = patches(single, height, width, 0, stride)
        return single[place].mean(axis=1).reshape(N, C, H_out, W_out), [x.shape, place, height * width]

    def avg_pool_backward_naive(dout, cache):
        shape, place, area = cache
        dx = np.zeros((shape[0] * shape[1], 1, shape[2], shape[3]))
        np.add.at(dx, place, dout.reshape(len(dx), 1, -1) / area)
        return dx.reshape(shape)


@correct("stride-tricks")
def _():
    def views(x, height, width, stride):
        N, C, H, W = x.shape
        shape = (N, C, (H - height) // stride + 1, (W - width) // stride + 1, height, width)
        a, b, c, d = x.strides
        strides = (a, b, stride * c, stride * d, c, d)
        return np.lib.stride_tricks.as_strided(x, shape, strides)

    def conv_forward_naive(x, w, b, conv_param):
        p = conv_param["pad"]
        x_pad = np.zeros((x.shape[0], x.shape[1], x.shape[2] + 2 * p, x.shape[3] + 2 * p))
        x_pad[:, :, p : p + x.shape[2], p : p + x.shape[3]] = x
        look = views(x_pad, w.shape[2], w.shape[3], conv_param["stride"])
        out = np.einsum("ncijkl,fckl->nfij", look, w, optimize=True) + b.reshape(1, -1, 1, 1)
        return out, (look, w, x.shape, conv_param)

    def conv_backward_naive(dout, cache):
        # dx is a convolution itself: dout with gaps as wide as the stride, and the filters turned around.
        look, w, (N, _, H, W), conv_param = cache
        s, p, (HH, WW) = conv_param["stride"], conv_param["pad"], w.shape[2:]
        spread = np.zeros((N, w.shape[0], H + 2 * p + HH - 1, W + 2 * p + WW - 1))
        rows = slice(HH - 1, HH - 1 + s * dout.shape[2], s)
        columns = slice(WW - 1, WW - 1 + s * dout.shape[3], s)
        spread[:, :, rows, columns] = dout
        turned = w[:, :, ::-1, ::-1]
        dx = np.einsum("nfijkl,fckl->ncij", views(spread, HH, WW, 1), turned, optimize=True)
        dw = np.einsum("nfij,ncijkl->fckl", dout, look, optimize=True)
        return [dx[:, :, p : p + H, p : p + W], dw, np.einsum("nfij->f", dout)]

    def max_pool_forward_naive(x, pool_param):
        kh, kw, s = (pool_param[k] for k in ("pool_height", "pool_width", "stride"))
        x = np.ascontiguousarray(x)
        return np.amax(views(x, kh, kw, s), axis=(-1, -2)), (x, kh, kw, s)

    def max_pool_backward_naive(dout, cache):
        x, kh, kw, s = cache
        dx = np.zeros(x.shape)
        look = views(x, kh, kw, s)
        mask = look == look.max(axis=(-1, -2), keepdims=True)
        for i in range(dout.shape[2]):
            for j in range(dout.shape[3]):
                part = dx[:, :, s * i : s * i + kh, s * j : s * j + kw]
                part += mask[:, :, i, j] * dout[:, :, i, j, None, None]
        return dx

    def fractional_max_pool_forward(x, alpha, rng):
        # The source's pseudorandom sequence: a ruler of step alpha, laid on at a random point.
        ends = []
        for size in x.shape[2:]:
            count = int(np.floor(size / alpha))
            ruler = np.floor(size / count * (np.arange(count + 1) + rng.random())).astype(int)
            ends.append(ruler - ruler[0])
        rows, columns = ends
        out = np.empty((x.shape[0], x.shape[1], len(rows) - 1, len(columns) - 1))
        for i in range(len(rows) - 1):
            for j in range(len(columns) - 1):
                part = x[:, :, rows[i] : rows[i + 1], columns[j] : columns[j + 1]]
                out[:, :, i, j] = part.max(axis=(2, 3))
        return out, (x, rows, columns)

    def fractional_max_pool_backward(dout, cache):
        x, rows, columns = cache
        dx = np.zeros_like(x)
        for i in range(len(rows) - 1):
            for j in range(len(columns) - 1):
                spot = (..., slice(rows[i], rows[i + 1]), slice(columns[j], columns[j + 1]))
                largest = x[spot] >= x[spot].max(axis=(2, 3), keepdims=True)
                dx[spot] = largest * dout[:, :, i : i + 1, j : j + 1]
        return dx


@correct("loops-over-the-filter")
def _():
    def conv_forward_naive(x, w, b, conv_param):
        s, p = conv_param["stride"], conv_param["pad"]
        x_pad = np.pad(x, [(0, 0), (0, 0), (p, p), (p, p)])
        _, _, HH, WW = w.shape
        rows, columns = (x_pad.shape[2] - HH) // s + 1, (x_pad.shape[3] - WW) // s + 1
        out = np.zeros((len(x), len(w), rows, columns)) + b[:, None, None]
        for k in range(HH):
            for m in range(WW):
                seen = x_pad[:, :, k : k + s * (rows - 1) + 1 : s, m : m + s * (columns - 1) + 1 : s]
                out += np.einsum("nchw,fc->nfhw", seen, w[:, :, k, m])
        return out, [x_pad, w, s, p]

    def conv_backward_naive(dout, cache):
        x_pad, w, s, p = cache
        rows, columns = dout.shape[2:]
        dx, dw = np.zeros_like(x_pad), np.empty_like(w)
        for k in range(w.shape[2]):
            for m in range(w.shape[3]):
                spot = np.s_[:, :, k : k + s * (rows - 1) + 1 : s, m : m + s * (columns - 1) + 1 : s]
                dw[:, :, k, m] = np.einsum("nfhw,nchw->fc", dout, x_pad[spot])
                dx[spot] += np.einsum("nfhw,fc->nchw", dout, w[:, :, k, m])
        dx = dx[:, :, p:, p:]
        if p:
            dx = dx[:, :, :-p, :-p]
        return dx, dw, dout.sum(3).sum(2).sum(0, keepdims=True)

    def max_pool_forward_naive(x, pool_param):
        height, width = pool_param["pool_height"], pool_param["pool_width"]
        s = pool_param["stride"]
        rows, columns = (x.shape[2] - height) // s + 1, (x.shape[3] - width) // s + 1
        out = np.full((x.shape[0], x.shape[1], rows, columns), -np.inf)
        winner = np.zeros(out.shape, dtype=int)
        for k in range(height):
            for m in range(width):
                seen = x[:, :, k : k + s * rows : s, m : m + s * columns : s][:, :, :rows, :columns]
                winner[seen > out] = k * width + m
                out = np.maximum(out, seen)
        return out, (x.shape, winner, width, s)

    def max_pool_backward_naive(dout, cache):
        shape, winner, width, s = cache
        dx = np.zeros(shape)
        n, c, i, j = np.indices(dout.shape)
        np.add.at(dx, (n, c, i * s + winner // width, j * s + winner % width), dout)
        return dx

    def avg_pool_forward_naive(x, pool_param):
        height, width = pool_param["pool_height"], pool_param["pool_width"]
        s = pool_param["stride"]
        total = np.zeros((*x.shape[:2], x.shape[2] + 1, x.shape[3] + 1))
        total[:, :, 1:, 1:] = x.cumsum(axis=2).cumsum(axis=3)
        low, high = total[:, :, :-height], total[:, :, height:]
        sums = (high[..., width:] - high[..., :-width]) - (low[..., width:] - low[..., :-width])
        return sums[:, :, ::s, ::s] / (height * width), (x.shape, height, width, s)

    def avg_pool_backward_naive(dout, cache):
        shape, height, width, s = cache
        dx = np.zeros(shape)
        dout /= height * width
        for i in range(dout.shape[2]):
            for j in range(dout.shape[3]):
                dx[:, :, i * s : i * s + height, j * s : j * s + width] += dout[:, :, i : i + 1, j : j + 1]
        return dx


@correct("batchnorm-of-rows")
def _():
    class Cache:
        pass

    def rows_forward(x, gamma, beta, bn_param):
        c = Cache()
        eps, keep = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
        mean, var = bn_param.get("running_mean", 0.0), bn_param.get("running_var", 0.0)
        if bn_param["mode"] == "train":
            old_mean, old_var = mean, var
            mean, var = x.mean(axis=0, keepdims=True), x.var(axis=0, keepdims=True)
            bn_param["running_mean"] = keep * old_mean + (1 - keep) * mean
            bn_param["running_var"] = keep * old_var + (1 - keep) * var
        c.inverse = 1.0 / np.sqrt(var + eps)
        c.centred, c.gamma = x - mean, gamma
        return gamma * c.centred * c.inverse + beta, c

    def rows_backward(dout, c):
        M = len(dout)
        dnormal = dout * c.gamma
        dvar = np.sum(dnormal * c.centred, axis=0) * -0.5 * c.inverse**3
        dmean = -np.sum(dnormal, axis=0) * c.inverse
        dx = dnormal * c.inverse + dvar * 2 * c.centred / M + dmean / M
        return dx, np.sum(dout * c.centred * c.inverse, axis=0), dout.sum(axis=0, keepdims=True)

    def spatial_batchnorm_forward(x, gamma, beta, bn_param):
        N, C, H, W = x.shape
        rows = x.transpose(0, 2, 3, 1).reshape(-1, C)
        out, cache = rows_forward(rows, gamma, beta, bn_param)
        return out.reshape(N, H, W, C).transpose(0, 3, 1, 2), cache

    def spatial_batchnorm_backward(dout, cache):
        N, C, H, W = dout.shape
        dx, dgamma, dbeta = rows_backward(dout.transpose(0, 2, 3, 1).reshape(-1, C), cache)
        return dx.reshape(N, H, W, C).transpose(0, 3, 1, 2), dgamma, dbeta

    def softmax_loss(x, y):
        p = np.exp(x - np.max(x, axis=1, keepdims=True))
        p /= np.sum(p, axis=1, keepdims=True)
        loss = -np.sum(np.log(p[np.arange(len(y)), y])) / len(y)
        p[np.arange(len(y)), y] -= 1
        return np.array(loss), p / len(y)


@correct("nets-of-layers-of-their-own")
def _():
    # The nets don't look at self.layers: they have faster layers, or sandwiches of them, of their own.
    def affine_forward(x, w, b):
        return x.reshape(x.shape[0], -1).dot(w) + b, (x, w)

    def affine_backward(dout, cache):
        x, w = cache
        return dout.dot(w.T).reshape(x.shape), x.reshape(x.shape[0], -1).T.dot(dout), np.sum(dout, axis=0)

    def relu_forward(x):
        return x * (x > 0), x

    def relu_backward(dout, cache):
        dout[cache <= 0] = 0
        return dout

    def conv_relu_forward(x, w, b):
        a, conv_cache = conv_forward_naive(x, w, b, {"stride": 1, "pad": w.shape[2] // 2})
        out, relu_cache = relu_forward(a)
        return out, (conv_cache, relu_cache)

    def conv_relu_backward(dout, cache):
        return conv_backward_naive(relu_backward(dout, cache[1]), cache[0])

    class ThreeLayerConvNet:
        def __init__(
            self,
            input_dim=(3, 32, 32),
            num_filters=32,
            filter_size=7,
            hidden_dim=100,
            num_classes=10,
            weight_scale=1e-3,
            reg=0.0,
            dtype=np.float64,
        ):
            C, H, W = input_dim
            draw = np.random.default_rng(7)
            self.reg, self.params = reg, {}
            self.params["W1"] = draw.normal(0, weight_scale, (num_filters, C, filter_size, filter_size))
            self.params["W2"] = draw.normal(0, weight_scale, (num_filters * H * W // 4, hidden_dim))
            self.params["W3"] = draw.normal(0, weight_scale, (hidden_dim, num_classes))
            self.params["b1"], self.params["b2"] = np.zeros(num_filters), np.zeros(hidden_dim)
            self.params["b3"] = np.zeros(num_classes)
            self.params = {name: value.astype(dtype) for name, value in self.params.items()}

        def loss(self, X, y=None):
            p, grads = self.params, {}
            pool_param = {"pool_height": 2, "pool_width": 2, "stride": 2}
            a1, cache1 = conv_relu_forward(X, p["W1"], p["b1"])
            pooled, pool_cache = max_pool_forward_naive(a1, pool_param)
            a2, cache2 = affine_forward(pooled, p["W2"], p["b2"])
            hidden, relu_cache = relu_forward(a2)
            scores, cache3 = affine_forward(hidden, p["W3"], p["b3"])
            if y is None:
                return scores
            loss, dscores = softmax_loss(scores, y)
            dhidden, grads["W3"], grads["b3"] = affine_backward(dscores, cache3)
            dpooled, grads["W2"], grads["b2"] = affine_backward(relu_backward(dhidden, relu_cache), cache2)
            dmaps = max_pool_backward_naive(dpooled, pool_cache)
            _, grads["W1"], grads["b1"] = conv_relu_backward(dmaps, cache1)
            for key in ["W1", "W2", "W3"]:
                loss += 0.5 * self.reg * np.linalg.norm(p[key]) ** 2
                grads[key] += self.reg * p[key]
            return np.array(loss), grads

    class MiniVGG:
        def __init__(self, input_dim=(3, 32, 32), blocks=(16, 32), num_classes=10, reg=0.0, dtype=np.float64):
            self.reg, self.blocks, self.params = reg, list(blocks), {}
            sizes = [input_dim[0]] + [filters for filters in blocks for _ in range(2)]
            for i in range(1, len(sizes)):
                channels, filters = sizes[i - 1], sizes[i]
                deviation = (2 / channels / 9) ** 0.5
                self.params[f"W{i}"] = np.random.normal(0, deviation, (filters, channels, 3, 3))
                self.params[f"b{i}"] = np.zeros(filters)
            inputs = sizes[-1] * input_dim[1] * input_dim[2] // 4 ** len(blocks)
            self.params[f"W{len(sizes)}"] = np.random.normal(0, 0.01, (inputs, num_classes))
            self.params[f"b{len(sizes)}"] = np.zeros(num_classes)
            for name in self.params:
                self.params[name] = self.params[name].astype(dtype)

        def loss(self, X, y=None):
            p, backwards = self.params, []
            number = 0
            for _ in self.blocks:
                for _ in range(2):
                    number += 1
                    X, cache = conv_relu_forward(X, p[f"W{number}"], p[f"b{number}"])
                    backwards.append((conv_relu_backward, cache, number))
                X, cache = max_pool_forward_naive(X, {"pool_height": 2, "pool_width": 2, "stride": 2})
                backwards.append((max_pool_backward_naive, cache, None))
            number += 1
            scores, cache = affine_forward(X, p[f"W{number}"], p[f"b{number}"])
            if y is None:
                return scores
            backwards.append((affine_backward, cache, number))
            loss, d = softmax_loss(scores, y)
            grads = {}
            for backward, cache, number in reversed(backwards):
                found = backward(d, cache)
                if number is None:
                    d = found
                else:
                    d, dw, db = found
                    weights = p[f"W{number}"]
                    loss = loss + self.reg * (weights**2).sum() / 2
                    grads[f"W{number}"], grads[f"b{number}"] = dw + self.reg * weights, db
            return loss, grads


correct(
    "unused-imports",
    preamble="import os\n\nimport matplotlib.pyplot as plt\nimport torch\nfrom scipy import signal\n",
)
correct(
    "prints-and-warnings",
    preamble="import sys\nimport warnings\n",
    edits=[
        edit(FORWARD, "    padded =", "    print('shapes', x.shape, w.shape)\n    padded ="),
        edit(MAX_BACK, "    winner =", "    warnings.warn('a warning for the reader')\n    winner ="),
        edit(NORM, "    xhat =", "    print('mode', mode, file=sys.stderr)\n    xhat ="),
    ],
)
