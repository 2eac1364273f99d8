"""A picture of a gradient beside the measured slopes."""

from typing import TYPE_CHECKING

import numpy as np

from autograder.gradients.report import GradientReport
from autograder.gradients.types import Array

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Blue and orange differ in brightness and hue, also to colour-blind eyes (Okabe and Ito, 2008).
RIGHT, WRONG = "#0072B2", "#D55E00"
# Entries that were not measured are grey, neither right nor wrong.
UNKNOWN = "0.8"
# A longer vector is folded into rows: as a single row its entries would be too thin to see.
LONG = 64


def draw(report: GradientReport) -> "Figure":
    """Draw the array with its wrong entries, and claimed against measured values."""
    from matplotlib.figure import Figure

    # A white background of its own keeps black axes legible in notebooks with a dark theme.
    figure = Figure(figsize=(9, 3.8), facecolor="white", layout="constrained")
    where, values = figure.subplots(1, 2)
    if report.numeric.size == 0:
        where.text(0, 0.5, report.text, wrap=True, va="center")
        where.set_axis_off()
        values.set_axis_off()
    else:
        _draw_where(where, report)
        _draw_values(values, report)
    verdict = "right" if report.passed else f"wrong: {report.cause}".replace("_", " ")
    figure.suptitle(f"{report.name} is {verdict}")
    return figure


def _draw_where(axes: "Axes", report: GradientReport) -> None:
    difference = np.abs(report.analytic - report.numeric)
    scale = np.nanmax(np.abs(report.numeric), initial=0.0) or 1.0
    shown = np.where(report.wrong, difference / scale, np.where(np.isnan(report.numeric), np.nan, 0.0))
    top = 1.0 if report.passed else np.nanmax(shown)
    image = axes.imshow(flat(shown), cmap="Oranges", vmin=0, vmax=top, aspect="auto", interpolation="nearest")
    axes.set_facecolor(UNKNOWN)
    axes.figure.colorbar(image, ax=axes, label="distance / largest slope")
    axes.set_title(f"where they disagree, shape {report.numeric.shape}", fontsize=10)
    _label_axes(axes, report.numeric.shape)


def _label_axes(axes: "Axes", shape: tuple[int, ...]) -> None:
    from matplotlib.ticker import MaxNLocator

    folded = ", folded into rows" * (sum(shape) > LONG)
    labels = map(_name_of, axes_of(len(shape))) if len(shape) > 1 else ("", f"entries{folded}")
    for axis, label in zip((axes.yaxis, axes.xaxis), labels, strict=True):
        axis.set_label_text(label)
        axis.set_major_locator(MaxNLocator(integer=True))


def _name_of(numbers: list[int]) -> str:
    return f"{'axis' if len(numbers) == 1 else 'axes'} {' and '.join(map(str, numbers))}"


def axes_of(count: int) -> tuple[list[int], list[int]]:
    """Return which of the axes become rows and which columns: the last one columns, and so on by turns.

    So (N, H, W) are images side by side, and (N, C, H, W) are N rows of C images.
    """
    return [i for i in range(count) if (count - i) % 2 == 0], [i for i in range(count) if (count - i) % 2]


def flat(array: Array) -> Array:
    """Lay an array out in a plane."""
    if array.ndim < 2:
        return fold(array.ravel())
    rows, columns = axes_of(array.ndim)
    lengths = np.array(array.shape)
    return array.transpose(rows + columns).reshape(lengths[rows].prod(), lengths[columns].prod())


def fold(vector: Array) -> Array:
    """Fold a long vector into rows, about as many as columns, the last one filled up with nan."""
    columns = vector.size if vector.size <= LONG else int(np.ceil(np.sqrt(vector.size)))
    rows = -(-vector.size // columns)
    return np.pad(vector, (0, rows * columns - vector.size), constant_values=np.nan).reshape(rows, columns)


def _draw_values(axes: "Axes", report: GradientReport) -> None:
    measured = np.isfinite(report.numeric)
    for which, colour, name, marker in (
        (measured & ~report.wrong, RIGHT, "right", "o"),
        (measured & report.wrong, WRONG, "wrong", "x"),
    ):
        label = f"{name} ({which.sum()})"
        axes.scatter(report.numeric[which], report.analytic[which], c=colour, marker=marker, label=label)
    axes.axline((0, 0), slope=1, color="0.5", linewidth=1, zorder=0)
    axes.set_xlabel("slope measured on the function")
    axes.set_ylabel(f"{report.name} as claimed")
    axes.set_title("right entries lie on the diagonal", fontsize=10)
    axes.legend()
