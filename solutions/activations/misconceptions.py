"""Wrong variants that students really write."""

import numpy as np

from autograder.variants import edit, misconception

# Affine layer.

misconception(
    "affine-not-flattened",
    hint="A sample may be an image. Which shape must x have before it can be multiplied by w?",
    edits=[
        edit("affine_forward", "x.reshape(len(x), -1) @ w", "x @ w"),
        edit("affine_backward", "x.reshape(len(x), -1).T @ dout", "x.T @ dout"),
    ],
)
misconception(
    "affine-flattened-in-another-order",
    hint="Two ways of flattening an image give the same numbers in another order. Which axis runs fastest?",
    edits=[
        edit("affine_forward", "x.reshape(len(x), -1)", 'x.reshape(len(x), -1, order="F")'),
        edit("affine_backward", ".reshape(x.shape)", '.reshape(x.shape, order="F")'),
        edit("affine_backward", "x.reshape(len(x), -1).T", 'x.reshape(len(x), -1, order="F").T'),
    ],
)
misconception(
    "affine-rows-mix-samples",
    hint="Look at the first row that you multiply by w. Are all its numbers from the first sample?",
    edits=[edit("affine_forward", "x.reshape(len(x), -1) @", "x.reshape(-1, len(x)).T @")],
)
misconception(
    "affine-bias-forgotten",
    hint="What comes out of your layer when x is zero?",
    edits=[edit("affine_forward", " @ w + b", " @ w")],
)
misconception(
    "affine-bias-scaled",
    hint="By how much does the output change when you raise one bias by 1?",
    edits=[edit("affine_forward", " @ w + b", " @ w + b / len(x)")],
)
misconception(
    "affine-dx-left-flat",
    hint="A gradient has the shape of what it belongs to. Which shape has x?",
    edits=[edit("affine_backward", "(dout @ w.T).reshape(x.shape)", "dout @ w.T")],
)
misconception(
    "affine-dx-without-weights",
    hint="Through what does a change of x reach the output? Is it in your gradient?",
    edits=[edit("affine_backward", "(dout @ w.T)", "(dout @ np.ones_like(w.T))")],
)
misconception(
    "affine-gradients-averaged",
    hint="The loss that comes later has its own mean over the samples. Does this layer take one as well?",
    edits=[
        edit(
            "affine_backward",
            "x.reshape(len(x), -1).T @ dout, dout.sum(axis=0)",
            "x.reshape(len(x), -1).T @ dout / len(x), dout.mean(axis=0)",
        )
    ],
)
misconception(
    "affine-db-averaged",
    hint="If every sample occurred twice, would the gradient of a bias stay the same?",
    edits=[edit("affine_backward", "dout.sum(axis=0)", "dout.mean(axis=0)")],
)
misconception(
    "affine-db-summed-over-features",
    hint="How many biases are there? Over which axis must you sum to be left with as many numbers?",
    edits=[edit("affine_backward", "dout.sum(axis=0)", "dout.sum(axis=1)")],
)
misconception(
    "affine-db-not-summed",
    hint="Each bias is added to every sample's output. What becomes of these many contributions?",
    edits=[edit("affine_backward", "dout.sum(axis=0)", "dout")],
)
misconception(
    "affine-db-without-upstream",
    hint="Does your gradient for the bias depend on what comes from above?",
    edits=[edit("affine_backward", "dout.sum(axis=0)", "np.full(dout.shape[1], float(len(x)))")],
)
misconception(
    "affine-dw-transposed",
    hint="A gradient has the shape of what it belongs to. Which shape has w?",
    edits=[edit("affine_backward", "x.reshape(len(x), -1).T @ dout", "dout.T @ x.reshape(len(x), -1)")],
)
misconception(
    "affine-squeezes-its-output",
    hint="Which shape do your arrays have when there is only one sample, or one output?",
    edits=[
        edit(
            "affine_forward",
            "x.reshape(len(x), -1) @ w + b, (x, w)",
            "np.squeeze(x.reshape(len(x), -1) @ w + b), (x, w)",
        )
    ],
)


@misconception(
    "affine-cache-in-a-global",
    hint="A net has two affine layers. Whose input does your backward use when both have run?",
)
def _():
    def affine_forward(x, w, b):
        global affine_input, affine_weights
        affine_input, affine_weights = x, w
        return x.reshape(len(x), -1) @ w + b, None

    def affine_backward(dout, cache):
        rows = affine_input.reshape(len(affine_input), -1)
        dx = dout.dot(affine_weights.T).reshape(affine_input.shape)
        return dx, rows.T.dot(dout), np.sum(dout, axis=0)


