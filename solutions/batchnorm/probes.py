"""Inputs that tell a wrong mutant of `batchnorm.py` from an equivalent one, independent of the checks.

The functions are called as the docstrings allow, on shapes, scales and parameters beyond those of the checks.
What is returned, and what is stored in bn_param, is compared with the reference's answers by `autograder
prove`.
"""

import numpy as np

SHAPES = [(1, 1), (1, 4), (5, 1), (2, 3), (3, 3), (7, 2), (4, 9), (30, 5)]
PARAMS = [
    {},
    {"eps": 0.3},
    {"eps": 1e-8},
    {"momentum": 0.2},
    {"eps": 2.0, "momentum": 1.0},
    {"momentum": 0.0},
]


def probe_batchnorm_training(student, rng):
    """batchnorm_forward: shapes, scales, offsets, parameters, several steps."""
    for shape in SHAPES:
        for param in PARAMS:
            bn_param = {"mode": "train", **param}
            for scale, offset in [(1.0, 0.0), (1e-3, 1.0), (100.0, -50.0)]:
                student.batchnorm_forward(
                    offset + scale * rng.standard_normal(shape), *affine(rng, shape), bn_param
                )
    student.batchnorm_forward(1e6 + rng.standard_normal((6, 4)), *affine(rng, (6, 4)), {"mode": "train"})


def probe_batchnorm_testing(student, rng):
    """batchnorm_forward: test mode with given statistics, without any, and after training."""
    for shape in SHAPES:
        for param in PARAMS:
            x = 2 * rng.standard_normal(shape) - 1
            statistics = {
                "running_mean": rng.standard_normal(shape[1]),
                "running_var": rng.uniform(0, 3, shape[1]),
            }
            student.batchnorm_forward(x, *affine(rng, shape), {"mode": "test", **statistics, **param})
            student.batchnorm_forward(x, *affine(rng, shape), {"mode": "test", **param})
            bn_param = {"mode": "train", **statistics, **param}
            student.batchnorm_forward(x, *affine(rng, shape), bn_param)
            bn_param["mode"] = "test"
            student.batchnorm_forward(x + 1, *affine(rng, shape), bn_param)


def probe_mode_eval(student, rng):
    """batchnorm_forward: an unknown mode."""
    student.batchnorm_forward(rng.standard_normal((3, 2)), np.ones(2), np.zeros(2), {"mode": "eval"})


def probe_mode_empty(student, rng):
    """batchnorm_forward: another unknown mode."""
    student.batchnorm_forward(rng.standard_normal((3, 2)), np.ones(2), np.zeros(2), {"mode": ""})


def probe_batchnorm_backward(student, rng):
    """batchnorm_backward: shapes, scales, offsets, eps."""
    backwards(student.batchnorm_forward, student.batchnorm_backward, rng)


def probe_batchnorm_backward_alt(student, rng):
    """batchnorm_backward_alt: the same."""
    backwards(student.batchnorm_forward, student.batchnorm_backward_alt, rng)


def probe_layernorm(student, rng):
    """layernorm_forward: shapes, scales, offsets, eps, keys that have no effect."""
    for shape in SHAPES:
        for param in [{}, {"eps": 0.3}, {"mode": "test"}, {"mode": "train", "eps": 1e-8}]:
            for scale, offset in [(1.0, 0.0), (1e-3, 1.0), (100.0, -50.0)]:
                student.layernorm_forward(
                    offset + scale * rng.standard_normal(shape), *affine(rng, shape), param
                )
    student.layernorm_forward(1e6 + rng.standard_normal((6, 4)), *affine(rng, (6, 4)), {})


def probe_layernorm_backward(student, rng):
    """layernorm_backward: shapes, scales, offsets, eps."""
    backwards(student.layernorm_forward, student.layernorm_backward, rng)


def affine(rng, shape):
    """Return gamma of any sign, and beta."""
    return rng.normal(scale=2, size=shape[1]), rng.standard_normal(shape[1])


def backwards(forward, backward, rng):
    """Call a backward after its forward; the last two with forwards in between."""
    for shape in SHAPES:
        for param in [{}, {"eps": 0.3}, {"eps": 2.0}]:
            for scale, offset in [(1.0, 0.0), (0.01, 1.0), (100.0, -50.0)]:
                x = offset + scale * rng.standard_normal(shape)
                _, cache = forward(x, *affine(rng, shape), {"mode": "train", **param})
                backward(rng.standard_normal(shape), cache)
    inputs = [(rng.standard_normal((5, 3)), *affine(rng, (5, 3)), {"mode": "train"}) for _ in range(2)]
    for cache in [forward(*arguments)[1] for arguments in inputs]:
        backward(rng.standard_normal((5, 3)), cache)
