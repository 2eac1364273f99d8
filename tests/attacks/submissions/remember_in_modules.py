"""Change modules, classes and defaults, hoping that the next check finds them changed."""

import builtins
import sys

import numpy as np

if hasattr(builtins, "calls") or hasattr(np, "calls") or "calls" in sys.modules:
    print("BREACH: an earlier check was here")
builtins.calls = np.calls = sys.modules["calls"] = sys


def mean(x, kept=[]):
    if kept:
        print("BREACH: called before")
    kept.append(x)
    np.seterr(all="raise")
    return 0.0
