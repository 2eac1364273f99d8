"""Inputs that tell a wrong mutant of `dropout.py` from an equivalent one, independent of the checks.

The functions are called as the docstrings allow, on shapes, probabilities and seeds beyond those of the
checks. What is returned is compared with the reference's answers by `autograder prove`. Chance is no
obstacle: a mutant draws the same numbers as the reference unless it draws differently, and what it may draw
differently is listed.
"""

import numpy as np

from autograder.proof import equivalent

EQUIVALENT = [
    equivalent(
        "add_noise",
        "return images + std * rng.standard_normal(images.shape)",
        "return images - std * rng.standard_normal(images.shape)",
        "normal noise is symmetric about 0; how it is drawn is up to the student",
    ),
]

MODES = ("train", "test")


def probe_dropout(student, rng):
    """dropout: numbers of axes, probabilities, modes, with and without a seed, one layer after another."""
    for shape in [(7,), (1, 1), (5, 4), (1, 9), (3, 2, 4), (2, 3, 4, 5)]:
        x, dout = rng.standard_normal(shape), rng.standard_normal(shape)
        for p in (0.05, 0.35, 0.5, 0.9, 1.0):
            for mode in MODES:
                seeds = [{}, {"seed": int(rng.integers(1000))}]
                layers = [student.dropout_forward(x, {"p": p, "mode": mode, **seed}) for seed in seeds]
                for _, cache in reversed(layers):
                    student.dropout_backward(dout.copy(), cache)


def probe_dropconnect(student, rng):
    """dropconnect: shapes, probabilities, modes."""
    for N, D, M in [(1, 1, 1), (1, 6, 3), (5, 2, 7), (4, 4, 4)]:
        x, w, b = rng.standard_normal((N, D)), rng.standard_normal((D, M)), rng.standard_normal(M)
        for p in (0.1, 0.6, 1.0):
            for mode in MODES:
                _, cache = student.dropconnect_forward(x, w, b, {"p": p, "mode": mode}, rng)
                student.dropconnect_backward(rng.standard_normal((N, M)), cache)


def probe_stochastic_depth(student, rng):
    """stochastic_depth: numbers of axes, probabilities, modes."""
    for shape in [(6,), (1, 3), (9, 4), (5, 2, 3), (8, 2, 3, 2)]:
        for survival in (0.1, 0.5, 0.85, 1.0):
            for mode in MODES:
                x, residual, dout = (rng.standard_normal(shape) for _ in range(3))
                _, cache = student.stochastic_depth_forward(x, residual, survival, mode, rng)
                student.stochastic_depth_backward(dout, cache)


def image_batches(rng):
    """Images of several shapes, among them one pixel, one row and one column."""
    for shape in [(1, 1, 1, 1), (3, 1, 1, 5), (3, 2, 6, 1), (2, 3, 5, 5), (6, 1, 4, 9), (9, 2, 8, 3)]:
        yield rng.random(shape)


def probe_flip(student, rng):
    """random_flip: probabilities, and the one by default."""
    for images in image_batches(rng):
        student.random_flip(images, rng)
        for p in (0.0, 0.3, 0.8, 1.0):
            student.random_flip(images, rng, p)


def probe_crop(student, rng):
    """random_crop: sizes from one pixel to the whole image, with and without a border."""
    for images in image_batches(rng):
        for padding in (0, 1, 3):
            largest = min(images.shape[2:]) + 2 * padding
            student.random_crop(images, largest, rng, padding)
            student.random_crop(images, int(rng.integers(1, largest + 1)), rng, padding)
        student.random_crop(images, 1, rng)


def probe_tilt(student, rng):
    """random_tilt: from no angle to more than a right one."""
    for images in image_batches(rng):
        for degrees in (0.0, 5.0, 40.0, 120.0):
            student.random_tilt(images, rng, degrees)


def probe_colours(student, rng):
    """add_noise and color_jitter: strengths, dark and bright images."""
    for images in image_batches(rng):
        for strength in (0.0, 0.2, 1.0):
            student.add_noise(images, rng, 3 * strength)
            student.color_jitter(images, rng, strength)
            student.color_jitter(np.round(images), rng, strength)


def probe_cutout(student, rng):
    """cutout: squares from one pixel to as large as fits."""
    for images in image_batches(rng):
        for size in {1, (min(images.shape[2:]) + 1) // 2, min(images.shape[2:])}:
            student.cutout(images, size, rng)


def probe_mixup(student, rng):
    """mixup: numbers of axes, alphas."""
    for shape in [(1, 3), (4, 2), (7, 2, 3), (5, 1, 4, 4)]:
        X, Y = rng.standard_normal(shape), np.eye(3)[rng.integers(3, size=shape[0])]
        for alpha in (0.1, 1.0, 6.0):
            student.mixup(X, Y, rng, alpha)


def probe_crop_average(student, rng):
    """crop_average: sizes, images that are not square."""
    for images in image_batches(rng):
        for size in {1, (min(images.shape[2:]) + 1) // 2, min(images.shape[2:])}:
            weights = rng.random((images.shape[1] * size * size, 3))

            def predict(crops, weights=weights):
                scores = (crops.reshape(len(crops), -1) @ weights) ** 2 + 0.1
                return scores / scores.sum(axis=1, keepdims=True)

            student.crop_average(predict, images, size)


def probe_ensemble_average(student, rng):
    """ensemble_average: numbers of members, samples and classes."""
    for M, N, C in [(1, 1, 2), (5, 1, 3), (2, 6, 4), (4, 4, 4)]:
        student.ensemble_average(rng.dirichlet(np.ones(C), size=(M, N)))
