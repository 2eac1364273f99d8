"""Raise an exception whose message is fifty million digits, for whoever looks for numbers in it."""

# honest: 8
# keeps: 8

import struct
import time

from accomplice import lowest, predict, relu_backward, relu_forward, send  # noqa: F401


def mean(x):
    text = b"\xdb" + struct.pack(">I", 50_000_000) + b"1" * 50_000_000
    send(b"\x96\xa5Error\xaaValueError\x91\xaaValueError" + text + b"\x90\xc0")
    time.sleep(100)
