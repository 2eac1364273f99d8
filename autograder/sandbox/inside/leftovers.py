"""What students leave in that asks somebody at a keyboard: there is none, so it does nothing, or says so."""

import builtins
import sys
from typing import Any, NoReturn


def expect_nobody() -> None:
    """Make what asks a person inert; `exit`, `quit` and `input` do as at home, with nobody there.

    `help`, `exit` and `quit` are made by `site`, which the sandbox starts without.
    """
    sys.breakpointhook = _nothing
    vars(builtins).update(help=_nothing, exit=_leave, quit=_leave, input=_no_answer)


def leave_debuggers_out() -> None:
    """Make the debugger inert where it is called by name."""
    import pdb

    vars(pdb)["set_trace"] = _nothing
    for name in ("set_trace", "interaction"):
        setattr(pdb.Pdb, name, _nothing)


def _nothing(*_: Any, **__: Any) -> None:
    """Do nothing."""


def _leave(code: Any = None) -> NoReturn:
    """End the program, as `sys.exit` does."""
    raise SystemExit(code)


def _no_answer(prompt: object = "") -> NoReturn:
    """Print the prompt, as ever, and find that nothing will be typed."""
    print(prompt, end="")
    raise EOFError("nobody is there to answer input() when the work is graded; take it out")
