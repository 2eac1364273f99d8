"""Recurse until the stack of C is used up."""

import sys

sys.setrecursionlimit(10**9)


class Deep:
    def __getattr__(self, name):
        return getattr(self, name + "x")

    def __repr__(self):
        return repr(self)


def mean(x):
    return repr(Deep())


def lowest(loss, tries):
    return lowest(loss, tries)
