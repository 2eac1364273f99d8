"""Send back as many texts as may be, as long as they may be among so many."""

# honest: 8
# keeps: 8

from accomplice import answer, entries, lowest, predict, relu_backward, relu_forward  # noqa: F401


def mean(x):
    answer(entries(900_001) + b"\xa4list" + (b"\xbf" + b"x" * 31) * 900_000)
