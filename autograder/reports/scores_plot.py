"""The picture `scores.png`: how a class did, and where it lost points."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from autograder.files import write_atomically
from autograder.grading.result import Grade
from autograder.verdicts import SubmissionVerdict

# Okabe and Ito's palette: distinct for every kind of colour vision, and distinct in grey by their lightness.
BLUE, ORANGE = "#0072B2", "#E69F00"
TITLE_WIDTH, TITLE_END = 64, 20
SCORES_INCHES, LEGEND_INCHES, ROW_INCHES = 3.6, 1.5, 0.27


@dataclass(frozen=True)
class _Loss:
    """What one check cost: the points that a student lost on average, and the points that it is worth."""

    title: str
    hidden: bool
    worth: float
    lost: float


def plot_scores(grades: Sequence[Grade], path: Path) -> None:
    """Draw the distribution of scores and the points lost per check, as a PNG on white.

    What could not be graded counts in neither: its points are not known yet. The title says how many.

    The background is opaque, so that the picture looks the same on light and dark pages. The picture is
    higher the more checks there are.

    Args:
        grades: of one assignment, at least one.
        path: the file to write.
    """
    graded = [grade for grade in grades if grade.verdict == SubmissionVerdict.GRADED]
    losses = _losses(graded)
    heights = [SCORES_INCHES, *([LEGEND_INCHES + ROW_INCHES * len(losses)] if losses else [])]
    figure = Figure(figsize=(9.5, sum(heights)), layout="constrained", facecolor="white")
    # Two parts, each with its own margins: only the second needs space for the checks' titles.
    parts = figure.subfigures(len(heights), 1, height_ratios=heights, squeeze=False)[:, 0]
    _draw_scores(parts[0].subplots(), graded, _title(grades, graded))
    if losses:
        parts[1].suptitle("Points lost per check", x=0.01, horizontalalignment="left")
        _draw_losses(parts[1].subplots(), losses)
    picture = BytesIO()  # without the software's version, so that equal grades give equal bytes
    figure.savefig(picture, format="png", dpi=120, metadata={"Software": None})
    write_atomically(path, picture.getvalue())


def shortened(title: str) -> str:
    """Leave out words in the middle of a long title: titles of two checks often differ only at the end."""
    if len(title) <= TITLE_WIDTH:
        return title
    end = textwrap.shorten(title[::-1], TITLE_END, placeholder="")[::-1]
    begin = textwrap.shorten(title, TITLE_WIDTH - len(end) - 1, placeholder=" ...")
    return f"{begin} {end}"


def _students(count: int) -> str:
    return "1 student" if count == 1 else f"{count} students"


def _title(grades: Sequence[Grade], graded: Sequence[Grade]) -> str:
    """Return how many were graded, their mean, and how many could not be."""
    parts = [f"{grades[0].assignment}: {_students(len(graded))}"]
    if graded:
        parts.append(f"mean score {_mean(_percent(graded)):.0f}% (dashed)")
    if len(graded) < len(grades):
        parts.append(f"{len(grades) - len(graded)} more not graded yet")
    return ", ".join(parts)


def _percent(graded: Sequence[Grade]) -> list[float]:
    return [100 * grade.score / grade.max_score if grade.max_score else 0.0 for grade in graded]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _losses(graded: Sequence[Grade]) -> list[_Loss]:
    """Return the average loss per check, in the order of the file."""
    checks = {check.id: check for grade in graded for check in grade.checks}
    lost = dict.fromkeys(checks, 0.0)
    for grade in graded:
        for check in grade.checks:
            lost[check.id] += check.max_points - check.points
    return [_Loss(c.title, c.hidden, c.max_points, lost[c.id] / len(graded)) for c in checks.values()]


def _draw_scores(axes: Axes, graded: Sequence[Grade], title: str) -> None:
    percent = _percent(graded)
    axes.hist(percent, bins=range(0, 101, 5), color=BLUE, edgecolor="white", linewidth=0.8)
    if percent:
        axes.axvline(_mean(percent), color="black", linestyle="--", linewidth=1.5, clip_on=False)
    axes.set(xlabel="score in percent of the points", ylabel="students", xlim=(0, 100))
    axes.set_title(title)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))
    _tidy(axes, grid="y")


def _draw_losses(axes: Axes, losses: Sequence[_Loss]) -> None:
    rows = range(len(losses))
    axes.barh(rows, [loss.worth for loss in losses], color="#E8E8E8", label="worth")
    for hidden, color, label in ((False, BLUE, "lost, public check"), (True, ORANGE, "lost, hidden check")):
        chosen = [row for row in rows if losses[row].hidden == hidden]
        if chosen:
            axes.barh(chosen, [losses[row].lost for row in chosen], color=color, height=0.5, label=label)
    axes.set_yticks(rows, [shortened(loss.title) for loss in losses])
    for name in axes.get_yticklabels():
        name.set(parse_math=False, fontsize=9)
    axes.invert_yaxis()
    axes.set(xlabel="points per student, on average")
    axes.margins(y=0.3 / len(losses))
    axes.legend(frameon=False, loc="lower right", bbox_to_anchor=(1, 1), ncols=3, borderaxespad=0.2)
    _tidy(axes, grid="x")


def _tidy(axes: Axes, grid: Literal["x", "y"]) -> None:
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis=grid, color="#D0D0D0", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.title.set_horizontalalignment("left")
    axes.title.set_x(0)
