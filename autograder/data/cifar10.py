"""CIFAR-10, read from the folder that its own archive unpacks to. Nothing is downloaded."""

import pickle
from pathlib import Path
from typing import Any

import numpy as np

from autograder.data.dataset import Dataset
from autograder.errors import UserError

TRAINING = [f"data_batch_{number}" for number in range(1, 6)]
TEST = ["test_batch"]
SHAPE = (3, 32, 32)

# What NumPy calls to rebuild an array: taken from an array, since its home in NumPy is private and has moved.
_rebuild_array = np.empty(0).__reduce__()[0]
_ALLOWED = {
    ("numpy.core.multiarray", "_reconstruct"): _rebuild_array,
    ("numpy._core.multiarray", "_reconstruct"): _rebuild_array,
    ("numpy", "ndarray"): np.ndarray,
    ("numpy", "dtype"): np.dtype,
}


class _ArraysOnly(pickle.Unpickler):
    """An unpickler that rebuilds plain data and arrays, and refuses everything else a pickle could run."""

    def find_class(self, module: str, name: str) -> Any:
        try:
            return _ALLOWED[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"it asks for {module}.{name}") from None


def load_cifar10(folder: str | Path) -> tuple[Dataset, Dataset]:
    """Return the training and the test data of CIFAR-10.

    Source: "Learning Multiple Layers of Features from Tiny Images", 2009, chapter 3.

    Args:
        folder: the one with `data_batch_1` to `data_batch_5` and `test_batch` in it ("cifar-10-batches-py").

    Returns:
        Two datasets with images (N, 3, 32, 32) uint8 in 0..255 and labels (N,). Bytes, since the whole set as
        float64 takes 1.4 GB: divide what you use by 255.

    Raises:
        UserError: a batch is missing, or is not one.

    Example:
        >>> train, test = load_cifar10("cifar-10-batches-py")
        >>> train.images.shape[1:], train.images.dtype
        ((3, 32, 32), dtype('uint8'))
    """
    folder = Path(folder)
    return _join(folder, TRAINING), _join(folder, TEST)


def _join(folder: Path, names: list[str]) -> Dataset:
    batches = [_read_batch(folder / name) for name in names]
    images = np.concatenate([batch.images for batch in batches])
    return Dataset(images, np.concatenate([batch.labels for batch in batches]))


def _read_batch(path: Path) -> Dataset:
    try:
        with path.open("rb") as file:
            content = _ArraysOnly(file, encoding="bytes").load()
        images = np.asarray(content[b"data"]).reshape(-1, *SHAPE)
        labels = np.asarray(content[b"labels"])
        if images.dtype != np.uint8 or labels.shape != images.shape[:1] or labels.dtype.kind != "i":
            raise ValueError("its images and labels do not fit together")
    except OSError as error:
        raise UserError(
            f"cannot read {path} ({error.strerror}); load_cifar10 takes the folder cifar-10-batches-py"
        ) from error
    except Exception as error:  # a broken pickle can raise nearly anything
        raise UserError(f"{path} is not a batch of CIFAR-10: {error}") from error
    return Dataset(images, labels.astype(np.int64))
