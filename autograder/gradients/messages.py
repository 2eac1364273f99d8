"""Reports in words."""

import numpy as np
import numpy.typing as npt

from autograder.gradients.judge import Verdict
from autograder.gradients.likely_cause import Finding
from autograder.gradients.report import GradientReport, WrongEntry
from autograder.gradients.sides import Value, either
from autograder.gradients.types import Array, UnjudgeableError

# So many wrong entries are told one by one: more would not be read.
WORST = 5


def judged_report(name: str, verdict: Verdict, finding: Finding, value: Value | None) -> GradientReport:
    """Report a gradient that was compared; if it is wrong, with its likely cause and its worst entries.

    Args:
        name: what the gradient is called.
        verdict: what was found.
        finding: the likely mistake.
        value: what is known of the function's own value; None where nothing is.
    """
    numeric = np.full(verdict.gradient.shape, np.nan)
    numeric.reshape(-1)[verdict.indices] = verdict.slopes.values
    wrong = np.zeros(verdict.gradient.shape, bool)
    wrong.reshape(-1)[verdict.indices] = verdict.wrong
    worst = _worst(verdict.gradient, numeric, wrong)
    right = f"{name} is right: {_compared(verdict)}."
    return GradientReport(
        name=name,
        passed=verdict.passed,
        text=right if verdict.passed else _failed(name, verdict, finding, worst, value),
        cause=finding.cause,
        factor=finding.factor if finding.cause == "scale" else None,
        worst=worst,
        entries_checked=verdict.indices.size,
        kinks=int(verdict.slopes.kinked.sum()),
        analytic=verdict.gradient,
        numeric=numeric,
        wrong=wrong,
    )


def refused_report(name: str, reason: UnjudgeableError) -> GradientReport:
    """Report a gradient that could not be compared."""
    said = str(reason)
    text = said if said.startswith(name) else f"{name}: {said}"
    return GradientReport(name=name, passed=False, text=text, cause=reason.cause, error=reason.error)


def _failed(
    name: str, verdict: Verdict, finding: Finding, worst: tuple[WrongEntry, ...], value: Value | None
) -> str:
    count = int(verdict.wrong.sum())
    told = "; ".join(map(_told, worst[:2]))
    compared = f"{count or 'none'} of {_compared(verdict, kinks=not finding.imprecise)}"
    sentences = [
        f"{name} is wrong: {compared} differ from the function's slope.",
        _cause(finding, value),
        f"The worst: {told}." if worst else "Along a direction through all entries it is wrong, though.",
    ]
    return " ".join(filter(None, sentences))


def _cause(finding: Finding, value: Value | None) -> str:
    """Say what the likely mistake is, and whose it is: the gradient's or the function's own."""
    if finding.either:
        factor = None if finding.factor is None else float(finding.factor)
        side = either(finding.either) if value is None else value.side(finding.either, factor)
        return f"{finding.sentence}: {side}."
    off = (
        f"Look at the function first, since its value is off ({value.text})." if value and value.text else ""
    )
    return " ".join(filter(None, (finding.sentence, off)))


def _compared(verdict: Verdict, kinks: bool = True) -> str:
    size, count, kinked = verdict.gradient.size, verdict.indices.size, int(verdict.slopes.kinked.sum())
    if size == 0:
        return "an empty input, no entries to compare"
    entries = "1 entry" if count == 1 else f"{count} entries"
    notes = [f"of {size}; all others only together, along random directions"] * (count < size)
    notes += [f"{kinked} at kinks, where any value between the two slopes is right"] * (kinks and kinked > 0)
    return f"{entries} compared" + (f" ({'; '.join(notes)})" if notes else "")


def _told(entry: WrongEntry) -> str:
    where = f"at [{', '.join(map(str, entry.index))}]" if entry.index else "there"
    analytic, numeric = f"{entry.analytic:.4g}", f"{entry.numeric:.4g}"
    if analytic != numeric:
        return f"{where} it says {analytic}, the slope is {numeric}"
    return f"{where} it says {analytic}, off by {entry.analytic - entry.numeric:.2g}: too much for float64"


def _worst(analytic: Array, numeric: Array, wrong: npt.NDArray[np.bool_]) -> tuple[WrongEntry, ...]:
    distance = np.where(wrong, np.abs(analytic - numeric), 0.0)
    order = np.argsort(-distance, axis=None, kind="stable")[: min(WORST, int(wrong.sum()))]
    positions = [tuple(map(int, np.unravel_index(i, wrong.shape))) for i in order]
    return tuple(WrongEntry(at, float(analytic[at]), float(numeric[at])) for at in positions)
