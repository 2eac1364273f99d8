"""Item 9, and the options of item 10: whole classes as an instructor may have them, of a tiny topic."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.door.row import Files
from tests.door.today import TODAY
from tests.submissions.platforms import CANVAS, GRADESCOPE, MOODLE, MOODLE_FLAT, NBGRADER, zipped

__all__ = ["SCENES", "Scene"]

_MEAN = b"def mean(x):\n    return float(sum(x)) / len(x)\n"
_SUM = b"def mean(x):\n    return float(sum(x))\n"
_NOTES = b"I forgot the file."
#: What a row of `grades.csv` has to say: verdict and score.
_FULL, _PART, _LOOK = ("graded", "3"), ("graded", "1"), ("unreadable", "0")
_NOTHING = ("nothing handed in", "0")
_PLAIN: Files = {"ada/tiny.py": _MEAN, "ben/tiny.py": _SUM}
_ROSTER = b"id,name,email\n101,Ada Lovelace,ada@example.edu\n102,Ben Bitdiddle,ben@example.edu\n"


@dataclass(frozen=True)
class Scene:
    """A run over a class.

    Attributes:
        what: in words, unique in the table.
        files: what lies in the folder SUBMISSIONS, or in the zip of that name where `packed`.
        rows: verdict and score by student, of all that `grades.csv` must hold.
        options: of the command, beyond assignment and folders; ROSTER stands for the roster's file.
        packed: whether SUBMISSIONS is a zip.
        roster: content of the roster.
        says: words that must be printed.
        never: words that must not be printed.
        status: the command's exit status.
        item: number in the list of issue 21.
    """

    what: str
    files: Files
    rows: Mapping[str, tuple[str, str]]
    options: Sequence[str] = ()
    packed: bool = False
    roster: bytes = b""
    says: Sequence[str] = ()
    never: Sequence[str] = ("Traceback",)
    status: int = 0
    item: int = 9

    @property
    def todo(self) -> str:
        """What happens today instead; empty where it is as it should be."""
        return TODAY.get(self.what, "")


def _other(what: str, files: Files, option: str) -> Scene:
    """A platform's download that is given without --from: the option is named, nothing is graded."""
    return Scene(what, files, {}, says=(f"--from {option}",), status=2)


