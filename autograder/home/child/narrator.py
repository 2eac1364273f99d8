"""A plugin of pytest's that chooses the cases to run and tells how each ends."""

import linecache
import traceback
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from fractions import Fraction
from functools import cached_property
from pathlib import Path

import pytest

from autograder.checkspec import CheckSpec
from autograder.course.mentions import mentions_in
from autograder.course.read_checks import read_checks
from autograder.dependencies import root_of
from autograder.home.calls import Calls, in_words
from autograder.home.child.job import Job
from autograder.home.events import Begun, Ended, Event, Interrupted, Place, Planned, Refused
from autograder.home.failing import failing_call, failing_function, raising_call
from autograder.home.fingerprints import fingerprints
from autograder.home.nonfinite import first_not_finite
from autograder.home.origins import Trail
from autograder.home.places import Source
from autograder.home.selection import asks_for
from autograder.home.sentence import sentence_of
from autograder.home.swapped import in_place_of_another
from autograder.home.uphill import rising_losses, uphill_step
from autograder.home.watched import answers_of, calls_of
from autograder.verdicts import CheckVerdict, MissingNameError, verdict_of


class Narrator:
    """Tells what happens.

    Args:
        job: which cases to run.
        source: the student's file.
        tell: tells an event.
    """

    def __init__(self, job: Job, source: Source, tell: Callable[[Event], None]):
        self._job, self._source, self._tell = job, source, tell
        self._failed: dict[str, CheckSpec] = {}
        self._specs = {spec.id: spec for spec in read_checks(Path(job.checks))}
        self._ended: dict[str, Ended] = {}
        self._cases: Counter[str] = Counter()

    @pytest.hookimpl(wrapper=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> Generator[None]:
        """Leave out what is not asked for, and what has run already."""
        self._cases.update(item.originalname for item in items if isinstance(item, pytest.Function))
        yield  # pytest looks for the keyword
        wanted = [item for item in items if isinstance(item, pytest.Function) and self._is_wanted(item)]
        if not wanted:
            self._tell(Refused(self._nothing()))
        self._tell(Planned([item.nodeid for item in wanted]))
        items[:] = [item for item in wanted if item.nodeid not in self._job.finished]

    def _nothing(self) -> str:
        """Say why nothing is to run."""
        names, keyword = self._job.names, self._job.keyword
        written = [name for name in names if name in self._source.written]
        if written and len(written) == len(names) and not keyword:
            return (
                f"no public check looks at {' or '.join(written)}; when the work is graded, hidden ones may"
            )
        asked = " ".join([*names, *([f"-k {keyword}"] if keyword else [])])
        return f"no check fits {asked}; the checks and functions are listed in README.md"

    def _is_wanted(self, item: pytest.Function) -> bool:
        mentioned = self._mentions.get(item.originalname, frozenset())
        return asks_for(self._job.names, item.originalname, mentioned)

    @cached_property
    def _mentions(self) -> dict[str, frozenset[str]]:
        return mentions_in(Path(self._job.checks))

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Tell that a case begins."""
        assert isinstance(item, pytest.Function)
        spec = self._spec(item)
        share = spec.points / self._cases[item.originalname]
        self._tell(Begun(item.nodeid, spec.id, spec.title, str(share)))

    def _spec(self, item: pytest.Function) -> CheckSpec:
        """Return what a check declares; a test of the student's own is worth nothing."""
        known = self._specs.get(item.originalname)
        return known or CheckSpec(item.originalname, item.originalname, Fraction(0))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Take down how a phase of a case ended, and tell the case when its last phase has."""
        report = yield
        assert isinstance(item, pytest.Function)
        if call.excinfo is not None and item.nodeid not in self._ended:
            self._ended[item.nodeid] = self._failure(item, call.excinfo.value)
        if call.when == "call" and call.excinfo is None:
            used = self._source.in_order(list(self._calls(item).used))
            self._ended[item.nodeid] = Ended(item.nodeid, CheckVerdict.PASSED, used)
        if call.when == "teardown":
            printed = report.capstdout + report.capstderr
            ended = self._ended.pop(item.nodeid)
            self._tell(Ended(**{**vars(ended), "printed": printed[-4000:]}))
        return report

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Tell where it was."""
        self._tell(Interrupted(self._source.innermost(excinfo.value.__traceback__)))

    @staticmethod
    def _calls(item: pytest.Function) -> Calls:
        return calls_of(item.funcargs.get("student"))

    def _failure(self, item: pytest.Function, error: BaseException) -> Ended:
        spec, calls = self._spec(item), self._calls(item)
        self._failed[spec.id] = spec
        used = self._source.in_order(list(calls.used))
        raised = self._raised(error)
        place = self._source.innermost(raised.__traceback__)
        answers = answers_of(item.funcargs.get("student"))
        sentence = sentence_of(error, self._source, answers, placed=False)
        trail = Trail(error, item.path, self._source.path.stem)
        function = _named_by(error, place) or failing_function(sentence, trail, calls, self._source)
        call = (
            raising_call(raised, calls, function)
            if place is not None or isinstance(error, MissingNameError)
            else failing_call(sentence, trail, calls, function)
        )
        promise = answers.promises.get(call.function) if call else None
        names = [p.name for p in promise.parameters if p.name != "self"] if promise else []
        root = root_of(spec, self._failed)
        return Ended(
            case=item.nodeid,
            verdict=verdict_of(error),
            functions=used or ([function] if function else []),
            sentence=_followed_by(
                sentence,
                first_not_finite(sentence, calls, call),
                in_place_of_another(call, *trail.compared),
                uphill_step(call, names, *trail.compared),
                rising_losses(sentence, trail.known),
            ),
            place=place or (self._source.start_of(function) if function else None),
            call=in_words(call, names) if call else "",
            paste=calls.to_paste(call, self._source.path.stem) if call else "",
            asked=_asked(error, item.path),
            first=root.title if root else "",
            fingerprints=tuple(self._fingerprints(item.name, calls)),
            carets=self._source.carets(raised.__traceback__),
        )

    def _raised(self, error: BaseException) -> BaseException:
        """Return the student's exception, which a gradient check has told in a sentence; else the error."""
        cause = error.__cause__
        own = cause is not None and self._source.innermost(cause.__traceback__) is not None
        return cause if own and cause is not None else error

    def _fingerprints(self, case: str, calls: Calls) -> Iterator[str]:
        """Give the digests of what the functions answered in a case."""
        for function, answers in calls.answers.items():
            for number, parts in enumerate(answers, start=1):
                for pair in fingerprints(case, function, number, parts):
                    yield from pair


def _named_by(error: BaseException, place: Place | None) -> str:
    """Return the function in which an exception was raised, or that is missing; empty where there is none."""
    if isinstance(error, MissingNameError):
        return str(error.name)
    return place.function if place is not None and place.function != "<module>" else ""


def _followed_by(sentence: str, *more: str) -> str:
    """Return a sentence and those of others that are not empty."""
    said = list(filter(None, more))
    stop = "" if sentence.endswith((".", "?")) or not said else "."
    return " ".join([sentence + stop, *said])


def _asked(error: BaseException, checks: Path) -> str:
    """Return what of the checks a traceback passes through last."""
    own = [frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename) == checks]
    if not own or own[-1].lineno is None:
        return ""
    lines = linecache.getlines(str(checks))[own[-1].lineno - 1 : own[-1].end_lineno]
    return f"{checks.name}, line {own[-1].lineno}: {' '.join(map(str.strip, lines))}"
