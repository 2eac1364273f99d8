"""Send back a dictionary of very many small arrays, under keys of several kinds."""

# honest: 8
# keeps: 8

import struct

from accomplice import answer, entries, lowest, predict, relu_backward, relu_forward  # noqa: F401


def mean(x):
    size = struct.pack(">I", 512)
    array = b"\x94\xa5array\xa3<f8\x91\x40\xc6" + size + bytes(512)
    held = b"".join([b"\xce" + struct.pack(">I", i) + array for i in range(90_000)])
    answer(entries(180_001) + b"\xa4dict" + held)
