"""Right variants that look different from the reference: each keeps full marks."""

import numpy as np

from autograder.variants import correct, edit


@correct("explicit-loops")
def _():
    def affine_forward(x, w, b):
        N, (D, M) = x.shape[0], w.shape
        rows = x.reshape(N, D)
        out = np.zeros((N, M))
        for n in range(N):
            for m in range(M):
                total = b[m]
                for d in range(D):
                    total += rows[n, d] * w[d, m]
                out[n, m] = total
        return out, (x, w)

    def affine_backward(dout, cache):
        x, w = cache
        N, (D, M) = x.shape[0], w.shape
        rows = x.reshape(N, D)
        dx, dw, db = np.zeros((N, D)), np.zeros((D, M)), np.zeros(M)
        for n in range(N):
            for m in range(M):
                dx[n] += dout[n, m] * w[:, m]
                dw[:, m] += dout[n, m] * rows[n]
                db[m] += dout[n, m]
        return dx.reshape(x.shape), dw, db

    def sigmoid_forward(x):
        out = np.zeros(x.shape)
        for index in np.ndindex(x.shape):
            if x[index] >= 0:
                out[index] = 1 / (1 + np.exp(-x[index]))
            else:
                out[index] = np.exp(x[index]) / (1 + np.exp(x[index]))
        return out, out

    def sigmoid_backward(dout, cache):
        dx = np.zeros(dout.shape)
        for index in np.ndindex(dout.shape):
            dx[index] = dout[index] * cache[index] * (1 - cache[index])
        return dx

    def tanh_forward(x):
        out = np.zeros(x.shape)
        for index in np.ndindex(x.shape):
            small = np.exp(-2 * abs(x[index]))
            out[index] = np.sign(x[index]) * (1 - small) / (1 + small)
        return out, out

    def tanh_backward(dout, cache):
        dx = np.zeros(dout.shape)
        for index in np.ndindex(dout.shape):
            dx[index] = dout[index] - dout[index] * cache[index] * cache[index]
        return dx

    def relu_forward(x):
        out = np.zeros(x.shape)
        for index in np.ndindex(x.shape):
            out[index] = x[index] if x[index] > 0 else 0
        return out, x

    def relu_backward(dout, cache):
        dx = np.zeros(dout.shape)
        for index in np.ndindex(dout.shape):
            if cache[index] >= 0:
                dx[index] = dout[index]
        return dx

    def leaky_relu_forward(x, negative_slope=0.01):
        out = np.zeros(x.shape)
        for index in np.ndindex(x.shape):
            out[index] = x[index] if x[index] > 0 else negative_slope * x[index]
        return out, (x, negative_slope)

    def leaky_relu_backward(dout, cache):
        x, negative_slope = cache
        dx = np.zeros(dout.shape)
        for index in np.ndindex(dout.shape):
            dx[index] = dout[index] * (1 if x[index] > 0 else negative_slope)
        return dx

    def prelu_forward(x, alpha):
        out = np.zeros(x.shape)
        for index in np.ndindex(x.shape):
            a = alpha[index[1]] if np.ndim(alpha) else alpha
            out[index] = x[index] if x[index] > 0 else a * x[index]
        return out, (x, alpha)

    def prelu_backward(dout, cache):
        x, alpha = cache
        dx, dalpha = np.zeros(x.shape), np.zeros(np.shape(alpha))
        for index in np.ndindex(x.shape):
            channel = index[1] if np.ndim(alpha) else ()
            if x[index] > 0:
                dx[index] = dout[index]
            else:
                dx[index] = dout[index] * (alpha[channel] if np.ndim(alpha) else alpha)
                dalpha[channel] += dout[index] * x[index]
        return dx, dalpha

    def elu_forward(x, alpha=1.0):
        out = np.zeros(x.shape)
        for index in np.ndindex(x.shape):
            out[index] = x[index] if x[index] > 0 else alpha * (np.exp(x[index]) - 1)
        return out, (x, alpha)

    def elu_backward(dout, cache):
        x, alpha = cache
        dx = np.zeros(dout.shape)
        for index in np.ndindex(dout.shape):
            dx[index] = dout[index] * (1 if x[index] > 0 else alpha * np.exp(x[index]))
        return dx

    def silu_forward(x):
        gates, _ = sigmoid_forward(x)
        out = np.zeros(x.shape)
        for index in np.ndindex(x.shape):
            out[index] = x[index] * gates[index]
        return out, [x, gates]

    def silu_backward(dout, cache):
        x, gates = cache
        dx = np.zeros(x.shape)
        for index in np.ndindex(x.shape):
            dx[index] = dout[index] * gates[index]
            dx[index] += dout[index] * x[index] * gates[index] * (1 - gates[index])
        return dx

    def gelu_forward(x):
        out = np.zeros(x.shape)
        for index in np.ndindex(x.shape):
            inner = (2 / np.pi) ** 0.5 * (x[index] + 0.044715 * x[index] * x[index] * x[index])
            out[index] = 0.5 * x[index] * (1 + np.tanh(inner))
        return out, x

    def gelu_backward(dout, cache):
        dx = np.zeros(cache.shape)
        for index in np.ndindex(cache.shape):
            one = cache[index]
            t = np.tanh((2 / np.pi) ** 0.5 * (one + 0.044715 * one**3))
            dinner = (2 / np.pi) ** 0.5 * (1 + 0.134145 * one**2)
            dx[index] = dout[index] * (0.5 * (1 + t) + 0.5 * one * (1 - t * t) * dinner)
        return dx

    def maxout_forward(x, w, b):
        (N, _), (K, _, M) = x.shape, w.shape
        out, winner = np.zeros((N, M)), np.zeros((N, M), dtype=int)
        for n in range(N):
            for m in range(M):
                pieces = [np.dot(x[n], w[k, :, m]) + b[k, m] for k in range(K)]
                winner[n, m] = pieces.index(max(pieces))
                out[n, m] = max(pieces)
        return out, (x, w, b, winner)

    def maxout_backward(dout, cache):
        x, w, b, winner = cache
        dx, dw, db = np.zeros(x.shape), np.zeros(w.shape), np.zeros(b.shape)
        for n in range(dout.shape[0]):
            for m in range(dout.shape[1]):
                k = winner[n, m]
                dx[n] += dout[n, m] * w[k, :, m]
                dw[k, :, m] += dout[n, m] * x[n]
                db[k, m] += dout[n, m]
        return dx, dw, db

    def saturated_fraction(out, low, high, tol):
        count = 0
        for value in out.flatten():
            if abs(value - low) <= tol or abs(value - high) <= tol:
                count += 1
        return count / out.size

    def dead_fraction(activations):
        N, M = activations.shape
        dead = 0
        for m in range(M):
            alive = False
            for n in range(N):
                if activations[n, m] != 0:
                    alive = True
            dead += not alive
        return dead / M


