"""Running an assignment's public checks at home, with a sentence on each that fails."""

import io
import traceback
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from autograder.checkspec import spec_of
from autograder.errors import UserError
from autograder.verdicts import NOT_STARTED, verdict_of

__all__ = ["assert_passes", "run_checks_at_home"]

_QUIET = (
    *("-q", "-q", "--no-header", "--no-summary", "--tb=no", "--show-capture=no"),
    *("-p", "no:cacheprovider"),
)


def run_checks_at_home(folder: Path) -> bool:
    """Run the checks in a folder on the modules beside them, and print what fails and why.

    Args:
        folder: holds `test_<topic>.py` and `<topic>.py`.

    Returns:
        Whether all checks passed.

    Raises:
        UserError: there are no checks in the folder, or they can't be read.
    """
    checks = sorted(folder.glob("test_*.py"))
    if not checks:
        raise UserError(f"there are no checks (test_*.py) in {folder}; give an assignment's folder")
    status = pytest.main([*_QUIET, *map(str, checks)], plugins=[_Explainer()])
    if status not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        raise UserError(f"the checks in {folder} can't be run; `pytest {folder}` shows why")
    return status == pytest.ExitCode.OK


def assert_passes(checks: Path | str, name: str) -> None:
    """Run one check at home; for notebooks that have a cell for each.

    Args:
        checks: the file `test_<topic>.py`, beside `<topic>.py`.
        name: of the check's function.

    Raises:
        AssertionError: it does not pass; the message says why, in the words of the check.
        UserError: there is no such check, or it can't be read.
    """
    explainer = _Explainer()
    with redirect_stdout(io.StringIO()):
        status = pytest.main([*_QUIET, f"{checks}::{name}"], plugins=[explainer])
    if status not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        raise UserError(f"the check {name} can't be run; `pytest {checks}` shows why")
    if status == pytest.ExitCode.TESTS_FAILED:
        raise AssertionError("\n".join(explainer.texts) or "not started: the placeholder is still there")


class _Explainer:
    """Prints, for each check that fails, which and why, in the words of the check."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> None:
        """Take down what ended a test that had been started."""
        if call.excinfo is None or not isinstance(item, pytest.Function):
            return
        error, module = call.excinfo.value, item.path.name.removeprefix("test_")
        if verdict_of(error) != NOT_STARTED:
            case = item.name.partition("[")[2].rstrip("]")
            title = f"{spec_of(item).title} [{case}]" if case else spec_of(item).title
            self.texts.append(f"{title}\n  {_sentence(error, module)}\n")

    @pytest.hookimpl(tryfirst=True)
    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print it all, above the points."""
        if self.texts:
            terminalreporter.section("what is wrong")
        for text in self.texts:
            terminalreporter.write_line(text)


def _sentence(error: BaseException, module: str) -> str:
    if isinstance(error, AssertionError):
        return str(error).replace("\n", "\n  ")
    return f"{type(error).__name__}{_place(error, module)}: {error}"


def _place(error: BaseException, module: str) -> str:
    """Name the innermost line of the student's own file."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if Path(f.filename).name == module]
    return f" (line {frames[-1].lineno} of {module}, in {frames[-1].name})" if frames else ""
