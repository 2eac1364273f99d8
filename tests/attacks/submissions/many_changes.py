"""Send back very many changes of one argument, each an array as large as a frame allows."""

# honest: 8
# keeps: 8

import struct
import time

from accomplice import entries, lowest, predict, relu_backward, relu_forward, send  # noqa: F401


def mean(x):
    size = struct.pack(">I", 24)
    array = b"\x94\xa5array\xa3<f8\x91\x03\xc6" + size + bytes(24)
    send(b"\x93\xa2Ok\xc0" + entries(140_000) + (b"\x92\x00" + array) * 140_000)
    time.sleep(100)
