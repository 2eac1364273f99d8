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
    hint="Where the stride does not come out even, do you count a place at which the filter sticks out "
    "of the image?",
    edits=sizes("1 - -(H + 2 * pad - HH) // stride", "1 - -(W + 2 * pad - WW) // stride"),
)
misconception(
    "output-size-rounded-to-the-nearest",
    hint="Where the stride does not come out even, do you round down, or to the nearest? May a filter "
    "stick out a little?",
    edits=sizes("1 + round((H + 2 * pad - HH) / stride)", "1 + round((W + 2 * pad - WW) / stride)"),
)
misconception(
    "output-rows-rounded-to-the-nearest",
    hint="Do you round the number of rows in the same way as the number of columns?",
    edits=[edit("conv_output_shape", ROWS, "1 + round((H + 2 * pad - HH) / stride)")],
)
misconception(
    "output-size-of-square-images",
    hint="Images and filters need not be square. Which height or width does your number of columns "
    "depend on?",
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
    hint="Does a filter have parameters besides its weights? Do you count them?",
    edits=[edit("conv_parameter_count", "(C * HH * WW + 1)", "(C * HH * WW)")],
)
misconception(
    "parameters-with-a-bias-per-channel",
    hint="How many biases does one filter have, however many channels it has? How many do you count?",
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
    hint="Is the first row of your filter multiplied by the first row of the window, or by the last?",
    edits=[edit(FORWARD, "windows, w, axes", "windows, w[:, :, ::-1, ::-1], axes")],
)
misconception(
    "conv-places-one-apart",
    hint="Which part of the image does the second entry of a row of your output see if the stride is 2? "
    "Which part should it see?",
    edits=[edit(FORWARD, WINDOWS, f"windows = {FIRST_PLACES}")],
)
misconception(
    "conv-stride-ignored",
    hint="Follow the stride from conv_param. Which line of your forward uses it?",
    edits=[edit(FORWARD, WINDOWS, "windows = windows[:, :, ::1, ::1]")],
)
misconception(
    "conv-backward-pad-is-one",
    hint="Where does your backward take the pad from? Is it the forward's number, or always the same one?",
    edits=[edit(BACKWARD, PARAM, 'stride, pad = conv_param["stride"], 1')],
)
misconception(
    "conv-pad-as-a-switch",
    hint="The pad is a number, not a yes or no. How many rows of zeros do you add on each side when it is 2?",
    edits=[
        edit(FORWARD, PARAM, 'stride, pad = conv_param["stride"], int(conv_param["pad"] > 0)'),
        edit(BACKWARD, PARAM, 'stride, pad = conv_param["stride"], int(conv_param["pad"] > 0)'),
    ],
)
misconception(
    "conv-pad-is-always-one",
    hint="Follow the pad from conv_param. Do you pad by the caller's number, or always by the same one?",
    edits=[
        edit(FORWARD, PARAM, 'stride, pad = conv_param["stride"], 1'),
        edit(BACKWARD, PARAM, 'stride, pad = conv_param["stride"], 1'),
    ],
)
misconception(
    "conv-pad-ignored",
    hint="Follow the pad from conv_param. Which line of your code uses it?",
    edits=[
        edit(FORWARD, PARAM, 'stride, pad = conv_param["stride"], 0'),
        edit(BACKWARD, PARAM, 'stride, pad = conv_param["stride"], 0'),
    ],
)


@misconception(
    "conv-pads-samples-and-channels",
    hint="An array of images has four axes. Which of them does np.pad extend in your code, and which "
    "should it?",
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
    hint="Which numbers does your padding put around the image? Look at a padded image of ones.",
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
    hint="A filter w[f] has a slice for each channel. Which slice do you multiply each channel of the "
    "image by?",
    edits=[edit(FORWARD, OUT, "np.tensordot(windows.sum(axis=1), w[:, 0], axes=((3, 4), (1, 2))) + b")],
)
misconception(
    "conv-rows-and-columns-exchanged",
    hint="Which axis of your output belongs to the image's rows? Try an image that is not square.",
    edits=[edit(FORWARD, "out.transpose(0, 3, 1, 2)", "out.transpose(0, 3, 2, 1)")],
)