# Sigmoid and tanh.

misconception(
    "sigmoid-overflows",
    hint="What is exp(1000) on a computer, and what do you then divide by what? Use the other form there.",
    edits=[
        edit(
            "sigmoid_forward",
            "    e = np.exp(-np.abs(x))\n    out = np.where(x > 0, 1, e) / (1 + e)\n",
            "    out = np.exp(x) / (1 + np.exp(x))\n",
        )
    ],
)
misconception(
    "sigmoid-clips-its-input",
    hint="You keep x within bounds. What is the output beyond them, and what should it be?",
    edits=[
        edit("sigmoid_forward", "    e = np.exp(-np.abs(x))\n", "    e = np.exp(-np.minimum(abs(x), 10))\n")
    ],
)
misconception(
    "sigmoid-sign",
    hint="Is your sigmoid large where x is large, or where x is small?",
    edits=[edit("sigmoid_forward", "np.where(x > 0, 1, e)", "np.where(x > 0, e, 1)")],
)
misconception(
    "sigmoid-slope-of-the-input",
    hint="The formula s (1 - s) is about s, the output. What is in your cache?",
    edits=[edit("sigmoid_forward", "return out, out", "return out, x")],
)
misconception(
    "sigmoid-applied-twice",
    hint="What you have kept is the output already. What do you get if you send it through once more?",
    edits=[
        edit(
            "sigmoid_backward",
            "    return dout * cache * (1 - cache)",
            "    s = 1 / (1 + np.exp(-cache))\n    return dout * s * (1 - s)",
        )
    ],
)
misconception(
    "sigmoid-slope-half",
    hint="The slope of the sigmoid at 0 is 1/4. What is yours?",
    edits=[edit("sigmoid_backward", "dout * cache * (1 - cache)", "dout * (1 - cache)")],
)
misconception(
    "sigmoid-slope-of-output-and-input",
    hint="In s (1 - s), are both factors the output?",
    edits=[
        edit("sigmoid_forward", "return out, out", "return out, (out, x)"),
        edit("sigmoid_backward", "dout * cache * (1 - cache)", "dout * cache[0] * (1 - cache[1])"),
    ],
)
misconception(
    "tanh-overflows",
    hint="What is exp(1000) on a computer, and what do you then divide by what?",
    edits=[
        edit(
            "tanh_forward",
            "np.tanh(x)",
            "(np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))",
        )
    ],
)
misconception(
    "tanh-overflows-on-one-side",
    hint="Your form is fine far to the right. And far to the left?",
    edits=[edit("tanh_forward", "np.tanh(x)", "(1 - np.exp(-2 * x)) / (1 + np.exp(-2 * x))")],
)
misconception(
    "tanh-overflows-to-the-right",
    hint="Your form is fine far to the left. And far to the right?",
    edits=[edit("tanh_forward", "np.tanh(x)", "(np.exp(2 * x) - 1) / (np.exp(2 * x) + 1)")],
)
misconception(
    "tanh-slope-of-the-input",
    hint="The formula 1 - t^2 is about t, the output. What is in your cache?",
    edits=[edit("tanh_forward", "return out, out", "return out, x")],
)
misconception(
    "tanh-square-forgotten",
    hint="Which slope has tanh where its output is -1/2, and which where it is 1/2?",
    edits=[edit("tanh_backward", "cache**2", "cache")],
)
misconception(
    "upstream-forgotten",
    hint="Your backward gives the slope of the function itself. Where does dout come in?",
    edits=[
        edit("sigmoid_backward", "dout * cache * (1 - cache)", "cache * (1 - cache)"),
        edit("tanh_backward", "dout * (1 - cache**2)", "1 - cache**2"),
        edit("relu_backward", "dout * (cache > 0)", "1.0 * (cache > 0)"),
        edit("leaky_relu_backward", "dout * cache", "1.0 * cache"),
        edit("elu_backward", "dout * np.where", "np.where"),
        edit("silu_backward", "dout * gate", "gate"),
        edit("gelu_backward", "dout * (1 + bent", "(1 + bent"),
    ],
)

# Relu and its relatives.

