"""Call the check's function with very long lists that it can't use, and keep none of them oneself."""

# honest: 10
# keeps: 10

import time

from accomplice import entries, mean, predict, relu_backward, relu_forward, send  # noqa: F401


def lowest(loss, tries):
    long = entries(900_001) + b"\xa4list" + b"\x00" * 900_000
    for _ in range(300):
        send(b"\x94\xa7AskCall\x00\x91" + long + b"\x90")
    time.sleep(100)