@misconception(
    "conv-output-is-square",
    hint="Images need not be square. From what do you work out the number of columns of your output?",
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
    hint="What does a[0:-0] leave of an array a? Which pad leads to that?",
    edits=[edit(BACKWARD, CROP, "dpadded[:, :, pad:-pad, pad:-pad]")],
)
misconception(
    "conv-dx-cut-with-one",
    hint="Is what you cut off your padded dx the caller's pad, or always the same number?",
    edits=[edit(BACKWARD, CROP, "dpadded[:, :, 1:-1, 1:-1]")],
)
misconception(
    "conv-dx-with-its-padding",
    hint="Which shape does x have, and which does your dx have? To what do the extra rows belong?",
    edits=[edit(BACKWARD, CROP, "dpadded")],
)
misconception(
    "conv-dx-one-pad-off",
    hint="Where in the padded image does the image itself begin?",
    edits=[edit(BACKWARD, CROP, "dpadded[:, :, : x.shape[2], : x.shape[3]]")],
)
misconception(
    "conv-backward-places-one-apart",
    hint="If the stride is 2, which part of the image does the second entry of a row of dout belong to? "
    "Which part do you use?",
    edits=[
        edit(BACKWARD, PLACES, FIRST_PLACES),
        edit(BACKWARD, "slice(i, i + stride * dout.shape[2], stride)", "slice(i, i + dout.shape[2])"),
        edit(BACKWARD, "slice(j, j + stride * dout.shape[3], stride)", "slice(j, j + dout.shape[3])"),
    ],
)
misconception(
    "conv-dx-filter-turned",
    hint="Through which entry of the filter does a given entry of x reach one output? Do you multiply "
    "dout by that same entry on the way back?",
    edits=[edit(BACKWARD, "np.tensordot(w, dout", "np.tensordot(w[:, :, ::-1, ::-1], dout")],
)
misconception(
    "conv-dx-of-the-first-filter",
    hint="An entry of x is seen by every filter. How many of them send it a gradient?",
    edits=[edit(BACKWARD, "np.tensordot(w, dout, axes", "np.tensordot(w[:1], dout[:, :1], axes")],
)
misconception(
    "conv-dw-of-the-last-sample",
    hint="After the loop over the samples, how many of them have contributed to dw?",
    edits=[edit(BACKWARD, DW, DW.replace("(dout, windows[:,", "(dout[-1:], windows[-1:,"))],
)
misconception(
    "conv-db-of-the-last-sample",
    hint="After the loop over the samples, how many of them have contributed to db?",
    edits=[edit(BACKWARD, DB, "dout[-1].sum(axis=(1, 2))")],
)
misconception(
    "conv-db-of-the-last-place",
    hint="After the loop over the places, how many entries of dout have contributed to db?",
    edits=[edit(BACKWARD, DB, "dout[:, :, -1, -1].sum(axis=0)")],
)
misconception(
    "conv-gradients-averaged",
    hint="Does the formula of this layer's output contain a mean over samples? Where does your 1/N come "
    "from?",
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
    hint="An entry of x takes part in several windows. When you write the gradient from one, what "
    "happens to that from the window before?",
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
    hint="A filter is used at every place. When you write the gradient from one place, what happens to "
    "that from the place before?",
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
    hint="Every filter sends a gradient to the same part of dx. When you write that of one filter, what "
    "happens to that of the filter before?",
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
    hint="In which order does reshape flatten a filter? Do the numbers of a window stand in your matrix "
    "in that same order?",
    edits=[edit(IM2COL, "transpose(0, 2, 3, 1, 4, 5)", "transpose(0, 2, 3, 4, 5, 1)")],
)
misconception(
    "im2col-columns-in-another-order-forward",
    hint="In which order does reshape flatten a filter? Do the numbers of a window stand in your matrix "
    "in that same order?",
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
    hint="Your product has a row for each place and a column for each filter. In which order are the "
    "axes before you reshape, and after?",
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
    hint="If the stride is 2, which places of the image get a row of your matrix, and which should?",
    edits=[edit(IM2COL, WINDOWS, "windows = windows[:, :, ::1, ::1]")],
)
misconception(
    "im2col-without-bias",
    hint="Does the output of your matrix product change when b does?",
    edits=[edit(IM2COL, ".T + b", ".T")],
)
misconception(
    "im2col-backward-overwrites",
    hint="An entry of x stands in the matrix several times. When you write one of its gradients to dx, "
    "what happens to the one before?",
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
    hint="If the stride is 2, to which part of the image do you send the gradient of the second window "
    "of a row?",
    edits=[
        edit(IM2COL_BACK, "slice(i, i + stride * rows, stride)", "slice(i, i + rows)"),
        edit(IM2COL_BACK, "slice(j, j + stride * columns, stride)", "slice(j, j + columns)"),
    ],
)
misconception(
    "im2col-dx-cut-with-minus-pad",
    hint="What does a[0:-0] leave of an array a? Which pad leads to that?",
    edits=[edit(IM2COL_BACK, "pad : shape[2] - pad, pad : shape[3] - pad", "pad:-pad, pad:-pad")],
)


