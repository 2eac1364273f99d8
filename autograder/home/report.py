"""What a student reads after `autograder check`: what to put right first, what else fails, the points."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path

from autograder.answers import FIGURE, listed, reasons
from autograder.checkspec import CheckSpec
from autograder.course.read_checks import read_checks
from autograder.dependencies import first_make
from autograder.home.absent import absent_when_graded
from autograder.home.below import stands_on
from autograder.home.child.job import Job
from autograder.home.events import Ended, Place, Unloadable
from autograder.home.finding import in_figures
from autograder.home.hints import read_hints
from autograder.home.outcome import Checked, Outcome
from autograder.home.paper import Paper
from autograder.home.places import Source
from autograder.home.selection import holds
from autograder.printable import printable
from autograder.verdicts import CheckVerdict

#: Lines that a failing check has printed, of which the last are shown.
_MOST_PRINTED = 10
#: Failing cases whose answers are tried on the locks of hints, which takes some milliseconds each.
_MOST_OPENED = 5
_OF_ALL = re.compile(r"The public checks: ([\d.]+) of ([\d.]+) points")
_PASSED, _FAILED, _NOT_STARTED = "passed", "failed", "not started"


class Report:
    """Prints what became of the checks.

    Args:
        job: which were asked for.
        outcome: what became of them.
        paper: to print on; the terminal if not given.
    """

    def __init__(self, job: Job, outcome: Outcome, paper: Paper | None = None):
        self._job, self._outcome = job, outcome
        self._paper = paper or Paper()
        self._file, self._source = job.module.name, Source(job.module)
        self._checked = [checked for checked in outcome.checks.values() if checked.cases]

    @property
    def passed(self) -> bool:
        """Whether nothing is wrong, and all that was asked for has run."""
        return not (self._outcome.unloadable or self._outcome.interrupted or self._outcome.left) and all(
            checked.verdict == CheckVerdict.PASSED for checked in self._checked
        )

    def print(self) -> None:
        """Print it."""
        if self._outcome.unloadable is not None:
            self._print_unloadable(self._outcome.unloadable)
            self._print_absent()
            return
        wrong = [checked for checked in self._checked if checked.failures]
        if wrong:
            first = self._lowest([c for c in wrong if not c.failures[0].first] or wrong)
            self._print_first(first)
            self._print_others([c for c in wrong if c is not first], first.failures[0])
        self._print_next()
        self._print_points()
        self._print_notes()

    def _lowest(self, wrong: Sequence[Checked]) -> Checked:
        """Return the first check whose function stands on none that fails a check of its own."""
        blamed = {_function(checked) for checked in wrong}
        return next((c for c in wrong if not blamed & set(self._below(_function(c)))), wrong[0])

    def _below(self, function: str) -> list[str]:
        return stands_on(self._source.text, function)

    def _print_unloadable(self, problem: Unloadable) -> None:
        place = problem.place
        where = f"{self._file}, line {place.line}" if place.line else self._file
        self._paper.heading(f"{self._paper.sign(_FAILED)} {where}: no check can run", _FAILED)
        if place.source:
            self._paper.code(printable(place.source))
        if problem.caret:
            self._paper.code(" " * (len(printable(place.source[: problem.caret - 1]))) + "^")
        self._paper.say(printable(problem.sentence))

    def _print_first(self, checked: Checked) -> None:
        paper, failed = self._paper, checked.failures[0]
        paper.heading(f"{paper.sign(_FAILED)} Fix this first: {self._where(failed.place)}", _FAILED)
        if failed.place is not None and failed.place.source:
            paper.code(printable(failed.place.source))
            if failed.carets:
                paper.code(failed.carets)
        for text in self._reasons(checked.failures):
            paper.say("\n".join(map(printable, text.splitlines())))
        if failed.first:
            paper.say(_first_make(failed.first))
        hinted = self._print_hints(checked)
        untried = [] if hinted else self._untried(failed.place)
        if untried:
            names = listed(untried)
            paper.say(f"If it is right, look at what it calls and no public check looks at alone: {names}.")
        _say_if(paper, "Check:     ", f"{checked.title} ({checked.id})")
        _say_if(paper, "Last call: ", failed.call)
        _say_if(paper, "Asked in   ", failed.asked)
        if failed.printed.strip():
            paper.say("It printed:")
            paper.code("\n".join(map(printable, failed.printed.strip().splitlines()[-_MOST_PRINTED:])))
        if failed.paste:
            paper.say("To see it yourself:")
            paper.code(failed.paste)
        _say_if(paper, "Again:     ", paper.again(checked.id))

    def _untried(self, place: Place | None) -> list[str]:
        """Return the functions that a class stands on and no check asks for; none where a line raised."""
        if place is None or not self._begins_function(place):
            return []
        holder = place.function.partition(".")[0]
        if not self._source.start_of(holder).source.startswith("class "):
            return []
        return [name for name in self._below(holder) if not holds(Path(self._job.checks), [name])]

    def _print_hints(self, checked: Checked) -> bool:
        """Print the hints that the answers of failing cases open, the same in all that open any.

        Returns whether there are any.
        """
        hints = read_hints(self._job.module.parent)
        if hints is None:
            return False
        cases = checked.failures[:_MOST_OPENED]
        opened = [set(found) for case in cases if (found := hints.opened(case.fingerprints))]
        found = sorted(set.intersection(*opened)) if opened else []
        missing = hints.after - self._outcome.tries.get(checked.id, 1)
        if found and missing > 0:
            runs = _count(missing, "more failing run")
            self._paper.say(
                f"A known mistake gives this. Its hint comes after {runs}, each with changed code."
            )
            return True
        for hint in found:
            self._paper.say(f"This is what a known mistake gives: {hint}")
        return bool(found)

    def _reasons(self, failures: Sequence[Ended]) -> Iterator[str]:
        """Give why cases fail, each reason with the cases, and with its place where that is another one."""
        by_name = {_case(case): case for case in failures}
        for reason in reasons([(_case(case), case.sentence) for case in failures]):
            first = by_name[reason.cases[0]]
            here = f"; here {reason.cases[0]}" if reason.alike else ""
            label = f"[{reason.names}{here}] " if reason.names else ""
            elsewhere = first.place != failures[0].place and first.place is not None
            yield f"{label}{reason.text}" + (f" ({self._where(first.place)})" if elsewhere else "")

    def _print_others(self, others: list[Checked], shown: Ended) -> None:
        """Print what else fails, each reason once; what a line that raises fails is only counted."""
        groups: dict[tuple[Place | None, str], list[Checked]] = {}
        for checked in others:
            first = checked.failures[0]
            raised = first.place is not None and not self._begins_function(first.place)
            groups.setdefault((first.place, "" if raised else _alike(first)), []).append(checked)
        if not groups:
            return
        paper = self._paper
        paper.heading("What else fails")
        same = groups.pop((shown.place, ""), [])
        if same:
            paper.say(f"The same line fails {_count(len(same), 'more check')}.", verdict=_FAILED)
        for several in groups.values():
            first = several[0].failures[0]
            more = f" (and {_count(len(several) - 1, 'more check')})" if len(several) > 1 else ""
            text = _first_make(first.first) if first.first else _one_line(first.sentence)
            said = f"{self._where(first.place)}: {printable(text)}{more}"
            paper.say(said, f"  {paper.sign(_FAILED)} ", verdict=_FAILED)
            paper.say(paper.again(several[0].id), "    ")

    def _begins_function(self, place: Place) -> bool:
        """Return whether a place stands for all of a function, since nothing in it raised."""
        return place == self._source.start_of(place.function)

    def _print_next(self) -> None:
        """Print which function to write next: one that was asked for, else the first in the file."""
        waiting = [
            c for checked in self._checked for c in checked.cases if c.verdict == CheckVerdict.NOT_STARTED
        ]
        places = [case.place for case in waiting if case.place is not None]
        if places:
            asked = [place for place in places if place.function in self._job.names]
            place = min(asked or places, key=lambda place: place.line)
            self._paper.heading("To write next")
            self._paper.say(f"{place.function} ({self._file}, line {place.line})")

    def _print_points(self) -> None:
        paper = self._paper
        paper.heading("Points")
        cases = [(case, checked.share) for checked in self._checked for case in checked.cases]
        names = self._source.in_order(list(dict.fromkeys(case.function for case, _ in cases)))
        longest = max(map(len, names), default=0)
        for name in names:
            own = [(case.verdict, share) for case, share in cases if case.function == name]
            got, all_ = _points(own)
            colour = _overall([verdict for verdict, _ in own])
            bar = paper.bar(float(got / all_) if all_ else 1.0)
            open_ = "  not started" if colour == _NOT_STARTED else ""
            line = f"{name.ljust(longest)}  {bar}  {in_figures(got)} of {in_figures(all_)}{open_}"
            paper.say(line, f"  {paper.sign(colour)} ", verdict=colour)
        paper.say(self._sum(), "  ")

    def _sum(self) -> str:
        got, ran = _points([(case.verdict, c.share) for c in self._checked for case in c.cases])
        public = sum((spec.points for spec in read_checks(Path(self._job.checks))), Fraction(0))
        if self._outcome.left or ran != public:
            ran_points = f"{in_figures(got)} of the {in_figures(ran)} points of the checks that ran"
            return f"{ran_points}; all public checks: {in_figures(public)}"
        text = f"{in_figures(got)} of the {in_figures(public)} public points"
        hidden = self._all_points() - public
        shapes = "for hidden checks, which try other shapes, settings and steps"
        return f"{text}; {in_figures(hidden)} more are {shapes}." if hidden > 0 else f"{text}."

    def _all_points(self) -> Fraction:
        """Return the points of the whole assignment, as its README tells them; 0 where it doesn't."""
        readme = self._job.module.with_name("README.md")
        found = _OF_ALL.search(readme.read_text(encoding="utf-8")) if readme.is_file() else None
        return Fraction(found[2]) if found else Fraction(0)

    def _print_notes(self) -> None:
        paper, outcome = self._paper, self._outcome
        for place in dict.fromkeys(outcome.paused):
            check = next((c.id for c in self._checked if c.failures), None)
            debug = f"python -m pytest{f' -k {check}' if check else ''}"
            paper.say(f"breakpoint() in {self._where(place)} was passed; to stop there: {debug}", "Note: ")
        self._print_absent()
        if outcome.interrupted:
            at = f" in {self._where(outcome.interrupted_at)}" if outcome.interrupted_at else ""
            paper.heading(f"Interrupted{at}; {_count(outcome.left, 'case')} did not run.")

    def _print_absent(self) -> None:
        """Print which packages will not be there when the work is graded."""
        for absent in absent_when_graded(self._job.module):
            self._paper.say(str(absent), "Note: ")

    def _where(self, place: Place | None) -> str:
        if place is None:
            return self._file
        return (
            f"{place.function}, {self._file} line {place.line}"
            if place.line
            else f"{place.function} in {self._file}"
        )


