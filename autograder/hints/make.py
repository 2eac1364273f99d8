"""A topic's hints, locked with what its known mistakes answer to the public checks at home."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

from autograder.course.assignment import Assignment
from autograder.course.read_checks import read_checks
from autograder.grading.candidates import Candidate, candidates_of
from autograder.grading.known_answers import KnownAnswers, known_answers
from autograder.grading.run_checks import Recorder, record
from autograder.home.fingerprints import MOST_ANSWERS, are_many, fingerprints
from autograder.home.hints import Hints, locked
from autograder.proxy.entries import Entry
from autograder.seeds import NumberedSeed

#: What home draws from (`autograder.plugin`).
_AT_HOME = NumberedSeed(0)
#: A case that calls functions more often trains something.
_MOST_CALLS = 60


def hints_of(assignment: Assignment, progress: Callable[[int, int, str], None]) -> Hints:
    """Return the hints of a topic.

    An answer that mistakes with different hints give, or the reference, opens nothing.

    Args:
        assignment: the topic.
        progress: is told how many cases are done, of how many, and which comes next.

    Raises:
        UserError: the topic's checks or mistakes can't be read.
    """
    known = known_answers(assignment, _AT_HOME)
    wanted = _wanted(assignment, known)
    found: dict[str, set[str]] = defaultdict(set)
    for number, (case, candidates) in enumerate(wanted.items()):
        progress(number, len(wanted), f"{assignment.name}: hints, {case}")
        answers = known.learn_answers({case: candidates})[case]
        right = {digest for pair in _digests(case, answers.right) for digest in pair}
        for candidate in candidates:
            wrong = answers.wrong[candidate.key]
            for pair in _digests(case, wrong or ()):
                for digest in pair if right.isdisjoint(pair) else ():
                    found[digest].add(candidate.variant.hint)
    progress(0, 0, "")
    return locked(assignment.digest, {d: next(iter(h)) for d, h in sorted(found.items()) if len(h) == 1})


def _wanted(assignment: Assignment, known: KnownAnswers) -> dict[str, list[Candidate]]:
    """Return the mistakes that may show in each public case: those in functions that it calls itself.

    Cases that train a net are left out: they take long, and what they answer says little of the mistake.
    """
    candidates = candidates_of(assignment).all
    answers = {name: _answers(case.right) for name, case in known.of_cases(_public_cases(assignment)).items()}
    short = {name: found for name, found in answers.items() if 0 < len(found) <= _MOST_CALLS}
    called = {name: {entry.root for entry in found} for name, found in short.items()}
    return {name: [c for c in candidates if c.touched & functions] for name, functions in called.items()}


def _public_cases(assignment: Assignment) -> list[str]:
    """Return the names of the public checks' cases: pytest collects them, and none is run."""
    public = {spec.id for spec in read_checks(assignment.checks) if not spec.hidden}
    names: list[str] = []

    class Collector(Recorder):
        def wanted_by(self, test: str) -> Sequence[str]:
            if test.partition("[")[0] in public:
                names.append(test)
            return ()

    record(Collector({}, None), assignment, _AT_HOME)
    return names


def _answers(entries: Sequence[Entry]) -> list[Entry]:
    """Return answers of functions that a check called itself, as home takes them down."""
    own = [entry for entry in entries if entry.function == entry.root]
    return [entry for entry in own if not are_many(entry.form, [part.path for part in entry.parts])]


def _digests(case: str, entries: Sequence[Entry]) -> Iterator[tuple[str, str]]:
    counts: Counter[str] = Counter()
    for entry in _answers(entries):
        counts[entry.root] += 1
        if counts[entry.root] <= MOST_ANSWERS:
            yield from fingerprints(case, entry.root, counts[entry.root], entry.parts)
