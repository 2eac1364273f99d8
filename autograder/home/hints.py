"""Hints on known mistakes, each locked with the wrong answers that the mistake gives.

`autograder build` writes `hints.json` (`autograder/hints/`). A wrong answer's digest opens a lock, which
gives the key of a hint. Who does not make the mistake has no such answer, and finds no hint. No right answer
is in the file. An answer of one number has some 20 bits, which can be guessed: so a try costs many hashes.
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

#: Beside the checks.
FILE = "hints.json"
#: Rounds that a key is derived in (PBKDF2, RFC 8018), and bytes of a lock's name and of a key.
_ROUNDS, _NAME, _KEY = 2000, 8, 16


@dataclass(frozen=True)
class Hints:
    """What the file holds.

    Attributes:
        course: the digest of the topic of which they are true.
        hints: the texts, locked.
        locks: by their names: which text, and its key, locked with the answer.
        after: how many runs of a check must have failed before its hint is shown.
    """

    course: str
    hints: Sequence[str]
    locks: Mapping[str, str]
    after: int = 1

    def opened(self, fingerprints: Iterable[str]) -> list[str]:
        """Return the hints that these answers open, each once."""
        found: dict[str, None] = {}
        for fingerprint in fingerprints:
            name, pad = _derived(fingerprint)
            if name in self.locks:
                number, _, locked = self.locks[name].partition(":")
                key = _mixed(bytes.fromhex(locked), pad)
                found[_mixed(base64.b64decode(self.hints[int(number)]), _stream(key)).decode()] = None
        return list(found)

    def to_json(self) -> str:
        """Return the text of the file: a line for each lock, in order, so that changes are easily seen."""
        locks = dict(sorted(self.locks.items()))
        content = {"course": self.course, "after": self.after, "hints": self.hints, "locks": locks}
        return json.dumps(content, indent=0) + "\n"


def read_hints(folder: Path) -> Hints | None:
    """Return the hints beside a topic's checks; None where there are none, or they can't be read."""
    try:
        content = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return Hints(content["course"], content["hints"], content["locks"], content["after"])
    except (OSError, ValueError, KeyError, TypeError):
        return None  # a student's checks work without


def kept_hints(folder: Path, course: str) -> dict[str, str]:
    """Return the file of hints in a topic's folder as it should be, by its name; nothing where there is none.

    Args:
        folder: the topic's.
        course: the topic's digest, of which the hints should be true.
    """
    hints = read_hints(folder)
    if hints is None:
        return {}
    return {FILE: hints.to_json() if hints.course == course else "hints of this version of the topic\n"}


def locked(course: str, fingerprints: Mapping[str, str]) -> Hints:
    """Lock hints.

    Args:
        course: the topic's digest.
        fingerprints: of wrong answers; the hint for each.
    """
    texts = sorted(set(fingerprints.values()))
    keys = [hashlib.blake2b(f"{course} {text}".encode(), digest_size=_KEY).digest() for text in texts]
    hidden = [
        base64.b64encode(_mixed(text.encode(), _stream(key))).decode()
        for text, key in zip(texts, keys, strict=True)
    ]
    locks = {}
    for fingerprint, text in fingerprints.items():
        number = texts.index(text)
        name, pad = _derived(fingerprint)
        locks[name] = f"{number}:{_mixed(keys[number], pad).hex()}"
    return Hints(course, hidden, locks)


def _derived(fingerprint: str) -> tuple[str, bytes]:
    """Return the name of the lock that an answer opens, and what its key is mixed with."""
    derived = hashlib.pbkdf2_hmac("sha256", fingerprint.encode(), b"autograder hints", _ROUNDS, _NAME + _KEY)
    return derived[:_NAME].hex(), derived[_NAME:]


def _stream(key: bytes) -> bytes:
    """Return bytes to mix a text with, as many as the longest hint has."""
    blocks = (hashlib.blake2b(number.to_bytes(4), key=key).digest() for number in range(16))
    return b"".join(blocks)


def _mixed(some: bytes, others: bytes) -> bytes:
    """Return the exclusive or of bytes, as many as there are of the first."""
    if len(some) > len(others):
        raise ValueError("a hint is too long to be locked")
    return bytes(a ^ b for a, b in zip(some, others, strict=False))