def _function(checked: Checked) -> str:
    """Return the function that a failing check is about."""
    place = checked.failures[0].place
    return place.function if place is not None else ""


def _first_make(title: str) -> str:
    """Return which check to put right before, as the grade says it."""
    return first_make(CheckSpec("", title, Fraction(0)))


def _say_if(paper: Paper, label: str, text: str) -> None:
    if text:
        paper.say(printable(text), f"  {label}")


def _overall(verdicts: Sequence[CheckVerdict]) -> str:
    """Return the colour of several cases: red where one is wrong, grey where one is not started."""
    wrong = set(verdicts) - {CheckVerdict.PASSED, CheckVerdict.NOT_STARTED}
    return _FAILED if wrong else _NOT_STARTED if CheckVerdict.NOT_STARTED in verdicts else _PASSED


def _points(cases: Sequence[tuple[CheckVerdict, Fraction]]) -> tuple[Fraction, Fraction]:
    """Return the points of cases that pass, and of all."""
    passed = (share for verdict, share in cases if verdict == CheckVerdict.PASSED)
    return sum(passed, Fraction(0)), sum((share for _, share in cases), Fraction(0))


def _case(case: Ended) -> str:
    return case.case.partition("[")[2].rstrip("]")


def _alike(case: Ended) -> str:
    """Return what is said of a case, without figures."""
    return FIGURE.sub("#", case.first or _one_line(case.sentence))


def _one_line(text: str) -> str:
    return next(iter(text.splitlines()), "")


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