@misconception(
    "im2col-loop-over-samples",
    hint="Do you loop over the samples? What would the matrix look like that holds the windows of all "
    "of them?",
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
    hint="Which of your loops runs once per sample or place? Can you loop over the rows and columns of "
    "the filter instead?",
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
    hint="The result is right, but is it one matrix product? Which of your loops runs once per place?",
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
    hint="What is the maximum of -3, -1 and -2? With which number does your search for it begin?",
    edits=[edit(MAX, ".max(axis=(4, 5))", ".max(axis=(4, 5), initial=0.0)")],
)
misconception(
    "pool-stride-is-the-windows-height",
    hint="The size of a window and the distance to the next one are two settings. Which one do you use "
    "for which?",
    edits=[
        *(edit(name, 'stride = pool_param["stride"]', "stride = pool_height") for name in (MAX, AVG)),
        *(edit(name, KEYS, '("pool_height", "pool_width", "pool_height")') for name in (MAX_BACK, AVG_BACK)),
    ],
)
misconception(
    "pool-places-one-apart",
    hint="Which part of the image does the second entry of a row of your output see if the stride is 2? "
    "Which part should it see?",
    edits=[edit(name, PLACES, FIRST_PLACES) for name in (MAX, AVG)],
)
misconception(
    "pool-windows-are-square",
    hint="A window need not be square. Where does your code use pool_width?",
    edits=[
        edit(name, "(pool_height, pool_width), axis", "(pool_height, pool_height), axis")
        for name in (MAX, AVG)
    ],
)
misconception(
    "pool-windows-of-the-stride",
    hint="A window begins at a multiple of the stride. Which setting says where it ends, and which one "
    "do you use?",
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
    hint="How many channels go into the pool, and how many different ones come out? Over which axes do "
    "you take the maximum?",
    edits=[edit(MAX, ".max(axis=(4, 5))", ".max(axis=(1, 4, 5), keepdims=True)[..., 0, 0]")],
)
misconception(
    "max-pool-gradient-for-all",
    hint="If an entry that is not the largest of its window changes a little, does the output change? "
    "Which gradient does your code give it?",
    edits=[edit(MAX_BACK, "dout * (winner == k)", "dout")],
)
misconception(
    "max-pool-height-for-width",
    hint="The entries of a window are numbered row by row. When you turn a number back into row and "
    "column, how long is a row?",
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
    hint="Does your dx change when dout does? Which number do you write at the place of the maximum?",
    edits=[edit(MAX_BACK, "dout * (winner == k)", "windows.max(axis=(4, 5)) * (winner == k)")],
)