misconception(
    "relu-in-place",
    hint="After the call, is the caller's x what it was?",
    edits=[
        edit("relu_forward", "    return np.maximum(0, x), x", "    x[x < 0] = 0\n    return x, x.copy()")
    ],
)
misconception(
    "relu-largest-entry",
    hint="NumPy has two functions whose names begin with max. Which one compares entry by entry?",
    edits=[edit("relu_forward", "np.maximum(0, x)", "np.max(x, 0)")],
)
misconception(
    "relu-absolute-value",
    hint="What does your function return for -2?",
    edits=[edit("relu_forward", "np.maximum(0, x)", "np.abs(x)")],
)
misconception(
    "relu-gradient-passes-everywhere",
    hint="Where x is negative the output does not change with x. Does your gradient know?",
    edits=[edit("relu_backward", "dout * (cache > 0)", "dout")],
)
misconception(
    "relu-mask-of-the-upstream",
    hint="Whether a gradient passes depends on one sign. On that of the input, or of the gradient?",
    edits=[edit("relu_backward", "dout * (cache > 0)", "dout * (dout > 0)")],
)
misconception(
    "relu-gradient-times-x",
    hint="How steep is relu at x = 3?",
    edits=[edit("relu_backward", "dout * (cache > 0)", "dout * np.maximum(0, cache)")],
)
misconception(
    "leaky-slope-forgotten-backward",
    hint="To the left of 0 the output does change with x, by a little. And your gradient?",
    edits=[edit("leaky_relu_backward", "dout * cache", "dout * (cache == 1)")],
)
misconception(
    "leaky-slope-fixed",
    hint="Your slope is {value} whatever the caller asks for. Where is the one that you were given?",
    edits=[edit("leaky_relu_forward", "np.where(x > 0, 1, negative_slope)", "np.where(x > 0, 1, {value})")],
    values=("0.01", "0.1"),
)
misconception(
    "leaky-slope-fixed-backward",
    hint="Your forward uses the slope that it was given. And your backward?",
    edits=[edit("leaky_relu_backward", "dout * cache", "dout * np.where(cache == 1, 1, 0.01)")],
)
misconception(
    "leaky-default-slope",
    hint="Your slope is {value} when the caller names none. Is it the one of the signature?",
    edits=[edit("leaky_relu_forward", "negative_slope: float = 0.01", "negative_slope: float = {value}")],
    values=("0.1", "0.2"),
)
misconception(
    "leaky-as-a-maximum",
    hint="Which of x and its leak is the larger one when the slope is above 1, or below 0?",
    edits=[
        edit(
            "leaky_relu_forward",
            "np.where(x > 0, 1, negative_slope)",
            "np.where(x > negative_slope * x, 1, negative_slope)",
        )
    ],
)
misconception(
    "slope-chosen-by-the-output",
    hint="A negative slope makes a positive output of a negative input. By which of the two do you choose?",
    edits=[
        edit(
            "leaky_relu_forward",
            "    return slope * x, slope",
            "    out = slope * x\n    return out, np.where(out > 0, 1, negative_slope)",
        ),
        edit(
            "prelu_forward",
            "    return slope * x, (x, slope, np.ndim(alpha))",
            "    out = slope * x\n    return out, (x, np.where(out > 0, 1, slope), np.ndim(alpha))",
        ),
    ],
)
misconception(
    "leaky-slope-on-the-positive-side",
    hint="Which side leaks?",
    edits=[
        edit("leaky_relu_forward", "np.where(x > 0, 1, negative_slope)", "np.where(x > 0, negative_slope, 1)")
    ],
)
misconception(
    "leaky-after-relu",
    hint="After a relu, which numbers are there left that could leak?",
    edits=[
        edit(
            "leaky_relu_forward",
            "    slope =",
            "    x = np.maximum(0, x)\n    slope =",
        )
    ],
)
misconception(
    "prelu-slope-fixed-at-a-quarter",
    hint="alpha starts at 1/4 in many nets, but it is learned. Do you use the one that you were given?",
    edits=[edit("prelu_forward", "np.reshape(alpha,", "np.reshape(0.25 + 0 * np.asarray(alpha),")],
)
misconception(
    "prelu-alpha-on-the-last-axis",
    hint="Which axis of an image batch are the channels? Along which does NumPy stretch an array (C,)?",
    edits=[
        edit("prelu_forward", "np.reshape(alpha, (-1,) + (1,) * (x.ndim - 2))", "alpha"),
    ],
)
misconception(
    "prelu-as-a-maximum",
    hint="Which of x and alpha * x is the larger one when alpha is above 1?",
    edits=[
        edit(
            "prelu_forward",
            "    slope = np.where(x > 0, 1, np.reshape(alpha, (-1,) + (1,) * (x.ndim - 2)))\n",
            "    a = np.reshape(alpha, (-1,) + (1,) * (x.ndim - 2))\n    slope = np.where(x > a * x, 1, a)\n",
        )
    ],
)
misconception(
    "prelu-dalpha-one-for-all",
    hint="How many slopes are learned? How many numbers are in their gradient?",
    edits=[edit("prelu_backward", "if per_channel else None", "if False else None")],
)
misconception(
    "prelu-dalpha-summed-over-the-batch-only",
    hint="A channel's alpha acts on every pixel of every sample. Over which axes is its gradient a sum?",
    edits=[edit("prelu_backward", "(0, *range(2, x.ndim)) if", "0 if")],
)
misconception(
    "prelu-dalpha-averaged",
    hint="If every sample occurred twice, would the gradient of alpha stay the same?",
    edits=[edit("prelu_backward", "dalpha.sum(axis=axes)", "dalpha.mean(axis=axes)")],
)
misconception(
    "prelu-dalpha-not-summed",
    hint="A gradient has the shape of what it belongs to. Which shape has alpha?",
    edits=[edit("prelu_backward", "dalpha.sum(axis=axes)", "dalpha")],
)
misconception(
    "prelu-dalpha-of-positive-inputs-too",
    hint="Does alpha matter where x is positive?",
    edits=[edit("prelu_backward", "dout * np.minimum(x, 0)", "dout * x")],
)
misconception(
    "prelu-dalpha-of-the-other-side",
    hint="On which side of 0 does alpha matter?",
    edits=[edit("prelu_backward", "np.minimum(x, 0)", "np.maximum(x, 0)")],
)
misconception(
    "prelu-dalpha-with-alpha",
    hint="The output is alpha times x there. What is its derivative with respect to alpha?",
    edits=[edit("prelu_backward", "dout * np.minimum(x, 0)", "dout * slope * (x < 0)")],
)
misconception(
    "prelu-dalpha-without-x",
    hint="If alpha grows a little, by how much does the output at x = -3 change? And at x = -1?",
    edits=[edit("prelu_backward", "dout * np.minimum(x, 0)", "dout * (x < 0)")],
)
misconception(
    "prelu-alpha-not-learned",
    hint="Your gradient for alpha says that it never needs to change. Does the loss not depend on it?",
    edits=[edit("prelu_backward", "dout * np.minimum(x, 0)", "0 * dout * np.minimum(x, 0)")],
)
misconception(
    "prelu-slope-forgotten-backward",
    hint="To the left of 0 the output changes with x. By how much?",
    edits=[edit("prelu_backward", "return dout * slope", "return dout * (x > 0)")],
)
misconception(
    "elu-overflows",
    hint="What is exp(1000), and what is it times 0? NumPy computes both branches, whichever you keep.",
    edits=[
        edit(
            "elu_forward",
            "np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))",
            "(x > 0) * x + (x <= 0) * alpha * (np.exp(x) - 1)",
        )
    ],
)
misconception(
    "elu-alpha-forgotten-backward",
    hint="Just to the left of 0, how steep is your elu when alpha is 3?",
    edits=[edit("elu_backward", "out + alpha", "out / alpha + 1")],
)
misconception(
    "elu-slope-with-one-for-alpha",
    hint="You make the slope from the output. What has to be added when alpha is 3?",
    edits=[edit("elu_backward", "out + alpha", "out + 1")],
)
misconception(
    "elu-as-a-maximum",
    hint="Just to the left of 0, which of x and alpha * (exp(x) - 1) is the larger one when alpha is 3?",
    edits=[edit("elu_forward", "np.where(x > 0, x,", "np.maximum(x,")],
)
misconception(
    "elu-alpha-is-one",
    hint="What does the output tend to, far to the left, when alpha is 3?",
    edits=[edit("elu_forward", "    out =", "    alpha = 1.0\n    out =")],
)
misconception(
    "elu-without-minus-one",
    hint="Does your elu jump at 0?",
    edits=[edit("elu_forward", "np.expm1(np.minimum(x, 0))", "np.exp(np.minimum(x, 0))")],
)
misconception(
    "elu-output-for-slope",
    hint="How steep is elu where it is flat, far to the left? What does your gradient say there?",
    edits=[edit("elu_backward", "out + alpha)", "out)")],
)
misconception(
    "elu-gradient-of-relu",
    hint="To the left of 0 the output does change with x. And your gradient?",
    edits=[edit("elu_backward", "out + alpha)", "0)")],
)
misconception(
    "elu-slope-one-everywhere",
    hint="How steep is elu at x = -2? Measure it.",
    edits=[edit("elu_backward", "out + alpha)", "1)")],
)

