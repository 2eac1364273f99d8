"""One BLAS thread in each process: several threads spin while they wait, which costs CPU time."""

import os
from collections.abc import MutableMapping

#: Each BLAS library that NumPy may be linked with reads one of these variables when it is loaded.
ONE_THREAD = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
}


def use_one_thread(environment: MutableMapping[str, str] = os.environ) -> None:
    """Have this process, and those that it starts, compute with one thread.

    A process that has imported NumPy already keeps its threads; those that it starts from now on have one.

    Args:
        environment: the variables to set.
    """
    environment.update(ONE_THREAD)