@misconception(
    "max-pool-row-and-column-by-the-height",
    hint="argmax numbers the entries of a window row by row. By what do you divide to get the row: the "
    "window's height or its width?",
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
    hint="Where windows overlap, you write to the same part of dx more than once. What happens to what "
    "stood there before?",
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
    hint="Where windows overlap, one entry may be the largest of several. When you write its second "
    "gradient, what happens to the first?",
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
    hint="Over how many entries is the mean of a window taken? By what do you divide dout?",
    edits=[edit(AVG_BACK, "dout / (height * width)", "dout / stride**2")],
)
misconception(
    "avg-pool-over-the-stride",
    hint="Over how many entries is the mean of a window taken? By what do you divide their sum?",
    edits=[edit(AVG, ".mean(axis=(4, 5))", ".sum(axis=(4, 5)) / stride**2")],
)
misconception(
    "avg-pool-over-the-height-squared",
    hint="How many entries does a window of 2 x 3 have? By what do you divide?",
    edits=[
        edit(AVG, ".mean(axis=(4, 5))", ".sum(axis=(4, 5)) / pool_height**2"),
        edit(AVG_BACK, "dout / (height * width)", "dout / height**2"),
    ],
)
misconception(
    "avg-pool-gradient-overwritten",
    hint="Where windows overlap, an entry is part of several means. When you write its second gradient, "
    "what happens to the first?",
    edits=[
        edit(AVG_BACK, "dx[:, :, rows, columns] += dout", "dx[:, :, rows, columns] = dout"),
    ],
)
misconception(
    "sum-for-mean",
    hint="If all entries of a window are 1, what is their mean, and what is your output?",
    edits=[
        edit(AVG, ".mean(axis=(4, 5))", ".sum(axis=(4, 5))"),
        edit(AVG_BACK, "dout / (height * width)", "dout"),
    ],
)

# Fractional pooling.

