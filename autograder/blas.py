"""One thread of linear algebra in each process: several spin while they wait, which costs a lot."""

import os
from collections.abc import MutableMapping

__all__ = ["ONE_THREAD", "use_one_thread"]

#: What each of the libraries that NumPy may be linked with reads when it is loaded.
ONE_THREAD = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
}


def use_one_thread(environment: MutableMapping[str, str] = os.environ) -> None:
    """Have this process, and those that it starts, compute with one thread.

    Without effect on a process that has imported NumPy already, but not on those that it starts from now on.

    Args:
        environment: the variables to set.
    """
    environment.update(ONE_THREAD)