@correct("textbook-formulas")
def _():
    def affine_forward(x, w, b):
        rows = np.reshape(x, (x.shape[0], np.prod(x.shape[1:])))
        return np.dot(rows, w) + b.reshape(1, -1), {"x": x, "w": w}

    def affine_backward(dout, cache):
        x, w = cache["x"], cache["w"]
        rows = np.reshape(x, (x.shape[0], np.prod(x.shape[1:])))
        dx = np.reshape(np.dot(dout, w.T), x.shape)
        return dx, np.dot(rows.T, dout), np.sum(dout, axis=0, keepdims=True)

    def sigmoid_forward(x):
        # exp(-x) may become infinite, and 1 / infinity is the 0 that is wanted.
        return 1 / (1 + np.exp(-x)), x

    def sigmoid_backward(dout, cache):
        s = 1.0 / (1.0 + np.exp(-1.0 * cache))
        return dout * (s - s**2)

    def tanh_forward(x):
        return 2 / (1 + np.exp(-2 * x)) - 1, x

    def tanh_backward(dout, cache):
        return dout / np.cosh(np.clip(cache, -300, 300)) ** 2

    def relu_forward(x):
        return x * (x > 0), x

    def relu_backward(dout, cache):
        return np.where(cache >= 0, dout, 0)

    def leaky_relu_forward(x, negative_slope=0.01):
        return np.maximum(0, x) + negative_slope * np.minimum(0, x), (x, negative_slope)

    def leaky_relu_backward(dout, cache):
        x, negative_slope = cache
        dx = np.array(dout)
        dx[x < 0] *= negative_slope
        return dx

    def prelu_forward(x, alpha):
        a = np.asarray(alpha)
        if a.ndim == 1 and x.ndim == 4:
            a = a[None, :, None, None]
        return np.maximum(0, x) + a * np.minimum(0, x), (x, a, np.shape(alpha))

    def prelu_backward(dout, cache):
        x, a, shape = cache
        dx = dout * (x > 0) + dout * a * (x <= 0)
        every = np.where(x < 0, x * dout, 0.0)
        if shape == ():
            return dx, every.sum()
        if x.ndim == 4:
            return dx, np.einsum("nchw->c", every)
        return dx, np.sum(every, axis=0, keepdims=True)

    def elu_forward(x, alpha=1.0):
        return np.where(x >= 0, x, alpha * (np.exp(x) - 1)), (x, alpha)

    def elu_backward(dout, cache):
        x, alpha = cache
        return dout * np.where(x >= 0, 1, alpha * np.exp(x))

    def silu_forward(x):
        # x divided by infinity is the 0 that is wanted.
        out = x / (1 + np.exp(-x))
        return out, (x, out)

    def silu_backward(dout, cache):
        x, out = cache
        s = 1 / (1 + np.exp(-x))
        return dout * (out + s * (1 - out))

    def gelu_forward(x):
        inner = np.sqrt(2 / np.pi) * (x + 0.044715 * np.power(x, 3))
        return 0.5 * x * (1 + np.tanh(inner)), {"x": x, "inner": inner}

    def gelu_backward(dout, cache):
        x = cache["x"]
        slope = np.sqrt(2 / np.pi) * (1 + 0.134145 * np.square(x))
        return 0.5 * dout * (1 + np.tanh(cache["inner"]) + x * slope / np.cosh(cache["inner"]) ** 2)

    def maxout_forward(x, w, b):
        out = np.full((len(x), w.shape[2]), -np.inf)
        which = np.zeros(out.shape, dtype=int)
        for k in range(len(w)):
            piece = x.dot(w[k]) + b[k]
            which[piece > out] = k
            out = np.maximum(out, piece)
        return out, (x, w, which)

    def maxout_backward(dout, cache):
        x, w, which = cache
        dx, dw, db = 0, [], []
        for k in range(len(w)):
            mine = np.where(which == k, dout, 0)
            dx = dx + mine.dot(w[k].T)
            dw.append(x.T.dot(mine))
            db.append(mine.sum(0))
        return [dx, np.stack(dw), np.array(db)]

    def saturated_fraction(out, low, high, tol):
        near = np.logical_or(np.abs(out - low) <= tol, np.abs(out - high) <= tol)
        return near.sum() / near.size

    def dead_fraction(activations):
        return np.array(1 - np.count_nonzero(np.any(activations, axis=0)) / activations.shape[1])


