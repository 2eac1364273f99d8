"""Import the grader, pytest and the solutions, wherever they may be."""

import sys

sys.path += ["@REPOSITORY@", "@COURSE@/solutions/attacked", "@REPOSITORY@/.venv/lib/python3.11/site-packages"]


def mean(x):
    for name in (
        "autograder.grading.result",
        "autograder.plugin",
        "_pytest.main",
        "test_attacked",
        "scipy.special",
        "sklearn",
    ):
        try:
            module = __import__(name, fromlist=["x"])
            for thing in ("Grade", "SEED", "Session", "WORD", "softmax"):
                value = getattr(module, thing)
                if isinstance(value, str) or (isinstance(value, type) and value.__init__ and value.__mro__):
                    if "Absent" not in type(value).__name__:
                        print("BREACH: imported", name)
        except (ImportError, AttributeError):
            pass
    return 0.0
