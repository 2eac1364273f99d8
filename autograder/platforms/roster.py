"""The roster of a class: who handed in nothing has a row too, and who is on no roster is named."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from autograder.errors import UserError
from autograder.platforms.reader import named_apart
from autograder.platforms.sheet import Sheet, letters
from autograder.submissions.hand_in import Collection, Files, HandIn, Person
from autograder.submissions.rules import NothingHandedInError

_COLUMNS = ("id", "name", "email")


@dataclass(frozen=True)
class Enrolled:
    """A student on the roster; what it does not tell is empty.

    Attributes:
        id: the platform's number, or the university's.
        name: first name first, or last name first.
        email: address.
    """

    id: str
    name: str
    email: str


def read_roster(path: Path) -> list[Enrolled]:
    """Read a CSV file with the columns id, name and email.

    Raises:
        UserError: it can't be read, or lacks one of them.
    """
    sheet = Sheet.read(path)
    missing = [name for name in _COLUMNS if sheet.column(name) is None]
    if missing:
        raise UserError(
            f"{path} has no column {' and no column '.join(missing)}; a roster has the columns "
            f"{', '.join(_COLUMNS)}, and a cell may be empty"
        )
    rows = [[sheet.cell(row, name).strip() for name in _COLUMNS] for row in range(len(sheet.rows))]
    return list(dict.fromkeys(Enrolled(*row) for row in rows if any(row)))


def with_roster(collection: Collection, roster: Sequence[Enrolled]) -> Collection:
    """Add those on the roster who handed in nothing, and a note on each submission that is not one person's.

    A submission is matched by the platform's number, the university's, the address, and the student's name.
    Nothing is guessed: where two on the roster fit, neither is said to have handed in nothing.

    Args:
        collection: what a reader found.
        roster: the class.
    """
    index = _Index(roster)
    found = {hand_in.student: index.find(hand_in) for hand_in in collection.hand_ins}
    known = {one for fitting in found.values() for one in fitting}
    platform = next((h.person.platform for h in collection.hand_ins if index.numbers(h)), "")
    absent = [_absent(one, platform) for one in roster if one not in known]
    named = named_apart(absent, taken=[h.student for h in collection.hand_ins])
    hand_ins = sorted([*collection.hand_ins, *named], key=lambda h: h.student)
    return Collection(hand_ins, [*collection.notes, *_notes(found)])


class _Index:
    """The roster by what its students can be known by."""

    def __init__(self, roster: Sequence[Enrolled]):
        self._found: dict[tuple[str, str], list[Enrolled]] = defaultdict(list)
        for one in roster:
            for key in sorted(set(_keys(one))):
                self._found[key].append(one)

    def find(self, hand_in: HandIn) -> list[Enrolled]:
        """Return whom a submission may be of: those who fit what is most reliable of all that fits anyone."""
        person, student = hand_in.person, hand_in.student
        reliable = [("id", person.user_id), ("id", person.sis_id), ("email", person.email)]
        names = [(kind, name) for name in (student, person.full_name) for kind in ("id", "email", "name")]
        keys = [(kind, _plain(kind, name)) for kind, name in (*reliable, *names)]
        return next((self._found[key] for key in keys if key[1] and key in self._found), [])

    def numbers(self, hand_in: HandIn) -> bool:
        """Return whether the roster has the number that the platform gave this student."""
        return ("id", _plain("id", hand_in.person.user_id)) in self._found


def _keys(one: Enrolled) -> Iterator[tuple[str, str]]:
    """Give what a student may be called: number, address, the part of it before the @, and the name."""
    words = one.name.replace(",", " ").split()
    turns = ["".join(words[at:] + words[:at]) for at in range(len(words))]
    values = [("id", one.id), ("email", one.email), ("email", one.email.partition("@")[0])]
    for kind, value in (*values, *(("name", turn) for turn in turns)):
        if value:
            yield kind, _plain(kind, value)


def _plain(kind: str, value: str) -> str:
    return letters(value) if kind == "name" else value.strip().casefold()


def _absent(one: Enrolled, platform: str) -> HandIn:
    """Return the submission that is none; the number is the platform's if those of others were."""
    person = Person(
        platform,
        full_name=one.name,
        email=one.email,
        user_id=one.id if platform else "",
        sis_id="" if platform else one.id,
    )
    return HandIn(one.name or one.email or one.id, _NOTHING, person=person)


def nothing_handed_in() -> Files:
    """Read what was not handed in: raises `NothingHandedInError`."""
    raise NothingHandedInError("nothing was handed in")


#: One for all, so that all are graded at once.
_NOTHING = partial(nothing_handed_in)


def _notes(found: dict[str, list[Enrolled]]) -> list[str]:
    """Return a line on each submission that is of nobody on the roster, of one of several, or one of two."""
    of = Counter(one for fitting in found.values() for one in fitting[:1] if len(fitting) == 1)
    strangers = [student for student, fitting in found.items() if not fitting]
    notes = [f"not on the roster: {', '.join(strangers)}"] if strangers else []
    for student, fitting in found.items():
        if len(fitting) > 1:
            who = ", ".join(one.id or one.email or one.name for one in fitting)
            notes.append(f"{student} may be any of these on the roster: {who}")
    for one, count in of.items():
        if count > 1:
            students = [student for student, fitting in found.items() if fitting == [one]]
            notes.append(f"{' and '.join(students)} are one student on the roster: {one.name or one.id}")
    return notes
