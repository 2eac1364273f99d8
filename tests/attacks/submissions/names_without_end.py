"""Send questions of very many entries about the check's function, and wait for no answer."""

# honest: 10
# keeps: 10

import time

from accomplice import entries, mean, predict, relu_backward, relu_forward, send  # noqa: F401


def lowest(loss, tries):
    long = entries(900_001) + b"\xa4dict" + b"\xc0" * 900_000
    for _ in range(300):
        send(b"\x94\xaaAskSetItem\x00\x01" + long)
    time.sleep(100)
