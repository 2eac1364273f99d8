"""Send back sixty million integers of one byte, each of which takes eight in double precision."""

# honest: 8
# keeps: 8

import struct

from accomplice import answer, lowest, predict, relu_backward, relu_forward  # noqa: F401


def mean(x):
    size = struct.pack(">I", 60_000_000)
    answer(b"\x94\xa5array\xa3|i1\x91\xce" + size + b"\xc6" + size + bytes(60_000_000))
