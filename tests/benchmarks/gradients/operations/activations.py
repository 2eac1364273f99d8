"""Functions of single entries."""

import numpy as np

from tests.benchmarks.gradients.operation import Bug, Operation

SLOPE, ALPHA = 0.01, 1.5


def scores(rng):
    return (rng.normal(size=(5, 6)),)


def sigmoid(x):
    return np.where(x >= 0, 1 / (1 + np.exp(-np.abs(x))), np.exp(-np.abs(x)) / (1 + np.exp(-np.abs(x))))


SIGMOID = Operation(
    "sigmoid",
    scores,
    sigmoid,
    {"dx": lambda d, x: d * sigmoid(x) * (1 - sigmoid(x))},
    (
        Bug("dx", "x in place of the output", "other", lambda d, x: d * x * (1 - x)),
        Bug("dx", "upstream forgotten", "missing_upstream", lambda d, x: sigmoid(x) * (1 - sigmoid(x))),
        Bug("dx", "applied twice", "other", lambda d, x: d * sigmoid(sigmoid(x)) * (1 - sigmoid(sigmoid(x)))),
        Bug("dx", "sign of 1 - s", "sign", lambda d, x: d * sigmoid(x) * (sigmoid(x) - 1)),
        Bug("dx", "own slope left out", "missing_mask", lambda d, x: d),
    ),
)

TANH = Operation(
    "tanh",
    scores,
    np.tanh,
    {"dx": lambda d, x: d * (1 - np.tanh(x) ** 2)},
    (
        Bug("dx", "1 - x**2", "other", lambda d, x: d * (1 - x**2)),
        Bug("dx", "upstream forgotten", "missing_upstream", lambda d, x: 1 - np.tanh(x) ** 2),
        Bug("dx", "square forgotten", "other", lambda d, x: d * (1 - np.tanh(x))),
        Bug("dx", "slope of the sigmoid", "other", lambda d, x: d * np.tanh(x) * (1 - np.tanh(x))),
        Bug("dx", "transposed", "transposed", lambda d, x: (d * (1 - np.tanh(x) ** 2)).T),
    ),
)

RELU = Operation(
    "relu",
    scores,
    lambda x: np.maximum(x, 0),
    {"dx": lambda d, x: d * (x > 0)},
    (
        Bug("dx", "no mask", "missing_mask", lambda d, x: d),
        Bug("dx", "mask alone", "missing_upstream", lambda d, x: (x > 0) * 1.0),
        Bug("dx", "mask of the upstream", "other", lambda d, x: d * (d > 0)),
        Bug("dx", "mask the wrong way round", "other", lambda d, x: d * (x < 0)),
        Bug("dx", "times x", "other", lambda d, x: d * np.maximum(x, 0)),
        Bug("dx", "minus", "sign", lambda d, x: -d * (x > 0)),
        Bug("dx", "threshold 0.5", "missing_term", lambda d, x: d * (np.abs(x) > 0.5) * (x > 0)),
    ),
    also_right={"dx": (lambda d, x: d * (x >= 0), lambda d, x: d * (1 + np.sign(x)) / 2)},
)

LEAKY_RELU = Operation(
    "leaky_relu",
    scores,
    lambda x: np.where(x > 0, x, SLOPE * x),
    {"dx": lambda d, x: d * np.where(x > 0, 1, SLOPE)},
    (
        Bug("dx", "slope forgotten", "other", lambda d, x: d * (x > 0)),
        Bug("dx", "slope 1 everywhere", "missing_mask", lambda d, x: d),
        Bug("dx", "slope on the positive side", "other", lambda d, x: d * np.where(x > 0, SLOPE, 1)),
        Bug("dx", "times x", "other", lambda d, x: d * np.where(x > 0, 1, SLOPE * x)),
        Bug("dx", "upstream forgotten", "missing_upstream", lambda d, x: np.where(x > 0, 1, SLOPE)),
    ),
    also_right={"dx": (lambda d, x: d * np.where(x >= 0, 1, SLOPE),)},
)

