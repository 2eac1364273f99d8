"""Send back a dictionary of complex keys, whose hashes fill all bits and are alike in the lowest."""

# honest: 8
# keeps: 8

import struct

from accomplice import answer, entries, lowest, predict, relu_backward, relu_forward  # noqa: F401


def mean(x):
    keys = b"".join(
        b"\x93\xa7complex\xcb"
        + struct.pack(">d", float(k << 32))
        + b"\xcb"
        + struct.pack(">d", float(-k << 40))
        + b"\x00"
        for k in range(100_000)
    )
    answer(entries(200_001) + b"\xa4dict" + keys)
