"""`check_gradient` and `assert_gradient`: from a function and a gradient to a report."""

import numpy as np
import numpy.typing as npt

from autograder.answers import Opaque, not_finite
from autograder.gradients.differences import Point
from autograder.gradients.function import Function, blame, numbers
from autograder.gradients.held import refuse_other_function
from autograder.gradients.judge import judge_gradient, measure_beside
from autograder.gradients.likely_cause import diagnose, diagnose_shape
from autograder.gradients.messages import judged_report, refused_report
from autograder.gradients.plan import Plan
from autograder.gradients.precision import first_look
from autograder.gradients.report import GradientReport
from autograder.gradients.sides import value_at
from autograder.gradients.types import Array, Gradient, StudentFunction, UnjudgeableError


def check_gradient(
    f: StudentFunction,
    x: npt.ArrayLike,
    analytic: Gradient,
    *,
    upstream: npt.ArrayLike | None = None,
    expected: npt.ArrayLike | None = None,
    documented: StudentFunction | None = None,
    name: str = "dx",
    rng: np.random.Generator | None = None,
    max_entries: int | None = None,
) -> GradientReport:
    """Compare a gradient with the slopes that the function itself shows.

    Args:
        f: takes an array shaped like x (a float64 copy that it may keep), returns an array of any shape or
            a scalar. Where it offers `f.map(list of inputs) -> list of outputs`, many inputs go in one
            exchange.
        x: the input, numbers of any shape. Integers are taken as floats.
        analytic: the gradient of sum(upstream * f) with respect to x, shaped like x ((1, D) is taken for
            (D,)); or a function `(x, upstream) -> gradient`.
        upstream: shaped like f(x), the gradient that arrives from above. None draws a random one with both
            signs; where analytic is an array, which can't know it, f must then be a scalar, and upstream is
            1.
        expected: what f(x) should be, where the caller knows: where the two disagree, the report then says
            which of them is off. It judges nothing: compare values in a check of their own.
        documented: f as it should be, where the caller has it. A gradient that agrees with f must then agree
            with this as well, unless f is wrong at x itself; and none that is zero passes where this one's is
            not. The functions of `student.f.over` bring it with them when grading.
        name: what to call the gradient in the report.
        rng: draws upstream, directions and samples; the same ones every time by default.
        max_entries: how many entries to compare one by one; by default all of up to 256, and 64 of more. An
            array with more entries than that is compared along random directions as well.

    Returns:
        The report. Mistakes of the function and of the gradient, exceptions included, are findings in it.

    Raises:
        NotImplementedError: from the student's code, which has not been written yet.
        MemoryError: from the student's code.
        Exception: from the student's code, where it carries an attribute `autograder_verdict`.

    Example:
        >>> x = np.array([1.0, 2.0, 3.0])
        >>> report = check_gradient(lambda x: (x**2).mean(), x, 2 * x)
        >>> report.passed, report.factor.name
        (False, 'N')
    """
    rng = np.random.default_rng(0) if rng is None else rng
    try:
        with np.errstate(all="ignore"):
            inputs = _finite(x, "the input x")
            function = Function(f)
            plan = Plan.draw(inputs, max_entries, rng)
            look = first_look(function, inputs, rng, plan.inputs(inputs))
            above = _upstream(upstream, look.base, analytic, rng)
            point = Point(function, inputs, look.base, above, look.eps)
            gradient, kind = _gradient(analytic, point, name)
            if gradient.shape != inputs.shape:
                raise UnjudgeableError(*diagnose_shape(measure_beside(point, gradient, rng)))
            verdict = judge_gradient(point, gradient, plan, plan.slopes(point, look.others))
            if verdict.passed and (right := _documented(f, documented)) is not None:
                refuse_other_function(right, point, gradient, plan)
            return judged_report(name, verdict, diagnose(verdict, kind), value_at(point, expected))
    except UnjudgeableError as reason:
        return refused_report(name, reason)


