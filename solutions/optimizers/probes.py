"""Inputs that tell a wrong mutant of `optimizers.py` from an equivalent one, independent of the checks.

The functions are called as the docstrings allow, on shapes, scales and settings beyond those of the checks.
What is returned, and what is left in config, is compared with the reference's answers by `autograder prove`.
"""

import numpy as np

SHAPES = [(1,), (2, 5), (3, 2, 2, 4)]


def probe_sgd(student, rng):
    """sgd: rates, shapes, scales."""
    first_order(student.sgd, rng, [])


def probe_sgd_momentum(student, rng):
    """sgd_momentum: rates, momenta, shapes, scales, a velocity from before."""
    first_order(student.sgd_momentum, rng, [{"momentum": 0.5}, {"momentum": 0.0}, {"momentum": 1.0}])


def probe_nesterov_momentum(student, rng):
    """nesterov_momentum: the same."""
    first_order(student.nesterov_momentum, rng, [{"momentum": 0.5}, {"momentum": 0.0}, {"momentum": 1.0}])


def probe_adagrad(student, rng):
    """adagrad: rates, epsilons, shapes, scales, a cache from before."""
    first_order(student.adagrad, rng, [{"epsilon": 0.3}, {"epsilon": 20.0}])


def probe_rmsprop(student, rng):
    """rmsprop: the same, and decay rates."""
    first_order(student.rmsprop, rng, [{"epsilon": 0.3}, {"decay_rate": 0.4}, {"decay_rate": 0.0}])


def probe_adam(student, rng):
    """adam: rates, betas, epsilons, shapes, scales, moments from before."""
    settings = [{"epsilon": 0.3}, {"beta1": 0.4}, {"beta2": 0.7}, {"beta1": 0.0, "beta2": 0.0}]
    first_order(student.adam, rng, settings)


def probe_adamw(student, rng):
    """adamw: the same, and strengths of the decay, also none."""
    settings = [{"weight_decay": 0.3}, {"weight_decay": 0.0}, {"epsilon": 0.3}, {"beta1": 0.4, "beta2": 0.7}]
    first_order(student.adamw, rng, settings)


def first_order(optimizer, rng, settings):
    """Train with each setting, from scratch and from a state, with gradients of several sizes."""
    for setting in [None, {}, {"learning_rate": 0.2}, *settings]:
        for shape in SHAPES:
            for size in (1e-8, 1.0, 1e5):
                train(optimizer, rng, shape, size, setting if setting is None else dict(setting), 3)
            state = {"velocity": rng.standard_normal(shape), "cache": rng.uniform(0, 2, shape), "t": 3}
            moments = {"m": rng.standard_normal(shape), "v": rng.uniform(0, 2, shape)}
            train(optimizer, rng, shape, 1.0, {**(setting or {}), **state, **moments}, 7)
    optimizer(np.ones(3), np.zeros(3), None)


def train(optimizer, rng, shape, size, config, count):
    """Take some steps, each from where the one before has led."""
    w = size * rng.standard_normal(shape)
    for _ in range(count):
        w, config = optimizer(w, size * rng.standard_normal(shape), config)


def probe_step_decay(student, rng):
    """step_decay: rates, factors, intervals, many steps."""
    for lr0, drop, every in [(1.0, 0.5, 1), (0.03, 0.1, 7), (2.0, 0.9, 50), (1e-4, 1.0, 3), (0.5, 2.0, 4)]:
        for step in (0, 1, 2, 3, 4, 6, 7, 8, 13, 14, 49, 50, 51, 99, 100, 119):
            student.step_decay(lr0, step, drop, every)


def probe_smooth_decays(student, rng):
    """exponential_decay and inverse_time_decay: rates, speeds, many steps."""
    for lr0 in (1.0, 0.03, 50.0):
        for k in (0.0, 1e-3, 0.3, 2.0, float(rng.uniform(0, 1))):
            for step in (0, 1, 2, 10, 77):
                student.exponential_decay(lr0, step, k)
                student.inverse_time_decay(lr0, step, k)


def probe_cosine_decay(student, rng):
    """cosine_decay: rates, lengths, all steps."""
    for lr0, total in [(1.0, 1), (0.03, 2), (7.0, 9), (0.4, 40)]:
        for step in range(total + 1):
            student.cosine_decay(lr0, step, total)


def probe_newton_step(student, rng):
    """newton_step: dimensions, scales, curvatures of either sign."""
    for D in (1, 2, 3, 8):
        for scale in (1e-3, 1.0, 100.0):
            root = rng.standard_normal((D, D))
            for hessian in (root @ root.T + np.eye(D), root + root.T, -root @ root.T - np.eye(D)):
                student.newton_step(
                    rng.standard_normal(D), scale * rng.standard_normal(D), scale * hessian + 1e-3 * np.eye(D)
                )


def probe_bfgs_update(student, rng):
    """bfgs_update: dimensions, scales, several updates in a row."""
    for D in (1, 2, 3, 8):
        for scale in (1e-3, 1.0, 100.0):
            root = rng.standard_normal((D, D))
            hessian = root @ root.T + np.eye(D)
            for start in (np.eye(D), 2 * np.eye(D) + hessian):
                H = start
                for _ in range(4):
                    step = scale * rng.standard_normal(D)
                    H = student.bfgs_update(H, step, hessian @ step)


def probe_lbfgs_direction(student, rng):
    """lbfgs_direction: dimensions, scales, numbers of pairs, some of which are to be left out."""
    for D in (1, 2, 3, 9):
        root = rng.standard_normal((D, D))
        for hessian in (root @ root.T + np.eye(D), root + root.T):
            for count in (0, 1, 2, 3, 6, 15):
                for scale in (1e-6, 1.0, 50.0):
                    steps = list(scale * rng.standard_normal((count, D)))
                    student.lbfgs_direction(rng.standard_normal(D), steps, [hessian @ s for s in steps])
    known = [(np.array([1.0, 2.0]), np.array([2.0, 1.0])), (np.array([1.0, 0.0]), np.array([0.0, 1.0]))]
    for pairs in (known, known[::-1], known[1:]):
        student.lbfgs_direction(rng.standard_normal(2), [s for s, _ in pairs], [y for _, y in pairs])


def probe_polyak_average(student, rng):
    """polyak_average: shapes, decays, several steps."""
    for shape in SHAPES:
        for decay in (0.0, 0.2, 0.99, 1.0):
            average = rng.standard_normal(shape)
            for _ in range(5):
                average = student.polyak_average(np.array(average), rng.standard_normal(shape), decay)