SCENES = [
    Scene("folders, as they should be", _PLAIN, {"ada": _FULL, "ben": _PART}),
    Scene(
        "things beside the folders",
        {
            **_PLAIN,
            ".DS_Store": b"\0\0\0\1",
            "__MACOSX/ada/._tiny.py": b"\0\5\x16\7",
            "roster.csv": b"id,name\n",
            "syllabus.pdf": b"%PDF-1.7",
            "Thumbs.db": b"\xd0\xcf",
        },
        {"ada": _FULL, "ben": _PART},
        says=("roster.csv", "syllabus.pdf", "ignored"),
        never=("__MACOSX", "Traceback"),
    ),
    Scene(
        "archives and modules beside the folders",
        {
            **_PLAIN,
            "cleo.zip": zipped({"tiny.py": _MEAN}),
            "dave.rar": b"Rar!\x1a\7\1\0",
            "grace.py": _MEAN,
            "hal_tiny.py": _SUM,
        },
        {"ada": _FULL, "ben": _PART, "cleo": _FULL, "dave": _LOOK, "grace": _FULL, "hal": _PART},
        says=("dave.rar",),
    ),
    Scene(
        "an empty folder beside the others",
        {**_PLAIN, "ivy/.keep": b""},
        {"ada": _FULL, "ben": _PART, "ivy": _LOOK},
    ),
    Scene("flat modules only", {"ada.py": _MEAN, "ben.py": _SUM}, {"ada": _FULL, "ben": _PART}),
    Scene(
        "flat modules named by student and topic",
        {"ada_tiny.py": _MEAN, "ben-tiny.py": _SUM},
        {"ada": _FULL, "ben": _PART},
    ),
    Scene(
        "flat notebooks and modules", {"ada.py": _MEAN, "ben.txt": _NOTES}, {"ada": _FULL}, says=("ben.txt",)
    ),
    Scene("a zip of the whole class", _PLAIN, {"ada": _FULL, "ben": _PART}, packed=True),
    Scene(
        "a zip of the whole class, in one folder",
        {f"class/{name}": content for name, content in _PLAIN.items()},
        {"ada": _FULL, "ben": _PART},
        packed=True,
    ),
    Scene(
        "a zip of the class that a Mac made",
        {**_PLAIN, "__MACOSX/ada/._tiny.py": b"\0\5\x16\7"},
        {"ada": _FULL, "ben": _PART},
        packed=True,
    ),
    Scene(
        "a folder and a zip of one student",
        {**_PLAIN, "ada.zip": zipped({"tiny.py": _MEAN})},
        {"ada": _FULL, "ben": _PART},
        says=("ada.zip",),
    ),
    _other("a download of Canvas without --from", CANVAS, "canvas"),
    _other("a download of Moodle without --from", MOODLE, "moodle"),
    _other("a flat download of Moodle without --from", MOODLE_FLAT, "moodle"),
    _other("a download of Gradescope without --from", GRADESCOPE, "gradescope"),
    _other("a course of nbgrader without --from", NBGRADER, "nbgrader"),
    Scene(
        "a roster, where one handed in nothing",
        {"Ada Lovelace/tiny.py": _MEAN},
        {"Ada Lovelace": _FULL, "Ben Bitdiddle": _NOTHING},
        options=("--roster", "ROSTER"),
        roster=_ROSTER,
        says=("Ben Bitdiddle",),
    ),
    Scene(
        "a roster, matched by e-mail",
        {"ada@example.edu/tiny.py": _MEAN, "ben@example.edu/tiny.py": _SUM},
        {"ada@example.edu": _FULL, "ben@example.edu": _PART},
        options=("--roster", "ROSTER"),
        roster=_ROSTER,
    ),
    Scene(
        "a roster, matched by the platform's number",
        {"lovelaceada_101_9001_tiny.py": _MEAN, "bitdiddleben_102_9002_tiny.py": _SUM},
        {"lovelaceada_101": _FULL, "bitdiddleben_102": _PART},
        options=("--from", "canvas", "--roster", "ROSTER"),
        roster=_ROSTER,
    ),
    Scene(
        "a roster, where one is not on it",
        {"Ada Lovelace/tiny.py": _MEAN, "Ben Bitdiddle/tiny.py": _SUM, "mallory/tiny.py": _MEAN},
        {"Ada Lovelace": _FULL, "Ben Bitdiddle": _PART, "mallory": _FULL},
        options=("--roster", "ROSTER"),
        roster=_ROSTER,
        says=("mallory", "roster"),
    ),
    Scene(
        "a roster without its columns",
        _PLAIN,
        {},
        options=("--roster", "ROSTER"),
        roster=b"first,second\nAda,Lovelace\n",
        says=("roster.csv", "id", "name", "email"),
        status=2,
    ),
    Scene(
        "a near miss",
        {**_PLAIN, "cleo/tiny (1).py": _MEAN},
        {"ada": _FULL, "ben": _PART, "cleo": _FULL},
        says=("tiny (1).py",),
        item=10,
    ),
    Scene(
        "a near miss with --strict-names",
        {**_PLAIN, "cleo/tiny (1).py": _MEAN},
        {"ada": _FULL, "ben": _PART, "cleo": _LOOK},
        options=("--strict-names",),
        says=("tiny (1).py", "1 needs a look"),
        item=10,
    ),
    Scene(
        "two attempts, settled by --take",
        {**_PLAIN, "cleo/try 1.py": _SUM, "cleo/try 2.py": _MEAN},
        {"ada": _FULL, "ben": _PART, "cleo": _FULL},
        options=("--take", "cleo=try 2.py"),
        says=("try 2.py",),
        item=10,
    ),
    Scene(
        "--take of a file that isn't there",
        {**_PLAIN, "cleo/try 1.py": _SUM},
        {},
        options=("--take", "cleo=try 3.py"),
        says=("cleo", "try 3.py", "try 1.py"),
        status=2,
        item=10,
    ),
    Scene(
        "--take of a student who isn't there",
        _PLAIN,
        {},
        options=("--take", "zoe=tiny.py"),
        says=("zoe",),
        status=2,
        item=10,
    ),
]
