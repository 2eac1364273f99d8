"""Images with labels."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Dataset"]


class Dataset(NamedTuple):
    """Images and the class of each; unpacks as `images, labels = dataset`.

    Attributes:
        images: (N, H, W) grey or (N, C, H, W) colour.
        labels: (N,), integers in [0, number of classes).
    """

    images: NDArray[Any]
    labels: NDArray[np.int64]
