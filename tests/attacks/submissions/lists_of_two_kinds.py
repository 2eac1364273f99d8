"""Send back very many lists, each of a number and a text."""

# honest: 8
# keeps: 8

from accomplice import answer, entries, lowest, predict, relu_backward, relu_forward  # noqa: F401


def mean(x):
    answer(entries(240_001) + b"\xa4list" + (b"\x93\xa4list\xcb" + bytes(8) + b"\xa1a") * 240_000)
