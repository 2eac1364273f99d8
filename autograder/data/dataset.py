"""Images with labels."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray


class Dataset(NamedTuple):
    """Images and the class of each; unpacks as `images, labels = dataset`.

    Attributes:
        images: (N, H, W) grey or (N, C, H, W) colour.
        labels: (N,), integers in [0, number of classes).

    Example:
        >>> images, labels = Dataset(np.zeros((5, 8, 8)), np.arange(5))
        >>> images.shape
        (5, 8, 8)
    """

    images: NDArray[Any]
    labels: NDArray[np.int64]


def pixel_rows(images: NDArray[Any], low: float = 0.0, high: float = 1.0) -> NDArray[np.float64]:
    """Return each image as a row of pixels, moved from [0, 1] to [low, high].

    Args:
        images: N images, of any shape, with values in [0, 1].
        low: what becomes of black.
        high: what becomes of white.

    Returns:
        Rows (N, D) of all pixels of an image.

    Example:
        >>> pixel_rows(np.array([[[0.0, 1.0], [0.5, 0.0]]]), -1, 1)
        array([[-1.,  1.,  0., -1.]])
    """
    rows: NDArray[np.float64] = low + (high - low) * images.reshape(len(images), -1)
    return rows