ELU = Operation(
    "elu",
    scores,
    lambda x: np.where(x > 0, x, ALPHA * (np.exp(np.minimum(x, 0)) - 1)),
    {"dx": lambda d, x: d * np.where(x > 0, 1, ALPHA * np.exp(np.minimum(x, 0)))},
    (
        Bug("dx", "alpha forgotten", "other", lambda d, x: d * np.where(x > 0, 1, np.exp(np.minimum(x, 0)))),
        Bug("dx", "slope 1 everywhere", "missing_mask", lambda d, x: d),
        Bug(
            "dx",
            "output in place of slope",
            "other",
            lambda d, x: d * np.where(x > 0, 1, ALPHA * np.expm1(x)),
        ),
        Bug("dx", "zero where negative", "missing_term", lambda d, x: d * (x > 0)),
        Bug(
            "dx",
            "doubled",
            "scale",
            lambda d, x: 2 * d * np.where(x > 0, 1, ALPHA * np.exp(np.minimum(x, 0))),
        ),
    ),
    also_right={"dx": (lambda d, x: d * np.where(x >= 0, 1, ALPHA * np.exp(np.minimum(x, 0))),)},
)


def prelu(x, alpha):
    a = alpha[:, None, None]
    return np.where(x > 0, x, a * x)


def below(x):
    return np.minimum(x, 0)


PRELU = Operation(
    "prelu",
    lambda rng: (rng.normal(size=(3, 4, 2, 3)), rng.uniform(0.1, 0.6, size=4)),
    prelu,
    {
        "dx": lambda d, x, alpha: d * np.where(x > 0, 1, alpha[:, None, None]),
        "dalpha": lambda d, x, alpha: (d * below(x)).sum(axis=(0, 2, 3)),
    },
    (
        Bug("dx", "slope 1 everywhere", "missing_mask", lambda d, x, alpha: d),
        Bug("dx", "zero where negative", "other", lambda d, x, alpha: d * (x > 0)),
        Bug("dalpha", "one number for all", "shape", lambda d, x, alpha: (d * below(x)).sum()),
        Bug(
            "dalpha",
            "summed over the batch only",
            "missing_sum",
            lambda d, x, alpha: (d * below(x)).sum(axis=0),
        ),
        Bug("dalpha", "positive inputs too", "other", lambda d, x, alpha: (d * x).sum(axis=(0, 2, 3))),
        Bug("dalpha", "x forgotten", "other", lambda d, x, alpha: (d * (x < 0)).sum(axis=(0, 2, 3))),
        Bug(
            "dalpha",
            "first sample only",
            "missing_sum",
            lambda d, x, alpha: (d * below(x))[0].sum(axis=(1, 2)),
        ),
        Bug(
            "dalpha",
            "averaged over the batch",
            "scale",
            lambda d, x, alpha: (d * below(x)).mean(axis=0).sum(axis=(1, 2)),
        ),
    ),
)

PRELU_SCALAR = Operation(
    "prelu, one alpha",
    lambda rng: (rng.normal(size=(5, 6)), np.array(rng.uniform(0.1, 0.6))),
    lambda x, alpha: np.where(x > 0, x, alpha * x),
    {
        "dx": lambda d, x, alpha: d * np.where(x > 0, 1, alpha),
        "dalpha": lambda d, x, alpha: (d * below(x)).sum(),
    },
    (
        Bug("dalpha", "not summed", "missing_sum", lambda d, x, alpha: d * below(x)),
        Bug("dalpha", "minus", "sign", lambda d, x, alpha: -(d * below(x)).sum()),
        Bug("dalpha", "averaged over the batch", "scale", lambda d, x, alpha: (d * below(x)).sum() / len(x)),
        Bug("dalpha", "upstream forgotten", "missing_upstream", lambda d, x, alpha: below(x).sum()),
    ),
)

OPERATIONS = (SIGMOID, TANH, RELU, LEAKY_RELU, ELU, PRELU, PRELU_SCALAR)
