"""Figures of how values are spread: histograms and bars."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from autograder.plots.colours import BLUE, LOOKS


def histograms(panels: Mapping[str, ArrayLike], bins: ArrayLike, xlabel: str, ylabel: str, each: str) -> None:
    """Draw histograms of columns, a panel for each array.

    Args:
        panels: by title, arrays of shape (N, K).
        bins: the edges of the bars.
        xlabel: what the values are.
        ylabel: what is counted.
        each: what a column is, in a word.
    """
    import matplotlib.pyplot as plt

    _, axes = plt.subplots(1, len(panels), figsize=(9, 3), sharey=True)
    for axis, (title, values) in zip(axes, panels.items(), strict=True):
        for number, (column, look) in enumerate(zip(np.asarray(values).T, LOOKS, strict=False)):
            colour, line, _ = look
            axis.hist(
                column,
                np.ravel(bins),
                histtype="step",
                linestyle=line,
                color=colour,
                linewidth=1.5,
                label=f"{each} {number}",
            )
        axis.set(xlabel=xlabel, title=title)
    axes[0].set_ylabel(ylabel)
    axes[0].legend()
    plt.show()


def layer_histograms(
    nets: Mapping[str, Sequence[NDArray[Any]]], limits: tuple[float, float], top: float, shown: Sequence[int]
) -> None:
    """Draw how the activations of some layers are spread, a row for each net.

    Args:
        nets: by name, the activations of each layer.
        limits: the ends of the x axis; values beyond count in the first and the last bar.
        top: the share at which the y axis ends.
        shown: which layers, from 1.
    """
    import matplotlib.pyplot as plt

    _, axes = plt.subplots(len(nets), len(shown), figsize=(9.5, 1.75 * len(nets)), sharex=True, squeeze=False)
    for row, (name, layers) in zip(axes, nets.items(), strict=True):
        for axis, layer in zip(row, shown, strict=True):
            values = np.clip(layers[layer - 1].ravel(), *limits)
            axis.hist(
                values, bins=41, range=limits, weights=np.full(values.size, 1 / values.size), color=BLUE
            )
            axis.set(ylim=(0, top), yticks=[0, top])
            axis.set_title(f"layer {layer}, std {layers[layer - 1].std():.2g}", fontsize=9)
        row[0].set_ylabel(f"{name}\n\nshare", fontsize=9)
    for axis in axes[-1]:
        axis.set_xlabel("activation")
    plt.show()


def bars(groups: Mapping[str, Sequence[float]], places: Sequence[str], ylabel: str, top: float) -> None:
    """Draw groups of bars side by side.

    Args:
        groups: the heights of a colour's bars, by its name.
        places: what stands below each group.
        ylabel: what is up.
        top: where the y axis ends.
    """
    import matplotlib.pyplot as plt

    _, axis = plt.subplots()
    width = 0.8 / len(groups)
    middle = np.arange(len(places))
    for number, ((name, heights), (colour, _, _)) in enumerate(zip(groups.items(), LOOKS, strict=False)):
        shift = (number - (len(groups) - 1) / 2) * width
        axis.bar(middle + shift, heights, 0.95 * width, color=colour, label=name)
    axis.set(xticks=middle, xticklabels=places, ylabel=ylabel, ylim=(0, top))
    axis.legend(ncols=2, loc="upper center")
    plt.show()
