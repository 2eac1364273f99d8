"""The matrix as a picture."""

from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from autograder.proof.matrix import Row
from autograder.proof.result import TopicProof

#: By `Cell`: from Okabe and Ito's palette, told apart by every kind of colour vision, and in grey.
_COLORS = ("#E4E4E4", "white", "#56B4E9", "#A03000")
#: Width of a group with few members, as a share of all.
_LEAST_SHARE = 0.06
_LABELS = ("not tried: two others caught it, or it is out of reach", "passed", "caught", "caught alone")


def plot_matrix(proof: TopicProof, groups: dict[str, list[Row]], path: Path) -> None:
    """Draw the checks, top to bottom, by the variants, left to right, as a PNG on white.

    The background is opaque, so that the picture reads the same on light and dark pages.

    Args:
        proof: of a topic.
        groups: its matrix.
        path: the file to write.
    """
    figure = Figure(figsize=(16, 2.2 + 0.24 * len(proof.checks)), layout="constrained", facecolor="white")
    least = _LEAST_SHARE * sum(len(rows) for rows in groups.values())
    widths = [max(len(rows), least) for rows in groups.values()]
    parts = figure.subplots(1, len(groups), sharey=True, squeeze=False, width_ratios=widths)[0]
    for axes, (name, rows) in zip(parts, groups.items(), strict=True):
        _draw_group(axes, name, rows)
    names = [_name(proof, check.id) for check in proof.checks]
    parts[0].set_yticks(range(len(names)), names, fontsize=9)
    figure.suptitle(f"{proof.topic}: which check catches what (how many / how many alone)", x=0.01, ha="left")
    patches = [
        Patch(facecolor=color, edgecolor="#808080", label=label)
        for color, label in zip(_COLORS, _LABELS, strict=True)
    ]
    figure.legend(handles=patches, loc="outside lower center", ncols=4, frameon=False)
    figure.savefig(path, format="png", dpi=110, metadata={"Software": None})


def _name(proof: TopicProof, check: str) -> str:
    return f"{check.removeprefix('test_')}  {proof.kills(check)} / {proof.sole_kills(check)}"


def _draw_group(axes: Axes, name: str, rows: list[Row]) -> None:
    cells = np.array([row.cells for row in rows]).T
    axes.imshow(cells, cmap=ListedColormap(_COLORS), vmin=0, vmax=3, aspect="auto", interpolation="nearest")
    axes.hlines(np.arange(len(cells) - 1) + 0.5, -0.5, len(rows) - 0.5, color="#C8C8C8", linewidth=0.5)
    axes.tick_params(left=False, bottom=False, labelbottom=False)
    axes.set_title(f"{len(rows)} {name}", loc="left", fontsize=9)
