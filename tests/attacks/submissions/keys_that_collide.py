"""Send back a dictionary whose keys all have one hash, so that making it compares each with all."""

# honest: 8
# keeps: 8

from accomplice import answer, entries, lowest, predict, relu_backward, relu_forward  # noqa: F401


def mean(x):
    prime = 2**61 - 1
    keys = b"".join(b"\x92\xa3int\xb4%#020x\x00" % (prime * (k + 1)) for k in range(30_000))
    answer(entries(60_001) + b"\xa4dict" + keys)
