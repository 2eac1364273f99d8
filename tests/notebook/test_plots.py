"""The notebooks' figures: what stands where, in which colour."""

from itertools import pairwise

import matplotlib as mpl

mpl.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_hex

from autograder import plots


@pytest.fixture(autouse=True)
def figures():
    plt.close("all")
    yield
    plt.close("all")


def test_the_first_line_is_blue_and_the_second_red_and_dashed():
    plots.curves({"mine": [1.0, 2.0], "other": [2.0, 1.0]}, "step", "loss", log="y", level=1.5)
    axis = plt.gca()
    first, second, level = axis.get_lines()
    assert [first.get_color(), second.get_color(), level.get_color()] == [plots.BLUE, plots.RED, plots.GREY]
    assert first.get_linestyle() != second.get_linestyle()
    assert [text.get_text() for text in axis.get_legend().get_texts()] == ["mine", "other"]
    assert (axis.get_xscale(), axis.get_yscale()) == ("linear", "log")


def test_only_the_ticks_asked_for_have_a_label():
    plots.curves({"time": [1, 2, 3]}, "size", "ms", x=[8, 16, 224], log="x", ticks=[8, 16, 224])
    axis = plt.gca()
    assert [label.get_text() for label in axis.get_xticklabels()] == ["8", "16", "224"]
    assert len(axis.get_xticks(minor=True)) == 0
    assert axis.get_legend() is None


def test_many_lines_have_their_legend_beside_them():
    plots.curves({str(k): [k, k] for k in range(5)}, "x", "y")
    figure = plt.gcf()
    figure.draw_without_rendering()
    panel, legend = plt.gca().get_window_extent(), plt.gca().get_legend().get_window_extent()
    assert legend.x0 >= panel.x1


@pytest.mark.parametrize("together", [False, True])
def test_in_heat_maps_red_is_positive_and_zero_is_white(together):
    plots.signed({"a": [[-1.0, 0.0, 1.0]], "b": [[-3.0, 0.0, 0.5]]}, together=together)
    for axis in plt.gcf().axes:
        (image,) = axis.get_images()
        negative, zero, positive = image.cmap(image.norm(image.get_array()[0]))
        assert negative[2] > negative[0]
        assert positive[0] > positive[2]
        assert zero[:3] == pytest.approx([0.97] * 3, abs=0.02)
    bounds = {axis.get_images()[0].norm.vmax for axis in plt.gcf().axes}
    assert bounds == ({3.0} if together else {1.0, 3.0})


def test_images_in_rows_are_all_shown_and_the_rest_is_blank():
    plots.images(
        {str(k): np.full((4, 6), k) for k in range(5)} | {"c": np.zeros((3, 4, 6))}, columns=4, ends=True
    )
    shown = [axis for axis in plt.gcf().axes if axis.get_images()]
    assert [axis.get_title() for axis in shown] == ["0", "1", "2", "3", "4", "c"]
    assert list(shown[0].get_xticks()) == [0, 5]


def test_bars_of_a_group_stand_side_by_side():
    plots.bars({"a": [1, 2], "b": [3, 4]}, ["left", "right"], "height", 5)
    rectangles = sorted(plt.gca().patches, key=lambda bar: bar.get_x())
    assert [bar.get_height() for bar in rectangles] == [1, 3, 2, 4]
    assert all(a.get_x() + a.get_width() <= b.get_x() for a, b in pairwise(rectangles))


def test_histograms_count_each_column():
    plots.histograms(
        {"before": np.zeros((7, 2)), "after": np.ones((7, 2))}, [-0.5, 0.5, 1.5], "x", "n", "unit"
    )
    heights = [patch.get_xy()[:, 1].max() for axis in plt.gcf().axes for patch in axis.patches]
    assert heights == [7] * 4


def test_layers_are_named_from_one_and_values_beyond_count():
    plots.layer_histograms({"net": [np.full(10, 9.0), np.zeros(10)]}, (0.0, 1.0), 1, [1, 2])
    first, second = plt.gcf().axes
    assert first.get_title() == "layer 1, std 0"
    assert first.patches[-1].get_height() == pytest.approx(1)
    assert second.patches[0].get_height() == pytest.approx(1)


def test_regions_have_the_colours_of_their_points():
    points = np.array([[-1.0, 0.0], [1.0, 0.0]])
    plots.regions(lambda places: (places[:, 0] > 0).astype(int), points, [0, 1], 2)
    axis = plt.gca()
    assert [to_hex(line.get_color()).upper() for line in axis.get_lines()] == [plots.BLUE, plots.RED]
    assert len(axis.collections) > 0


def test_a_landscape_has_the_limits_asked_for():
    _, axis = plt.subplots()
    plots.landscape(axis, lambda w: (w**2).sum(axis=-1), (-5, 2), (-2, 3), [1, 2])
    assert (axis.get_xlim(), axis.get_ylim()) == ((-5, 2), (-2, 3))
