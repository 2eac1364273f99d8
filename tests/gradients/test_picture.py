"""The picture shows where the two disagree."""

import numpy as np
import pytest

from autograder.gradients import check_gradient
from autograder.gradients.picture import flat


@pytest.mark.parametrize("shape", [(), (3,), (4, 5), (2, 3, 4), (2, 3, 4, 5), (2, 2, 2, 2, 2), (0, 3)])
def test_every_shape_can_be_drawn(shape):
    x = np.random.default_rng(0).normal(size=shape)
    for factor in (1, 2):
        figure = check_gradient(np.sin, x, lambda x, u, factor=factor: factor * u * np.cos(x)).plot()
        figure.canvas.draw()


def test_the_wrong_entry_stands_out():
    x = np.random.default_rng(0).normal(size=(4, 5))

    def gradient(x, upstream):
        right = upstream * np.cos(x)
        right[2, 3] += 1
        return right

    where, values, _ = check_gradient(np.sin, x, gradient).plot().axes
    shown = where.images[0].get_array()
    assert np.argwhere(shown > 0).tolist() == [[2, 3]]
    assert [collection.get_offsets().shape[0] for collection in values.collections] == [19, 1]


def test_images_are_laid_out_as_rows_of_channels():
    images = np.arange(2 * 3 * 4 * 5).reshape(2, 3, 4, 5)
    picture = flat(images)
    assert picture.shape == (2 * 4, 3 * 5)
    assert np.array_equal(picture[4:, 5:10], images[1, 1])
