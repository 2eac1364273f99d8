"""The grading seed, from which the random numbers of all checks are derived: a secret or a number."""

import zlib
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from hashlib import blake2b


class GradingSeed(ABC):
    """What the random numbers of all checks are derived from."""

    @property
    @abstractmethod
    def fingerprint(self) -> str:
        """Text that tells two seeds apart and does not give away a secret."""

    @abstractmethod
    def entropy(self, case: str) -> list[int]:
        """Return what seeds the generator of one case; it depends on no other case."""


@dataclass(frozen=True)
class NumberedSeed(GradingSeed):
    """A seed that everybody may know: at home, in tests, and with `--seed`.

    Attributes:
        number: 0 or more.
    """

    number: int

    @property
    def fingerprint(self) -> str:
        """The number, after `seed-`."""
        return f"seed-{self.number}"

    def entropy(self, case: str) -> list[int]:
        """Return the number, and a checksum of the case's name."""
        return [self.number, zlib.crc32(case.encode())]


@dataclass(frozen=True)
class SecretSeed(GradingSeed):
    """A course's secret. It is not shown by `repr`, so that no message or traceback holds it.

    Attributes:
        secret: the key of the hash that gives each case its seed; at most 64 bytes.
    """

    secret: bytes = field(repr=False)

    @property
    def fingerprint(self) -> str:
        """Sixteen hexadecimal digits of a keyed hash."""
        return blake2b(key=self.secret, digest_size=8, person=b"fingerprint").hexdigest()

    def entropy(self, case: str) -> list[int]:
        """Return a keyed hash of the case's name, as one number of 256 bits."""
        digest = blake2b(case.encode(), key=self.secret, digest_size=32, person=b"case").digest()
        return [int.from_bytes(digest)]
