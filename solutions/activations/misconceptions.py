"""Wrong variants that students really write."""

import numpy as np

from autograder.variants import edit, misconception

# Affine layer.

misconception(
    "affine-not-flattened",
    hint="A sample may be an image. Which shape must x have before it can be multiplied by w of shape "
    "(D, M)?",
    edits=[
        edit("affine_forward", "x.reshape(len(x), -1) @ w", "x @ w"),
        edit("affine_backward", "x.reshape(len(x), -1).T @ dout", "x.T @ dout"),
    ],
)
misconception(
    "affine-flattened-in-another-order",
    hint="Images can be flattened in more than one order. Which axis runs fastest in yours, and which "
    "in the docstring?",
    edits=[
        edit("affine_forward", "x.reshape(len(x), -1)", 'x.reshape(len(x), -1, order="F")'),
        edit("affine_backward", ".reshape(x.shape)", '.reshape(x.shape, order="F")'),
        edit("affine_backward", "x.reshape(len(x), -1).T", 'x.reshape(len(x), -1, order="F").T'),
    ],
)
misconception(
    "affine-rows-mix-samples",
    hint="Look at the first row of the matrix that you multiply by w. Are all its numbers from the "
    "first sample?",
    edits=[edit("affine_forward", "x.reshape(len(x), -1) @", "x.reshape(-1, len(x)).T @")],
)
misconception(
    "affine-bias-forgotten",
    hint="What does your layer return when x is zero, and what should it return?",
    edits=[edit("affine_forward", " @ w + b", " @ w")],
)
misconception(
    "affine-bias-scaled",
    hint="If one bias grows by 1, by how much does the output of each sample change in your code?",
    edits=[edit("affine_forward", " @ w + b", " @ w + b / len(x)")],
)
misconception(
    "affine-dx-left-flat",
    hint="A gradient has the shape of what it belongs to. Which shape does x have, and which your dx?",
    edits=[edit("affine_backward", "(dout @ w.T).reshape(x.shape)", "dout @ w.T")],
)
misconception(
    "affine-dx-without-weights",
    hint="If w is twice as large, how does dx change? Does yours?",
    edits=[edit("affine_backward", "(dout @ w.T)", "(dout @ np.ones_like(w.T))")],
)
misconception(
    "affine-gradients-averaged",
    hint="Does the formula of this layer contain a mean over samples? Where does your 1/N come from?",
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
    hint="If every row of dout occurs twice, db should be twice as large. Is yours?",
    edits=[edit("affine_backward", "dout.sum(axis=0)", "dout.mean(axis=0)")],
)
misconception(
    "affine-db-summed-over-features",
    hint="How many biases are there? Over which axis of dout must you sum to get as many numbers?",
    edits=[edit("affine_backward", "dout.sum(axis=0)", "dout.sum(axis=1)")],
)
misconception(
    "affine-db-not-summed",
    hint="Each bias is added to the output of every sample. How do the many contributions become one "
    "number per bias?",
    edits=[edit("affine_backward", "dout.sum(axis=0)", "dout")],
)
misconception(
    "affine-db-without-upstream",
    hint="If dout is twice as large, does your db double?",
    edits=[edit("affine_backward", "dout.sum(axis=0)", "np.full(dout.shape[1], float(len(x)))")],
)
misconception(
    "affine-dw-transposed",
    hint="A gradient has the shape of what it belongs to. Which shape does w have, and which your dw?",
    edits=[edit("affine_backward", "x.reshape(len(x), -1).T @ dout", "dout.T @ x.reshape(len(x), -1)")],
)
misconception(
    "affine-squeezes-its-output",
    hint="Which shape does your output have when there is only one sample, or only one output?",
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
    hint="A net has several affine layers. After all their forwards, whose x does the first one's "
    "backward find?",
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
    hint="What are the numerator and the denominator of your formula for x = 1000? Is there a form that "
    "is safe there?",
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
    hint="You keep x within bounds. What does your sigmoid return beyond them, and what should it?",
    edits=[
        edit("sigmoid_forward", "    e = np.exp(-np.abs(x))\n", "    e = np.exp(-np.minimum(abs(x), 10))\n")
    ],
)
misconception(
    "sigmoid-sign",
    hint="Which value should the sigmoid approach for large x: 0 or 1? Which does yours?",
    edits=[edit("sigmoid_forward", "np.where(x > 0, 1, e)", "np.where(x > 0, e, 1)")],
)
misconception(
    "sigmoid-slope-of-the-input",
    hint="In the derivative s * (1 - s), s is the output. What is in your cache: the input or the output?",
    edits=[edit("sigmoid_forward", "return out, out", "return out, x")],
)
misconception(
    "sigmoid-applied-twice",
    hint="Your cache holds the output already. What do you get if your backward takes the sigmoid of it "
    "once more?",
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
    hint="The derivative of the sigmoid at 0 is 1/4. What does your backward give there for dout = 1?",
    edits=[edit("sigmoid_backward", "dout * cache * (1 - cache)", "dout * (1 - cache)")],
)
misconception(
    "sigmoid-slope-of-output-and-input",
    hint="In the derivative s * (1 - s), both factors use the output. What do yours use?",
    edits=[
        edit("sigmoid_forward", "return out, out", "return out, (out, x)"),
        edit("sigmoid_backward", "dout * cache * (1 - cache)", "dout * cache[0] * (1 - cache[1])"),
    ],
)
misconception(
    "tanh-overflows",
    hint="What is exp(1000) in floating point, and what do you get when you divide it by itself?",
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
    hint="What are the numerator and the denominator of your formula for x = -1000?",
    edits=[edit("tanh_forward", "np.tanh(x)", "(1 - np.exp(-2 * x)) / (1 + np.exp(-2 * x))")],
)
misconception(
    "tanh-overflows-to-the-right",
    hint="What are the numerator and the denominator of your formula for x = 1000?",
    edits=[edit("tanh_forward", "np.tanh(x)", "(np.exp(2 * x) - 1) / (np.exp(2 * x) + 1)")],
)
misconception(
    "tanh-slope-of-the-input",
    hint="In the derivative 1 - t^2, t is the output. What is in your cache: the input or the output?",
    edits=[edit("tanh_forward", "return out, out", "return out, x")],
)
misconception(
    "tanh-square-forgotten",
    hint="tanh is as steep where its output is -1/2 as where it is 1/2. Is your derivative the same at both?",
    edits=[edit("tanh_backward", "cache**2", "cache")],
)
misconception(
    "upstream-forgotten",
    hint="Your backward returns the derivative of the function itself. Where does dout come in?",
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
    hint="After the call, is the caller's x what it was? Which line changes the array itself?",
    edits=[
        edit("relu_forward", "    return np.maximum(0, x), x", "    x[x < 0] = 0\n    return x, x.copy()")
    ],
)
misconception(
    "relu-largest-entry",
    hint="Does the NumPy function you call compare entry by entry, or does it look for the largest "
    "entry of the array?",
    edits=[edit("relu_forward", "np.maximum(0, x)", "np.max(x, 0)")],
)
misconception(
    "relu-absolute-value",
    hint="What does your function return for -2, and what should it?",
    edits=[edit("relu_forward", "np.maximum(0, x)", "np.abs(x)")],
)
misconception(
    "relu-gradient-passes-everywhere",
    hint="Where x is negative, the output does not change with x. What is your gradient there?",
    edits=[edit("relu_backward", "dout * (cache > 0)", "dout")],
)
misconception(
    "relu-mask-of-the-upstream",
    hint="What decides whether a gradient passes: the sign of the input, or the sign of dout? Which do "
    "you use?",
    edits=[edit("relu_backward", "dout * (cache > 0)", "dout * (dout > 0)")],
)
misconception(
    "relu-gradient-times-x",
    hint="What is the derivative of relu at x = 3, and what does your backward give there for dout = 1?",
    edits=[edit("relu_backward", "dout * (cache > 0)", "dout * np.maximum(0, cache)")],
)
misconception(
    "leaky-slope-forgotten-backward",
    hint="Where x is negative, the output still changes with x a little. What is your gradient there?",
    edits=[edit("leaky_relu_backward", "dout * cache", "dout * (cache == 1)")],
)
misconception(
    "leaky-slope-fixed",
    hint="Your slope is {value} whatever the caller asks for. Where does your code use negative_slope?",
    edits=[edit("leaky_relu_forward", "np.where(x > 0, 1, negative_slope)", "np.where(x > 0, 1, {value})")],
    values=("0.01", "0.1"),
)
misconception(
    "leaky-slope-fixed-backward",
    hint="Your forward uses the negative_slope that it was given. Which slope does your backward use?",
    edits=[edit("leaky_relu_backward", "dout * cache", "dout * np.where(cache == 1, 1, 0.01)")],
)
misconception(
    "leaky-default-slope",
    hint="Your slope is {value} when the caller gives none. Which one stood in the signature as handed out?",
    edits=[edit("leaky_relu_forward", "negative_slope: float = 0.01", "negative_slope: float = {value}")],
    values=("0.1", "0.2"),
)
misconception(
    "leaky-as-a-maximum",
    hint="Which is larger at x = -1 when negative_slope is 2: x or negative_slope * x? Which should "
    "your function return?",
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
    hint="Which side of 0 is multiplied by negative_slope? What does your function return for x = 1?",
    edits=[
        edit("leaky_relu_forward", "np.where(x > 0, 1, negative_slope)", "np.where(x > 0, negative_slope, 1)")
    ],
)
misconception(
    "leaky-after-relu",
    hint="After a relu no number is negative any more. What is left for negative_slope to multiply?",
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
    hint="alpha often starts at 1/4, but it is learned. Where does your code use the alpha that it was "
    "given?",
    edits=[edit("prelu_forward", "np.reshape(alpha,", "np.reshape(0.25 + 0 * np.asarray(alpha),")],
)
misconception(
    "prelu-alpha-on-the-last-axis",
    hint="The channels are axis 1 of (N, C, H, W). Along which axis does NumPy broadcast an array (C,)?",
    edits=[
        edit("prelu_forward", "np.reshape(alpha, (-1,) + (1,) * (x.ndim - 2))", "alpha"),
    ],
)
misconception(
    "prelu-as-a-maximum",
    hint="Which is larger at x = -1 when alpha is 2: x or alpha * x? Which should your function return?",
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
    hint="How many entries does alpha have, and how many does your dalpha have?",
    edits=[edit("prelu_backward", "if per_channel else None", "if False else None")],
)
misconception(
    "prelu-dalpha-summed-over-the-batch-only",
    hint="A channel's alpha acts on all pixels of all samples. Over which axes do you sum its gradient?",
    edits=[edit("prelu_backward", "(0, *range(2, x.ndim)) if", "0 if")],
)
misconception(
    "prelu-dalpha-averaged",
    hint="If every sample and its dout occur twice, dalpha should be twice as large. Is yours?",
    edits=[edit("prelu_backward", "dalpha.sum(axis=axes)", "dalpha.mean(axis=axes)")],
)
misconception(
    "prelu-dalpha-not-summed",
    hint="A gradient has the shape of what it belongs to. Which shape does alpha have, and which your "
    "dalpha?",
    edits=[edit("prelu_backward", "dalpha.sum(axis=axes)", "dalpha")],
)
misconception(
    "prelu-dalpha-of-positive-inputs-too",
    hint="Does the output depend on alpha where x is positive? Does your dalpha?",
    edits=[edit("prelu_backward", "dout * np.minimum(x, 0)", "dout * x")],
)
misconception(
    "prelu-dalpha-of-the-other-side",
    hint="On which side of 0 does the output depend on alpha? From which side does your dalpha come?",
    edits=[edit("prelu_backward", "np.minimum(x, 0)", "np.maximum(x, 0)")],
)
misconception(
    "prelu-dalpha-with-alpha",
    hint="Where x is negative the output is alpha * x. What is its derivative with respect to alpha?",
    edits=[edit("prelu_backward", "dout * np.minimum(x, 0)", "dout * slope * (x < 0)")],
)
misconception(
    "prelu-dalpha-without-x",
    hint="If alpha grows by 0.1, by how much does the output at x = -3 change, and at x = -1? Are these "
    "different in your dalpha?",
    edits=[edit("prelu_backward", "dout * np.minimum(x, 0)", "dout * (x < 0)")],
)
misconception(
    "prelu-alpha-not-learned",
    hint="Does the output depend on alpha where x is negative? What does your dalpha say?",
    edits=[edit("prelu_backward", "dout * np.minimum(x, 0)", "0 * dout * np.minimum(x, 0)")],
)
misconception(
    "prelu-slope-forgotten-backward",
    hint="Where x is negative, how does the output change with x? What is your gradient there?",
    edits=[edit("prelu_backward", "return dout * slope", "return dout * (x > 0)")],
)
misconception(
    "elu-overflows",
    hint="What is exp(1000), and what is that times 0? Do you compute it even where x is positive?",
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
    hint="What is the derivative of elu just to the left of 0 when alpha is 3? What is yours?",
    edits=[edit("elu_backward", "out + alpha", "out / alpha + 1")],
)
misconception(
    "elu-slope-with-one-for-alpha",
    hint="To get the derivative from the output, what has to be added when alpha is 3?",
    edits=[edit("elu_backward", "out + alpha", "out + 1")],
)
misconception(
    "elu-as-a-maximum",
    hint="For x = -0.1 and alpha = 3, which is larger: x or alpha * (exp(x) - 1)? Which should your "
    "function return?",
    edits=[edit("elu_forward", "np.where(x > 0, x,", "np.maximum(x,")],
)
misconception(
    "elu-alpha-is-one",
    hint="What does your output approach far to the left when alpha is 3, and what should it?",
    edits=[edit("elu_forward", "    out =", "    alpha = 1.0\n    out =")],
)
misconception(
    "elu-without-minus-one",
    hint="What does your elu approach just to the left of 0? Does it jump there?",
    edits=[edit("elu_forward", "np.expm1(np.minimum(x, 0))", "np.exp(np.minimum(x, 0))")],
)
misconception(
    "elu-output-for-slope",
    hint="Far to the left elu is flat. What is your gradient there?",
    edits=[edit("elu_backward", "out + alpha)", "out)")],
)
misconception(
    "elu-gradient-of-relu",
    hint="Where x is negative, the output still changes with x. What is your gradient there?",
    edits=[edit("elu_backward", "out + alpha)", "0)")],
)
misconception(
    "elu-slope-one-everywhere",
    hint="What is the derivative of elu at x = -2, and what is yours?",
    edits=[edit("elu_backward", "out + alpha)", "1)")],
)

