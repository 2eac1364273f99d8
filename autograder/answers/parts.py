"""The numbers of an answer, part by part, condensed so that they can be compared and kept."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from autograder.answers.flat import MOST_PARTS, Flat, Floats, Numbers

#: Of each part so many entries are kept as they are: enough to compare it where parts of it are not finite.
PLACES = 64
#: Numbers that the fixed random weights are drawn for at once; longer arrays are taken in blocks of it.
_BLOCK = 2**14


@dataclass(frozen=True)
class Part:
    """One number or array within an answer.

    Attributes:
        path: where in the answer it stands; `~` begins an argument that was changed in place, and a `/` a key
            of a dictionary.
        size: its number of entries.
        shape: its axes, without those of length 1: where these stand is left to the student.
        finite: how many of them are finite.
        zeros: how many are zero.
        scale: the largest size of a finite entry.
        sketch: four sums of its finite entries with fixed random weights, in units of `scale`.
        holes: a digest of where it is not finite; empty where it is finite everywhere.
        places: entries at fixed places, `PLACES` at most.
    """

    path: str
    size: int
    shape: tuple[int, ...]
    finite: int
    zeros: int
    scale: float
    sketch: Floats
    holes: bytes
    places: Floats

    def distance(self, other: "Part") -> float:
        """Return by how much the finite entries differ, as a share of the larger of the two."""
        larger = max(self.scale, other.scale)
        if larger == 0.0:
            return 0.0
        gaps = self.sketch * (self.scale / larger) - other.sketch * (other.scale / larger)
        return float(np.max(np.abs(gaps)))


def parts_of(flat: Flat) -> tuple[Part, ...]:
    """Return the parts of an answer that was taken apart, so many at most."""
    return tuple(_part(path, Numbers(arrays)) for path, arrays in flat.numbers[:MOST_PARTS])


def _part(path: str, numbers: Numbers) -> Part:
    size = numbers.size
    finite, zeros, scale, holes = size, size, 0.0, hashlib.blake2b(digest_size=8)
    for block in numbers.blocks(_BLOCK):
        kinds = _kinds(block)
        holes.update(kinds.astype(np.uint8).tobytes())
        finite -= int(np.count_nonzero(kinds))
        zeros -= int(np.count_nonzero(block))
        scale = max(scale, float(np.max(np.abs(np.where(kinds, 0.0, block)), initial=0.0)))
    return Part(
        path=path,
        size=size,
        shape=numbers.shape,
        finite=finite,
        zeros=zeros,
        scale=scale,
        sketch=_project(numbers, scale),
        holes=holes.digest() if finite < size else b"",
        places=numbers.at(_places(size)),
    )


def _kinds(values: Floats) -> npt.NDArray[np.int_]:
    """Return 0 for each number that is finite, and which of the others each other one is."""
    kinds: npt.NDArray[np.int_] = np.isnan(values) + 2 * np.isposinf(values) + 3 * np.isneginf(values)
    return kinds


def _project(numbers: Numbers, scale: float) -> Floats:
    """Return four sums with fixed random weights: equal for equal values, different for different ones."""
    total, weights = np.zeros(4), _block_weights(-(-numbers.size // _BLOCK))
    for weight, block in zip(weights, numbers.blocks(_BLOCK), strict=True):
        finite = np.where(_kinds(block), 0.0, block)
        total += weight * (_weights()[:, : block.size] @ (finite / scale if scale else finite))
    return np.asarray(total / max(1.0, np.sqrt(numbers.size)), dtype=np.float64)


@lru_cache(maxsize=1)
def _weights() -> Floats:
    weights: Floats = np.random.default_rng(0).normal(size=(4, _BLOCK))
    return weights


@lru_cache(maxsize=64)
def _block_weights(count: int) -> Floats:
    return np.random.default_rng(count).normal(size=count) if count > 1 else np.ones(count)


@lru_cache(maxsize=256)
def _places(size: int) -> npt.NDArray[np.intp]:
    """Return the places of an array of that size that are kept."""
    if size <= PLACES:
        return np.arange(size)
    starts = np.linspace(0, size, PLACES + 1)
    inside = np.random.default_rng(size).uniform(size=PLACES) * np.diff(starts)
    return np.asarray(starts[:-1] + inside, dtype=np.intp)
