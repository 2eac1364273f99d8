"""Send back sixty-four megabytes of numbers that are none, each of which is looked at."""

# honest: 8
# keeps: 8

import struct

from accomplice import answer, lowest, predict, relu_backward, relu_forward  # noqa: F401


def mean(x):
    size = struct.pack(">I", 8_000_000)
    held = b"\x00\x00\x00\x00\x00\x00\xf8\x7f" * 8_000_000
    answer(b"\x94\xa5array\xa3<f8\x91\xce" + size + b"\xc6" + struct.pack(">I", 64_000_000) + held)
