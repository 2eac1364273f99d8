"""An answer taken apart into its numbers and its words, each with the place where it stands.

An answer may be made to cost: it may hold millions of entries that are no array, text of megabytes as a key,
or bytes that take eight times the room as double precision. So what is kept of one answer is bounded, and
its numbers are looked at block by block.
"""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

#: Parts that are taken of one answer, and words; what comes after so many is not.
MOST_PARTS: Final = 4000
#: From so many on, arrays of one shape in a list are one part.
_MANY = 5
#: Bytes of arrays that are put together to be looked at as one.
_TOGETHER = 2**26
#: Characters of a path, of a key in it, of a word and of a form; a digest stands for what is longer.
_LONGEST_PATH, _LONGEST_KEY, _LONGEST_WORD, _LONGEST_FORM = 400, 200, 1000, 10_000

Floats = npt.NDArray[np.float64]


class Numbers:
    """The numbers at one place, as many arrays as they came in: all of one after all of the other.

    Attributes:
        size: how many there are.
        shape: of the only array, without axes of length 1; of several, how many numbers there are.
    """

    def __init__(self, arrays: Sequence[npt.NDArray[Any]]):
        flat = [array.reshape(-1) for array in arrays]
        if len(flat) > 1:
            same = len({array.dtype for array in flat}) == 1
            if sum(array.nbytes if same else 8 * array.size for array in flat) <= _TOGETHER:
                flat = [np.concatenate(flat if same else [array.astype(np.float64) for array in flat])]
        self._arrays = flat
        self.size = sum(array.size for array in flat)
        shape = arrays[0].shape if len(arrays) == 1 else (self.size,)
        self.shape = tuple(length for length in shape if length != 1)

    def blocks(self, length: int) -> Iterator[Floats]:
        """Yield them in double precision, so many at a time; the last block may be shorter."""
        held: list[Floats] = []
        missing = length
        for array in self._arrays:
            start = 0
            while start < array.size:
                piece = array[start : start + missing].astype(np.float64)
                start, missing = start + piece.size, missing - piece.size
                held.append(piece)
                if not missing:
                    yield held[0] if len(held) == 1 else np.concatenate(held)
                    held, missing = [], length
        if held:
            yield held[0] if len(held) == 1 else np.concatenate(held)

    def at(self, places: npt.NDArray[np.intp]) -> Floats:
        """Return those at some places."""
        if len(self._arrays) == 1:
            return self._arrays[0][places].astype(np.float64)
        ends = np.cumsum([array.size for array in self._arrays])
        found = np.empty(places.size)
        for i, place in enumerate(places):
            which = int(np.searchsorted(ends, place, side="right"))
            found[i] = self._arrays[which][int(place) - int(ends[which])]
        return found


class Flat:
    """What was taken of an answer.

    Attributes:
        numbers: the arrays of each part, with the part's path.
        words: texts and Nones, each with its path.
    """

    def __init__(self) -> None:
        self.numbers: list[tuple[str, list[npt.NDArray[Any]]]] = []
        self.words: list[str] = []

    def take(self, path: str, value: Any) -> str:
        """Take a value in; return a text that says all else about it."""
        path = short(path, _LONGEST_PATH)
        if isinstance(value, int) and value.bit_length() > 1000:  # more than a float64 can hold
            return self._word(path, hex(value))
        if isinstance(value, (bool, int, float, complex, np.number, np.bool_, np.ndarray)):
            array = np.asarray(value)
            self.numbers.append((path, _reals(array)))
            return "number" if array.size == 1 else f"array{array.shape}"
        if isinstance(value, dict):
            return self._named(path, value)
        if isinstance(value, (list, tuple)):
            return self._several(path, value)
        return self._word(path, repr(value)) if isinstance(value, (str, type(None))) else "object"

    def is_full(self) -> bool:
        """Whether no more is taken."""
        return len(self.numbers) > MOST_PARTS or len(self.words) > MOST_PARTS

    def _named(self, path: str, value: dict[Any, Any]) -> str:
        inner = []
        for name, key in sorted(((repr(key), key) for key in value), key=lambda pair: pair[0]):
            if self.is_full():
                break
            said = short(name, _LONGEST_KEY)
            inner.append(f"{said},{self.take(f'{path}/{said}', value[key])}")
        return _form(inner)

    def _several(self, path: str, values: Sequence[Any]) -> str:
        if values and all(map(_is_plain, values)):
            self.numbers.append((path, [np.array([float(v) for v in values])]))
            return _form(["number"] * len(values))
        inner = Flat()
        forms: list[str] = []
        alike = True
        for i, value in enumerate(values):
            forms.append(inner.take(f"{path}.{i}", value))
            alike = alike and forms[-1] == forms[0] and len(inner.numbers) == len(forms)
            if len(inner.words) > MOST_PARTS or (not alike and inner.is_full()):
                break
        # A list of numbers is one part, as an array is; and so are the many outputs of one function.
        if forms and alike and (forms[0] == "number" or len(forms) >= _MANY):
            self.numbers.append((path, [array for _, arrays in inner.numbers for array in arrays]))
        else:
            self.numbers += inner.numbers
        self.words += inner.words
        return _form(forms)

    def _word(self, path: str, text: str) -> str:
        text = short(text, _LONGEST_WORD)
        self.words.append(f"{path}={text}")
        return text


def short(text: str, longest: int) -> str:
    """Return a text that is not longer: of a longer one the beginning, and a digest of it all."""
    if len(text) <= longest:
        return text
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return f"{text[: longest - 33]}#{digest}"


def _form(forms: Sequence[str]) -> str:
    return short(f"[{','.join(forms)}]", _LONGEST_FORM)


def _is_plain(value: Any) -> bool:
    """Whether a value is one real number that double precision holds, more or less."""
    if isinstance(value, int):
        return value.bit_length() <= 1000
    return isinstance(value, (float, np.floating, np.integer, np.bool_))


def _reals(array: npt.NDArray[Any]) -> list[npt.NDArray[Any]]:
    return [array.real, array.imag] if np.iscomplexobj(array) else [array]
