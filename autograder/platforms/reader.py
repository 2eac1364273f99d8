"""The interface of a platform's reader: it finds submissions in a download, and may publish their grades."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.grading.result import Grade
from autograder.submissions.hand_in import Collection, HandIn
from autograder.submissions.names import folder_name

#: How many entries that belong to nobody are named; more are only counted.
_MANY = 10


@dataclass(frozen=True)
class Reader:
    """How to read one kind of download.

    Attributes:
        collect: finds the submissions. It takes the folder or zip and the topic's name, and raises
            `UserError` if the folder or zip is not of this kind.
        out: returns the folder for the grades if the user names none. It takes the same arguments.
        publish: brings the grades to where the submissions came from, after grading. It takes the folder or
            zip, the topic's name, and each submission with its grade, and returns a line to print. Grades
            with the verdict `infrastructure` are among them and must not be published.
        publisher: the module that `publish` imports, if that import is slow.
        recognizes: returns, by the names in it alone, whether a folder or zip is such a download. It takes
            the arguments of `collect`, and raises `UserError` only if the folder or zip can't be read.
        students: name of the folder in the source that holds all that students made; empty if all of it is.
    """

    collect: Callable[[Path, str], Collection]
    out: Callable[[Path, str], Path] | None = None
    publish: Callable[[Path, str, Sequence[tuple[HandIn, Grade]]], str] | None = None
    publisher: str | None = None
    recognizes: Callable[[Path, str], bool] | None = None
    students: str = ""


def collection(hand_ins: Iterable[HandIn], strange: Sequence[str]) -> Collection:
    """Return submissions under unique names that can be names of folders, and notes on what is strange.

    Args:
        hand_ins: with the students' names as the platform writes them.
        strange: entries of the download that belong to no student.
    """
    notes = [
        f"{name[:100]!a} in the download belongs to no student; it was left out" for name in strange[:_MANY]
    ]
    if len(strange) > _MANY:
        notes.append(f"{len(strange) - _MANY} more entries of the download belong to no student")
    return Collection(named_apart(hand_ins), notes)


def named_apart(hand_ins: Iterable[HandIn], taken: Iterable[str] = ()) -> list[HandIn]:
    """Return submissions, sorted, under unique names that can be names of folders.

    Args:
        hand_ins: with the students' names as others write them.
        taken: names that others have already.
    """
    used = set(taken)
    named: list[HandIn] = []
    for hand_in in sorted(hand_ins, key=lambda h: h.student):
        name, number = folder_name(hand_in.student), 1
        while name in used:
            number += 1
            name = f"{folder_name(hand_in.student)}~{number}"
        used.add(name)
        named.append(replace(hand_in, student=name))
    return sorted(named, key=lambda h: h.student)