misconception(
    "fractional-bands-not-random",
    hint="Call it twice with the same rng. Do the bands differ?",
    edits=[edit(FRACTIONAL, STEPS, STEPS.removeprefix("rng.permutation"))],
)
misconception(
    "fractional-rng-ignored",
    hint="Run it twice, each time with a generator of the same seed. Do you get the same bands? Which "
    "generator draws them?",
    edits=[edit(FRACTIONAL, "rng.permutation", "np.random.permutation")],
)
misconception(
    "fractional-same-draw-for-both-directions",
    hint="For a square image, are your bands of rows always the same as your bands of columns? Should "
    "they be?",
    edits=[
        edit(FRACTIONAL, "    bands = []\n", "    bands, seed = [], int(rng.integers(2**32))\n"),
        edit(FRACTIONAL, "rng.permutation", "np.random.default_rng(seed).permutation"),
    ],
)
misconception(
    "fractional-size-rounded-up",
    hint="With alpha = 1.6, 7 rows make 4 bands, since 7 / 1.6 is 4.4. How many bands do 9 rows make?",
    edits=[edit(FRACTIONAL, "int(size / alpha)", "int(np.ceil(size / alpha))")],
)
misconception(
    "fractional-gradient-for-all",
    hint="If an entry that is not the largest of its window changes a little, does the output change? "
    "Which gradient does your code give it?",
    edits=[edit(FRACTIONAL_BACK, "spread(dout) * (x == spread(out))", "spread(dout)")],
)
misconception(
    "fractional-backward-draws-again",
    hint="Where does your backward get its bands from? Are they those that its forward drew?",
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
    hint="Over many calls, is each of your bands, the first and the last too, sometimes 1 and sometimes "
    "2 wide?",
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
    hint="What do the sizes of your bands add up to? Is it the number of rows of the image?",
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
    hint="Where does one of your bands end, and where does the next one begin? Do they share a row?",
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
    hint="Put the same image into a batch twice. Do both get the same output? How often do you draw "
    "bands in one call?",
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
    hint="reshape takes the numbers in their order in memory. Are the C numbers of one pixel neighbours "
    "there, or must axes be moved first?",
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
    hint="You have moved the channels to the end. Which order do the axes have before you reshape, and "
    "which does out need?",
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
    hint="Over how many numbers do you take each mean? Over which axes of (N, C, H, W) should the mean "
    "of one channel go?",
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
    hint="Does the output for one image depend on the others of the batch? Over which axes do you take "
    "each mean?",
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
    hint="Is eps added to the variance or to the standard deviation? Compare your results for an eps of 1.",
    edits=[edit(NORM, "np.sqrt(var + eps)", "np.sqrt(var) + eps")],
)
misconception(
    "batchnorm-eps-ignored",
    hint="The caller may ask for another eps. Which one does your batch normalization use?",
    edits=[edit(NORM, "np.sqrt(var + eps)", "np.sqrt(var + 1e-5)")],
)
misconception(
    "batchnorm-unbiased-variance",
    hint="By how many do you divide the sum of the squared differences: by their number, or by one less?",
    edits=[edit(NORM, "x.var(axis=(0, 2, 3))", "x.var(axis=(0, 2, 3), ddof=1)")],
)
misconception(
    "batchnorm-running-deviation-for-variance",
    hint="What do you keep in running_var: the variance, or its root?",
    edits=[edit(NORM, RUNNING_VAR, RUNNING_VAR.replace("* var", "* np.sqrt(var)"))],
)
misconception(
    "batchnorm-test-mode-without-scale",
    hint="Does your output in test mode change when gamma and beta do?",
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
    hint="With a momentum of 0.9, how much of the old running statistics is left after one step, and "
    "how much should be?",
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
    hint="You compute new running statistics. Where will the next call look for them, and what does it "
    "find there?",
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
    hint="In test mode, does your output for one image depend on the other images of the batch? Should it?",
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
    hint="Does your backward divide by the same root as the forward did? Which eps is in it?",
    edits=[edit(NORM, "(xhat, std, scale)", "(xhat, np.sqrt(std**2 - eps + 1e-5), scale)")],
)
misconception(
    "batchnorm-statistics-as-constants",
    hint="The mean and the variance depend on x, too. Where does your dx take account of that?",
    edits=[edit(NORM_BACK, f"({ALONG})", "dout")],
)
misconception(
    "batchnorm-variance-as-constant",
    hint="x reaches the output directly, through the mean and through the variance. How many of these "
    "paths are in your dx?",
    edits=[edit(NORM_BACK, ALONG, "dout - along_mean")],
)
misconception(
    "batchnorm-averages-over-samples-only",
    hint="Over how many numbers is the mean of a channel taken in the forward? By how many does your "
    "backward divide?",
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
    hint="Which shape has gamma here, and which have your dgamma and dbeta?",
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
    hint="How does your code find the axis of the channels? Which axis does it take if an image is as "
    "wide as it has channels?",
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
    hint="Which shape has gamma, and over which axes of (N, C, H, W) must its gradient be summed?",
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
    hint="Does your output for one image depend on the others of the batch? Over which axes do you take "
    "means?",
    edits=[
        edit(GROUP, "groups.var(axis=2, keepdims=True)", "groups.var(axis=(0, 2), keepdims=True)"),
        edit(GROUP, "groups.mean(axis=2, keepdims=True)", "groups.mean(axis=(0, 2), keepdims=True)"),
        edit(GROUP_BACK, "np.mean(g, axis=2, keepdims=True)", "np.mean(g, axis=(0, 2), keepdims=True)"),
    ],
)
misconception(
    "groupnorm-of-single-channels",
    hint="Over how many channels do you take each mean, and over how many should you, with 6 channels "
    "and G = 3?",
    edits=grouped("x.reshape(*x.shape[:2], -1)"),
)
misconception(
    "groupnorm-of-all-channels",
    hint="Over how many channels do you take each mean, and over how many should you, with 6 channels "
    "and G = 3?",
    edits=grouped("x.reshape(len(x), 1, -1)"),
)
misconception(
    "groupnorm-of-g-channels",
    hint="Is G the number of groups, or the number of channels in a group? Look at your reshape.",
    edits=grouped("x.reshape(len(x), x.shape[1] // G, -1)"),
)


