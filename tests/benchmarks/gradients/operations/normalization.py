"""Batch, layer and spatial normalisation."""

import numpy as np

from tests.benchmarks.gradients.operation import Bug, Operation

EPS = 1e-5


def statistics(x, axes, eps=EPS):
    mean = x.mean(axis=axes, keepdims=True)
    scale = 1 / np.sqrt(x.var(axis=axes, keepdims=True) + eps)
    return (x - mean) * scale, scale


def gradient(d, x, axes, mean=1.0, variance=1.0, eps=EPS):
    """Gradient through the normalisation; mean and variance weigh its two terms."""
    hat, scale = statistics(x, axes, eps)
    through_mean = d.mean(axis=axes, keepdims=True)
    through_variance = hat * (d * hat).mean(axis=axes, keepdims=True)
    return scale * (d - mean * through_mean - variance * through_variance)


def draw(rng):
    return rng.normal(1, 2, size=(6, 4)), rng.uniform(0.5, 1.5, 4), rng.normal(size=4)


def normalization(name, axes, draw, shaped, summed):
    """Make a normalisation over some axes; shaped broadcasts a parameter, summed undoes that."""

    def hat(x):
        return statistics(x, axes)[0]

    def dx(d, x, gamma, **changes):
        return gradient(d * shaped(gamma), x, axes, **changes)

    return Operation(
        name,
        draw,
        lambda x, gamma, beta: hat(x) * shaped(gamma) + shaped(beta),
        {
            "dx": lambda d, x, gamma, beta: dx(d, x, gamma),
            "dgamma": lambda d, x, gamma, beta: summed(d * hat(x)),
            "dbeta": lambda d, x, gamma, beta: summed(d),
        },
        (
            Bug(
                "dx",
                "statistics are constants",
                "missing_term",
                lambda d, x, g, b: dx(d, x, g, mean=0, variance=0),
            ),
            Bug("dx", "mean is a constant", "missing_term", lambda d, x, g, b: dx(d, x, g, mean=0)),
            Bug("dx", "variance is a constant", "missing_term", lambda d, x, g, b: dx(d, x, g, variance=0)),
            Bug(
                "dx",
                "sign of the variance's term",
                "missing_term",
                lambda d, x, g, b: dx(d, x, g, variance=-1),
            ),
            Bug(
                "dx", "half the variance's term", "missing_term", lambda d, x, g, b: dx(d, x, g, variance=0.5)
            ),
            Bug("dx", "gamma forgotten", "other", lambda d, x, g, b: gradient(d, x, axes)),
            Bug("dx", "other eps", "other", lambda d, x, g, b: dx(d, x, g, eps=1e-8)),
            Bug("dx", "doubled", "scale", lambda d, x, g, b: 2 * dx(d, x, g)),
            Bug("dgamma", "x in place of its normal form", "other", lambda d, x, g, b: summed(d * x)),
            Bug(
                "dgamma", "upstream forgotten", "missing_upstream", lambda d, x, g, b: summed(hat(x) + 0 * d)
            ),
            Bug("dgamma", "not summed", "missing_sum", lambda d, x, g, b: d * hat(x)),
            Bug("dbeta", "averaged", "scale", lambda d, x, g, b: summed(d) / len(x)),
            Bug("dbeta", "last sample only", "missing_sum", lambda d, x, g, b: summed(d[-1:])),
            Bug("dbeta", "minus", "sign", lambda d, x, g, b: -summed(d)),
        ),
    )


BATCHNORM = normalization("batchnorm", (0,), draw, lambda p: p, lambda g: g.sum(axis=0))
LAYERNORM = normalization("layernorm", (1,), draw, lambda p: p, lambda g: g.sum(axis=0))
SPATIAL = normalization(
    "spatial_batchnorm",
    (0, 2, 3),
    lambda rng: (rng.normal(1, 2, size=(3, 2, 3, 4)), rng.uniform(0.5, 1.5, 2), rng.normal(size=2)),
    lambda p: p[:, None, None],
    lambda g: g.sum(axis=(0, 2, 3)),
)

OPERATIONS = (BATCHNORM, LAYERNORM, SPATIAL)