@correct("caches-of-their-own")
def _():
    class Kept:
        def __init__(self, **values):
            self.__dict__.update(values)

    def relu_forward(x):
        out = (np.abs(x) + x) / 2
        return out, Kept(mask=np.sign(out))

    def relu_backward(dout, cache):
        return dout * cache.mask

    def sigmoid_forward(x):
        out = (1 + np.tanh(x / 2)) / 2
        return out, lambda dout: dout * (out - out * out)

    def sigmoid_backward(dout, cache):
        return cache(dout)

    def elu_forward(x, alpha=1.0):
        negative = np.exp(np.where(x < 0, x, 0.0))
        out = np.where(x < 0, alpha * negative - alpha, x)
        return out, Kept(slope=np.where(x < 0, alpha * negative, 1.0))

    def elu_backward(dout, cache):
        return cache.slope * dout

    def silu_forward(x):
        layer = Kept(x=x, kept=sigmoid_forward(x))
        return x * layer.kept[0], layer

    def silu_backward(dout, cache):
        # The product rule, with the sigmoid's own backward.
        return dout * cache.kept[0] + sigmoid_backward(dout * cache.x, cache.kept[1])

    def gelu_forward(x):
        # (1 + tanh(u)) / 2 is the sigmoid of 2u.
        gate, kept = sigmoid_forward(np.sqrt(8 / np.pi) * (x + 0.044715 * x**3))
        return x * gate, Kept(x=x, gate=gate, kept=kept)

    def gelu_backward(dout, cache):
        inner = np.sqrt(8 / np.pi) * (1 + 0.134145 * cache.x**2)
        return dout * cache.gate + sigmoid_backward(dout * cache.x, cache.kept) * inner

    def maxout_forward(x, w, b):
        K, D, M = w.shape
        every = (x @ w.transpose(1, 0, 2).reshape(D, K * M)).reshape(len(x), K, M) + b
        first = every == every.max(axis=1, keepdims=True)
        return np.max(every, axis=1), [x, w, first]

    def maxout_backward(dout, cache):
        x, w, first = cache
        flow = first * dout[:, None, :]
        return np.einsum("nkm,kdm->nd", flow, w), np.einsum("nd,nkm->kdm", x, flow), flow.sum(0)


