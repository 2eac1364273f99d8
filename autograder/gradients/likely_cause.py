"""Name the likely mistake: the simple change of the right gradient that gives the claimed one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations, permutations

import numpy as np

from autograder.answers import computed_in, imprecise
from autograder.gradients.differences import Point
from autograder.gradients.evidence import Evidence
from autograder.gradients.judge import Verdict, judge_entries
from autograder.gradients.precision import HALF, SINGLE
from autograder.gradients.report import Factor
from autograder.gradients.types import Array, Cause

# A factor is named when it is so close to a number with a name, as a share of it.
SAME_FACTOR = 1e-3
# Least squares over a group fits three or fewer values by chance.
LEAST_GROUP = 4
# What rounding in half precision does to a gradient is less than this share of its largest entry.
GROSS = 0.05
# So many of the wrong entries must be a part of their sum; the rest is 0, which could be a part of anything.
TELLING = 0.25
# Share by which differences that are one constant may vary.
ALIKE_CONSTANT = 1e-3


@dataclass(frozen=True)
class Finding:
    """A likely mistake.

    Attributes:
        cause: as in `GradientReport`; None where there is no mistake.
        sentence: the same for the student.
        factor: for `scale` and `sign`.
        imprecise: whether the sentence is about precision: what is said of kinks would then mislead.
        either: where the function may be what is wrong as well as the gradient: what the one that is wrong
            does, to go on with after the sentence.
    """

    cause: Cause | None
    sentence: str = ""
    factor: Factor | None = None
    imprecise: bool = False
    either: str = ""


def diagnose(verdict: Verdict, kind: str = "float64") -> Finding:
    """Find the likely mistake in a gradient of the right shape.

    Args:
        verdict: what was found.
        kind: the type of the claimed gradient's numbers.

    Returns:
        The first explanation that holds for all measured entries, the simplest ones tried first.
    """
    if verdict.passed:
        return Finding(None)
    evidence = Evidence(verdict)
    precision = _precision(verdict, evidence, kind)
    if precision:
        return Finding("other", precision, imprecise=True)
    # An error smaller than the differences between the explanations would fit all of them.
    if not evidence.wrong.any() or evidence.explains(evidence.measured):
        return Finding("other")
    findings = (finding for explain in EXPLANATIONS for finding in explain(evidence))
    return next(findings, Finding("other"))


def _precision(verdict: Verdict, evidence: Evidence, kind: str) -> str:
    """Say that the function or the gradient is in less than double precision, where nothing else is wrong."""
    computed = {SINGLE: "float32", HALF: "float16"}.get(evidence.point.eps)
    gross = np.abs(evidence.missing) > GROSS * evidence.size
    if computed is not None:
        return "" if gross.any() else computed_in(computed)
    error = float(np.max(np.abs(evidence.missing), initial=0.0))
    return imprecise(kind, error, evidence.size) or (
        f"Over larger steps it is right. {computed_in('float32', ' somewhere')}"
        if _is_right_from_afar(verdict)
        else ""
    )


def _is_right_from_afar(verdict: Verdict) -> bool:
    """Whether what is wrong agrees with slopes over larger steps, which differ from those over small ones."""
    indices, near = verdict.indices[verdict.wrong], verdict.slopes.values[verdict.wrong]
    far = judge_entries(replace(verdict.point, eps=SINGLE), verdict.gradient, indices)
    apart = np.abs(near - far.slopes.values) > far.slopes.tolerances
    return far.passed and bool(apart.any())


def diagnose_shape(verdict: Verdict) -> tuple[Cause, str]:
    """Find the likely mistake in a gradient of a wrong shape; return it, and the sentence for the student."""
    evidence = Evidence(verdict)
    gradient, shape = evidence.gradient, evidence.point.x.shape
    sentence = f"It has shape {gradient.shape}, but the input it belongs to has shape {shape}."
    if evidence.indices.size:
        if gradient.shape == shape[::-1] and _matches(evidence, gradient.T):
            return "transposed", f"{sentence} Its transpose is right."
        for axes in _subsets(gradient.ndim):
            total = gradient.sum(axis=axes)
            if axes and _lengths(total.shape) == _lengths(shape) and _matches(evidence, total):
                return "missing_sum", f"{sentence} Summed over {_axes(axes)} it is right."
    return "shape", sentence


def _matches(evidence: Evidence, candidate: Array) -> bool:
    return bool(evidence.alike(evidence.at(candidate), evidence.measured).all())


def _missing_upstream(evidence: Evidence) -> Iterator[Finding]:
    if evidence.claimed.any() and evidence.explains(evidence.slopes.of_ones):
        yield Finding(
            "missing_upstream",
            "It is what comes out when the gradient from above is all ones: "
            "multiply by the upstream gradient.",
        )


def _sign(evidence: Evidence) -> Iterator[Finding]:
    if not evidence.is_zero.all() and evidence.explains(-evidence.measured):
        factor = Factor(-1.0, "-1")
        yield Finding("sign", "Every entry is minus the slope", factor, either="has a sign wrong")


def _scale(evidence: Evidence) -> Iterator[Finding]:
    telling = ~evidence.is_zero
    if not telling.any() or not evidence.claimed.any():
        return
    ratio = _multiple(evidence.claimed, evidence.measured)
    factor, meaning = _named(ratio, evidence.point)
    by_chance = telling.sum() < 2 and factor.name is None
    if not by_chance and evidence.explains(ratio * evidence.measured):
        sentence = f"Every entry is {meaning} times the slope"
        yield Finding("scale", sentence, factor, either="is off by that factor")


def _multiple(values: Array, term: Array) -> float:
    """Return the number by which to multiply a term to come closest to the values (least squares)."""
    return float(values @ term / (term @ term))


def _named(ratio: float, point: Point) -> tuple[Factor, str]:
    """Give a ratio its name, and say what the name means."""
    for name, value, meaning in _names(point):
        if abs(abs(ratio) - value) <= SAME_FACTOR * value:
            minus = "-" if ratio < 0 else ""
            return Factor(ratio, minus + name), f"{ratio:.4g}{meaning and f' ({minus}{meaning})'}"
    return Factor(ratio), f"{ratio:.4g}"


def _names(point: Point) -> Iterator[tuple[str, float, str]]:
    shapes = [shape for shape in (point.base.shape, point.x.shape) if shape]
    lengths: list[tuple[str, float, str]] = [("2", 2, "")]
    lengths += [("N", shape[0], "N, the batch size") for shape in shapes]
    lengths += [("C", shape[-1], "C, the number of classes") for shape in shapes if len(shape) > 1]
    for name, length, meaning in lengths:
        if length > 1:
            yield name, length, meaning
            yield f"1/{name}", 1 / length, f"1/{meaning}" if meaning else ""
    for base in (2, 10):  # of a loss whose logarithm is another one
        yield f"log {base}", float(np.log(base)), f"log {base}"
        yield f"1/log {base}", 1 / float(np.log(base)), f"1/log {base}"


def _transposed(evidence: Evidence) -> Iterator[Finding]:
    """Claimed axes are in another order, kept in shape by equal lengths or by a reshape."""
    shape = evidence.point.x.shape
    _, *orders = permutations(range(len(shape)))  # the first is the right one
    for order in orders:
        turned = evidence.gradient.reshape([shape[axis] for axis in order])
        if _matches(evidence, turned.transpose(np.argsort(order))):
            yield Finding("transposed", "Its axes are mixed up: with axes swapped it is right.")


def _missing_mask(evidence: Evidence) -> Iterator[Finding]:
    shut = evidence.is_zero & ~evidence.alike(evidence.claimed, evidence.measured)
    passing = ~evidence.is_zero
    if not shut.any() or not passing.any():
        return
    ratio = _multiple(evidence.claimed[passing], evidence.measured[passing])
    if ratio and evidence.alike(evidence.claimed, ratio * evidence.measured)[passing].all():
        yield Finding(
            "missing_mask",
            f"{shut.sum()} entries to which the function does not respond should be 0, the others are "
            f"{'right' if abs(ratio - 1) < SAME_FACTOR else f'{ratio:.4g} times what they should be'}: "
            "is a mask missing?",
        )


def _passed_through(evidence: Evidence) -> Iterator[Finding]:
    """An entry-by-entry function whose own slope is left out in some or all entries."""
    point = evidence.point
    if point.base.shape != point.x.shape:
        return
    upstream = evidence.at(point.upstream)
    entrywise = evidence.alike(evidence.slopes.of_ones * upstream, evidence.measured).all()
    if entrywise and evidence.alike(evidence.claimed, upstream)[evidence.wrong].all():
        yield Finding(
            "missing_mask",
            f"{evidence.wrong.sum()} entries are the gradient from above, unchanged: "
            "multiply by the function's own slope there.",
        )


def _missing_sum(evidence: Evidence) -> Iterator[Finding]:
    """Each wrong entry is one of the parts of which it should be the sum."""
    if evidence.point.base.size < 2:
        return
    claimed, parts, slack = evidence.parts()
    telling = claimed != 0
    if np.mean(telling) < TELLING:
        return
    for axes in _subsets(parts.ndim - 1):
        partial = parts.sum(axis=tuple(axis + 1 for axis in axes)).reshape(len(claimed), -1)
        nearest = np.abs(partial - claimed[:, None]).min(axis=1)
        if partial.shape[1] > 1 and np.all(nearest[telling] <= slack[telling]):
            yield Finding(
                "missing_sum",
                "Each wrong entry is only one part of the sum that it should be: several outputs depend on "
                "it, and their gradients add up (is a sum over an axis missing, or an = where += belongs?).",
            )


def _missing_penalty(evidence: Evidence) -> Iterator[Finding]:
    """The difference is a constant times the input, or its sign."""
    inputs = evidence.at(evidence.point.x)
    if np.count_nonzero(inputs) < LEAST_GROUP:
        return
    for what, term in (("the input itself", inputs), ("the sign of the input", np.sign(inputs))):
        ratio = _multiple(evidence.missing, term)
        if evidence.explains(evidence.measured - ratio * term):
            more = f"{'minus' if ratio > 0 else 'plus'} {abs(ratio):.4g} times {what}"
            sentence = f"It is the slope {more}, which is a penalty's gradient"
            yield Finding("missing_term", sentence, either="has the penalty wrong")


def _scale_beside_penalty(evidence: Evidence) -> Iterator[Finding]:
    """A multiple of the slope and one of the input: a loss or its gradient is off, and the penalty is not."""
    inputs = evidence.at(evidence.point.x)
    if evidence.point.base.size != 1 or np.count_nonzero(inputs) < 2 * LEAST_GROUP:
        return
    terms = np.stack([evidence.measured, inputs], axis=1)
    ratio, of_input = np.linalg.lstsq(terms, evidence.claimed, rcond=None)[0]
    if abs(ratio) > SAME_FACTOR and evidence.explains(terms @ np.array([ratio, of_input])):
        factor, meaning = _named(float(ratio), evidence.point)
        sentence = "But for a multiple of the input, which is a penalty's gradient, every entry is "
        yield Finding("scale", f"{sentence}{meaning} times the slope", factor, either="is off by that factor")


def _number_for_all(evidence: Evidence) -> Iterator[Finding]:
    """The difference is linear in the input, with one slope and one constant for all entries of a loss."""
    inputs = evidence.at(evidence.point.x)
    if evidence.point.base.size != 1 or np.count_nonzero(inputs) < 2 * LEAST_GROUP:
        return
    line = _without_line(evidence.missing, inputs, (0,))
    if evidence.explains(evidence.measured - (evidence.missing - line)):
        yield Finding(
            "missing_term",
            "It differs from the slope by one number for all entries and a multiple of the input, as where a "
            "penalty takes the sum of all weights for each entry's own",
            either="has the penalty wrong",
        )


def _missing_statistics(evidence: Evidence) -> Iterator[Finding]:
    """What is missing is linear in the input within groups, as is the gradient of a mean or a variance."""
    x = evidence.point.x
    if not evidence.complete:
        return
    missing = evidence.missing.reshape(x.shape)
    for axes in _subsets(x.ndim):
        length = int(np.prod([x.shape[axis] for axis in axes]))
        if LEAST_GROUP <= length < x.size:
            rest = _without_line(missing, x, axes)
            if evidence.explains(evidence.measured - (missing - rest).ravel()):
                yield Finding(
                    "missing_term",
                    f"What is missing is the same, or linear in the input, along {_axes(axes)}: is the "
                    "term of a mean or a variance over it left out, or wrong (a sum for a mean, a factor, a "
                    "sign)?",
                )


def _without_line(values: Array, x: Array, axes: tuple[int, ...]) -> Array:
    """Take the best straight line in x out of the values, separately for each group along some axes."""
    centred = x - x.mean(axis=axes, keepdims=True)
    rest = values - values.mean(axis=axes, keepdims=True)
    power = (centred**2).sum(axis=axes, keepdims=True)
    slope = (rest * centred).sum(axis=axes, keepdims=True) / np.where(power == 0, 1.0, power)
    without: Array = rest - slope * centred
    return without


def _missing_entries(evidence: Evidence) -> Iterator[Finding]:
    """A part of the entries is left at zero, or off by one constant."""
    wrong = evidence.wrong
    if wrong.mean() > 0.5 or wrong.sum() < 2:
        return
    missing = np.abs(evidence.missing[wrong])
    left_out = not evidence.claimed[wrong].any()
    if left_out or np.ptp(missing) <= 2 * ALIKE_CONSTANT * missing.max():
        what = "are 0 but should not be" if left_out else f"are off by {missing.mean():.4g}"
        yield Finding(
            "missing_term",
            f"{wrong.sum()} entries {what}, the others are right: is a term missing for them?",
        )


def _subsets(count: int) -> Iterator[tuple[int, ...]]:
    for size in range(count + 1):
        yield from combinations(range(count), size)


def _lengths(shape: tuple[int, ...]) -> tuple[int, ...]:
    """A shape without its axes of length 1."""
    return tuple(length for length in shape if length != 1)


def _axes(axes: tuple[int, ...]) -> str:
    return f"axis {axes[0]}" if len(axes) == 1 else f"axes {axes}"


#: Each gives its finding where it holds; only the first one is asked for.
EXPLANATIONS: tuple[Callable[[Evidence], Iterator[Finding]], ...] = (
    _missing_upstream,
    _sign,
    _scale,
    _transposed,
    _missing_mask,
    _passed_through,
    _missing_penalty,
    _missing_sum,
    _missing_entries,
    _scale_beside_penalty,
    _number_for_all,
    _missing_statistics,
)