@misconception(
    "groupnorm-channels-dealt-out",
    hint="With 6 channels and G = 3, which channels does your reshape put into the first group?",
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
    hint="Is eps added to a group's variance, or to its standard deviation? Compare your results for an "
    "eps of 1.",
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
    hint="The caller may ask for another eps. Which one does your group normalization use?",
    edits=[edit(GROUP, "+ eps)", "+ 1e-5)")],
)
misconception(
    "groupnorm-statistics-as-constants",
    hint="A group's mean and variance depend on x, too. Where does your dx take account of that?",
    edits=[edit(GROUP_BACK, "dxhat - along_mean - xhat * along_xhat", "dxhat")],
)
misconception(
    "groupnorm-scaled-after-the-means",
    hint="Each channel of a group has its own gamma. Is it multiplied in before your backward takes "
    "means over the group?",
    edits=[
        edit(GROUP_BACK, "(gamma * dout).reshape(xhat.shape)", "dout.reshape(xhat.shape)"),
        edit(GROUP_BACK, "/ std).reshape(dout.shape)", "/ std).reshape(dout.shape) * gamma"),
    ],
)
misconception(
    "groupnorm-dgamma-without-its-axes",
    hint="Which shape has gamma here, and which have your dgamma and dbeta?",
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
    hint="One gamma serves all samples. Over which axes do you sum its gradient, and over which should you?",
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
LAST_HINT = (
    "A net runs the forwards of all its layers before the first backward. "
    "Is what your backward uses still that of its own forward?"
)
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
    hint="After the call, is the caller's x what it was? Which line changes the array itself?",
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
    hint="You add a small number to the probability inside the logarithm. What does that do to the loss "
    "of a probability that is smaller still?",
    edits=[
        edit("softmax_loss", "-log_p[rows, y].mean()", "-np.log(np.exp(log_p[rows, y]) + {value}).mean()")
    ],
    values=("1e-12", "1e-8", "1e-10", "1e-15"),
)
misconception(
    "softmax-shifted-by-the-batch",
    hint="One sample has scores near 2000, another near 0. What becomes of the second one's scores when "
    "you subtract your maximum?",
    edits=[edit("softmax_loss", "x - x.max(axis=1, keepdims=True)", "x - x.max()")],
)
misconception(
    "softmax-summed-over-samples",
    hint="Would your loss be the same if every sample occurred twice?",
    edits=[edit("softmax_loss", ".mean(), dx / len(x)", ".sum(), dx")],
)
misconception(
    "softmax-gradient-not-averaged",
    hint="The loss is a mean over the samples. Is its gradient one, too?",
    edits=[edit("softmax_loss", "dx / len(x)", "dx")],
)

# Nets.

