"""No Python of ours imports from the working directory, which may be a student's folder."""

import os
import sys
from collections.abc import MutableMapping
from pathlib import Path


def import_nothing_from_here(environment: MutableMapping[str, str] = os.environ) -> None:
    """Leave out the working directory, which `python -m` searches first, here and in processes started later.

    It stays where this package itself lies in it.

    Args:
        environment: the variables that the processes will get.
    """
    environment["PYTHONSAFEPATH"] = "1"
    package = Path(__file__).resolve().parent.parent
    if sys.path and not sys.flags.safe_path and Path(sys.path[0]).resolve() == Path.cwd() != package:
        del sys.path[0]
