"""Send back a text of fifteen million marks that stand for escapes when printed, and raise the like."""

# honest: 8
# keeps: 8

import struct

from accomplice import answer, lowest, predict, relu_backward, relu_forward  # noqa: F401


def mean(x):
    held = b"\x1b\x00\xe2\x80\xae\xed\xa0\x80" * 7_000_000
    answer(b"\xdb" + struct.pack(">I", len(held)) + held)