# Silu and gelu.

misconception(
    "silu-is-the-sigmoid",
    hint="The sigmoid is a gate here: what passes through it?",
    edits=[edit("silu_forward", "return x * gate", "return gate")],
)
misconception(
    "silu-overflows",
    hint="What is exp(1000) on a computer, and what do you then divide by what? Use the other form there.",
    edits=[
        edit("silu_forward", "np.exp(-np.logaddexp(0, -x))", "np.exp(x) / (1 + np.exp(x))"),
    ],
)
misconception(
    "silu-gradient-overflows",
    hint="Far to the left your gradient is infinity divided by infinity. What is it on paper?",
    edits=[
        edit("silu_forward", "return x * gate, (x, gate)", "return x * gate, x"),
        edit(
            "silu_backward",
            "    x, gate = cache\n    return dout * gate * (1 + x * (1 - gate))",
            "    e = np.exp(-cache)\n    return dout * (1 + e + cache * e) / (1 + e) ** 2",
        ),
    ],
)
misconception(
    "silu-slope-of-the-sigmoid",
    hint="x stands in two places: in the sigmoid and before it. What is the derivative of a product?",
    edits=[edit("silu_backward", "gate * (1 + x * (1 - gate))", "gate * (1 - gate)")],
)
misconception(
    "silu-gate-taken-as-constant",
    hint="If x grows, does the gate stay as it is? What is the derivative of a product?",
    edits=[edit("silu_backward", "gate * (1 + x * (1 - gate))", "gate")],
)
misconception(
    "silu-slope-of-the-gate-alone",
    hint="A product has two factors, and its derivative two terms. Which one have you left out?",
    edits=[edit("silu_backward", "gate * (1 + x * (1 - gate))", "x * gate * (1 - gate)")],
)
misconception(
    "silu-slope-at-the-output",
    hint="Your formula is right for x, the input. What have you put into it?",
    edits=[edit("silu_forward", "return x * gate, (x, gate)", "return x * gate, (x * gate, gate)")],
)
misconception(
    "silu-sigmoid-of-the-output",
    hint="Your backward takes the sigmoid of what is in the cache. Is that the input or the output?",
    edits=[
        edit("silu_forward", "return x * gate, (x, gate)", "return x * gate, x * gate"),
        edit(
            "silu_backward",
            "    x, gate = cache\n",
            "    x = cache\n    gate = 1 / (1 + np.exp(-x))\n",
        ),
    ],
)
misconception(
    "silu-plus-minus",
    hint="Measure the slope at x = 2. Is it above 1 or below?",
    edits=[edit("silu_backward", "(1 + x * (1 - gate))", "(1 - x * (1 - gate))")],
)
misconception(
    "gelu-exact-form",
    hint="There are two forms of gelu, and they differ by up to 5e-4. Which one does the docstring ask for?",
    preamble="import math\n",
    edits=[
        edit(
            "gelu_forward",
            "np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3))",
            "np.vectorize(math.erf)(x / np.sqrt(2))",
        ),
        edit(
            "gelu_backward",
            "x * (1 - bent**2) * inner",
            "x * np.exp(-(x**2) / 2) * np.sqrt(2 / np.pi)",
        ),
    ],
)
misconception(
    "gelu-with-a-sigmoid",
    hint="x times a sigmoid of 1.702 x is a rougher form of gelu. Which one does the docstring ask for?",
    edits=[
        edit(
            "gelu_forward",
            "np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3))",
            "np.tanh(0.851 * x)",
        ),
        edit("gelu_backward", "np.sqrt(2 / np.pi) * (1 + 3 * 0.044715 * x**2)", "0.851"),
    ],
)
misconception(
    "gelu-without-the-cube",
    hint="Read the formula once more: how many terms are there in the inner brackets?",
    edits=[
        edit("gelu_forward", "(x + 0.044715 * x**3)", "x"),
        edit("gelu_backward", " * (1 + 3 * 0.044715 * x**2)", ""),
    ],
)
misconception(
    "gelu-square-for-cube",
    hint="Without the factor x in front, gelu(-x) and gelu(x) belong together. Is your inner term odd?",
    edits=[
        edit("gelu_forward", "x**3", "x**2"),
        edit("gelu_backward", "3 * 0.044715 * x**2", "2 * 0.044715 * x"),
    ],
)
misconception(
    "gelu-cube-forgotten-backward",
    hint="The inner bracket has two terms. Did you take the derivative of both?",
    edits=[edit("gelu_backward", "(1 + 3 * 0.044715 * x**2)", "1")],
)
misconception(
    "gelu-constant-forgotten-backward",
    hint="Which factor stands before the cube, and is it still there in the derivative?",
    edits=[edit("gelu_backward", "3 * 0.044715 * x**2", "3 * x**2")],
)
misconception(
    "gelu-cube-without-factor-3",
    hint="What is the derivative of a cube?",
    edits=[edit("gelu_backward", "3 * 0.044715", "0.044715")],
)
misconception(
    "gelu-inner-derivative-forgotten",
    hint="Inside tanh there is a function of x. What does the chain rule say?",
    edits=[edit("gelu_backward", " * (1 - bent**2) * inner", " * (1 - bent**2)")],
)
misconception(
    "gelu-gate-taken-as-constant",
    hint="If x grows, does the factor with tanh stay as it is? What is the derivative of a product?",
    edits=[edit("gelu_backward", "(1 + bent + x * (1 - bent**2) * inner)", "(1 + bent)")],
)
misconception(
    "gelu-slope-of-the-gate-alone",
    hint="A product has two factors, and its derivative two terms. Which one have you left out?",
    edits=[edit("gelu_backward", "(1 + bent + x", "(x")],
)
misconception(
    "gelu-square-forgotten",
    hint="What is the derivative of tanh, in terms of its output?",
    edits=[edit("gelu_backward", "bent**2", "bent")],
)
misconception(
    "gelu-slope-at-the-output",
    hint="Your formula is right for x, the input. What have you put into it?",
    edits=[edit("gelu_forward", "(x, bent)", "(x * (1 + bent) / 2, bent)")],
)
misconception(
    "gelu-half-forgotten",
    hint="Far to the right, what should gelu return for x? What do you return?",
    edits=[
        edit("gelu_forward", "x * (1 + bent) / 2", "x * (1 + bent)"),
        edit("gelu_backward", " * inner) / 2", " * inner)"),
    ],
)
misconception(
    "gelu-root-of-2-over-pi",
    hint="Is pi under the root as well?",
    edits=[
        edit("gelu_forward", "np.sqrt(2 / np.pi)", "np.sqrt(2) / np.pi"),
        edit("gelu_backward", "np.sqrt(2 / np.pi)", "np.sqrt(2) / np.pi"),
    ],
)
misconception(
    "gelu-root-forgotten",
    hint="Is it 2 / pi that stands before the brackets, or its root?",
    edits=[
        edit("gelu_forward", "np.sqrt(2 / np.pi)", "2 / np.pi"),
        edit("gelu_backward", "np.sqrt(2 / np.pi)", "2 / np.pi"),
    ],
)
misconception(
    "gelu-overflows",
    hint="How large is the cube of 1000, and what is exp of it? Is there a tanh that survives it?",
    edits=[
        edit(
            "gelu_forward",
            "    bent = np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3))\n",
            "    u = np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)\n"
            "    bent = (np.exp(u) - np.exp(-u)) / (np.exp(u) + np.exp(-u))\n",
        )
    ],
)