correct(
    "backward-overwrites",
    edits=[
        edit("relu_backward", "    return dout * (cache > 0)", "    dout[cache <= 0] = 0\n    return dout"),
        edit(
            "tanh_backward", "    return dout * (1 - cache**2)", "    dout *= 1 - cache**2\n    return dout"
        ),
        edit(
            "sigmoid_backward",
            "    return dout * cache * (1 - cache)",
            "    dout *= cache\n    cache -= 1\n    dout *= -cache\n    return dout",
        ),
        edit("leaky_relu_backward", "    return dout * cache", "    cache *= dout\n    return cache"),
        edit("sigmoid_forward", "return out, out", "return out, out.copy()"),
    ],
)
correct(
    "unused-imports",
    preamble="import torch\nimport matplotlib.pyplot as plt\nfrom scipy.special import expit\n",
)
correct(
    "prints-and-warnings",
    preamble="import sys\nimport warnings\n",
    edits=[
        edit("affine_forward", "    return", "    print('shapes', x.shape, w.shape)\n    return"),
        edit("relu_forward", "    return", "    warnings.warn('a warning for the reader')\n    return"),
        edit("dead_fraction", "    return", "    print('dead?', file=sys.stderr)\n    return"),
    ],
)
correct(
    "scalars-as-arrays",
    edits=[
        edit(
            "saturated_fraction",
            "float(np.mean((out - low < tol) | (high - out < tol)))",
            "np.array(1 - np.mean((out - low > tol) * (high - out > tol)))",
        ),
        edit(
            "dead_fraction",
            "float(np.mean((activations == 0).all(axis=0)))",
            "np.mean(np.abs(activations).max(axis=0) == 0)",
        ),
        edit("prelu_backward", "dalpha.sum(axis=axes)", "np.atleast_1d(dalpha.sum(axis=axes))"),
        edit("affine_backward", "dout.sum(axis=0)", "dout.sum(axis=0)[None]"),
    ],
)
