"""Take memory until there is none."""

import numpy as np


def mean(x):
    kept = []
    while True:
        kept.append(np.ones(2**22))