# Maxout.

misconception(
    "maxout-gradient-to-all-pieces",
    hint="If a piece that is not the largest changes a little, does the output change?",
    edits=[
        edit(
            "maxout_backward",
            "dout * (winner == np.arange(len(w)).reshape(-1, 1, 1))",
            "dout * np.ones((len(w), 1, 1))",
        )
    ],
)
misconception(
    "maxout-gradient-shared",
    hint="Does the largest piece share its gradient with the others?",
    edits=[
        edit(
            "maxout_backward",
            "dout * (winner == np.arange(len(w)).reshape(-1, 1, 1))",
            "dout * np.full((len(w), 1, 1), 1 / len(w))",
        )
    ],
)
misconception(
    "maxout-bias-after-the-maximum",
    hint="Which comes first: adding a piece's bias, or looking which piece is the largest?",
    edits=[
        edit(
            "maxout_forward",
            "    pieces = x @ w + b[:, None]\n    return pieces.max(axis=0), ",
            "    pieces = x @ w\n    return pieces.max(axis=0) + b.max(axis=0), ",
        )
    ],
)
misconception(
    "maxout-bias-of-the-first-piece",
    hint="How many biases has one output? Look at the shape of b.",
    edits=[edit("maxout_forward", "b[:, None]", "b[0]")],
)
misconception(
    "maxout-winner-without-bias",
    hint="The piece that gets the gradient: is it the one that was the largest with its bias?",
    edits=[edit("maxout_forward", "pieces.argmax(axis=0)", "(x @ w).argmax(axis=0)")],
)
misconception(
    "maxout-mean-of-pieces",
    hint="The name of the layer says what it does with its pieces.",
    edits=[edit("maxout_forward", "return pieces.max(axis=0)", "return pieces.mean(axis=0)")],
)
misconception(
    "maxout-two-pieces",
    hint="How many pieces does w have? Do you look at all of them?",
    edits=[
        edit(
            "maxout_forward",
            "    pieces = x @ w + b[:, None]\n",
            "    pieces = (x @ w + b[:, None])[:2]\n",
        )
    ],
)
misconception(
    "maxout-winner-per-sample",
    hint="Do all outputs of a sample have to use the same piece?",
    edits=[
        edit(
            "maxout_forward",
            "    return pieces.max(axis=0), (x, w, pieces.argmax(axis=0))",
            "    best = pieces.sum(axis=2).argmax(axis=0)\n    out = pieces[best, np.arange(len(x))]\n"
            "    return out, (x, w, best[:, None])",
        )
    ],
)
misconception(
    "maxout-cache-in-a-global",
    hint="A net has two maxout layers. Whose input does your backward use when both have run?",
    edits=[
        edit(
            "maxout_forward",
            "    return pieces.max(axis=0), (x, w, pieces.argmax(axis=0))",
            "    maxout_backward.kept = (x, w, pieces.argmax(axis=0))\n    return pieces.max(axis=0), None",
        ),
        edit("maxout_backward", "x, w, winner = cache", "x, w, winner = maxout_backward.kept"),
    ],
)
misconception(
    "maxout-dx-of-one-piece",
    hint="Different outputs may have used different pieces. How does x hear of all of them?",
    edits=[edit("maxout_backward", ".sum(axis=0)\n", "[0]\n")],
)
misconception(
    "maxout-weights-of-another-layout",
    hint="Read the shape of w in the docstring: which axis are the pieces, and how do the others follow?",
    edits=[
        edit(
            "maxout_forward",
            "    pieces = x @ w + b[:, None]\n",
            "    K, D, M = w.shape\n    flat = x @ w.reshape(D, K * M) + b.reshape(-1)\n"
            "    pieces = flat.reshape(-1, K, M).swapaxes(0, 1)\n",
        )
    ],
)

