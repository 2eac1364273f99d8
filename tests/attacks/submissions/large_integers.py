"""Send back a list of integers of fourteen thousand bits."""

# honest: 8
# keeps: 8

import struct

from accomplice import answer, entries, lowest, predict, relu_backward, relu_forward  # noqa: F401


def mean(x):
    digits = b"\xda" + struct.pack(">H", 3_500) + b"0x" + b"f" * 3_498
    answer(entries(15_001) + b"\xa4list" + (b"\x92\xa3int" + digits) * 15_000)
