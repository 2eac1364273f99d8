"""How far an answer of a submission's is that of a known mistake, and how much that says."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from autograder.answers.flat import Floats
from autograder.answers.parts import Part
from autograder.proxy.entries import TOLERANCE, Entry, rounding_share

#: The weight that names a mistake. A number such as 0.7236, which the mistake gives and the right function
#: does not, has it; a number that comes up by itself, such as 0, 2 or inf, has less.
ENOUGH: Final = 2.0
_SIMPLE: Final = 0.5
#: What all simple numbers of one part weigh together at most, and all zeros and holes.
_MOST_SIMPLE, _MOST_EMPTY = 1.5, 1.0
#: An answer is the mistake's and not the right one where it is so many times nearer to the former.
_NEARER = 10
#: Two random masks are compared where both let pass at least so many of the entries that are kept.
_LEAST_PASSING = 3
#: Standard deviations by which the shares that two random masks drop may differ.
_DEVIATIONS = 5


def agreement(found: Entry, known: Entry, right: Entry | None, drawn: bool) -> float | None:
    """Return how much it says that a submission answered as a known mistake does; None where it did not.

    Only numbers that are finite in both answers are compared: one mistake, written in two ways, may give nan
    here and inf there.

    Args:
        found: the submission's answer.
        known: the mistake's.
        right: that of the reference to the same call; what is the same as in it says nothing.
        drawn: whether the function draws random numbers. Then what both masks let pass is compared.
    """
    if found.raised or known.raised:
        return _of_exceptions(found, known, right)
    if _promised_words(found) != _promised_words(known):
        return None
    largest = max(found.largest, known.largest, right.largest if right else 0.0)
    # Words that only the submission has otherwise than the reference are no evidence for the mistake.
    weight = 0.0 if right is None or right.words in (found.words, known.words) else _SIMPLE
    comparable = 0
    for one, other in _pairs(found, known):
        if one is None or other is None:
            return None
        same = _same(one, other, largest, drawn)
        if same is False:
            return None
        comparable += _comparable(one, other)
        if same:
            weight += _weight(one, other, right.by_path.get(one.path) if right else None, drawn)
    return weight if comparable or not found.parts else None


def _of_exceptions(found: Entry, known: Entry, right: Entry | None) -> float | None:
    if not (found.raised and known.raised):
        return None
    if right is not None and right.raised:
        return 0.0 if found.form == known.form else None
    same_type = found.form.partition(":")[0] == known.form.partition(":")[0]
    return _MOST_SIMPLE if found.form == known.form else _SIMPLE if same_type else None


def _pairs(found: Entry, known: Entry) -> Iterator[tuple[Part | None, Part | None]]:
    """Yield the parts that stand at the same place; those of one answer alone where that may not be.

    Keys of a dictionary are left to the student, and so is what becomes of arguments that may be overwritten.
    """
    for path in dict.fromkeys([*found.by_path, *known.by_path]):
        one, other = found.by_path.get(path), known.by_path.get(path)
        if (one and other) or not _is_the_students(path):
            yield one, other


def _promised_words(entry: Entry) -> set[str]:
    return {word for word in entry.words if not _is_the_students(word.partition("=")[0])}


def _is_the_students(path: str) -> bool:
    return path.startswith("~") or "/" in path


def _same(one: Part, other: Part, largest: float, drawn: bool) -> bool | None:
    """Whether two parts are the same as far as can be seen; None where rounding errors hide it."""
    if one.size != other.size or one.shape != other.shape:
        return False
    if one.finite == one.size == other.finite:
        gap = one.distance(other)
        if gap <= TOLERANCE:
            return True
        if gap <= rounding_share(one, other, largest):
            return None
        if drawn and _same_but_for_the_mask(one, other):
            return True
        return None if one.path.startswith("~") and "/" not in one.path else False
    both = np.isfinite(one.places) & np.isfinite(other.places)
    return bool(_close(one.places, other.places)[both].all())


def _comparable(one: Part, other: Part) -> bool:
    """Whether most places are finite in both or in neither."""
    finite = np.isfinite(one.places), np.isfinite(other.places)
    return bool(np.mean(finite[0] == finite[1]) >= 0.5) if one.size else True


def _close(one: Floats, other: Floats) -> np.ndarray:
    """Return at which places two parts are the same; a nan and an inf are, since neither is a number."""
    with np.errstate(invalid="ignore"):
        scale = max(_largest(one), _largest(other))
        return (np.abs(one - other) <= TOLERANCE * scale) | ~(np.isfinite(one) | np.isfinite(other))


def _largest(values: Floats) -> float:
    return float(np.max(np.abs(values[np.isfinite(values)]), initial=0.0))


def _same_but_for_the_mask(one: Part, other: Part) -> bool:
    """Whether two random masks drop about the same share, and what both let pass is the same."""
    passing = (one.places != 0) & (other.places != 0)
    share = (one.zeros + other.zeros) / (2 * one.size)
    spread = _DEVIATIONS * np.sqrt(2 * share * (1 - share) / one.size) + 1 / one.size
    return bool(
        0 < share < 1
        and abs(one.zeros - other.zeros) <= spread * one.size
        and np.count_nonzero(passing) >= _LEAST_PASSING
        and _close(one.places, other.places)[passing].all()
    )


def _weight(found: Part, known: Part, right: Part | None, drawn: bool) -> float:
    """Return how much it says that both answers have this part."""
    if right is None or right.size != known.size:
        return _weight_of(known.places)
    if right.shape != known.shape:
        return _MOST_SIMPLE
    if drawn and _same_but_for_the_mask(known, right):
        return 0.0
    whole = known.finite == known.size and right.finite == right.size == found.finite
    nearer = max(_NEARER * found.distance(known), ROUNDED)
    if whole and not drawn and known.distance(right) <= nearer:
        return 0.0
    wrong = ~_close(known.places, right.places)
    differing = wrong & _close(found.places, known.places)
    if drawn:
        differing &= (found.places != 0) & (known.places != 0)
    if differing.any():
        return _weight_of(known.places[differing])
    # A number beside a nan: at least both are wrong at the same place.
    both_wrong = wrong & ~_close(found.places, right.places)
    return _MOST_SIMPLE if whole else _SIMPLE if both_wrong.any() else 0.0


#: Two answers that differ by less than this share of their size are not told apart.
ROUNDED: Final = 1e-11


def _weight_of(values: Floats) -> float:
    finite = values[np.isfinite(values)]
    simple = (np.abs(finite) <= 1e4) & (np.abs(4 * finite - np.round(4 * finite)) < 1e-9)
    if not simple.all():
        return ENOUGH
    if not finite.any():
        return _MOST_EMPTY
    return min(_MOST_SIMPLE, _SIMPLE * np.unique(finite).size)