# Saturated and dead units.

misconception(
    "saturation-on-one-side",
    hint="A sigmoid is flat in two places.",
    edits=[edit("saturated_fraction", "(out - low < tol) | (high - out < tol)", "high - out < tol")],
)
misconception(
    "saturation-bounds-of-the-sigmoid",
    hint="Where does a tanh saturate? Do you use the bounds that you were given?",
    edits=[
        edit("saturated_fraction", "(out - low < tol) | (high - out < tol)", "(out < tol) | (1 - out < tol)")
    ],
)
misconception(
    "saturation-counted",
    hint="A share is a number between 0 and 1.",
    edits=[edit("saturated_fraction", "np.mean(", "np.sum(")],
)
misconception(
    "saturation-both-at-once",
    hint="Can an output be near both ends?",
    edits=[edit("saturated_fraction", ") | (", ") & (")],
)
misconception(
    "saturation-the-other-share",
    hint="Do you count those that are near an end, or the others?",
    edits=[
        edit(
            "saturated_fraction",
            "(out - low < tol) | (high - out < tol)",
            "(out - low > tol) & (high - out > tol)",
        )
    ],
)
misconception(
    "saturation-tolerance-relative",
    hint="Is tol a distance, or a share of the way from low to high?",
    edits=[edit("saturated_fraction", "    return", "    tol = tol * (high - low)\n    return")],
)
misconception(
    "dead-share-of-zeros",
    hint="A unit that is zero for some samples is not dead. What does it take?",
    edits=[edit("dead_fraction", "(activations == 0).all(axis=0)", "activations == 0")],
)
misconception(
    "dead-samples-counted",
    hint="Which axis are the samples, and which are the units?",
    edits=[edit("dead_fraction", ".all(axis=0)", ".all(axis=1)")],
)
misconception(
    "dead-for-some-sample",
    hint="Must a dead unit be zero for one sample, or for every one?",
    edits=[edit("dead_fraction", ".all(axis=0)", ".any(axis=0)")],
)
misconception(
    "dead-by-sum",
    hint="Can numbers that are not zero add up to zero?",
    edits=[edit("dead_fraction", "(activations == 0).all(axis=0)", "activations.sum(axis=0) == 0")],
)
misconception(
    "dead-counts-negative-outputs",
    hint="Is a unit dead whose output is -1 for every sample?",
    edits=[edit("dead_fraction", "activations == 0", "activations <= 0")],
)
misconception(
    "dead-counted",
    hint="A share is a number between 0 and 1.",
    edits=[edit("dead_fraction", "np.mean(", "np.sum(")],
)

