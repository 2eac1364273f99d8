"""Convolution and pooling."""

from collections.abc import Iterator

import numpy as np

from tests.benchmarks.gradients.operation import Array, Bug, Operation

PAD, STRIDE = 1, 2


def padded(x: Array, pad: int = PAD) -> Array:
    return np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))


def windows(shape, size, stride) -> Iterator[tuple[int, int, tuple]]:
    """Row and column of each window's output, and its slice of an image (..., H, W)."""
    height, width = size
    for i, top in enumerate(range(0, shape[-2] - height + 1, stride)):
        for j, left in enumerate(range(0, shape[-1] - width + 1, stride)):
            yield i, j, (..., slice(top, top + height), slice(left, left + width))


def conv(x, w, b):
    image = padded(x)
    parts = [
        np.einsum("nchw,fchw->nf", image[at], w) for _, _, at in windows(image.shape, w.shape[2:], STRIDE)
    ]
    rows = (image.shape[2] - w.shape[2]) // STRIDE + 1
    return np.stack(parts, axis=-1).reshape(len(x), len(w), rows, -1) + b[:, None, None]


def conv_dx(d, x, w, add=True, stride=STRIDE, flip=False):
    image = np.zeros_like(padded(x))
    kernel = w[..., ::-1, ::-1] if flip else w
    spots = windows(image.shape, w.shape[2:], STRIDE)
    for i, j, (_, down, across) in spots:
        moved = tuple(
            slice(s.start // STRIDE * stride, s.start // STRIDE * stride + n)
            for s, n in zip((down, across), w.shape[2:], strict=True)
        )
        part = np.einsum("nf,fchw->nchw", d[:, :, i, j], kernel)
        image[(..., *moved)] = image[(..., *moved)] * add + part
    return image


def inside(image: Array) -> Array:
    return image[..., PAD:-PAD, PAD:-PAD]


def conv_dw(d, x, w):
    image = padded(x)
    spots = windows(image.shape, w.shape[2:], STRIDE)
    return sum(np.einsum("nchw,nf->fchw", image[at], d[:, :, i, j]) for i, j, at in spots)


CONV = Operation(
    "conv",
    lambda rng: (rng.normal(size=(2, 3, 5, 6)), rng.normal(size=(4, 3, 3, 3)), rng.normal(size=4)),
    conv,
    {
        "dx": lambda d, x, w, b: inside(conv_dx(d, x, w)),
        "dw": lambda d, x, w, b: conv_dw(d, x, w),
        "db": lambda d, x, w, b: d.sum(axis=(0, 2, 3)),
    },
    (
        Bug("dx", "overwrites", "missing_sum", lambda d, x, w, b: inside(conv_dx(d, x, w, add=False))),
        Bug(
            "dx",
            "window at i, not i * stride",
            "other",
            lambda d, x, w, b: inside(conv_dx(d, x, w, stride=1)),
        ),
        Bug("dx", "kernel turned", "other", lambda d, x, w, b: inside(conv_dx(d, x, w, flip=True))),
        Bug("dx", "pad not removed", "shape", lambda d, x, w, b: conv_dx(d, x, w)),
        Bug(
            "dx",
            "pad removed at one end",
            "other",
            lambda d, x, w, b: conv_dx(d, x, w)[..., : -2 * PAD, : -2 * PAD],
        ),
        Bug(
            "dx", "upstream of ones", "missing_upstream", lambda d, x, w, b: inside(conv_dx(d * 0 + 1, x, w))
        ),
        Bug("dw", "averaged over the batch", "scale", lambda d, x, w, b: conv_dw(d, x, w) / len(x)),
        Bug("dw", "first sample only", "missing_sum", lambda d, x, w, b: conv_dw(d[:1], x[:1], w)),
        Bug("dw", "kernel turned", "other", lambda d, x, w, b: conv_dw(d, x, w)[..., ::-1, ::-1]),
        Bug(
            "dw",
            "height and width mixed up",
            "transposed",
            lambda d, x, w, b: conv_dw(d, x, w).swapaxes(2, 3),
        ),
        Bug("db", "summed over the batch only", "missing_sum", lambda d, x, w, b: d.sum(axis=0)),
        Bug("db", "one place only", "missing_sum", lambda d, x, w, b: d[..., -1, -1].sum(axis=0)),
        Bug("db", "summed over the wrong axes", "shape", lambda d, x, w, b: d.sum(axis=(1, 2, 3))),
        Bug("db", "one sample only", "missing_sum", lambda d, x, w, b: d[-1].sum(axis=(1, 2))),
    ),
)

POOL, POOL_STRIDE = (3, 3), 2


def pool(x, reduce):
    values = [reduce(x[at], axis=(-2, -1)) for _, _, at in windows(x.shape, POOL, POOL_STRIDE)]
    return np.stack(values, axis=-1).reshape(*x.shape[:2], (x.shape[2] - POOL[0]) // POOL_STRIDE + 1, -1)


def spread(d, x, share, add=True):
    """Send each output's upstream into its window, (N, C, h, w) shares at a time."""
    out = np.zeros_like(x, dtype=float)
    for i, j, at in windows(x.shape, POOL, POOL_STRIDE):
        out[at] = out[at] * add + d[:, :, i, j, None, None] * share(x[at])
    return out


def ties(window):
    return window == window.max(axis=(-2, -1), keepdims=True)


def first(window):
    flat = window.reshape(*window.shape[:2], -1)
    return (np.arange(flat.shape[-1]) == flat.argmax(axis=-1)[..., None]).reshape(window.shape)


def evenly(window):
    return np.full(window.shape, 1 / (window.shape[-1] * window.shape[-2]))


def split(window):
    return ties(window) / ties(window).sum(axis=(-2, -1), keepdims=True)


def images(rng):
    return (rng.normal(size=(2, 2, 5, 7)),)


def overwritten(d, x):
    """Only the largest entry is written, but with = in place of +=."""
    out = np.zeros(x.shape)
    for i, j, at in windows(x.shape, POOL, POOL_STRIDE):
        out[at] = np.where(first(x[at]), d[:, :, i, j, None, None], out[at])
    return out


def least(window):
    return window == window.min(axis=(-2, -1), keepdims=True)


MAX_POOL = Operation(
    "max_pool",
    images,
    lambda x: pool(x, np.max),
    {"dx": lambda d, x: spread(d, x, first)},
    (
        Bug("dx", "overwrites where windows overlap", "missing_sum", overwritten),
        Bug("dx", "overwrites whole windows", "missing_sum", lambda d, x: spread(d, x, first, add=False)),
        Bug("dx", "to the whole window", "other", lambda d, x: spread(d, x, lambda window: 1.0)),
        Bug("dx", "upstream of ones", "missing_upstream", lambda d, x: spread(d * 0 + 1, x, first)),
        Bug("dx", "to the least entry", "other", lambda d, x: spread(d, x, least)),
        Bug("dx", "averaged over the batch", "scale", lambda d, x: spread(d, x, first) / len(x)),
        Bug("dx", "last window left out", "other", lambda d, x: spread(without_last(d), x, first)),
    ),
    also_right={"dx": (lambda d, x: spread(d, x, ties), lambda d, x: spread(d, x, split))},
)


def without_last(d: Array) -> Array:
    kept = d.copy()
    kept[..., -1, -1] = 0
    return kept


AVG_POOL = Operation(
    "avg_pool",
    images,
    lambda x: pool(x, np.mean),
    {"dx": lambda d, x: spread(d, x, evenly)},
    (
        Bug("dx", "not divided by the area", "scale", lambda d, x: 9 * spread(d, x, evenly)),
        Bug("dx", "divided by the stride squared", "scale", lambda d, x: 9 / 4 * spread(d, x, evenly)),
        Bug("dx", "overwrites", "missing_sum", lambda d, x: spread(d, x, evenly, add=False)),
        Bug("dx", "to the largest entry", "other", lambda d, x: spread(d, x, first)),
        Bug("dx", "upstream of ones", "missing_upstream", lambda d, x: spread(d * 0 + 1, x, evenly)),
    ),
)

EDGES = (0, 2, 3, 5)


def regions() -> Iterator[tuple[int, int, tuple]]:
    """Disjoint regions of 1 or 2 rows and columns, as fractional pooling draws them."""
    for i in range(3):
        for j in range(3):
            yield i, j, (..., slice(EDGES[i], EDGES[i + 1]), slice(EDGES[j], EDGES[j + 1]))


def fractional(d, x, share):
    out = np.zeros(x.shape)
    for i, j, at in regions():
        out[at] += d[:, :, i, j, None, None] * share(x[at])
    return out


FRACTIONAL = Operation(
    "fractional_max_pool",
    lambda rng: (rng.normal(size=(2, 2, 5, 5)),),
    lambda x: np.stack([x[at].max(axis=(-2, -1)) for _, _, at in regions()], axis=-1).reshape(
        *x.shape[:2], 3, 3
    ),
    {"dx": lambda d, x: fractional(d, x, first)},
    (
        Bug("dx", "to the whole region", "missing_mask", lambda d, x: fractional(d, x, lambda window: 1.0)),
        Bug("dx", "rows and columns mixed up", "other", lambda d, x: fractional(d.swapaxes(2, 3), x, first)),
        Bug("dx", "transposed", "transposed", lambda d, x: fractional(d, x, first).swapaxes(2, 3)),
        Bug("dx", "shared evenly", "other", lambda d, x: fractional(d, x, evenly)),
        Bug("dx", "minus", "sign", lambda d, x: -fractional(d, x, first)),
    ),
    also_right={"dx": (lambda d, x: fractional(d, x, ties),)},
)

OPERATIONS = (CONV, MAX_POOL, AVG_POOL, FRACTIONAL)
