"""Take memory in many threads at once."""

import threading

import numpy as np


def take():
    np.ones(2**27)


def mean(x):
    threads = [threading.Thread(target=take) for _ in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return 0.0