# What only other shapes show.

misconception(
    "backward-of-rows-only",
    hint="The layer may stand behind a convolution. How many axes has its input then?",
    edits=[
        edit("tanh_backward", "    return", "    rows, columns = dout.shape\n    return"),
        edit("relu_backward", "    return", "    rows, columns = dout.shape\n    return"),
    ],
)

# What only a deeper net shows.

misconception(
    "setting-in-a-global",
    hint="Two layers may have different slopes or alphas. Whose does your backward use when both have run?",
    edits=[
        edit(
            "leaky_relu_forward",
            "    return slope * x, slope",
            "    leaky_relu_backward.slope = negative_slope\n    return slope * x, x",
        ),
        edit(
            "leaky_relu_backward",
            "dout * cache",
            "dout * np.where(cache > 0, 1, leaky_relu_backward.slope)",
        ),
        edit("elu_forward", "    return", "    elu_backward.alpha = alpha\n    return"),
        edit("elu_backward", "out, alpha = cache", "out, alpha = cache[0], elu_backward.alpha"),
    ],
)

misconception(
    "cache-in-a-global",
    hint="A net has two layers of this kind. Whose input does your backward use when both have run?",
    edits=[
        edit(
            "sigmoid_forward", "    return out, out", "    sigmoid_backward.kept = out\n    return out, None"
        ),
        edit("sigmoid_backward", "    return", "    cache = sigmoid_backward.kept\n    return"),
        edit("tanh_forward", "    return out, out", "    tanh_backward.kept = out\n    return out, None"),
        edit("tanh_backward", "    return", "    cache = tanh_backward.kept\n    return"),
        edit("relu_forward", "    return", "    relu_backward.kept = x\n    return"),
        edit("relu_backward", "    return", "    cache = relu_backward.kept\n    return"),
        edit("elu_forward", "    return", "    elu_backward.kept = (out, alpha)\n    return"),
        edit("elu_backward", "out, alpha = cache", "out, alpha = elu_backward.kept"),
        edit("leaky_relu_forward", "    return", "    leaky_relu_backward.kept = slope\n    return"),
        edit("leaky_relu_backward", "    return", "    cache = leaky_relu_backward.kept\n    return"),
        edit("silu_forward", "    return", "    silu_backward.kept = (x, gate)\n    return"),
        edit("silu_backward", "x, gate = cache", "x, gate = silu_backward.kept"),
        edit("gelu_forward", "    return", "    gelu_backward.kept = (x, bent)\n    return"),
        edit("gelu_backward", "x, bent = cache", "x, bent = gelu_backward.kept"),
    ],
)


# Gradients that are measured.


@misconception(
    "gradient-measured",
    hint="Your gradient is right to ten digits only. Did you work it out, or measure it?",
)
def _():
    def measured(function, x, dout):
        # Entries don't know of each other: all slopes at once.
        return dout * (function(x + 1e-5)[0] - function(x - 1e-5)[0]) / 2e-5

    def sigmoid_forward(x):
        e = np.exp(-np.abs(x))
        return np.where(x > 0, 1, e) / (1 + e), x

    def sigmoid_backward(dout, cache):
        return measured(sigmoid_forward, cache, dout)

    def tanh_forward(x):
        return np.tanh(x), x

    def tanh_backward(dout, cache):
        return measured(tanh_forward, cache, dout)


# The checks have values at which other measured gradients fail; for gelu there are none.
@misconception(
    "gelu-gradient-measured",
    hint="Your gradient of gelu is right to ten digits only. Did you work it out, or measure it?",
)
def _():
    def gelu_forward(x):
        bent = np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3))
        return x * (1 + bent) / 2, x

    def gelu_backward(dout, cache):
        above, _ = gelu_forward(cache + 1e-5)
        below, _ = gelu_forward(cache - 1e-5)
        return dout * (above - below) / 2e-5
