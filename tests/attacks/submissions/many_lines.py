"""Send back an exception that went through very many lines, in functions of long names."""

# honest: 8
# keeps: 8

import time

from accomplice import entries, lowest, predict, relu_backward, relu_forward, send  # noqa: F401


def mean(x):
    frame = b"\x92\x01\xd9\xff" + b"f" * 255
    text = b"\xa1x" + entries(200_000) + frame * 200_000 + b"\xc0"
    send(b"\x96\xa5Error\xaaValueError\x91\xaaValueError" + text)
    time.sleep(100)
