"""Layers with a random mask, here a fixed one."""

import numpy as np

from tests.benchmarks.gradients.operation import Array, Bug, Operation

KEEP = 0.6


def mask(x: Array, seed: int = 7) -> Array:
    """0 or 1, shaped like x."""
    return (np.random.default_rng(seed).random(x.shape) < KEEP).astype(x.dtype)


DROPOUT = Operation(
    "dropout",
    lambda rng: (rng.normal(size=(5, 6)),),
    lambda x: x * mask(x) / x.dtype.type(KEEP),
    {"dx": lambda d, x: d * mask(x) / KEEP},
    (
        Bug("dx", "no mask", "missing_mask", lambda d, x: d),
        Bug("dx", "scaled but not masked", "missing_mask", lambda d, x: d / KEEP),
        Bug("dx", "scaling forgotten", "scale", lambda d, x: d * mask(x)),
        Bug("dx", "another mask", "other", lambda d, x: d * mask(x, seed=8) / KEEP),
        Bug("dx", "upstream forgotten", "missing_upstream", lambda d, x: mask(x) / KEEP),
    ),
)


def coins(x: Array) -> Array:
    """One coin per sample, (N, 1)."""
    return np.resize([1.0, 0.0, 1.0], (len(x), 1)).astype(x.dtype)


STOCHASTIC_DEPTH = Operation(
    "stochastic_depth",
    lambda rng: (rng.normal(size=(5, 4)), rng.normal(size=(5, 4))),
    lambda x, residual: x + coins(x) * residual,
    {"dx": lambda d, x, r: d, "dresidual": lambda d, x, r: coins(x) * d},
    (
        Bug("dx", "the coin on the identity", "missing_term", lambda d, x, r: coins(x) * d),
        Bug("dx", "doubled", "scale", lambda d, x, r: 2 * d),
        Bug("dresidual", "through dropped branches", "missing_mask", lambda d, x, r: d),
        Bug("dresidual", "survival in place of the coin", "missing_mask", lambda d, x, r: d * 0.6),
        Bug("dresidual", "minus", "sign", lambda d, x, r: -coins(x) * d),
    ),
)

OPERATIONS = (DROPOUT, STOCHASTIC_DEPTH)
