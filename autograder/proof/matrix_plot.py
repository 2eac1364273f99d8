"""The matrix as a picture."""

from itertools import groupby
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from autograder.proof.matrix import Row
from autograder.proof.result import TopicProof

__all__ = ["plot_matrix"]

#: By `Cell`: from Okabe and Ito's palette, told apart by every kind of colour vision, and in grey.
_COLORS = ("#E4E4E4", "white", "#56B4E9", "#A03000")
_LABELS = ("not tried: two others caught it, or it is out of reach", "passed", "caught", "caught alone")


def plot_matrix(proof: TopicProof, rows: list[Row], path: Path) -> None:
    """Draw the checks, top to bottom, by the variants, left to right, as a PNG on white.

    The background is opaque, so that the picture reads the same on light and dark pages.

    Args:
        proof: of a topic.
        rows: its matrix.
        path: the file to write.
    """
    figure = Figure(figsize=(16, 2.2 + 0.24 * len(proof.checks)), layout="constrained", facecolor="white")
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    cells = np.array([row.cells for row in rows]).T
    axes.imshow(cells, cmap=ListedColormap(_COLORS), vmin=0, vmax=3, aspect="auto", interpolation="nearest")
    axes.set_yticks(range(len(proof.checks)), [_title(proof, check.id) for check in proof.checks], fontsize=9)
    axes.set_yticks(np.arange(len(proof.checks)) - 0.5, minor=True)
    axes.grid(axis="y", which="minor", color="#C8C8C8", linewidth=0.5)
    axes.tick_params(which="both", left=False, bottom=False, labelbottom=False)
    axes.set_title(f"{proof.topic}: which check catches what", loc="left", pad=24)
    _draw_groups(axes, rows)
    patches = [
        Patch(facecolor=c, edgecolor="#808080", label=t) for c, t in zip(_COLORS, _LABELS, strict=True)
    ]
    figure.legend(handles=patches, loc="outside lower center", ncols=4, frameon=False)
    figure.savefig(path, format="png", dpi=110, metadata={"Software": None})


def _title(proof: TopicProof, check: str) -> str:
    return f"{check.removeprefix('test_')}  {proof.kills(check)} / {proof.sole_kills(check)}"


def _draw_groups(axes: Axes, rows: list[Row]) -> None:
    """Set off the kinds of variants, with their numbers above."""
    left = 0
    for group, members in groupby(row.group for row in rows):
        width = len(list(members))
        axes.axvline(left - 0.5, color="black", linewidth=1)
        # The correct variants are few: their heading begins above them and may reach beyond.
        axes.text(left, -0.8, f"{group} ({width})", fontsize=9, rotation=0 if width > 40 else 20)
        left += width
