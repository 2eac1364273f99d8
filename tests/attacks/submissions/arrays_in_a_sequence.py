"""Send back many arrays of bytes and one of complex numbers, to be made one of complex numbers."""

# honest: 8
# keeps: 8

import struct

from accomplice import answer, entries, lowest, predict, relu_backward, relu_forward  # noqa: F401


def mean(x):
    size = struct.pack(">I", 1_000_000)
    small = b"\x94\xa5array\xa3|i1\x91\xce" + size + b"\xc6" + size + bytes(1_000_000)
    wide = (
        b"\x94\xa5array\xa4<c16\x91\xce" + size + b"\xc6" + struct.pack(">I", 16_000_000) + bytes(16_000_000)
    )
    answer(entries(46) + b"\xa4list" + small * 44 + wide)
