"""Ways to check a gradient: ours, and six recipes as they are published."""

from collections.abc import Callable

import numpy as np

from autograder.gradients import check_gradient
from tests.benchmarks.gradients.operation import Array
from tests.benchmarks.gradients.problem import Problem

Recipe = Callable[[Problem, np.random.Generator], bool]


def ours(problem: Problem, rng: np.random.Generator) -> bool:
    """The check of this project."""
    return check_gradient(problem.f, problem.x, problem.backward, rng=rng).passed


def one_entry(problem: Problem, rng: np.random.Generator) -> bool:
    """One random entry, upstream of ones, tolerance 1e-2."""
    upstream = np.ones_like(problem.f(problem.x))
    i = rng.integers(problem.x.size)
    numeric = slopes(problem, upstream, 1e-5, [one_hot(problem.x, i)])
    analytic = problem.backward(problem.x, upstream).reshape(-1)[i]
    return bool(relative_error(analytic, numeric) < 1e-2)


def ones_every_entry(problem: Problem, rng: np.random.Generator) -> bool:
    """Every entry, upstream of ones, step 1e-4, absolute difference below 1e-4."""
    upstream = np.ones_like(problem.f(problem.x))
    numeric = slopes(problem, upstream, 1e-4, every_entry(problem.x))
    return bool(np.all(np.abs(problem.backward(problem.x, upstream).reshape(-1) - numeric) < 1e-4))


def random_direction(problem: Problem, rng: np.random.Generator) -> bool:
    """Random upstream and direction, step 1e-4, relative error below 1e-5."""
    upstream = rng.normal(size=problem.f(problem.x).shape)
    direction = rng.normal(size=problem.x.shape)
    numeric = slopes(problem, upstream, 1e-4, [direction])
    analytic = (claimed(problem, upstream) * direction).sum()
    return bool(relative_error(analytic, numeric) < 1e-5)


def random_projection(problem: Problem, rng: np.random.Generator) -> bool:
    """Random unit upstream and direction, step 1e-6, atol 1e-5, rtol 1e-3."""
    upstream = unit(rng.normal(size=problem.f(problem.x).shape))
    direction = unit(rng.normal(size=problem.x.shape))
    numeric = slopes(problem, upstream, 1e-6, [direction])
    analytic = (claimed(problem, upstream) * direction).sum()
    return bool(np.allclose(analytic, numeric, atol=1e-5, rtol=1e-3))


def full_jacobian(problem: Problem, rng: np.random.Generator) -> bool:
    """The whole Jacobian, step 1e-6, atol 1e-5, rtol 1e-3."""
    output = problem.f(problem.x)
    ahead, behind = both_sides(problem, 1e-6, every_entry(problem.x))
    numeric = ((ahead - behind) / 2e-6).reshape(problem.x.size, output.size).T
    upstreams = [one_hot(output, i) for i in range(output.size)]
    analytic = np.array([claimed(problem, upstream).reshape(-1) for upstream in upstreams])
    return bool(np.allclose(analytic, numeric, atol=1e-5, rtol=1e-3))


def random_upstream_every_entry(problem: Problem, rng: np.random.Generator) -> bool:
    """Every entry, random upstream, step 1e-5, relative error below 1e-7."""
    upstream = rng.normal(size=problem.f(problem.x).shape)
    numeric = slopes(problem, upstream, 1e-5, every_entry(problem.x))
    return bool(np.max(relative_error(claimed(problem, upstream).reshape(-1), numeric)) < 1e-7)


PUBLISHED: tuple[Recipe, ...] = (
    one_entry,
    ones_every_entry,
    random_direction,
    random_projection,
    full_jacobian,
    random_upstream_every_entry,
)


def verdict(recipe: Recipe, problem: Problem, rng: np.random.Generator) -> bool:
    """Whether a recipe passes a gradient; an exception, as of shapes that don't fit, is a failure."""
    with np.errstate(all="ignore"):
        try:
            return recipe(problem, rng)
        except (ValueError, IndexError):
            return False


def claimed(problem: Problem, upstream: Array) -> Array:
    return problem.backward(problem.x, upstream).reshape(problem.x.shape)


def one_hot(x: Array, i: int) -> Array:
    direction = np.zeros(x.shape)
    direction.reshape(-1)[i] = 1
    return direction


def every_entry(x: Array) -> list[Array]:
    return [one_hot(x, i) for i in range(x.size)]


def unit(x: Array) -> Array:
    return x / np.linalg.norm(x)


def both_sides(problem: Problem, step: float, directions: list[Array]) -> tuple[Array, Array]:
    ahead = np.array([problem.f(problem.x + step * direction) for direction in directions])
    behind = np.array([problem.f(problem.x - step * direction) for direction in directions])
    return ahead, behind


def slopes(problem: Problem, upstream: Array, step: float, directions: list[Array]) -> Array:
    ahead, behind = both_sides(problem, step, directions)
    return ((ahead - behind) * upstream).reshape(len(directions), -1).sum(axis=1) / (2 * step)


def relative_error(a: Array, b: Array) -> Array:
    return np.abs(a - b) / np.maximum(1e-8, np.abs(a) + np.abs(b))
