"""Figures of lines: curves of a loss, and whatever else depends on one number."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from autograder.plots.colours import GREY, LOOKS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Lines of which there is room for a legend between them; of more it stands beside the panel.
_FEW = 3


def curves(
    lines: Mapping[str, ArrayLike],
    xlabel: str,
    ylabel: str,
    title: str = "",
    *,
    x: ArrayLike | None = None,
    log: str = "",
    markers: bool = False,
    ticks: Sequence[float] | None = None,
    ylim: tuple[float, float] | None = None,
    level: float | None = None,
    axis: "Axes | None" = None,
) -> None:
    """Draw lines in one panel, with a legend where there are several.

    Args:
        lines: what each line shows, by its name; the first is blue, the second red.
        xlabel: what is to the right, with its unit.
        ylabel: what is up, with its unit.
        title: of the panel.
        x: where the values stand; 0, 1, 2, ... if not given.
        log: which axes are logarithmic: "", "x", "y" or "xy".
        markers: whether to mark the values.
        ticks: the only places on the x axis that have a label.
        ylim: the ends of the y axis.
        level: where to draw a grey line to measure by.
        axis: the panel; a figure of its own, which is shown at once, if not given.
    """
    import matplotlib.pyplot as plt

    panel = plt.subplots()[1] if axis is None else axis
    for (name, values), (colour, line, marker) in zip(lines.items(), LOOKS, strict=False):
        y = np.ravel(values)
        places = np.arange(len(y)) if x is None else np.ravel(x)
        look: dict[str, Any] = {"marker": marker, "markersize": 4} if markers else {}
        panel.plot(places, y, line, color=colour, label=name, **look)
    if level is not None:
        panel.axhline(level, color=GREY, linewidth=1, zorder=0)
    panel.set(xlabel=xlabel, ylabel=ylabel, title=title)
    for name in log:
        panel.set(**{f"{name}scale": "log"})
    if ticks is not None:
        panel.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
        panel.minorticks_off()
    if ylim is not None:
        panel.set_ylim(ylim)
    if len(lines) > _FEW and axis is None:
        panel.legend(loc="upper left", bbox_to_anchor=(1, 1))
    elif len(lines) > 1:
        panel.legend()
    if axis is None:
        plt.show()


def landscape(
    axis: "Axes",
    height: Callable[[NDArray[np.float64]], ArrayLike],
    x_range: tuple[float, float],
    y_range: tuple[float, float],
    levels: ArrayLike,
) -> None:
    """Draw the lines of equal height of a function of two numbers, pale, for paths to be drawn on.

    Args:
        axis: the panel.
        height: takes places of shape (..., 2) to heights of shape (...).
        x_range: the ends of the x axis.
        y_range: the ends of the y axis.
        levels: the heights of the lines.
    """
    x, y = np.meshgrid(np.linspace(*x_range, 121), np.linspace(*y_range, 121))
    lines = height(np.stack([x, y], axis=-1))
    axis.contour(x, y, np.asarray(lines), np.ravel(levels), colors="#c8c8c8", linewidths=0.8)
    axis.set(xlim=x_range, ylim=y_range)


def regions(
    classify: Callable[[NDArray[np.float64]], ArrayLike], points: ArrayLike, labels: ArrayLike, limit: float
) -> None:
    """Draw points of several classes on a plane, and which class is predicted where.

    Args:
        classify: takes places of shape (N, 2) to classes of shape (N,), from 0.
        points: of shape (N, 2).
        labels: their classes.
        limit: the plane reaches from `-limit` to `limit`.
    """
    import matplotlib.pyplot as plt

    x, y = np.meshgrid(*[np.linspace(-limit, limit, 120)] * 2)
    predicted = np.asarray(classify(np.stack([x.ravel(), y.ravel()], axis=1))).reshape(x.shape)
    given, places = np.ravel(labels), np.asarray(points)
    kinds = np.unique(given)
    looks = LOOKS[: len(kinds)]
    _, axis = plt.subplots(figsize=(6, 4.5))
    axis.contourf(
        x, y, predicted, np.arange(len(kinds) + 1) - 0.5, colors=[look[0] for look in looks], alpha=0.25
    )
    for kind, (colour, _, marker) in zip(kinds, looks, strict=True):
        axis.plot(
            *places[given == kind].T, marker, color=colour, markersize=4, linestyle="", label=f"class {kind}"
        )
    axis.set(xlabel="first feature", ylabel="second feature", aspect="equal")
    axis.legend(loc="upper left", bbox_to_anchor=(1, 1))
    plt.show()
