"""Running the checks so that each finished case is known outside, and none is run that is known already."""

import os
from collections.abc import Callable, Generator

import pytest

from autograder.grading.helper.bounds import OUT_OF_MEMORY
from autograder.grading.helper.journal import Journal, Kind
from autograder.grading.helper.outcome import STOPPED, Known, Outcome, portable, stop
from autograder.grading.run_checks import Case, Recorder
from autograder.proxy.budget import Budget
from autograder.proxy.channel import Channel
from autograder.verdicts import StudentMemoryError

#: Numbers and arrays that are kept of a submission's failing cases, several times those of one in which every
#: function is wrong; each takes about a kilobyte.
_MOST_PARTS = 60_000


class NotingRecorder(Recorder):
    """Notes in a journal when a case begins and how it ends.

    Args:
        opened: opens a channel to the submission.
        journal: where to note it.
        known: what stands there already.
        budget: the submission's.

    Attributes:
        forgotten: the cases of which nothing is kept to be compared, since too much is kept of others.
    """

    def __init__(
        self,
        opened: Callable[[], Channel],
        journal: Journal,
        known: Known,
        budget: Budget,
    ):
        super().__init__({"": opened}, None)
        self._journal, self._known, self._budget = journal, known, budget
        self.forgotten: list[str] = []
        self._parts = sum(outcome.transcript.parts for outcome in known.ended.values())
        self._by_node: dict[str, Case] = {}

    def is_to_run(self, item: pytest.Item) -> bool:
        """Return whether nothing is known of a case; give it what is known."""
        case = self._by_node[item.nodeid] = self.case_of[item]
        known = self._known
        if case.name in known.ended:
            known.ended[case.name].fill(case, self.promises)
        elif case.name in known.stopped:
            stop(case, known.stopped[case.name])
        elif known.used_up:
            stop(case, Kind.USED_UP)
        return not (case.name in known.ended or case.name in known.stopped or known.used_up)

    def blamed(self, error: BaseException) -> BaseException:
        """Return what a case ended with; that the grader's own memory did not suffice is the student's."""
        ours = isinstance(error, MemoryError) and not isinstance(error, StudentMemoryError)
        return STOPPED[Kind.MEMORY] if ours else error

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Note that a case begins."""
        self._journal.append(Kind.BEGUN, self._by_node[nodeid].name.encode())

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, bool | None, bool | None]:
        """Note how a case ended, unless that is the machine's doing, and keep nothing else of it."""
        ran = yield
        case = self._by_node[item.nodeid]
        self._parts += case.transcript.parts
        if self._parts > _MOST_PARTS:
            self._parts -= case.transcript.parts
            case.transcript.forget_outputs()
            self.forgotten.append(case.name)
        if case.error is not None:
            case.error = portable(case.error)
        if self.failure is None:
            self._journal.append(Kind.ENDED, Outcome.of(case, self._budget).packed())
        return ran

    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Pytest itself had too little memory."""
        if isinstance(excinfo.value, MemoryError):
            os._exit(OUT_OF_MEMORY)
