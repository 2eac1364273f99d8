"""How platforms name files: what they put together comes apart again, whatever students call themselves."""

import re
from functools import partial
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from autograder.platforms.canvas.reader import parse_name as parse_canvas
from autograder.platforms.moodle.reader import parse_name as parse_moodle
from autograder.platforms.reader import collection
from autograder.submissions.hand_in import HandIn, read_path
from autograder.submissions.names import folder_name

people = st.text(max_size=30)
numbers = st.integers(0, 10**12).map(str)
# A file's name is the student's choice; one that looks like the platform's own marks is likely to confuse.
files = st.text(st.characters(exclude_characters="/\0"), min_size=1, max_size=40) | st.from_regex(
    r"[a-z_]{0,3}_[0-9]{1,3}_([0-9]{1,3}_|LATE_|assignsubmission_file_)[a-z]{1,4}\.py", fullmatch=True
)


def canvas_name(name: str) -> str:
    """What Canvas makes of a name, as its own source does it."""
    name = re.sub(r"_([0-9]+)_", r"\1", name)
    return re.sub(r"\W", "", name.lower())


@given(name=people, late=st.booleans(), user=numbers, upload=numbers, file=files)
def test_canvas_names_come_apart(name: str, late: bool, user: str, upload: str, file: str) -> None:
    squeezed = canvas_name(name)
    entry = "_".join([squeezed, *(["LATE"] if late else []), user, upload, file])
    parsed = parse_canvas(entry)
    assert parsed is not None
    # A number between underscores in a name can't be told from a user's; Canvas itself can't.
    if not re.search(r"(^|_)[0-9]+(_|$)", squeezed):
        assert (parsed.name, parsed.late, parsed.user, parsed.file) == (squeezed, late, user, file)


@given(late=st.booleans(), code=st.from_regex(r"[1-9A-HJ-NP-Za-km-z]{5}", fullmatch=True), file=files)
def test_anonymous_canvas_names_come_apart(late: bool, code: str, file: str) -> None:
    parsed = parse_canvas(f"{'LATE_' if late else ''}anon_{code}_77_{file}", anonymous=True)
    assert parsed is not None
    assert (parsed.name, parsed.late, parsed.user, parsed.file) == ("", late, f"anon_{code}", file)


@given(stem=st.from_regex(r"[a-zA-Z_][a-zA-Z0-9_]{0,8}", fullmatch=True), number=st.integers(1, 9999))
def test_canvas_numbers_are_taken_off_modules(stem: str, number: int) -> None:
    for file, module in (
        (f"{stem}-{number}.py", (f"{stem}.py", number)),
        (f"{stem}.py", (f"{stem}.py", 0)),
        (f"{stem}-{number}.csv", (f"{stem}-{number}.csv", 0)),
    ):
        parsed = parse_canvas(f"doe_1_2_{file}")
        assert parsed is not None
        assert parsed.module == module


@given(name=people.map(lambda n: n.replace("_", " ").replace("/", "")), number=numbers, file=files)
def test_moodle_names_come_apart(name: str, number: str, file: str) -> None:
    folder = f"{name}_{number}_assignsubmission_file"
    for entry, inner in ((folder, ""), (f"{folder}_", ""), (f"{folder}_{file}", file)):
        parsed = parse_moodle(entry)
        assert parsed is not None
        assert (parsed.name, parsed.participant, parsed.file) == (name, number, inner)


@given(names=st.lists(st.text(max_size=80) | st.sampled_from(["grades.csv", "..", ".", "", "a/b", "a_b"])))
def test_students_names_are_folders_of_their_own(names: list[str]) -> None:
    hand_ins = [HandIn(name, partial(read_path, Path())) for name in names]
    students = [h.student for h in collection(hand_ins, []).hand_ins]
    assert len(set(students)) == len(names)
    for student in students:
        assert student.isprintable()
        assert "/" not in student
        assert not student.startswith(".")
        assert 0 < len(student.encode()) <= 210
        assert student not in ("grades.csv", "scores.png")


def test_ordinary_names_stay_as_they_are() -> None:
    for name in ("Ada Lovelace_21", "ada@example.edu", "Füße_3", "=cmd()", "-x"):
        assert folder_name(name) == name


def test_what_is_strange_is_named_or_counted() -> None:
    notes = collection([], [f"f{i}" for i in range(25)]).notes
    assert notes[0] == "'f0' in the download belongs to no student; it was left out"
    assert notes[-1] == "15 more entries of the download belong to no student"
