"""Mistakes in activations, as students make them."""

from tests.real_mistakes.mistake import mistake

MISTAKES = [
    mistake(
        "rows-and-columns-of-the-flattened-input",
        ["affine-rows-mix-samples"],
        source="""
def affine_forward(x, w, b):
    x_flat = x.reshape(w.shape[0], -1).T
    out = np.dot(x_flat, w) + b
    cache = (x, w, b)
    return out, cache
""",
    ),
    mistake(
        "biases-get-the-average",
        ["affine-gradients-averaged", "affine-db-averaged"],
        source="""
def affine_backward(dout, cache):
    x, w = cache
    N = x.shape[0]
    dx = dout.dot(w.T).reshape(x.shape)
    dw = x.reshape(N, -1).T.dot(dout)
    db = np.mean(dout, axis=0)
    return dx, dw, db
""",
    ),
    mistake(
        "slope-of-flat-input-stays-flat",
        ["affine-dx-left-flat"],
        source="""
def affine_forward(x, w, b):
    X = np.reshape(x, (x.shape[0], np.prod(x.shape[1:])))
    return X @ w + b, [X, w, b]


def affine_backward(dout, cache):
    X, w, b = cache
    dx = dout @ w.T
    dw = X.T @ dout
    db = dout.sum(0)
    return dx, dw, db
""",
    ),
    mistake(
        "quotient-of-two-large-numbers",
        ["sigmoid-overflows"],
        source="""
def sigmoid_forward(x):
    out = np.exp(x) / (1 + np.exp(x))
    return out, out
""",
    ),
    mistake(
        "input-for-output-in-the-product",
        ["sigmoid-slope-of-the-input"],
        source="""
def sigmoid_forward(x):
    s = 1 / (1 + np.exp(-np.clip(x, -700, 700)))
    return s, x


def sigmoid_backward(dout, cache):
    x = cache
    return dout * x * (1 - x)
""",
    ),
    mistake(
        "quotient-of-exponentials-of-twice-x",
        ["tanh-overflows", "tanh-overflows-to-the-right"],
        source="""
def tanh_forward(x):
    e2x = np.exp(2 * x)
    out = (e2x - 1) / (e2x + 1)
    cache = {'out': out}
    return out, cache


def tanh_backward(dout, cache):
    return dout * (1 - cache['out'] ** 2)
""",
    ),
    mistake(
        "local-slope-without-what-comes-from-above",
        ["upstream-forgotten"],
        source="""
def tanh_backward(dout, cache):
    t = cache
    dx = 1 - np.square(t)
    return dx
""",
    ),
    mistake(
        "mask-of-what-comes-from-above",
        ["relu-mask-of-the-upstream"],
        source="""
def relu_forward(x):
    out = x * (x > 0)
    return out, [x]


def relu_backward(dout, cache):
    x = cache[0]
    dx = dout.copy()
    dx[dx < 0] = 0
    return dx
""",
    ),
    mistake(
        "zeroes-the-callers-array-and-remembers-it",
        ["relu-in-place"],
        source="""
def relu_forward(x):
    x[x < 0] = 0
    out = x
    cache = x
    return out, cache
""",
    ),
    mistake(
        "the-larger-of-the-two-and-a-slope-of-one-percent",
        {
            "leaky_relu_forward": ["leaky-as-a-maximum"],
            "leaky_relu_backward": ["leaky-slope-fixed-backward"],
        },
        source="""
def leaky_relu_forward(x, negative_slope=0.01):
    out = np.maximum(negative_slope * x, x)
    return out, x


def leaky_relu_backward(dout, cache):
    x = cache
    dx = np.ones_like(x)
    dx[x < 0] = 0.01
    return dx * dout
""",
    ),
    mistake(
        "slopes-meet-the-columns-of-the-image",
        ["prelu-alpha-on-the-last-axis"],
        source="""
def prelu_forward(x, alpha):
    out = np.where(x > 0, x, alpha * x)
    return out, (x, alpha)


def prelu_backward(dout, cache):
    x, alpha = cache
    dx = np.where(x > 0, dout, alpha * dout)
    dalpha = np.where(x > 0, 0, dout * x)
    if np.ndim(alpha) == 0:
        return dx, np.sum(dalpha)
    return dx, np.sum(dalpha, axis=tuple(range(dalpha.ndim - 1)))
""",
    ),
    mistake(
        "sum-over-all-entries-of-both-signs",
        ["prelu-dalpha-of-positive-inputs-too"],
        source="""
def prelu_backward(dout, cache):
    x, slope, per_channel = cache
    dx = slope * dout
    d = dout * x
    if not per_channel:
        return dx, d.sum()
    axes = tuple(a for a in range(x.ndim) if a != 1)
    return dx, d.sum(axis=axes)
""",
    ),
    mistake(
        "one-in-the-place-of-alpha",
        ["elu-alpha-forgotten-backward", "elu-slope-with-one-for-alpha"],
        source="""
def elu_backward(dout, cache):
    out, alpha = cache
    dx = dout.copy()
    neg = out < 0
    dx[neg] = dx[neg] * (out[neg] + 1)
    return dx
""",
    ),
    mistake(
        "masks-that-multiply-infinity",
        ["elu-overflows"],
        source="""
def elu_forward(x, alpha=1.0):
    out = (x > 0) * x + (x <= 0) * alpha * (np.exp(x) - 1)
    return out, (x, alpha)


def elu_backward(dout, cache):
    x, alpha = cache
    return dout * ((x > 0) + (x <= 0) * alpha * np.exp(x))
""",
    ),
    mistake(
        "only-one-summand-of-the-product-rule",
        ["silu-slope-of-the-gate-alone"],
        source="""
def silu_forward(x):
    with np.errstate(over='ignore'):
        sig = 1.0 / (1.0 + np.exp(-x))
    return x * sig, (x, sig)


def silu_backward(dout, cache):
    x, sig = cache
    return dout * x * sig * (1 - sig)
""",
    ),
    mistake(
        "chain-rule-stops-at-the-hyperbolic-tangent",
        ["gelu-inner-derivative-forgotten"],
        source="""
def gelu_forward(x):
    c = np.sqrt(2 / np.pi)
    u = c * (x + 0.044715 * np.power(x, 3))
    t = np.tanh(u)
    return 0.5 * x * (1 + t), (x, t)


def gelu_backward(dout, cache):
    x, t = cache
    dt = 1 - t ** 2
    dx = 0.5 * (1 + t) + 0.5 * x * dt
    return dout * dx
""",
    ),
    mistake(
        "all-pieces-learn-from-each-sample",
        ["maxout-gradient-to-all-pieces"],
        source="""
def maxout_forward(x, w, b):
    K = w.shape[0]
    z = np.stack([x.dot(w[k]) + b[k] for k in range(K)])
    return np.max(z, axis=0), (x, w, b, z)


def maxout_backward(dout, cache):
    x, w, b, z = cache
    dx = np.zeros_like(x)
    dw = np.zeros_like(w)
    db = np.zeros_like(b)
    for k in range(w.shape[0]):
        dx += dout.dot(w[k].T)
        dw[k] = x.T.dot(dout)
        db[k] = dout.sum(axis=0)
    return dx, dw, db
""",
    ),
    mistake(
        "share-of-zeros-and-one-end-of-two",
        {
            "saturated_fraction": ["saturation-on-one-side"],
            "dead_fraction": ["dead-share-of-zeros"],
        },
        source="""
def saturated_fraction(out, low, high, tol):
    count = np.sum(out > high - tol)
    return count / out.size


def dead_fraction(activations):
    return np.sum(activations == 0) / activations.size
""",
    ),
]
