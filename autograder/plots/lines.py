"""Figures of lines: curves of a loss, and whatever else depends on one number."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from autograder.plots.colours import GREY, LOOKS

if TYPE_CHECKING:
    from matplotlib.axes import Axes


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
    if len(lines) > 1:
        panel.legend()
    if axis is None:
        plt.show()
