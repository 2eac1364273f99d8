"""The student's file as it was saved last: cells must not run with code that is older than it."""

import ast
import io
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

from autograder.home.loading import problem_of
from autograder.home.places import Source
from autograder.printable import printable

_WAITS = "No cell runs until it can be executed: the notebook would use your code from before."


class SavedFile:
    """The file, and what keeps it from being executed.

    Args:
        path: of it.
    """

    def __init__(self, path: Path):
        self._path = path
        self._seen: tuple[int, int] | None = None
        self._problem = ""

    @property
    def problem(self) -> str:
        """Why it can't be executed, in a sentence; empty where it can. It is executed when it has changed."""
        state = self._state()
        if state != self._seen:
            self._seen = state
            self._problem = self._look()
        return self._problem

    def _state(self) -> tuple[int, int]:
        if not self._path.is_file():
            return (0, 0)
        stat = self._path.stat()
        return (stat.st_mtime_ns, stat.st_size)

    def _look(self) -> str:
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            found = problem_of(Source(self._path))
        if found is None:
            return ""
        line = f", line {found.place.line}" if found.place.line else ""
        source = f"\n    {printable(found.place.source.strip())}" if found.place.source.strip() else ""
        return f"{self._path.name}{line}: {printable(found.sentence)}{source}\n{_WAITS}"


class _Guard:
    """Stops cells while the saved file can't be executed; `check(...)` runs, since it says so itself.

    IPython passes it each cell's syntax tree. Reloading pauses as long: it would keep the old code, below a
    traceback of its own.
    """

    def __init__(self, saved: SavedFile, shell: Any):
        self.saved, self._shell = saved, shell
        self._reloads = False

    def before_cell(self, *_: object) -> None:
        """Let what was saved be reloaded where that can be done."""
        reloads = not self.saved.problem
        if reloads != self._reloads:
            self._reloads = reloads
            self._shell.run_line_magic("autoreload", "2" if reloads else "0")

    def visit(self, cell: ast.AST) -> ast.AST:
        """Return a cell's tree as it is, or reject it."""
        if self.saved.problem and not _is_a_check(cell):
            raise _rejection(self.saved.problem)
        return cell


def watch(saved: SavedFile, shell: Any) -> None:
    """Reload a file when it was saved, and stop cells while it can't be executed.

    Args:
        saved: the file.
        shell: IPython's, of the notebook.
    """
    for guard in shell.ast_transformers:
        if isinstance(guard, _Guard):  # the first cell runs once more
            guard.saved = saved
            return
    guard = _Guard(saved, shell)
    shell.events.register("pre_run_cell", guard.before_cell)  # before autoreload's own, which it decides on
    shell.run_line_magic("load_ext", "autoreload")
    guard.before_cell()
    shell.ast_transformers.append(guard)


def _is_a_check(cell: ast.AST) -> bool:
    """Whether a cell is nothing but a call of `check`."""
    statements = cell.body if isinstance(cell, ast.Module) else []
    calls = [statement.value for statement in statements if isinstance(statement, ast.Expr)]
    names = [call.func.id for call in calls if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)]
    return names == ["check"] and len(statements) == 1


def _rejection(sentence: str) -> Exception:
    """Return what IPython takes from who rejects a cell; it shows the sentence alone."""
    from IPython.core.error import InputRejected

    class SavedFileError(InputRejected):
        def _render_traceback_(self) -> list[str]:
            return str(self).splitlines()

    return SavedFileError(sentence)
