"""Running an assignment's checks in pytest, with `student` a proxy."""

import io
import os
import sys
from collections import Counter
from collections.abc import Callable, Collection, Generator, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from multiprocessing.util import get_temp_dir
from pathlib import Path
from threading import RLock
from traceback import format_exception_only

import pytest

import autograder.plugin
from autograder.answers import Answers, Promise, promises_in, stumbled
from autograder.checkspec import CheckSpec
from autograder.course.assignment import Assignment
from autograder.course.read_checks import read_checks, spec_of
from autograder.course.references import compared_with
from autograder.errors import UserError
from autograder.own_pytest import own_settings
from autograder.proxy.channel import Channel
from autograder.proxy.student import StudentProxy
from autograder.proxy.transcript import Transcript
from autograder.sandbox.process import SandboxError
from autograder.seeds import GradingSeed
from autograder.verdicts import CheckVerdict, verdict_of

#: pytest is not made to run twice at a time in one process.
_ONE_AT_A_TIME = RLock()

#: Characters of an error's message; a check may tell an answer in its own.
_LONGEST_MESSAGE = 20_000

Students = Mapping[str, Callable[[], Channel]]


@dataclass
class Case:
    """One run of a check's function: all of the check, or one of its parametrized cases.

    Attributes:
        spec: the check it belongs to.
        name: the test's name, parameters included.
        number: which of the check's cases it is, from 1.
        student: whose code it ran, a key of the students given.
        seeded: whether it draws random numbers, so that it depends on the grading seed.
        verdict: of this case.
        error: what ended it, None when it passed.
        where: file name and line of the check that raised.
        stumbled: what the check could not do with an answer, where a line of its own raised.
        message: what pytest says of the error.
        transcript: what the student's code answered.
        printed: the end of what the student's code printed.
        answers: what was asked of the student's functions, and whether they kept their promises.
    """

    spec: CheckSpec
    name: str
    number: int
    student: str
    seeded: bool = False
    verdict: CheckVerdict = CheckVerdict.PASSED
    error: BaseException | None = None
    where: str = ""
    stumbled: str = ""
    message: str = ""
    transcript: Transcript = field(default_factory=Transcript)
    printed: bytes = b""
    answers: Answers = field(default_factory=lambda: Answers({}))


def run_checks(
    assignment: Assignment, students: Students, seed: GradingSeed, only: Sequence[str] | None = None
) -> list[Case]:
    """Run the checks on each student's code, every case in a fresh process.

    Args:
        assignment: whose checks.
        students: for each key, what opens a channel to that student's code.
        seed: the grading seed.
        only: names of the tests to run, None for all.

    Returns:
        One case per test and student, in the order of the file.

    Raises:
        UserError: the checks themselves can't be run.
        SandboxError: the machine failed.
    """
    return record(Recorder(students, None if only is None else frozenset(only)), assignment, seed)


def record(plugin: "Recorder", assignment: Assignment, seed: GradingSeed) -> list[Case]:
    """Run the checks as a recorder wants them run, and return its cases; raises as `run_checks` does."""
    plugin.handles = assignment.handles
    plugin.promises = promises_in(assignment.reference.read_text(encoding="utf-8"))
    plugin.seed = seed
    _run_pytest(assignment, plugin)
    if plugin.failure is not None:
        raise plugin.failure
    return plugin.cases


