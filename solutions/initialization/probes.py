"""Inputs that tell a wrong mutant of `initialization.py` from an equivalent one, independent of the checks.

The functions are called as the docstrings allow, on shapes, scales and nets beyond those of the checks. What
is returned is compared with the reference's answers by `autograder prove`: the same generator gives the same
draws, so that weights are compared number by number.
"""

import numpy as np

SHAPES = ((1, 1), (1, 6), (6, 1), (5, 3), (3, 5), (1, 1, 1, 1), (2, 3, 4, 5), (7, 1, 3, 3), (3, 6, 1, 2))


def probe_small_random_init(student, rng):
    """small_random_init: shapes and scales."""
    for shape in SHAPES:
        student.small_random_init(shape, rng)
        for scale in (1e-6, 0.2, 1.0, 30.0):
            student.small_random_init(shape, rng, scale)


def probe_xavier_init(student, rng):
    """xavier_init: shapes."""
    for shape in SHAPES:
        student.xavier_init(shape, rng)


def probe_he_init(student, rng):
    """he_init: the same."""
    for shape in SHAPES:
        student.he_init(shape, rng)


def probe_activation_statistics(student, rng):
    """activation_statistics: depths and widths, nonlinearities, far from 0."""
    for N, D, depth in [(1, 1, 1), (1, 4, 2), (6, 3, 4), (9, 5, 0)]:
        for nonlinearity in (np.tanh, np.sin, lambda a: a**2 - 1, lambda a: np.tanh(a) - 1e6):
            x = rng.normal(scale=3, size=(N, D))
            student.activation_statistics(x, list(rng.standard_normal((depth, D, D)) / D), nonlinearity)


def probe_symmetry_broken(student, rng):
    """symmetry_broken: gradients of any size, with and without columns that differ."""
    for D, M in [(1, 1), (1, 4), (5, 1), (4, 2), (3, 6)]:
        for scale in (1e-14, 1e-3, 1.0, 1e5):
            for sign in (-1.0, 1.0):
                column = scale * sign * rng.uniform(0.5, 2, (D, 1))
                dw = np.tile(column, M)
                student.symmetry_broken(dw)
                dw[rng.integers(D), rng.integers(M)] *= 1 + rng.choice([-1, 1]) * 10 ** rng.uniform(-4, 0)
                student.symmetry_broken(dw)
            student.symmetry_broken(scale * rng.standard_normal((D, M)))
        student.symmetry_broken(np.zeros((D, M)))
