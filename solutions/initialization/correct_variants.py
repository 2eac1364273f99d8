"""Right variants that look different from the reference: each keeps full marks."""

import math

import numpy as np

from autograder.variants import correct, edit


@correct("explicit-loops", preamble="import math\n")
def _():
    def one_number(rng):
        while True:
            u, v = 2 * rng.random() - 1, 2 * rng.random() - 1
            square = u * u + v * v
            if 0 < square < 1:
                return u * math.sqrt(-2 * math.log(square) / square)

    def small_random_init(shape, rng, scale=0.01):
        weights = np.zeros(shape)
        for index in np.ndindex(*shape):
            weights[index] = scale * one_number(rng)
        return weights

    def xavier_init(shape, rng):
        fan_in = 1
        for length in shape[:1] if len(shape) == 2 else shape[1:]:
            fan_in *= length
        weights = np.zeros(shape)
        for index in np.ndindex(*shape):
            weights[index] = fan_in**-0.5 * one_number(rng)
        return weights

    def he_init(shape, rng):
        fan_in = 1
        for length in shape[:1] if len(shape) == 2 else shape[1:]:
            fan_in *= length
        weights = np.zeros(shape)
        for index in np.ndindex(*shape):
            weights[index] = (2 / fan_in) ** 0.5 * one_number(rng)
        return weights

    def activation_statistics(x, weights, nonlinearity):
        statistics = []
        for w in weights:
            a = np.zeros((x.shape[0], w.shape[1]))
            for i in range(x.shape[0]):
                for j in range(w.shape[1]):
                    for k in range(w.shape[0]):
                        a[i, j] += x[i, k] * w[k, j]
            x = nonlinearity(a)
            count, total, squares = x.shape[0] * x.shape[1], 0.0, 0.0
            for value in x.flatten():
                total += value
            for value in x.flatten():
                squares += (value - total / count) ** 2
            statistics.append((total / count, (squares / count) ** 0.5))
        return statistics

    def symmetry_broken(dw):
        for i in range(dw.shape[1]):
            for j in range(i):
                for k in range(dw.shape[0]):
                    if dw[k, i] != dw[k, j]:
                        return True
        return False


@correct("normal-with-a-spread")
def _():
    def small_random_init(shape, rng, scale=0.01):
        return rng.normal(loc=0.0, scale=scale, size=shape)

    def xavier_init(shape, rng):
        if len(shape) == 4:
            F, C, HH, WW = shape
            return rng.normal(0, np.sqrt(1 / (C * HH * WW)), (F, C, HH, WW))
        D, H = shape
        return rng.normal(0, np.sqrt(1 / D), (D, H))

    def he_init(shape, rng):
        if len(shape) == 4:
            F, C, HH, WW = shape
            return rng.normal(0, np.sqrt(2.0 / (C * HH * WW)), (F, C, HH, WW))
        D, H = shape
        return rng.normal(0, np.sqrt(2.0 / D), (D, H))

    def activation_statistics(x, weights, nonlinearity):
        layers = [x]
        for w in weights:
            layers.append(nonlinearity(np.dot(layers[-1], w)))
        return [[np.mean(h), np.sqrt(np.mean((h - np.mean(h)) ** 2))] for h in layers[1:]]

    def symmetry_broken(dw):
        return np.any(dw != dw[:, :1])


@correct("other-draws")
def _():
    def box_muller(shape, rng):
        radius = np.sqrt(-2 * np.log(1 - rng.random(shape)))
        return radius * np.cos(2 * np.pi * rng.random(shape))

    def small_random_init(shape, rng, scale=0.01):
        return (scale * box_muller(shape[::-1], rng)).T

    def fan_in(shape):
        return int(np.prod(shape)) // shape[1 if len(shape) == 2 else 0]

    def xavier_init(shape, rng):
        return box_muller(shape, rng) * fan_in(shape) ** -0.5

    def he_init(shape, rng):
        return -(rng.standard_normal(shape, dtype=np.float32) * np.sqrt(2.0 / fan_in(shape)))

    def activation_statistics(x, weights, nonlinearity):
        statistics = np.zeros((len(weights), 2))
        for layer, w in enumerate(weights):
            x = nonlinearity(np.einsum("nd,dh->nh", x, w))
            statistics[layer] = np.average(x), np.linalg.norm(x - np.average(x)) / np.sqrt(x.size)
        return statistics

    def symmetry_broken(dw):
        return len(np.unique(dw, axis=1).T) > 1


@correct("unit-by-unit")
def _():
    def small_random_init(shape, rng, scale=0.01):
        return rng.multivariate_normal([0.0], [[scale**2]], shape)[..., 0]

    def he_init(shape, rng):
        if len(shape) == 4:
            filters = [rng.standard_normal(shape[1:]) for _ in range(shape[0])]
            return np.stack(filters) * np.sqrt(2 / filters[0].size)
        columns = [rng.normal(0, (2 / shape[0]) ** 0.5, shape[0]) for _ in range(shape[1])]
        return np.stack(columns, axis=1)

    def activation_statistics(x, weights, nonlinearity):
        if not weights:
            return []
        h = nonlinearity(x @ weights[0])
        first = (h.mean(), h.var() ** 0.5)
        return [first, *activation_statistics(h, weights[1:], nonlinearity)]

    def symmetry_broken(dw):
        for left, right in zip(dw.T[:-1], dw.T[1:], strict=True):
            if not np.allclose(left, right, rtol=1e-8, atol=0):
                return np.bool_(True)
        return np.bool_(False)


correct(
    "unused-imports",
    preamble="import os\n\nimport matplotlib.pyplot as plt\nimport torch\nfrom scipy import stats\n",
)
correct(
    "prints-and-warnings",
    preamble="import warnings\n",
    edits=[
        edit("xavier_init", "    return", "    print('fan_in', fan_in)\n    return"),
        edit("he_init", "    return", "    warnings.warn('a warning for the reader')\n    return"),
        edit("activation_statistics", "    return", "    print(statistics)\n    return"),
    ],
)
correct(
    "columns-against-their-mean",
    edits=[
        edit(
            "symmetry_broken",
            "    spread = np.ptp(dw, axis=1)\n    return bool(spread.max() > 1e-9 * np.abs(dw).max())",
            "    away = np.abs(dw - dw.mean(axis=1, keepdims=True)).max()\n"
            "    return int(away > 1e-7 * np.abs(dw).max())",
        ),
        edit("activation_statistics", "return statistics", "return tuple(statistics)"),
    ],
)
