"""Inputs that tell a wrong mutant of `activations.py` from an equivalent one, independent of the checks.

The functions are called as the docstrings allow, on shapes, scales and settings beyond those of the checks;
ties and kinks stay out. What is returned is compared with the reference's answers by `autograder prove`.
"""

import numpy as np

SHAPES = [(1,), (6,), (1, 4), (5, 3), (2, 3, 4), (2, 1, 3, 2)]


def probe_affine(student, rng):
    """Affine: samples of any shape, one and many of each size."""
    for shape in [(1, 1), (1, 5), (6, 1), (4, 4), (3, 2, 4), (2, 3, 2, 5)]:
        for M in (1, 3, 4):
            x, w = rng.standard_normal(shape), rng.standard_normal((int(np.prod(shape[1:])), M))
            there_and_back(student, "affine", rng, x, w, rng.standard_normal(M))


def probe_sigmoid(student, rng):
    """sigmoid: shapes, scales, the ends of its range."""
    plain(student, "sigmoid", rng)


def probe_tanh(student, rng):
    """tanh: the same."""
    plain(student, "tanh", rng)


def probe_relu(student, rng):
    """relu: the same."""
    plain(student, "relu", rng)


def probe_leaky_relu(student, rng):
    """leaky_relu: the same, with slopes of any size and sign."""
    plain(student, "leaky_relu", rng)
    for slope in (0.0, 0.5, 1.0, 3.0, -1.5):
        there_and_back(student, "leaky_relu", rng, nonzero(rng, (3, 4), 2.0), slope)


def probe_elu(student, rng):
    """elu: the same, with any positive alpha."""
    plain(student, "elu", rng)
    for alpha in (0.05, 0.7, 2.0, 10.0):
        for scale in (0.1, 3.0, 1000.0):
            there_and_back(student, "elu", rng, nonzero(rng, (3, 4), scale), alpha)


def probe_silu(student, rng):
    """silu: the same."""
    plain(student, "silu", rng)


def probe_gelu(student, rng):
    """gelu: the same."""
    plain(student, "gelu", rng)


def probe_prelu(student, rng):
    """prelu: rows and images, one alpha or one per channel."""
    for shape in [(1, 2), (7, 3), (4, 4), (2, 3, 4, 5), (3, 4, 4, 4), (1, 2, 1, 3), (3, 5, 2, 1)]:
        for alpha in (0.25, -0.6, 1.3, rng.normal(size=shape[1]), rng.uniform(1, 2, shape[1])):
            there_and_back(student, "prelu", rng, nonzero(rng, shape, 3.0), alpha)


def probe_maxout(student, rng):
    """maxout: numbers of samples, features, pieces and outputs."""
    for N, D, K, M in [(1, 1, 1, 1), (5, 3, 2, 4), (4, 2, 5, 3), (3, 3, 3, 3), (1, 6, 3, 2), (6, 1, 4, 1)]:
        for spread in (0.1, 1.0, 10.0):
            x, w = rng.standard_normal((N, D)), rng.standard_normal((K, D, M))
            there_and_back(student, "maxout", rng, x, w, spread * rng.standard_normal((K, M)))


def probe_saturated_fraction(student, rng):
    """saturated_fraction: bounds, tolerances, shapes."""
    for shape in SHAPES:
        for low, high in [(0.0, 1.0), (-1.0, 1.0), (-3.0, -1.0), (2.0, 7.0)]:
            for share in (0.02, 0.2, 0.45):
                out = rng.uniform(low, high, shape)
                student.saturated_fraction(out, low, high, share * (high - low))


def probe_dead_fraction(student, rng):
    """dead_fraction: batches of any size, with zeros here and there."""
    for N, M in [(1, 1), (1, 6), (5, 1), (4, 9), (9, 4)]:
        for share in (0.0, 0.3, 0.8, 1.0):
            activations = rng.standard_normal((N, M)) * (rng.random((N, M)) >= share)
            student.dead_fraction(activations * (rng.random(M) > 0.4))
            student.dead_fraction(np.abs(activations))


def plain(student, name, rng):
    """Call an activation with nothing but its input."""
    for shape in SHAPES:
        for scale in (1e-3, 1.0, 20.0, 1000.0):
            there_and_back(student, name, rng, nonzero(rng, shape, scale))


def there_and_back(student, name, rng, x, *parameters):
    """Call a layer's forward, and its backward with random numbers of both signs."""
    out, cache = getattr(student, f"{name}_forward")(x, *parameters)
    getattr(student, f"{name}_backward")(rng.standard_normal(np.shape(out)), cache)


def nonzero(rng, shape, scale):
    """Numbers of both signs up to `scale`, none near 0."""
    return scale * rng.choice([-1, 1], shape) * rng.uniform(0.03, 1, shape)