def assert_gradient(
    f: StudentFunction,
    x: npt.ArrayLike,
    analytic: Gradient,
    *,
    upstream: npt.ArrayLike | None = None,
    expected: npt.ArrayLike | None = None,
    documented: StudentFunction | None = None,
    name: str = "dx",
    rng: np.random.Generator | None = None,
    max_entries: int | None = None,
) -> None:
    """Raise unless `check_gradient` passes.

    Args:
        f: as for `check_gradient`, like all that follow.
        x: the input.
        analytic: the gradient, or a function that gives it.
        upstream: the gradient that arrives from above.
        expected: what f(x) should be, where the caller knows.
        documented: f as it should be, where the caller has it.
        name: what to call the gradient.
        rng: draws upstream, directions and samples.
        max_entries: how many entries to compare one by one.

    Raises:
        AssertionError: with the report's text, caused by the exception of the student's code if there was
            one.

    Example:
        >>> x = np.array([1.0, 2.0, 3.0])
        >>> assert_gradient(np.sin, x, lambda x, upstream: upstream * np.cos(x))
    """
    __tracebackhide__ = True
    report = check_gradient(
        f,
        x,
        analytic,
        upstream=upstream,
        expected=expected,
        documented=documented,
        name=name,
        rng=rng,
        max_entries=max_entries,
    )
    if not report.passed:
        raise AssertionError(report.text) from report.error


def _documented(f: StudentFunction, given: StudentFunction | None) -> StudentFunction | None:
    """Return f as it should be, which the caller or f itself gives; no object of the student's may do so."""
    own: StudentFunction | None = None if isinstance(f, Opaque) else getattr(f, "documented", None)
    return own if given is None else given


def _finite(values: npt.ArrayLike, what: str) -> Array:
    """Float64 copy of what the caller gave."""
    array: Array = numbers(values, what, "is").astype(np.float64)
    if said := not_finite(array, what):
        raise UnjudgeableError("not_finite", f"{said[0].upper()}{said[1:]}.")
    return array


def _upstream(
    given: npt.ArrayLike | None, base: Array, analytic: Gradient, rng: np.random.Generator
) -> Array:
    if given is None:
        return _drawn_upstream(base, analytic, rng)
    upstream = _finite(given, "upstream")
    if upstream.shape != base.shape:
        raise UnjudgeableError(
            "shape", f"Upstream has shape {upstream.shape}, but the function's output has shape {base.shape}."
        )
    if upstream.size and not upstream.any():
        raise UnjudgeableError(
            "other",
            "Upstream is zero everywhere, so that a wrong gradient could not be told from a right one.",
        )
    return upstream


def _drawn_upstream(base: Array, analytic: Gradient, rng: np.random.Generator) -> Array:
    """Random signs, so that a forgotten upstream shows; sizes away from 0 (hidden), 1 and 2."""
    if callable(analytic):
        return np.asarray(rng.choice([-1.0, 1.0], base.shape) * rng.uniform(1.1, 1.9, base.shape))
    if base.size != 1:
        raise UnjudgeableError(
            "other",
            f"The function's output has shape {base.shape}, so its gradient depends on the one from above: "
            "pass the one you used as upstream=..., or pass a function (x, upstream) -> gradient.",
        )
    return np.ones(base.shape)


def _gradient(analytic: Gradient, point: Point, name: str) -> tuple[Array, str]:
    """Return the claimed gradient in double precision, and the name of the type it came in."""
    code = f"the code for {name}"
    with blame(code):
        claimed = analytic(point.x.copy(), point.upstream.copy()) if callable(analytic) else analytic
    given = numbers(claimed, code)
    gradient: Array = given.astype(np.float64)
    if said := not_finite(gradient, name):
        raise UnjudgeableError("not_finite", f"{said}.")
    # The course's conventions take (1, D) for (D,), and (1,) for a scalar.
    leading_one = point.x.ndim < 2 and gradient.shape == (1, *point.x.shape)
    return (gradient.reshape(point.x.shape) if leading_one else gradient), given.dtype.name
