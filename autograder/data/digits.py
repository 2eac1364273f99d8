"""The UCI handwritten digits: 1,797 real images of 8x8 pixels, 10 classes."""

from importlib.resources import files

import numpy as np

from autograder.data.dataset import Dataset

# The file keeps the 17 grey levels as bytes: those of scikit-learn's `load_digits()`, cast to uint8.
WHITE = 16


def load_digits() -> Dataset:
    """Return the digits: images (1797, 8, 8) float64 in [0, 1], labels (1797,).

    Source: UCI Machine Learning Repository, "Optical Recognition of Handwritten Digits" (1998), CC BY 4.0;
    see LICENSE-digits.txt beside this file.

    Example:
        >>> images, labels = load_digits()
        >>> images.shape, labels.shape
        ((1797, 8, 8), (1797,))
    """
    with (files("autograder.data") / "digits.npz").open("rb") as file, np.load(file) as arrays:
        return Dataset(arrays["images"] / WHITE, arrays["labels"].astype(np.int64))


def split_digits(
    rng: np.random.Generator, *, held_out: int = 297, noise: float = 0.02
) -> tuple[Dataset, Dataset]:
    """Return the digits as training and held-out data that cannot be looked up.

    The images are shuffled, the names of the classes are permuted, and a little noise is added, in both
    parts alike: who knows the published data by heart knows neither these images nor their labels.

    Args:
        rng: decides the order, the names and the noise.
        held_out: number of images in the second part.
        noise: standard deviation of the noise, on the scale of the images; the result is clipped to [0, 1].

    Returns:
        Training data (1797 - held_out images) and held-out data.

    Example:
        >>> train, held_out = split_digits(np.random.default_rng(0), held_out=300)
        >>> len(train.labels), len(held_out.labels)
        (1497, 300)
    """
    images, labels = load_digits()
    order = rng.permutation(len(labels))
    names = rng.permutation(labels.max() + 1)
    noisy = np.clip(images[order] + rng.normal(scale=noise, size=images.shape), 0, 1)
    renamed = names[labels[order]]
    return Dataset(noisy[held_out:], renamed[held_out:]), Dataset(noisy[:held_out], renamed[:held_out])
