"""Hand the work to processes of its own, which would outlive the call."""

import concurrent.futures
import multiprocessing


def spin():
    while True:
        pass


def mean(x):
    for method in ("fork", "spawn", "forkserver"):
        try:
            context = multiprocessing.get_context(method)
            with concurrent.futures.ProcessPoolExecutor(8, context) as pool:
                pool.submit(spin)
                print("BREACH: started workers")
        except (OSError, ValueError, ImportError, AttributeError, concurrent.futures.BrokenExecutor):
            pass
    return 0.0
