"""End the process in every call, in all the ways there are."""

import os
import signal
import sys


def mean(x):
    os._exit(0)


def relu_forward(x):
    sys.exit(0)


def lowest(loss, tries):
    signal.raise_signal(signal.SIGKILL)


def predict(x):
    raise KeyboardInterrupt
