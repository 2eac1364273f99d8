"""Figures of pictures: images side by side, and arrays with the sign of their entries."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from autograder.plots.colours import SIGNED

_WIDEST = 10.0


def images(
    pictures: Mapping[str, ArrayLike],
    *,
    columns: int | None = None,
    limits: tuple[float | None, float | None] = (None, None),
    ends: bool = False,
) -> None:
    """Draw images side by side.

    Args:
        pictures: by title, each of shape (H, W) in grey or (3, H, W) in colour.
        columns: how many stand in a row; all if not given.
        limits: the values that are black and white; each image's own if not given.
        ends: whether the first and the last row and column are numbered.
    """
    low, high = limits
    settings = {"cmap": "gray", "vmin": low, "vmax": high}
    _draw(pictures, columns, [settings] * len(pictures), ends)


def signed(
    arrays: Mapping[str, ArrayLike],
    *,
    columns: int | None = None,
    together: bool = False,
    axes: Sequence[str] = (),
) -> None:
    """Draw arrays as heat maps: red is positive, blue negative, white zero.

    Args:
        arrays: by title, each of shape (H, W).
        columns: how many stand in a row; all if not given.
        together: whether one scale holds for all; each has its own if not.
        axes: the names of the first and the second axis.
    """
    bounds = [max(float(np.abs(a).max()), 1e-9) for a in map(np.asarray, arrays.values())]
    if together:
        bounds = [max(bounds)] * len(bounds)
    settings = [{"cmap": SIGNED, "vmin": -bound, "vmax": bound} for bound in bounds]
    _draw(arrays, columns, settings, False, axes)


def _draw(
    pictures: Mapping[str, ArrayLike],
    columns: int | None,
    settings: Sequence[Mapping[str, Any]],
    ends: bool,
    names: Sequence[str] = (),
) -> None:
    import matplotlib.pyplot as plt

    across = columns or len(pictures)
    down = -(-len(pictures) // across)
    side = min(_WIDEST / across, 3.0)
    figure, axes = plt.subplots(down, across, figsize=(side * across, (side + 0.4) * down), squeeze=False)
    for axis in axes.flat[len(pictures) :]:
        axis.set_axis_off()
    for axis, (title, picture), own in zip(axes.flat, pictures.items(), settings, strict=False):
        shown = np.asarray(picture)
        axis.imshow(np.clip(shown, 0, 1).transpose(1, 2, 0) if shown.ndim == 3 else shown, **own)
        axis.set_title(title, fontsize=9)
        axis.spines[:].set_visible(False)
        rows, cols = shown.shape[-2:]
        axis.set(xticks=[0, cols - 1] if ends else [], yticks=[0, rows - 1] if ends else [])
    if names:
        figure.supylabel(names[0], fontsize=10)
        figure.supxlabel(names[1], fontsize=10)
    plt.show()
