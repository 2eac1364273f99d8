"""What the process that runs a student's checks tells the command that started it: a line of JSON each."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from autograder.verdicts import CheckVerdict


@dataclass(frozen=True)
class Place:
    """A line of the student's file.

    Attributes:
        function: in which it stands; a method is `Class.method`.
        line: its number; 0 where there is none.
        source: the line itself.
    """

    function: str
    line: int
    source: str


@dataclass(frozen=True)
class Unloadable:
    """The student's file can't be executed.

    Attributes:
        sentence: what is wrong.
        place: where, as far as is known.
        caret: the column at which Python stopped reading, from 1; 0 where there is none.
    """

    sentence: str
    place: Place
    caret: int


@dataclass(frozen=True)
class Planned:
    """The cases that will run.

    Attributes:
        cases: their node ids, in order.
    """

    cases: list[str]


@dataclass(frozen=True)
class Refused:
    """There is nothing to run.

    Attributes:
        why: one sentence for the person at the keyboard.
    """

    why: str


@dataclass(frozen=True)
class Begun:
    """A case begins.

    Attributes:
        case: its node id.
        check: the check's name.
        title: the check's title.
        points: what the case is worth, exactly, as a fraction in text: the cases of a check share its points.
    """

    case: str
    check: str
    title: str
    points: str


@dataclass(frozen=True)
class Ended:
    """A case has ended.

    Attributes:
        case: its node id.
        verdict: on it.
        functions: those of the student's that it used, in the order in which they stand in the file.
        sentence: what is wrong; empty where it passed.
        place: the line to look at; of an answer that is wrong, the function's first.
        call: the call that failed, with kinds and shapes.
        paste: lines that make it again; empty where they would be too long.
        asked: the check's own line.
        first: the check to put right before this one; empty where it depends on none.
        printed: what the student's code printed.
        fingerprints: of what a failing case's functions answered, which open the locks of hints.
        carets: what to print below the place's line where it raised, to mark what of it did.
    """

    case: str
    verdict: CheckVerdict
    functions: list[str]
    sentence: str = ""
    place: Place | None = None
    call: str = ""
    paste: str = ""
    asked: str = ""
    first: str = ""
    printed: str = ""
    fingerprints: tuple[str, ...] = ()
    carets: str = ""

    @property
    def function(self) -> str:
        """What the case is about: of the functions that it uses, the last one in the file."""
        return self.functions[-1] if self.functions else ""


@dataclass(frozen=True)
class Stopped:
    """A call ran for longer than it may; the process ends with it.

    Attributes:
        place: what was running.
        outer: the function that the check had called.
        seconds: how long it may run.
    """

    place: Place
    outer: str
    seconds: float


@dataclass(frozen=True)
class Left:
    """The student's code ends the process, by `os._exit`.

    Attributes:
        place: where; None where some other code does.
    """

    place: Place | None


@dataclass(frozen=True)
class Interrupted:
    """Somebody pressed Ctrl-C.

    Attributes:
        place: what was running; None between the student's functions.
    """

    place: Place | None


@dataclass(frozen=True)
class Paused:
    """A `breakpoint()` was passed, with nobody there to type.

    Attributes:
        place: where it stands.
    """

    place: Place


@dataclass(frozen=True)
class Done:
    """All cases have run."""


Event = Unloadable | Planned | Refused | Begun | Ended | Stopped | Left | Interrupted | Paused | Done
_KINDS: dict[str, type[Any]] = {
    kind.__name__: kind
    for kind in (Unloadable, Planned, Refused, Begun, Ended, Stopped, Left, Interrupted, Paused, Done)
}


def to_line(event: Event) -> str:
    """Return an event as a line of JSON."""
    return json.dumps([type(event).__name__, asdict(event)])


def from_line(line: str) -> Event:
    """Return the event that a line tells."""
    name, content = json.loads(line)
    if content.get("place") is not None:
        content["place"] = Place(**content["place"])
    if "fingerprints" in content:
        content["fingerprints"] = tuple(content["fingerprints"])
    if "verdict" in content:
        content["verdict"] = CheckVerdict(content["verdict"])
    event: Event = _KINDS[name](**content)
    return event
