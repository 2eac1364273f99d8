"""Return very many values at once, to be told one by one in the sentence about them."""

# honest: 8
# keeps: 8

from accomplice import answer, entries, lowest, predict, relu_backward, relu_forward  # noqa: F401


def mean(x):
    answer(entries(900_001) + b"\xa5tuple" + b"\xc0" * 900_000)
