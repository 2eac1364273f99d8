"""Send very many frames that hold nothing, before and after an answer."""

# honest: 8
# keeps: 8

import struct

from accomplice import lowest, peer, predict, relu_backward, relu_forward  # noqa: F401


def mean(x):
    while True:
        peer.sendall(struct.pack(">I", 0) * 10_000)
