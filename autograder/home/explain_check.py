"""Running one of an assignment's public checks in this process, for the cells of its notebook."""

import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from autograder.answers import reasons
from autograder.errors import UserError
from autograder.home.places import Source
from autograder.home.sentence import sentence_of
from autograder.home.watched import answers_of

_QUIET = ("-q", "-q", "--no-header", "--no-summary", "--tb=no", "--show-capture=no", "-p", "no:cacheprovider")


def explain_check(file: Path, check: str) -> str:
    """Run one check on the module beside its file, without printing anything.

    Args:
        file: the file of checks.
        check: the name of the check's function.

    Returns:
        What is wrong, in the words of the check; empty when it passes.

    Raises:
        UserError: there is no such check, or it can't be run.
    """
    failures = _Failures()
    before = sys.modules.pop(file.stem, None)  # pytest would use any loaded module of that name instead
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        status = pytest.main([*_QUIET, "--import-mode=importlib", f"{file}::{check}"], plugins=[failures])
    sys.modules.pop(file.stem, None)
    if before is not None:
        sys.modules[file.stem] = before
    if status not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        raise UserError(f"the check {check} can't be run; `pytest {file}::{check}` shows why")
    found = reasons(failures.found)
    return "\n".join(f"{reason.names}: {reason.text}" if reason.names else reason.text for reason in found)


class _Failures:
    """Records which cases fail, and what the check says of each."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []

    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> None:
        """Record the exception that ended a case."""
        if call.excinfo is None or not isinstance(item, pytest.Function):
            return
        source = Source(item.path.with_name(item.path.name.removeprefix("test_")))
        answers = answers_of(item.funcargs.get("student"))
        sentence = sentence_of(call.excinfo.value, source, answers, placed=True)
        self.found.append((item.name.partition("[")[2].rstrip("]"), sentence))
