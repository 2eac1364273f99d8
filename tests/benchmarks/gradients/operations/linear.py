"""Layers that multiply by weights: affine, maxout, dropconnect."""

import numpy as np

from tests.benchmarks.gradients.operation import Array, Bug, Operation


def affine(x, w, b):
    return x.reshape(len(x), -1) @ w + b


def rows(x: Array) -> Array:
    return x.reshape(len(x), -1)


def back(d, w, x):
    return (d @ w.T).reshape(x.shape)


AFFINE = Operation(
    "affine",
    lambda rng: (rng.normal(size=(5, 2, 3)), rng.normal(size=(6, 4)), rng.normal(size=4)),
    affine,
    {
        "dx": lambda d, x, w, b: back(d, w, x),
        "dw": lambda d, x, w, b: rows(x).T @ d,
        "db": lambda d, x, w, b: d.sum(axis=0),
    },
    (
        Bug("dx", "upstream of ones", "missing_upstream", lambda d, x, w, b: back(np.ones_like(d), w, x)),
        Bug("dx", "not given x's shape", "shape", lambda d, x, w, b: d @ w.T),
        Bug("dx", "divided by N", "scale", lambda d, x, w, b: back(d, w, x) / len(x)),
        Bug(
            "dx", "reshaped in the wrong order", "transposed", lambda d, x, w, b: (d @ w.T).T.reshape(x.shape)
        ),
        Bug("dx", "upstream row 0 for all", "other", lambda d, x, w, b: back(d[[0] * len(d)], w, x)),
        Bug("dw", "averaged over the batch", "scale", lambda d, x, w, b: rows(x).T @ d / len(x)),
        Bug("dw", "upstream of ones", "missing_upstream", lambda d, x, w, b: rows(x).T @ np.ones_like(d)),
        Bug("dw", "transposed", "transposed", lambda d, x, w, b: d.T @ rows(x)),
        Bug("dw", "last sample only", "missing_sum", lambda d, x, w, b: rows(x)[-1:].T @ d[-1:]),
        Bug("dw", "plus the weights", "missing_term", lambda d, x, w, b: rows(x).T @ d + 0.1 * w),
        Bug("dw", "minus", "sign", lambda d, x, w, b: -rows(x).T @ d),
        Bug("db", "averaged over the batch", "scale", lambda d, x, w, b: d.mean(axis=0)),
        Bug("db", "not summed", "missing_sum", lambda d, x, w, b: d),
        Bug("db", "last sample only", "missing_sum", lambda d, x, w, b: d[-1]),
        Bug("db", "counts samples", "missing_upstream", lambda d, x, w, b: np.full(b.shape, float(len(d)))),
        Bug("db", "one number for all", "shape", lambda d, x, w, b: d.sum()),
    ),
)


def pieces(x, w, b):
    """Values of all K pieces, (K, N, M)."""
    return np.einsum("nd,kdm->knm", x, w) + b[:, None, :]


def routed(d, x, w, b):
    """Upstream, sent to the largest piece only, (K, N, M)."""
    best = pieces(x, w, b).argmax(axis=0)
    return d * (np.arange(len(w))[:, None, None] == best)


def everywhere(d, x, w, b):
    return np.repeat(d[None], len(w), axis=0)


def to_x(routed, w):
    return np.einsum("knm,kdm->nd", routed, w)


def to_w(routed, x):
    return np.einsum("nd,knm->kdm", x, routed)


def ones(d, *inputs):
    return np.ones_like(d)


MAXOUT = Operation(
    "maxout",
    lambda rng: (rng.normal(size=(5, 4)), rng.normal(size=(3, 4, 3)), rng.normal(size=(3, 3))),
    lambda x, w, b: pieces(x, w, b).max(axis=0),
    {
        "dx": lambda d, x, w, b: to_x(routed(d, x, w, b), w),
        "dw": lambda d, x, w, b: to_w(routed(d, x, w, b), x),
        "db": lambda d, x, w, b: routed(d, x, w, b).sum(axis=1),
    },
    (
        Bug("dx", "to all pieces", "other", lambda d, x, w, b: to_x(everywhere(d, x, w, b), w)),
        Bug(
            "dx", "upstream of ones", "missing_upstream", lambda d, x, w, b: to_x(routed(ones(d), x, w, b), w)
        ),
        Bug("dx", "first piece only", "other", lambda d, x, w, b: d @ w[0].T),
        Bug("dw", "to all pieces", "other", lambda d, x, w, b: to_w(everywhere(d, x, w, b), x)),
        Bug("dw", "halved", "scale", lambda d, x, w, b: to_w(routed(d, x, w, b), x) / 2),
        Bug("db", "averaged over the batch", "scale", lambda d, x, w, b: routed(d, x, w, b).mean(axis=1)),
        Bug("db", "not summed", "missing_sum", lambda d, x, w, b: routed(d, x, w, b).swapaxes(0, 1)),
        Bug("db", "chosen without the bias", "other", lambda d, x, w, b: routed(d, x, w, 0 * b).sum(axis=1)),
    ),
    lattice=0.5,
)

KEEP = 0.6


def kept(w: Array) -> Array:
    """A fixed mask with inverted scaling, (D, M)."""
    return (np.random.default_rng(5).random(w.shape) < KEEP) / KEEP


DROPCONNECT = Operation(
    "dropconnect",
    lambda rng: (rng.normal(size=(5, 4)), rng.normal(size=(4, 3)), rng.normal(size=3)),
    lambda x, w, b: x @ (w * kept(w)).astype(w.dtype) + b,
    {
        "dx": lambda d, x, w, b: d @ (w * kept(w)).T,
        "dw": lambda d, x, w, b: (x.T @ d) * kept(w),
        "db": lambda d, x, w, b: d.sum(axis=0),
    },
    (
        Bug("dx", "weights not masked", "other", lambda d, x, w, b: d @ w.T),
        Bug("dx", "scaling forgotten", "scale", lambda d, x, w, b: d @ (w * kept(w)).T * KEEP),
        Bug("dw", "not masked", "missing_mask", lambda d, x, w, b: x.T @ d),
        Bug("dw", "scaled but not masked", "missing_mask", lambda d, x, w, b: x.T @ d / KEEP),
        Bug("dw", "scaling forgotten", "scale", lambda d, x, w, b: (x.T @ d) * (kept(w) > 0)),
        Bug("db", "minus", "sign", lambda d, x, w, b: -d.sum(axis=0)),
    ),
)

OPERATIONS = (AFFINE, MAXOUT, DROPCONNECT)
