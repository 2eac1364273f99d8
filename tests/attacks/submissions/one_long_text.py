"""Send back one long text among empty ones: NumPy gives each the room of the longest."""

# honest: 8
# keeps: 8

import struct

from accomplice import answer, entries, lowest, predict, relu_backward, relu_forward  # noqa: F401


def mean(x):
    long = b"\xdb" + struct.pack(">I", 50_000_000) + b"x" * 50_000_000
    answer(entries(900_002) + b"\xa4list" + b"\xa0" * 900_000 + long)
