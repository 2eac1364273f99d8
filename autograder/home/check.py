"""Running an assignment's public checks at home, with a sentence about each check that fails."""

import io
import sys
import traceback
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from autograder.answers import Answers, explanation, reasons, source_line, stumbled
from autograder.checkspec import CheckSpec
from autograder.course.read_checks import spec_of
from autograder.dependencies import first_make, root_of
from autograder.errors import UserError
from autograder.home.watched import answers_of
from autograder.verdicts import CheckVerdict, MissingNameError, verdict_of

_QUIET = ("-q", "-q", "--no-header", "--no-summary", "--tb=no", "--show-capture=no", "-p", "no:cacheprovider")


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
    found = reasons([(failure.case, failure.sentence) for failure in failures.found])
    return "\n".join(f"{reason.names}: {reason.text}" if reason.names else reason.text for reason in found)


@dataclass(frozen=True)
class _Failure:
    """One case that failed: its file and check, what the check said, and the verdict."""

    file: Path
    spec: CheckSpec
    case: str
    sentence: str
    verdict: CheckVerdict


class _Failures:
    """Records which tests fail, and what the check says of each."""

    def __init__(self) -> None:
        self.found: list[_Failure] = []

    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> None:
        """Record the exception that ended a test."""
        if call.excinfo is None or not isinstance(item, pytest.Function):
            return
        error, module = call.excinfo.value, item.path.name.removeprefix("test_")
        case = item.name.partition("[")[2].rstrip("]")
        answers = answers_of(item.funcargs.get("student"))
        sentence = _sentence(error, item.path.with_name(module), answers)
        failure = _Failure(item.path, spec_of(item), case, sentence, verdict_of(error))
        self.found.append(failure)


class _Explainer(_Failures):
    """Prints what is wrong with each check that fails, unless its function is not written yet."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the failures, above the points."""
        said = list(self._said())
        if said:
            terminalreporter.section("what is wrong")
        for title, sentence in said:
            terminalreporter.write_line(title)
            terminalreporter.write_line(f"  {sentence}\n".replace("\n", "\n  ").rstrip(" "))

    def _said(self) -> Iterator[tuple[str, str]]:
        """Yield the heading and the text of each reason, without checks that are not started at all."""
        by_check: dict[tuple[Path, str], list[_Failure]] = {}
        for failure in self.found:
            by_check.setdefault((failure.file, failure.spec.id), []).append(failure)
        for (file, _), cases in by_check.items():
            if all(case.verdict == CheckVerdict.NOT_STARTED for case in cases):
                continue
            spec = cases[0].spec
            root = root_of(spec, {f.spec.id: f.spec for f in self.found if f.file == file})
            if root is not None:
                yield spec.title, first_make(root)
                continue
            for reason in reasons([(case.case, case.sentence) for case in cases]):
                first = f"; here {reason.cases[0]}" if reason.alike else ""
                yield spec.title + (f" [{reason.names}{first}]" if reason.names else ""), reason.text


def _sentence(error: BaseException, file: Path, answers: Answers) -> str:
    """Return what was wrong, in the words of the check or of the student's exception."""
    text = file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""
    explained = explanation(error, answers, file.stem, text)
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).name == file.name]
    if isinstance(error, AssertionError) and frames[-1] not in own:
        return f"{explained} The check says: {error}" if explained else str(error)
    if isinstance(error, MissingNameError) or (explained and not own):
        return explained or str(error)
    place = f" (line {own[-1].lineno} of {file.name}, in {own[-1].name})" if own else ""
    if verdict_of(error) == CheckVerdict.NOT_STARTED:
        return f"Not started: the placeholder is still there{place}"
    message = str(error) or (source_line(text, own[-1].lineno or 0) if own else "")
    raised = f"{'Your code raised ' if own else ''}{type(error).__name__}{place}: {message}"
    return stumbled(error) or (f"{raised}. {explained}" if explained else raised)
