"""The colours of all figures: those that people with any kind of sight can tell apart (Okabe and Ito)."""

BLUE, RED, GREEN = "#0072B2", "#D55E00", "#009E73"
ORANGE, PURPLE, SKY = "#E69F00", "#CC79A7", "#56B4E9"
GREY, BLACK = "#808080", "#000000"
#: Of heat maps: red is positive, blue negative.
SIGNED = "RdBu_r"
#: Colour, line and marker of the first line of a figure, the second, and so on.
LOOKS = (
    (BLUE, "-", "o"),
    (RED, "--", "s"),
    (GREEN, "-.", "^"),
    (ORANGE, ":", "v"),
    (PURPLE, "--", "D"),
    (BLACK, "-.", "x"),
    (SKY, "-", "P"),
    (GREY, ":", "*"),
)
