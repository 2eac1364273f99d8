"""Send back a dictionary under a key of megabytes, which would stand before each name in it."""

# honest: 8
# keeps: 8

import struct

from accomplice import answer, entries, lowest, predict, relu_backward, relu_forward  # noqa: F401


def mean(x):
    inner = b"".join([b"\xa6%06d\x00" % i for i in range(3)])
    key = b"\xdb" + struct.pack(">I", 1_500_000) + b"k" * 1_500_000
    value = entries(7) + b"\xa4dict" + inner
    for _ in range(6):
        value = b"\x93\xa4dict" + key + value
    answer(value)