class Recorder:
    """Gives each test its student's proxy, and records how it ended."""

    seed: GradingSeed  # set by `record`
    forgets = True  # what was answered in cases that pass

    def __init__(self, students: Students, only: frozenset[str] | None):
        self.handles: Collection[str] | None = None
        self.promises: Mapping[str, Promise] = {}
        self.problems: list[str] = []
        self.failure: SandboxError | UserError | None = None
        self._students = students
        self._only = only
        self._channel: Channel | None = None
        self.case_of: dict[pytest.Item, Case] = {}

    @property
    def cases(self) -> list[Case]:
        """The cases so far, in the order of the file."""
        return list(self.case_of.values())

    def pytest_configure(self, config: pytest.Config) -> None:
        """Tell the fixtures the seed, and let pytest spend no time on tracebacks that nobody reads."""
        config.stash[autograder.plugin.SEED] = self.seed
        config.option.tbstyle = "native"

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Make one test for each student, and a case for each test."""
        counts: Counter[str] = Counter()
        try:
            tests = [(item, spec_of(item)) for item in items if isinstance(item, pytest.Function)]
        except UserError as error:  # raised here, pytest would call it an error of its own
            self.problems.append(str(error))
            items.clear()
            return
        for item, spec in tests:
            counts[spec.id] += 1
            seeded = "rng" in item.fixturenames
            for turn, student in enumerate(self.wanted_by(item.name)):
                own = _copy(item) if turn else item
                self.case_of[own] = Case(spec, item.name, counts[spec.id], student, seeded)
        items[:] = [item for item in self.in_turn() if self.is_to_run(item)]

    def wanted_by(self, test: str) -> Sequence[str]:
        """Return the students that a test is run for."""
        return list(self._students) if self._only is None or test in self._only else []

    def in_turn(self) -> list[pytest.Item]:
        """Return the tests of `case_of` as they are to run; `case_of` itself keeps the order of the file.

        Public checks come first. Their messages are the student's to word, and what code has learnt from a
        hidden check must not find its way into them.
        """
        return sorted(self.case_of, key=lambda item: self.case_of[item].spec.hidden)

    def is_to_run(self, item: pytest.Item) -> bool:
        """Return whether a case has to be run; it has not where its outcome is known already."""
        return True

    def blamed(self, error: BaseException) -> BaseException:
        """Return what a case that raised `error` is told to have ended with."""
        return error

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Record what keeps pytest from reading the checks."""
        if report.failed:
            self.problems.append(str(report.longrepr).strip().splitlines()[-1])

    @pytest.hookimpl(tryfirst=True)
    def pytest_autograder_open_student(self, item: pytest.Item) -> AbstractContextManager[StudentProxy]:
        """Return a proxy to a fresh process of this test's student."""
        return self._open(item)

    @contextmanager
    def _open(self, item: pytest.Item) -> Iterator[StudentProxy]:
        case = self.case_of[item]
        channel = self._channel = self._students[case.student]()
        name = item.path.stem.removeprefix("test_")
        case.answers = Answers(self.promises)
        try:
            with StudentProxy(
                channel,
                name,
                case.transcript,
                self.handles,
                case.answers,
                reference=lambda: autograder.plugin.Solutions(item).own,
            ) as proxy:
                yield proxy
        finally:
            case.printed = getattr(channel, "printed", b"")
            if case.verdict == CheckVerdict.PASSED and self.forgets:
                case.transcript.forget_outputs()
            else:
                case.transcript.condense()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self) -> Generator[None, None, None]:
        """End the student's process with the test: it is cleaned up while pytest does the rest."""
        try:
            return (yield)
        finally:
            if self._channel is not None:
                self._channel.close()
                self._channel = None

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Record what ended the test, if anything did."""
        report = yield
        case, raised = self.case_of[item], call.excinfo
        if raised is None or case.error is not None:
            return report
        if isinstance(raised.value, SandboxError | UserError):
            self.failure = raised.value
        case.error = self.blamed(raised.value)
        case.verdict = verdict_of(case.error)
        case.message = "".join(format_exception_only(case.error)).rstrip()[:_LONGEST_MESSAGE]
        case.where = _line_of_check(raised, item.path)
        if not isinstance(raised.value, AssertionError):
            case.stumbled = stumbled(raised.value)[:_LONGEST_MESSAGE]
        return report

    def pytest_runtest_logfinish(self) -> None:
        """Stop when the machine has failed, or the course: the rest would fail alike."""
        if self.failure is not None:
            raise pytest.exit.Exception("the machine or the course failed")


def _copy(item: pytest.Function) -> pytest.Function:
    """Return a test of its own for the same function and parameters, under the same name."""
    copied: pytest.Function = pytest.Function.from_parent(
        item.parent,
        name=item.name,
        callspec=getattr(item, "callspec", None),
        callobj=item.obj,
        fixtureinfo=item._fixtureinfo,
        originalname=item.originalname,
    )
    return copied


def _line_of_check(raised: pytest.ExceptionInfo[BaseException], path: Path) -> str:
    lines = [entry.lineno + 1 for entry in raised.traceback if Path(str(entry.path)) == path]
    return f"{path.name}:{lines[-1]}" if lines else path.name


def _run_pytest(assignment: Assignment, plugin: Recorder) -> None:
    """Run pytest over the assignment's checks, with our configuration and nobody else's."""
    read_checks(assignment.checks)  # before pytest: what is wrong with them is refused in a sentence
    compared_with(assignment)
    command = [
        *own_settings(assignment.folder),
        *("--confcutdir", str(assignment.folder.parent)),
        "--capture=no",
        str(assignment.checks),
    ]
    said = io.StringIO()
    with _ONE_AT_A_TIME, _own_process(assignment), redirect_stdout(said), redirect_stderr(said):
        # The module, not its name: to look a name up, pytest reads the entry points of all packages.
        status = pytest.main(command, plugins=[autograder.plugin, plugin])
    if plugin.problems:
        raise UserError(f"{assignment.checks.name} can't be run: {plugin.problems[0]}")
    if status in (pytest.ExitCode.INTERNAL_ERROR, pytest.ExitCode.USAGE_ERROR) and plugin.failure is None:
        last = said.getvalue().strip().splitlines()[-1:] or ["pytest says nothing"]
        raise UserError(f"{assignment.checks.name} can't be run: {last[0]}")


@contextmanager
def _own_process(assignment: Assignment) -> Iterator[None]:
    """Keep out the user's pytest settings, and modules that other sessions of pytest have left.

    The checks are compiled once per process, not once per submission, and leave no files in the course: what
    is kept is code, in a folder that goes with the process. Every session still executes it anew: pytest
    takes any module of the checks' name that is there for theirs, and such a one may be the public checks
    that a notebook has run in this process.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTEST_ADDOPTS", raising=False)
        patch.delenv("PYTEST_PLUGINS", raising=False)
        patch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
        patch.setattr(sys, "dont_write_bytecode", False)
        patch.setattr(sys, "pycache_prefix", get_temp_dir())
        patch.delitem(sys.modules, assignment.checks.stem, raising=False)
        try:
            yield
        finally:
            _forget_modules(str(assignment.folder))


def _forget_modules(folder: str) -> None:
    """Forget what was imported from the files of a folder."""
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if isinstance(file, str) and file.rpartition(os.sep)[0] == folder:
            del sys.modules[name]
