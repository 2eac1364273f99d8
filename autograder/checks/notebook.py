"""What the cells of a topic's notebook call: for its looks, and to run a check."""

import os
import sys
from pathlib import Path
from traceback import walk_tb
from types import TracebackType
from typing import Any

from autograder.home.explain_check import explain_check


class CheckFailedError(Exception):
    """A check failed; the message is its feedback."""

    def _render_traceback_(self) -> list[str]:
        """Return what a notebook shows: the feedback alone; our own lines would say no more."""
        return str(self).splitlines()


def run_check(name: str) -> None:
    """Run one check on the module beside the notebook, and say that it passed.

    Args:
        name: as pytest names it, such as `test_losses.py::test_softmax_loss`.

    Raises:
        CheckFailedError: it failed; says why.
        UserError: there is no such check.
    """
    _refuse_to_be_graded()
    file, _, function = name.partition("::")
    why = explain_check(Path(file), function)
    if why:
        raise CheckFailedError(why)
    print("Passed.")


def hidden_check() -> None:
    """Stand for a check that students don't have."""
    _refuse_to_be_graded()
    print("This check is hidden: it runs when your work is graded.")


def _refuse_to_be_graded() -> None:
    """Give no points where nbgrader runs the notebook itself, without this course's settings."""
    if os.environ.get("NBGRADER_EXECUTION") == "autograde":
        raise RuntimeError("this notebook is graded without being run; use the course's nbgrader_config.py")


def prepare_notebook() -> None:
    """Let an exercise that is not written yet stop the notebook with a sentence, and give plots a style.

    The sentence names the function and the line; the stack of calls that led there would say no more.
    Figures get a white background, so that they are legible in dark themes too. Outside a notebook
    only the style is set.
    """
    import matplotlib.pyplot as plt

    plt.rcParams.update(
        {
            "figure.facecolor": "white",
            "figure.figsize": (8, 3.5),
            "figure.constrained_layout.use": True,
            "axes.spines.top": False,
            "axes.spines.right": False,
        }
    )
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is not None:
        shell.set_custom_exc((NotImplementedError,), _say_what_is_missing)


def _say_what_is_missing(
    shell: Any,
    kind: type[BaseException],
    error: BaseException,
    traceback: TracebackType,
    tb_offset: int | None = None,
) -> list[str]:
    """Print the sentence; IPython shows the returned lines, and goes on as after any other exception."""
    sentence = f"{_place(traceback)}{error}"
    print(sentence)
    return [sentence]


def _place(traceback: TracebackType) -> str:
    *_, (frame, line) = walk_tb(traceback)
    code = frame.f_code
    return f"{code.co_qualname}, line {line} of {Path(code.co_filename).name}: "