# Silu and gelu.

misconception(
    "silu-is-the-sigmoid",
    hint="What is the sigmoid multiplied by in silu? Is that in your output?",
    edits=[edit("silu_forward", "return x * gate", "return gate")],
)
misconception(
    "silu-overflows",
    hint="What are the numerator and the denominator of your formula for x = 1000? Is there a form that "
    "is safe there?",
    edits=[
        edit("silu_forward", "np.exp(-np.logaddexp(0, -x))", "np.exp(x) / (1 + np.exp(x))"),
    ],
)
misconception(
    "silu-gradient-overflows",
    hint="What are the numerator and the denominator of your derivative for x = -1000? Is there a form "
    "that is safe there?",
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
    hint="silu is a product of x and a sigmoid of x. What is the derivative of a product, and which "
    "part of it is yours?",
    edits=[edit("silu_backward", "gate * (1 + x * (1 - gate))", "gate * (1 - gate)")],
)
misconception(
    "silu-gate-taken-as-constant",
    hint="The sigmoid in silu depends on x, too. What is the derivative of a product?",
    edits=[edit("silu_backward", "gate * (1 + x * (1 - gate))", "gate")],
)
misconception(
    "silu-slope-of-the-gate-alone",
    hint="A product has two factors, so its derivative has two terms. Which one is missing in yours?",
    edits=[edit("silu_backward", "gate * (1 + x * (1 - gate))", "x * gate * (1 - gate)")],
)
misconception(
    "silu-slope-at-the-output",
    hint="Your formula is right for the input x. Which array does your cache hand to it: the input or "
    "the output?",
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
    hint="Is silu steeper than the line y = x at x = 2? Which sign has the second term of your derivative?",
    edits=[edit("silu_backward", "(1 + x * (1 - gate))", "(1 - x * (1 - gate))")],
)
misconception(
    "gelu-exact-form",
    hint="There are two forms of gelu, which differ by up to 5e-4. Which one does the docstring ask for?",
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
    hint="x * sigmoid(1.702 * x) is a rougher approximation of gelu. Which form does the docstring ask for?",
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
    hint="How many terms does the formula have inside the brackets with x, and how many does yours?",
    edits=[
        edit("gelu_forward", "(x + 0.044715 * x**3)", "x"),
        edit("gelu_backward", " * (1 + 3 * 0.044715 * x**2)", ""),
    ],
)
misconception(
    "gelu-square-for-cube",
    hint="Which power of x stands inside the formula's brackets, and which in yours?",
    edits=[
        edit("gelu_forward", "x**3", "x**2"),
        edit("gelu_backward", "3 * 0.044715 * x**2", "2 * 0.044715 * x"),
    ],
)
misconception(
    "gelu-cube-forgotten-backward",
    hint="The inner bracket has two terms. Do you differentiate both?",
    edits=[edit("gelu_backward", "(1 + 3 * 0.044715 * x**2)", "1")],
)
misconception(
    "gelu-constant-forgotten-backward",
    hint="Which factor stands in front of the cube? Is it still there in your derivative?",
    edits=[edit("gelu_backward", "3 * 0.044715 * x**2", "3 * x**2")],
)
misconception(
    "gelu-cube-without-factor-3",
    hint="What is the derivative of x^3? Which factor does it have, and which has yours?",
    edits=[edit("gelu_backward", "3 * 0.044715", "0.044715")],
)
misconception(
    "gelu-inner-derivative-forgotten",
    hint="Inside tanh there is a function of x. Where is its derivative in yours, as the chain rule asks?",
    edits=[edit("gelu_backward", " * (1 - bent**2) * inner", " * (1 - bent**2)")],
)
misconception(
    "gelu-gate-taken-as-constant",
    hint="The factor with tanh depends on x, too. What is the derivative of a product?",
    edits=[edit("gelu_backward", "(1 + bent + x * (1 - bent**2) * inner)", "(1 + bent)")],
)
misconception(
    "gelu-slope-of-the-gate-alone",
    hint="A product has two factors, so its derivative has two terms. Which one is missing in yours?",
    edits=[edit("gelu_backward", "(1 + bent + x", "(x")],
)
misconception(
    "gelu-square-forgotten",
    hint="What is the derivative of tanh in terms of its output t? What do you have in its place?",
    edits=[edit("gelu_backward", "bent**2", "bent")],
)
misconception(
    "gelu-slope-at-the-output",
    hint="Your formula is right for the input x. Which array does your cache hand to it: the input or "
    "the output?",
    edits=[edit("gelu_forward", "(x, bent)", "(x * (1 + bent) / 2, bent)")],
)
misconception(
    "gelu-half-forgotten",
    hint="For large x gelu should be about x. What does yours return for x = 10?",
    edits=[
        edit("gelu_forward", "x * (1 + bent) / 2", "x * (1 + bent)"),
        edit("gelu_backward", " * inner) / 2", " * inner)"),
    ],
)
misconception(
    "gelu-root-of-2-over-pi",
    hint="Is pi inside the square root in the formula? Is it in yours?",
    edits=[
        edit("gelu_forward", "np.sqrt(2 / np.pi)", "np.sqrt(2) / np.pi"),
        edit("gelu_backward", "np.sqrt(2 / np.pi)", "np.sqrt(2) / np.pi"),
    ],
)
misconception(
    "gelu-root-forgotten",
    hint="Which constant does the formula multiply the inner bracket by: 2 / pi or its square root?",
    edits=[
        edit("gelu_forward", "np.sqrt(2 / np.pi)", "2 / np.pi"),
        edit("gelu_backward", "np.sqrt(2 / np.pi)", "2 / np.pi"),
    ],
)
misconception(
    "gelu-overflows",
    hint="For x = 1000, what is the argument of your exp? Does NumPy have a tanh that is safe there?",
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
    hint="If a piece that is not the largest changes a little, does the output change? Which gradient "
    "does your code give it?",
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
    hint="How much of dout does the largest piece get in your code? Do the others have any effect on "
    "the output?",
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
    hint="Each piece has its own bias. Do you add it before or after you look for the largest piece?",
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
    hint="b has shape (K, M). Which of its rows does each piece get in your code?",
    edits=[edit("maxout_forward", "b[:, None]", "b[0]")],
)
misconception(
    "maxout-winner-without-bias",
    hint="How do you find the piece that gets the gradient? Does it count with its bias, as in the forward?",
    edits=[edit("maxout_forward", "pieces.argmax(axis=0)", "(x @ w).argmax(axis=0)")],
)
misconception(
    "maxout-mean-of-pieces",
    hint="What does the docstring make of the K pieces of an output: their mean or the largest?",
    edits=[edit("maxout_forward", "return pieces.max(axis=0)", "return pieces.mean(axis=0)")],
)
misconception(
    "maxout-two-pieces",
    hint="How many pieces does w have? How many of them do you compare?",
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
    hint="May two outputs of one sample use different pieces? Can they in your code?",
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
    hint="A net has two maxout layers. After both forwards, whose x does the first one's backward find?",
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
    hint="Different outputs may use different pieces. The weights of how many pieces contribute to your dx?",
    edits=[edit("maxout_backward", ".sum(axis=0)\n", "[0]\n")],
)
misconception(
    "maxout-weights-of-another-layout",
    hint="w has shape (K, D, M). Does your reshape keep the D weights of each output together?",
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
    hint="Near which two values is an output saturated? How many of them do you check?",
    edits=[edit("saturated_fraction", "(out - low < tol) | (high - out < tol)", "high - out < tol")],
)
misconception(
    "saturation-bounds-of-the-sigmoid",
    hint="Near which values does a tanh saturate? Where do you use low and high?",
    edits=[
        edit("saturated_fraction", "(out - low < tol) | (high - out < tol)", "(out < tol) | (1 - out < tol)")
    ],
)
misconception(
    "saturation-counted",
    hint="A share is a number between 0 and 1. Do you return that, or a count?",
    edits=[edit("saturated_fraction", "np.mean(", "np.sum(")],
)
misconception(
    "saturation-both-at-once",
    hint="Can one output be near low and near high at once? How do you combine the two conditions?",
    edits=[edit("saturated_fraction", ") | (", ") & (")],
)
misconception(
    "saturation-the-other-share",
    hint="Do you count the outputs that are near low or high, or all the others?",
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
    hint="Is tol a distance, or a share of the way from low to high? Try it with low = -1 and high = 1.",
    edits=[edit("saturated_fraction", "    return", "    tol = tol * (high - low)\n    return")],
)
misconception(
    "dead-share-of-zeros",
    hint="Is a unit dead that is zero for some samples only? What do you take the mean of: entries or units?",
    edits=[edit("dead_fraction", "(activations == 0).all(axis=0)", "activations == 0")],
)
misconception(
    "dead-samples-counted",
    hint="Which axis of (N, M) are the units? Along which do you check whether all entries are zero?",
    edits=[edit("dead_fraction", ".all(axis=0)", ".all(axis=1)")],
)
misconception(
    "dead-for-some-sample",
    hint="Must a dead unit be zero for one sample or for every one? Which does your code check?",
    edits=[edit("dead_fraction", ".all(axis=0)", ".any(axis=0)")],
)
misconception(
    "dead-by-sum",
    hint="Can outputs that are not zero add up to zero? Try a column of 1 and -1.",
    edits=[edit("dead_fraction", "(activations == 0).all(axis=0)", "activations.sum(axis=0) == 0")],
)
misconception(
    "dead-counts-negative-outputs",
    hint="Is a unit dead whose output is -1 for every sample? Does your code count it?",
    edits=[edit("dead_fraction", "activations == 0", "activations <= 0")],
)
misconception(
    "dead-counted",
    hint="A share is a number between 0 and 1. Do you return that, or a count?",
    edits=[edit("dead_fraction", "np.mean(", "np.sum(")],
)

# What only other shapes show.

misconception(
    "backward-of-rows-only",
    hint="The layer may follow a convolution. How many axes does dout have then, and how many do you expect?",
    edits=[
        edit("tanh_backward", "    return", "    rows, columns = dout.shape\n    return"),
        edit("relu_backward", "    return", "    rows, columns = dout.shape\n    return"),
    ],
)

# What only a deeper net shows.

misconception(
    "setting-in-a-global",
    hint="Two layers may have different slopes or alphas. After both forwards, whose does the first "
    "one's backward use?",
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
    hint="A net has two layers of this kind. After both forwards, whose values does the first one's "
    "backward find?",
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
    hint="Your gradient is right to about ten digits only. Did you work it out on paper, or measure it?",
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
    hint="Your gradient of gelu is right to about ten digits only. Did you work it out on paper, or "
    "measure it?",
)
def _():
    def gelu_forward(x):
        bent = np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3))
        return x * (1 + bent) / 2, x

    def gelu_backward(dout, cache):
        above, _ = gelu_forward(cache + 1e-5)
        below, _ = gelu_forward(cache - 1e-5)
        return dout * (above - below) / 2e-5
