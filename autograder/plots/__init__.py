"""The figures of the notebooks, as far as drawing them is not the exercise.

Colours mean the same everywhere. Lines, bars and points: blue is what the section is about, red what it is
compared with, grey a mark to measure by; they differ in their style as well. Heat maps: red is positive, blue
negative, white zero.
"""

from autograder.plots.colours import BLACK, BLUE, GREEN, GREY, ORANGE, PURPLE, RED, SIGNED
from autograder.plots.distributions import bars, histograms, layer_histograms
from autograder.plots.lines import curves, landscape, regions
from autograder.plots.pictures import images, signed

__all__ = [
    "BLACK",
    "BLUE",
    "GREEN",
    "GREY",
    "ORANGE",
    "PURPLE",
    "RED",
    "SIGNED",
    "bars",
    "curves",
    "histograms",
    "images",
    "landscape",
    "layer_histograms",
    "regions",
    "signed",
]
