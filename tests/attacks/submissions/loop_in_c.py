"""Compute in C what no signal handler of Python interrupts."""


def mean(x):
    return 9**9**9
