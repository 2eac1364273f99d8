"""What a topic's notebook sets up in its first cell."""

import sys
from pathlib import Path
from types import TracebackType
from typing import Any

__all__ = ["prepare_notebook"]


def prepare_notebook() -> None:
    """Let an exercise that is not written yet stop the notebook with a sentence, and give plots a style.

    The sentence names the function and the line; the stack of calls that led there would say no more.
    Figures get a white ground of their own, so that they are legible in dark themes too. Outside a notebook
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
    traceback: TracebackType | None,
    tb_offset: int | None = None,
) -> list[str]:
    """Print the sentence; IPython shows the returned lines, and goes on as after any other exception."""
    sentence = f"{_place(traceback)}{error}"
    print(sentence)
    return [sentence]


def _place(traceback: TracebackType | None) -> str:
    if traceback is None:
        return ""
    while traceback.tb_next is not None:
        traceback = traceback.tb_next
    code = traceback.tb_frame.f_code
    return f"{code.co_qualname}, line {traceback.tb_lineno} of {Path(code.co_filename).name}: "
