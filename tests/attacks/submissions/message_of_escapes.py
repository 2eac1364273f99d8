"""Send back an exception whose message is made of marks that must be escaped, and combined."""

# honest: 8
# keeps: 8

import struct
import time

from accomplice import lowest, predict, relu_backward, relu_forward, send  # noqa: F401


def mean(x):
    held = "e\u0301\u0345\u202e\x1b\x9b".encode() * 3_000_000
    text = b"\xdb" + struct.pack(">I", len(held)) + held
    send(b"\x96\xa5Error\xaaValueError\x91\xaaValueError" + text + b"\x90\xc0")
    time.sleep(100)
