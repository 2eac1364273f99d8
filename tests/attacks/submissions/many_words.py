"""Send back a list of very many different texts."""

# honest: 8
# keeps: 8

from accomplice import answer, entries, lowest, predict, relu_backward, relu_forward  # noqa: F401


def mean(x):
    words = b"".join([b"\xa6%06d" % i for i in range(300_000)])
    answer(entries(300_001) + b"\xa4list" + words)