misconception(
    "penalty-without-one-half",
    hint="Which factor does the docstring put in front of the penalty of this net, and which one do you?",
    edits=penalty("self.reg * np.sum(W ** 2)", "GRAD + 2 * self.reg * W"),
)
misconception(
    "penalty-and-its-gradient-disagree",
    hint="Differentiate your penalty with respect to one weight. Is that what you add to its gradient?",
    edits=penalty("", "GRAD + 2 * self.reg * W"),
)
misconception(
    "penalty-doubled-in-the-loss",
    hint="Differentiate your penalty. Is the result what you add to the gradients? If not, which of the "
    "two has the docstring's factor?",
    edits=penalty("self.reg * np.sum(W ** 2)", ""),
)
misconception(
    "penalty-of-the-squared-sum",
    hint="What is your penalty for two weights, 1 and -1? Do you square each weight, or their sum?",
    edits=penalty("0.5 * self.reg * np.sum(W) ** 2", ""),
)
misconception(
    "penalty-in-the-loss-only",
    hint="Your loss has a penalty. What is its gradient, and where do you add it?",
    edits=penalty("", "GRAD"),
)
misconception(
    "penalty-in-the-gradient-only",
    hint="Your gradients contain the penalty's. Where do you add the penalty to the loss?",
    edits=penalty("0.0", ""),
)
misconception(
    "penalty-of-reg-divided-by-samples",
    hint="Does your penalty get smaller when there are more samples? Should it?",
    edits=penalty("0.5 * self.reg * np.sum(W ** 2) / len(X)", "GRAD + self.reg * W / len(X)"),
)
misconception(
    "loss-spoils-the-parameters",
    hint="After the call of loss, are the arrays in self.params what they were? Which line writes into them?",
    edits=penalty("", "np.add(GRAD, np.multiply(W, self.reg, out=W))"),
)
misconception(
    "layers-not-called-by-name",
    hint="Someone replaces a layer in self.layers. Does your loss call the new one?",
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
    hint="How many layers have weights, and how many of these are in your penalty?",
    edits=[
        edit(THREE, 'for name in ("W1", "W2", "W3"):', 'for name in ("W1", "W2"):'),
        edit(VGG, "for i in range(1, last + 1):", "for i in range(1, last):"),
    ],
)
misconception(
    "penalty-without-the-first-layer",
    hint="How many layers have weights, the filters included, and how many of these are in your penalty?",
    edits=[
        edit(THREE, 'for name in ("W1", "W2", "W3"):', 'for name in ("W2", "W3"):'),
        edit(VGG, "for i in range(1, last + 1):", "for i in range(2, last + 1):"),
    ],
)
misconception(
    "penalty-on-biases",
    hint="Which parameters are in your penalty, and which of them does the docstring leave out?",
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
    hint="Can a score be negative? What comes after the last affine layer?",
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
    hint="Which layer stands between the convolution and the pool? Is it in your code?",
    edits=[
        edit(THREE, "np.maximum(maps, 0), pool_param", "maps, pool_param"),
        edit(THREE, "pool_cache) * (maps > 0)", "pool_cache)"),
    ],
)
misconception(
    "net-without-relu-between-affine-layers",
    hint="What are two affine layers together if nothing stands between them? What should stand there?",
    edits=[
        edit(THREE, "np.maximum(rows @ W2 + b2, 0)", "rows @ W2 + b2"),
        edit(THREE, "(dscores @ W3.T) * (hidden > 0)", "dscores @ W3.T"),
    ],
)
misconception(
    "net-backward-forgets-relu",
    hint="For negative inputs the output of relu does not change. Where does your backward pass stop "
    "the gradient there?",
    edits=[
        edit(THREE, "(dscores @ W3.T) * (hidden > 0)", "dscores @ W3.T"),
        edit(THREE, "pool_cache) * (maps > 0)", "pool_cache)"),
        edit(VGG, "dmaps * alive", "dmaps"),
    ],
)
misconception(
    "net-pad-is-always-one",
    hint="Which pad keeps the size of the image when filters are 5 x 5? Which one do you use?",
    edits=[edit(THREE, '"pad": (W1.shape[2] - 1) // 2', '"pad": 1')],
)
misconception(
    "net-for-square-images",
    hint="Images need not be square. How many numbers go into the affine layer if H and W differ?",
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
    hint="Whoever trains the net puts a new dictionary into self.params. Does your loss use it, or the "
    "one from before?",
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
    hint="What is asked for when y is None: the scores, or what the softmax makes of them?",
    edits=[
        edit(THREE, "return scores", "return np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)"),
        edit(VGG, "return scores", "return np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)"),
    ],
)
misconception(
    "weights-all-zero",
    hint="If all weights start at zero, how will two hidden units ever become different?",
    edits=[
        edit(THREE, "weight_scale * np.random.standard_normal(shape)", "np.zeros(shape)"),
        edit(VGG, "np.sqrt(2 / (channels * 9)) * draws", "0 * draws"),
    ],
)
misconception(
    "weights-uniform",
    hint="What is the mean of your weights? From which distribution does the docstring want them drawn?",
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
    hint="Which value does the docstring give the biases before training?",
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
    hint="What does He's standard deviation count: the channels that go into the convolution, or those "
    "that come out? Which do you count?",
    edits=[edit(VGG, "np.sqrt(2 / (channels * 9))", "np.sqrt(2 / (filters * 9))")],
)
misconception(
    "he-without-the-filters-area",
    hint="How many numbers does a 3 x 3 filter over C channels add up for one output? By how many do "
    "you divide?",
    edits=[edit(VGG, "np.sqrt(2 / (channels * 9))", "np.sqrt(2 / channels)")],
)
misconception(
    "vgg-without-relu-before-the-pool",
    hint="In which order do the layers of one block follow? Does each convolution have its relu?",
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
    hint="The backward pass goes from the last layer to the first. Under which number do you store the "
    "gradients of the first one it meets?",
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
    hint="Your gradient is right to about ten digits only. Did you work it out on paper, or measure it?",
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
