"""The UCI handwritten digits: 1,797 real images of 8x8 pixels, 10 classes."""

from importlib.resources import files

import numpy as np

from autograder.data.dataset import Dataset, pixel_rows
from autograder.data.orthogonal import random_orthogonal

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

    All of that is drawn from a stream of its own, a child of `rng`. Nothing is drawn from `rng` itself: the
    student's code may be handed it later, and could wind it back to where the digits were drawn.

    Args:
        rng: its children decide the order, the names and the noise.
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
    (own,) = rng.spawn(1)
    order = own.permutation(len(labels))
    names = own.permutation(labels.max() + 1)
    noisy = np.clip(images[order] + own.normal(scale=noise, size=images.shape), 0, 1)
    renamed = names[labels[order]]
    return Dataset(noisy[held_out:], renamed[held_out:]), Dataset(noisy[:held_out], renamed[:held_out])


def turned_digits(rng: np.random.Generator, *, held_out: int = 297) -> tuple[Dataset, Dataset]:
    """Return the digits as rows of pixels that cannot be recognised as those published.

    They are the parts that `split_digits` returns, turned in the space of all pixels: each row x becomes
    1/2 + (x - 1/2) Q with one random orthogonal matrix Q (64, 64) for both parts. Lengths and angles stay, so
    that a dense net learns these rows as it learns images; but no pixel is where it was, and who has brought
    along the published images, or weights that were fitted to them, finds nothing here that fits.

    Args:
        rng: its children decide the order, the names, the noise and Q.
        held_out: number of images in the second part.

    Returns:
        Training data and held-out data, whose images are (N, 64): rows around 1/2, some of whose values lie
        outside of [0, 1]. `pixel_rows` moves them as it moves images.

    Example:
        >>> train, held_out = turned_digits(np.random.default_rng(0))
        >>> train.images.shape, held_out.images.shape
        ((1500, 64), (297, 64))
    """
    parts = split_digits(rng, held_out=held_out)
    (own,) = rng.spawn(1)
    turn = random_orthogonal(parts[0].images[0].size, own)
    train, unseen = (Dataset(0.5 + pixel_rows(x, -0.5, 0.5) @ turn, y) for x, y in parts)
    return train, unseen
