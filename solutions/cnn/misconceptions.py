"""Wrong variants that students really write."""

import numpy as np

from autograder.variants import edit, misconception

FORWARD, BACKWARD = "conv_forward_naive", "conv_backward_naive"
MAX, MAX_BACK = "max_pool_forward_naive", "max_pool_backward_naive"
AVG, AVG_BACK = "avg_pool_forward_naive", "avg_pool_backward_naive"
FRACTIONAL, FRACTIONAL_BACK = "fractional_max_pool_forward", "fractional_max_pool_backward"
NORM, NORM_BACK = "spatial_batchnorm_forward", "spatial_batchnorm_backward"
IM2COL, IM2COL_BACK = "conv_forward_im2col", "conv_backward_im2col"
GROUP, GROUP_BACK = "spatial_groupnorm_forward", "spatial_groupnorm_backward"
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
GROUPS = "x.reshape(len(x), G, -1)"
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
    "output-size-rounded-to-the-nearest",
    hint="Where the stride does not come out even, does a filter that sticks out by a little count?",
    edits=sizes("1 + round((H + 2 * pad - HH) / stride)", "1 + round((W + 2 * pad - WW) / stride)"),
)
misconception(
    "output-rows-rounded-to-the-nearest",
    hint="Do you round the rows and the columns in the same way?",
    edits=[edit("conv_output_shape", ROWS, "1 + round((H + 2 * pad - HH) / stride)")],
)
misconception(
    "output-size-of-square-images",
    hint="Images and filters need not be square. Which sizes decide on the columns?",
    edits=sizes("1 + (H + 2 * pad - HH) // stride + 0", "1 + (H + 2 * pad - HH) // stride"),
)
misconception(
    "output-size-of-square-filters",
    hint="A filter need not be square. Which of its two sizes decides on the columns?",
    edits=[edit("conv_output_shape", COLUMNS, "1 + (W + 2 * pad - HH) // stride")],
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
misconception(
    "parameters-with-other-biases",
    hint="You count {value} for all biases together. What has a bias: the layer, a channel, or a filter?",
    edits=[edit("conv_parameter_count", "F * (C * HH * WW + 1)", "F * C * HH * WW + {value}")],
    values=("1", "C"),
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


@misconception(
    "conv-pads-samples-and-channels",
    hint="An image array has four axes. Which of them are to be padded?",
)
def _():
    def conv_forward_naive(x, w, b, conv_param):
        stride, pad = conv_param["stride"], conv_param["pad"]
        N, _, H, W = x.shape
        F, _, HH, WW = w.shape
        padded = np.pad(x, pad)
        out = np.zeros((N, F, 1 + (H + 2 * pad - HH) // stride, 1 + (W + 2 * pad - WW) // stride))
        for n, f, i, j in np.ndindex(out.shape):
            window = padded[n, :, i * stride : i * stride + HH, j * stride : j * stride + WW]
            out[n, f, i, j] = np.sum(window * w[f]) + b[f]
        return out, (x, w, conv_param)

    def conv_backward_naive(dout, cache):
        x, w, conv_param = cache
        stride, pad = conv_param["stride"], conv_param["pad"]
        HH, WW = w.shape[2:]
        padded = np.pad(x, pad)
        dpadded, dw = np.zeros_like(padded), np.zeros_like(w)
        for n, f, i, j in np.ndindex(dout.shape):
            window = np.s_[n, :, i * stride : i * stride + HH, j * stride : j * stride + WW]
            dw[f] += dout[n, f, i, j] * padded[window]
            dpadded[window] += dout[n, f, i, j] * w[f]
        dx = dpadded[:, :, pad : pad + x.shape[2], pad : pad + x.shape[3]]
        return dx, dw, dout.sum(axis=(0, 2, 3))


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
    "conv-dx-cut-with-one",
    hint="Your dx is cut as if the pad were always the same. Which one is it?",
    edits=[edit(BACKWARD, CROP, "dpadded[:, :, 1:-1, 1:-1]")],
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
    "conv-db-of-the-last-sample",
    hint="After the loop, how many samples have left a trace in db?",
    edits=[edit(BACKWARD, DB, "dout[-1].sum(axis=(1, 2))")],
)
misconception(
    "conv-db-of-the-last-place",
    hint="After the loop, how many places of the output have left a trace in db?",
    edits=[edit(BACKWARD, DB, "dout[:, :, -1, -1].sum(axis=0)")],
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


@misconception(
    "conv-dx-overwritten-by-each-filter",
    hint="Every filter sends a gradient to the same part of dx. What happens to that of the filter before?",
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
        # The last filter is the last to write, whichever of the other loops is within which.
        for i in range(dout.shape[2]):
            for j in range(dout.shape[3]):
                window = np.s_[:, :, i * stride : i * stride + HH, j * stride : j * stride + WW]
                dpadded[window] = dout[:, -1, i, j][:, None, None, None] * w[-1]
        dx = dpadded[:, :, pad : pad + x.shape[2], pad : pad + x.shape[3]]
        return dx, dw, dout.sum(axis=(0, 2, 3))


# Convolution by a matrix product.

misconception(
    "im2col-columns-in-another-order",
    hint="In which order does reshape flatten a filter? Do the numbers of a window stand in that order, too?",
    edits=[edit(IM2COL, "transpose(0, 2, 3, 1, 4, 5)", "transpose(0, 2, 3, 4, 5, 1)")],
)
misconception(
    "im2col-columns-in-another-order-forward",
    hint="In which order does reshape flatten a filter? Do the numbers of a window stand in that order, too?",
    edits=[
        edit(
            IM2COL,
            "    out = matrix @",
            "    turned = windows.transpose(0, 2, 3, 4, 5, 1).reshape(matrix.shape)\n    out = turned @",
        ),
    ],
)
misconception(
    "im2col-output-not-turned",
    hint="Your product has a row for each place, and a column for each filter. Which axis comes last?",
    edits=[
        edit(
            IM2COL,
            "out.reshape(N, rows, columns, -1).transpose(0, 3, 1, 2)",
            "out.reshape(N, -1, rows, columns)",
        )
    ],
)
misconception(
    "im2col-stride-ignored",
    hint="Which places of the image have a row of the matrix, if the stride is 2?",
    edits=[edit(IM2COL, WINDOWS, "windows = windows[:, :, ::1, ::1]")],
)
misconception(
    "im2col-without-bias",
    hint="Does the output of your matrix product change when b does?",
    edits=[edit(IM2COL, ".T + b", ".T")],
)
misconception(
    "im2col-backward-overwrites",
    hint="An entry of x stands in the matrix several times. What happens to its first gradient?",
    edits=[edit(IM2COL_BACK, "dpadded[:, :, down, right] +=", "dpadded[:, :, down, right] =")],
)
misconception(
    "im2col-backward-adds-at-repeated-indices",
    hint="When arrays of indices name an entry twice, how often does NumPy's += add to it? Try it.",
    edits=[
        edit(
            IM2COL_BACK,
            "    for i, j in np.ndindex(w.shape[2:]):\n",
            "    for i, j in sorted(np.ndindex(w.shape[2:]), reverse=True):\n",
        ),
        edit(IM2COL_BACK, "dpadded[:, :, down, right] +=", "dpadded[:, :, down, right] ="),
    ],
)
misconception(
    "im2col-backward-ignores-the-stride",
    hint="To which part of the image do you send back the second row of the matrix, if the stride is 2?",
    edits=[
        edit(IM2COL_BACK, "slice(i, i + stride * rows, stride)", "slice(i, i + rows)"),
        edit(IM2COL_BACK, "slice(j, j + stride * columns, stride)", "slice(j, j + columns)"),
    ],
)
misconception(
    "im2col-dx-cut-with-minus-pad",
    hint="What is left of an array when you cut it from 0 to -0?",
    edits=[edit(IM2COL_BACK, "pad : shape[2] - pad, pad : shape[3] - pad", "pad:-pad, pad:-pad")],
)


@misconception(
    "im2col-loop-over-samples",
    hint="Does your code go through the samples one by one? All of them fit into one matrix.",
)
def _():
    def conv_forward_im2col(x, w, b, conv_param):
        stride, pad = conv_param["stride"], conv_param["pad"]
        outs, matrices = [], []
        for image in x:
            padded = np.pad(image, ((0, 0), (pad, pad), (pad, pad)))
            windows = np.lib.stride_tricks.sliding_window_view(padded, w.shape[2:], axis=(1, 2))
            windows = windows[:, ::stride, ::stride]
            rows, columns = windows.shape[1:3]
            matrix = windows.transpose(1, 2, 0, 3, 4).reshape(rows * columns, -1)
            outs.append((matrix @ w.reshape(len(w), -1).T + b).T.reshape(-1, rows, columns))
            matrices.append(matrix)
        shape = (*x.shape[:2], x.shape[2] + 2 * pad, x.shape[3] + 2 * pad)
        return np.stack(outs), (shape, np.concatenate(matrices), w, conv_param)


@misconception(
    "im2col-loop-over-samples-and-places",
    hint="Does your code go through the samples and the places of the filter one by one? One matrix holds "
    "what is seen at all of them.",
)
def _():
    def conv_forward_im2col(x, w, b, conv_param):
        stride, pad = conv_param["stride"], conv_param["pad"]
        N, _, H, W = x.shape
        F, _, HH, WW = w.shape
        rows, columns = 1 + (H + 2 * pad - HH) // stride, 1 + (W + 2 * pad - WW) // stride
        padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
        matrix = []
        for n, i, j in np.ndindex(N, rows, columns):
            top, left = i * stride, j * stride
            matrix.append(padded[n, :, top : top + HH, left : left + WW].ravel())
        out = np.array(matrix) @ w.reshape(F, -1).T + b
        out = out.reshape(N, rows, columns, F).transpose(0, 3, 1, 2)
        return out, (padded.shape, np.array(matrix), w, conv_param)


@misconception(
    "im2col-calls-the-loops",
    hint="Your convolution by loops is right, but here a matrix product is asked for: no loop over places.",
)
def _():
    def conv_forward_im2col(x, w, b, conv_param):
        stride, pad = conv_param["stride"], conv_param["pad"]
        N, _, H, W = x.shape
        F, _, HH, WW = w.shape
        padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
        out = np.zeros((N, F, 1 + (H + 2 * pad - HH) // stride, 1 + (W + 2 * pad - WW) // stride))
        for i in range(out.shape[2]):
            for j in range(out.shape[3]):
                window = padded[:, :, i * stride : i * stride + HH, j * stride : j * stride + WW]
                out[:, :, i, j] = window.reshape(N, -1) @ w.reshape(F, -1).T + b
        return out, (padded, w, conv_param)

    def conv_backward_im2col(dout, cache):
        padded, w, conv_param = cache
        stride, pad = conv_param["stride"], conv_param["pad"]
        HH, WW = w.shape[2:]
        dpadded, dw = np.zeros_like(padded), np.zeros_like(w)
        for i in range(dout.shape[2]):
            for j in range(dout.shape[3]):
                window = np.s_[:, :, i * stride : i * stride + HH, j * stride : j * stride + WW]
                dw += np.tensordot(dout[:, :, i, j], padded[window], axes=(0, 0))
                dpadded[window] += np.tensordot(dout[:, :, i, j], w, axes=(1, 0))
        _, _, H, W = padded.shape
        return dpadded[:, :, pad : H - pad, pad : W - pad], dw, dout.sum(axis=(0, 2, 3))


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
    "pool-windows-of-the-stride",
    hint="Where does a window end? Which setting decides that, and which only where the next one begins?",
    edits=[
        edit(
            MAX,
            "    return windows[:, :, ::stride, ::stride].max(axis=(4, 5)), (x, pool_param)",
            """    shape = windows[:, :, ::stride, ::stride].shape[:4]
    out = np.zeros(shape)
    for i, j in np.ndindex(shape[2:]):
        out[:, :, i, j] = x[:, :, i * stride : (i + 1) * stride, j * stride : (j + 1) * stride].max((2, 3))
    return out, (x, pool_param)""",
        ),
        edit(
            AVG,
            "    return windows[:, :, ::stride, ::stride].mean(axis=(4, 5)), (x.shape, pool_param)",
            """    shape = windows[:, :, ::stride, ::stride].shape[:4]
    out = np.zeros(shape)
    for i, j in np.ndindex(shape[2:]):
        out[:, :, i, j] = x[:, :, i * stride : (i + 1) * stride, j * stride : (j + 1) * stride].mean((2, 3))
    return out, (x.shape, pool_param)""",
        ),
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
    "max-pool-row-and-column-by-the-height",
    hint="You number the entries of a window row by row. How many of them make a row?",
)
def _():
    def max_pool_backward_naive(dout, cache):
        x, pool_param = cache
        height, width, stride = (pool_param[key] for key in ("pool_height", "pool_width", "stride"))
        dx = np.zeros_like(x)
        for n, c, i, j in np.ndindex(dout.shape):
            winner = x[n, c, i * stride : i * stride + height, j * stride : j * stride + width].argmax()
            dx[n, c, i * stride + winner // height, j * stride + winner % height] += dout[n, c, i, j]
        return dx


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
    "avg-pool-over-the-stride",
    hint="Over how many entries is the mean of a window taken? Does the stride tell?",
    edits=[edit(AVG, ".mean(axis=(4, 5))", ".sum(axis=(4, 5)) / stride**2")],
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
    hint="7 rows at 1.6 make 4 bands. And how many make 9 rows?",
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
misconception(
    "fractional-steps-of-alpha",
    hint="Add up the sizes of your bands. Do they make as many rows as the image has?",
    edits=[
        edit(
            FRACTIONAL,
            STEPS,
            "np.diff(np.floor(alpha * (np.arange(count + 1) + rng.random())).astype(int))",
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
    "batchnorm-unbiased-variance",
    hint="Is the variance a mean of squares, or is their sum divided by one less?",
    edits=[edit(NORM, "x.var(axis=(0, 2, 3))", "x.var(axis=(0, 2, 3), ddof=1)")],
)
misconception(
    "batchnorm-running-deviation-for-variance",
    hint="What do you keep in running_var: the variance, or its root?",
    edits=[edit(NORM, RUNNING_VAR, RUNNING_VAR.replace("* var", "* np.sqrt(var)"))],
)
misconception(
    "batchnorm-test-mode-without-scale",
    hint="Where are gamma and beta in test mode?",
    edits=[
        edit(
            NORM,
            "return scale * xhat + shift,",
            'return (xhat if mode == "test" else scale * xhat + shift),',
        )
    ],
)
misconception(
    "batchnorm-test-mode-over-the-variance",
    hint="By what do you divide in test mode: by the running variance, or by its root?",
    edits=[
        edit(
            NORM,
            "    xhat = (x - mean) / std\n",
            '    if mode == "test":\n        std = std**2\n    xhat = (x - mean) / std\n',
        )
    ],
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
    "batchnorm-statistics-updated-in-test-mode",
    hint="In test mode, are the running statistics after a call what they were before it?",
    edits=[
        edit(
            NORM,
            RUNNING_VAR,
            f"{RUNNING_VAR}\n    else:\n"
            + RUNNING_MEAN.replace("* mean", "* x.mean(axis=(0, 2, 3))").join([" " * 8, "\n"])
            + RUNNING_VAR.replace("* var", "* x.var(axis=(0, 2, 3))").join([" " * 8, ""]),
        )
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

# Group normalization.


def grouped(forward, *edits):
    """Other groups in the forward, and what else changes."""
    return [edit(GROUP, GROUPS, forward), *edits]


misconception(
    "groupnorm-over-the-batch",
    hint="Does the output for one image depend on the others of the batch? It must not.",
    edits=[
        edit(GROUP, "groups.var(axis=2, keepdims=True)", "groups.var(axis=(0, 2), keepdims=True)"),
        edit(GROUP, "groups.mean(axis=2, keepdims=True)", "groups.mean(axis=(0, 2), keepdims=True)"),
        edit(GROUP_BACK, "np.mean(g, axis=2, keepdims=True)", "np.mean(g, axis=(0, 2), keepdims=True)"),
    ],
)
misconception(
    "groupnorm-of-single-channels",
    hint="Over how many channels is each mean taken? Where does G come in?",
    edits=grouped("x.reshape(*x.shape[:2], -1)"),
)
misconception(
    "groupnorm-of-all-channels",
    hint="Over how many channels is each mean taken? Where does G come in?",
    edits=grouped("x.reshape(len(x), 1, -1)"),
)
misconception(
    "groupnorm-of-g-channels",
    hint="Is G the number of groups, or the number of channels in a group?",
    edits=grouped("x.reshape(len(x), x.shape[1] // G, -1)"),
)


@misconception(
    "groupnorm-channels-dealt-out",
    hint="With six channels in three groups, which are in the first one? Look at what your reshape does.",
)
def _():
    def spatial_groupnorm_forward(x, gamma, beta, G, gn_param):
        groups = x.reshape(len(x), -1, G, *x.shape[2:])
        std = np.sqrt(groups.var(axis=(1, 3, 4), keepdims=True) + gn_param.get("eps", 1e-5))
        xhat = (groups - groups.mean(axis=(1, 3, 4), keepdims=True)) / std
        return gamma * xhat.reshape(x.shape) + beta, (xhat, std, gamma)

    def spatial_groupnorm_backward(dout, cache):
        xhat, std, gamma = cache
        dxhat = (gamma * dout).reshape(xhat.shape)
        along_xhat, along_mean = (g.mean(axis=(1, 3, 4), keepdims=True) for g in (dxhat * xhat, dxhat))
        dx = ((dxhat - along_mean - xhat * along_xhat) / std).reshape(dout.shape)
        dgamma = np.sum(dout * xhat.reshape(dout.shape), axis=(0, 2, 3), keepdims=True)
        return dx, dgamma, np.sum(dout, axis=(0, 2, 3), keepdims=True)


misconception(
    "groupnorm-eps-outside-the-root",
    hint="Is eps added to a group's variance, or to its standard deviation? Try an eps that is not tiny.",
    edits=[
        edit(
            GROUP,
            "np.sqrt(groups.var(axis=2, keepdims=True) + eps)",
            "np.sqrt(groups.var(axis=2, keepdims=True)) + eps",
        )
    ],
)
misconception(
    "groupnorm-eps-ignored",
    hint="The caller may ask for another eps. Does your group normalization use it?",
    edits=[edit(GROUP, "+ eps)", "+ 1e-5)")],
)
misconception(
    "groupnorm-statistics-as-constants",
    hint="A group's mean and variance depend on x, too. Where are their gradients?",
    edits=[edit(GROUP_BACK, "dxhat - along_mean - xhat * along_xhat", "dxhat")],
)
misconception(
    "groupnorm-scaled-after-the-means",
    hint="A group's channels have scales of their own. Are they in before you take means over the group?",
    edits=[
        edit(GROUP_BACK, "(gamma * dout).reshape(xhat.shape)", "dout.reshape(xhat.shape)"),
        edit(GROUP_BACK, "/ std).reshape(dout.shape)", "/ std).reshape(dout.shape) * gamma"),
    ],
)
misconception(
    "groupnorm-dgamma-without-its-axes",
    hint="Which shape has gamma, and which have your dgamma and dbeta?",
    edits=[
        edit(
            GROUP_BACK,
            "xhat.reshape(dout.shape), axis=(0, 2, 3), keepdims=True)",
            "xhat.reshape(dout.shape), axis=(0, 2, 3))",
        ),
        edit(GROUP_BACK, "np.sum(dout, axis=(0, 2, 3), keepdims=True)", "np.sum(dout, axis=(0, 2, 3))"),
    ],
)
misconception(
    "groupnorm-dgamma-for-each-sample",
    hint="One gamma serves all samples. Over which axes must its gradient be summed?",
    edits=[
        edit(
            GROUP_BACK,
            "xhat.reshape(dout.shape), axis=(0, 2, 3), keepdims=True)",
            "xhat.reshape(dout.shape), axis=(2, 3), keepdims=True)",
        ),
        edit(
            GROUP_BACK,
            "np.sum(dout, axis=(0, 2, 3), keepdims=True)",
            "np.sum(dout, axis=(2, 3), keepdims=True)",
        ),
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
    edit(GROUP, "(xhat, std, gamma)", "last.update(group=(xhat, std, gamma))"),
    edit(GROUP_BACK, "= cache", "= last['group']"),
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
        edit(
            IM2COL,
            "(padded.shape, matrix, w, conv_param)",
            "last.update(im2col=(padded.shape, matrix, w, conv_param))",
        ),
        edit(IM2COL_BACK, "= cache", "= last['im2col']"),
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
    "softmax-log-of-a-little-more",
    hint="You add a small number to the probability before the logarithm. When is it not small beside it?",
    edits=[
        edit("softmax_loss", "-log_p[rows, y].mean()", "-np.log(np.exp(log_p[rows, y]) + {value}).mean()")
    ],
    values=("1e-12", "1e-8", "1e-10", "1e-15"),
)
misconception(
    "softmax-shifted-by-the-batch",
    hint="One sample has scores near 2000, another near 0. By how much does your shift move the second one?",
    edits=[edit("softmax_loss", "x - x.max(axis=1, keepdims=True)", "x - x.max()")],
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
    "penalty-doubled-in-the-loss",
    hint="Which factor stands before your penalty, and which one does its gradient belong to?",
    edits=penalty("self.reg * np.sum(W ** 2)", ""),
)
misconception(
    "penalty-of-the-squared-sum",
    hint="For the weights 1 and -1, is your penalty 0? What do you square: each weight, or their sum?",
    edits=penalty("0.5 * self.reg * np.sum(W) ** 2", ""),
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
    "loss-spoils-the-parameters",
    hint="After the call of loss, are the parameters of the net what they were?",
    edits=penalty("", "np.add(GRAD, np.multiply(W, self.reg, out=W))"),
)
misconception(
    "layers-not-called-by-name",
    hint="Someone puts another layer into self.layers. Does your loss call it?",
    edits=[
        edit(net, f'self.layers["{layer}"]', function)
        for net in (THREE, VGG)
        for layer, function in [
            ("conv_forward", FORWARD),
            ("conv_backward", BACKWARD),
            ("pool_forward", MAX),
            ("pool_backward", MAX_BACK),
            ("loss", "softmax_loss"),
        ]
    ],
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
    "penalty-without-the-first-layer",
    hint="Which weights are in your penalty? Count them: filters are weights, too.",
    edits=[
        edit(THREE, 'for name in ("W1", "W2", "W3"):', 'for name in ("W2", "W3"):'),
        edit(VGG, "for i in range(1, last + 1):", "for i in range(2, last + 1):"),
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
        # Slopes are the same for all images.
        x, pool_param = np.ones(cache[0].shape), cache[1]
        dx = np.zeros(x.shape)
        for index in np.ndindex(x.shape):
            step = np.zeros(x.shape)
            step[index] = 1e-5
            above, _ = avg_pool_forward_naive(x + step, pool_param)
            below, _ = avg_pool_forward_naive(x - step, pool_param)
            dx[index] = np.sum(dout * (above - below)) / 2e-5
        return dx
