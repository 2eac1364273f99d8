"""The grading secret reaches no student: it is looked for in all that a student gets, and in the sandbox.

What students get of nbgrader's and otter's is looked through in `tests/platforms/`.
"""

import base64
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.cli.build import command as build
from autograder.cli.export import command as export
from autograder.cli.grade import command as grade
from autograder.course.assignment import Assignment, find_assignment
from autograder.course.secret import SECRET_FILE, course_secret
from autograder.grading import Grade, grade_submission
from autograder.sandbox.levels.bare import Bare
from autograder.seeds import SecretSeed
from tests.grading.broken_level import Broken

REFERENCE = '''\
"""Draws, by hand."""


def draw(x):
    """Return x."""
    ### BEGIN SOLUTION
    return x
    ### END SOLUTION
'''
CHECKS = '''\
import numpy as np


import pytest


@pytest.mark.points(1)
def test_shown(student):
    """A public check"""
    assert student.draw(b"a word that".hex() + b" is looked for".hex()) == 0


### BEGIN HIDDEN TESTS
@pytest.mark.points(1)
def test_hidden(student, rng):
    """A hidden check"""
    assert student.draw(rng.normal(size=3)) is None
### END HIDDEN TESTS
'''
NOTEBOOK = "# Draws\n\n```python\nfrom draws import draw\n```\n"
TELLS_ALL = """
import os, sys

def draw(x):
    raise ValueError(f"{sys.argv} {sys.orig_argv} {dict(os.environ)} {x}")
"""
#: Looks through what its process may read for words that it holds in halves only, lest it finds itself.
SEARCHES = '''
import ctypes, os

HALVES = {halves}

def regions():
    for line in open("/proc/self/maps"):
        span, rights, _, _, _, name = [*line.split(None, 5), ""][:6]
        if rights.startswith("r") and not name.startswith("[v"):
            start, end = (int(at, 16) for at in span.split("-"))
            yield start, end - start

def draw(x):
    """Says which words stand in memory, of which the environment is a part."""
    found = set()
    for start, length in list(regions()):
        content = ctypes.string_at(start, length)
        for number, (first, second) in enumerate(HALVES):
            at = content.find(first)
            while at >= 0:
                if content.startswith(second, at + len(first)):
                    found.add(number)
                at = content.find(first, at + 1)
        del content
    print("found", sorted(found))
    return x
'''


@pytest.fixture
def topic(tmp_path: Path) -> Assignment:
    folder = tmp_path / "course" / "solutions" / "draws"
    folder.mkdir(parents=True)
    (folder / "draws.py").write_text(REFERENCE)
    (folder / "test_draws.py").write_text(CHECKS)
    (folder / "draws.md").write_text(NOTEBOOK)
    return find_assignment("draws", folder.parent.parent)


@pytest.fixture
def secret(topic: Assignment) -> SecretSeed:
    return course_secret(topic.course)


def forms(secret: SecretSeed) -> Iterator[bytes]:
    """What would give the secret away, or what one case's numbers follow from."""
    drawn = [secret.entropy(f"test_{name}")[0] for name in ("shown", "hidden")]
    for raw in (
        secret.secret,
        *(number.to_bytes(32, order) for number in drawn for order in ("big", "little")),
    ):
        yield from (raw, raw.hex().encode(), raw.hex().upper().encode(), base64.b64encode(raw).rstrip(b"="))
        yield repr(raw).encode()
    yield from (str(number).encode() for number in drawn)


def holding(secret: SecretSeed, folder: Path) -> list[str]:
    """Return the files of a folder in which the secret stands in any form."""
    files = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert files
    return [str(path) for path, content in files.items() if any(form in content for form in forms(secret))]


def hand_in(folder: Path, source: str) -> Path:
    folder.mkdir(parents=True)
    (folder / "draws.py").write_text(source)
    return folder


def test_no_file_of_a_graded_class_holds_it(
    topic: Assignment, secret: SecretSeed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even where a submission tells all that it can get hold of, or nothing of it can be read."""
    students, out = tmp_path / "class", tmp_path / "out"
    hand_in(students / "ada", TELLS_ALL)
    hand_in(students / "bob", "def draw(:\n")
    hand_in(students / "cyd", "import os\n\ndef draw(x):\n    os._exit(1)\n")
    monkeypatch.chdir(topic.course)

    def run(command: object, *arguments: str) -> str:
        done = CliRunner().invoke(command, arguments)  # type: ignore[arg-type]
        assert done.exit_code == 0, done.output
        return done.output

    graded = run(grade, str(students), "--assignment", "draws", "--out", str(out / "grades"), "--jobs", "1")
    said = [graded, run(export, "moodle", str(out / "grades"), "--zeros", "--out", str(out / "moodle.csv"))]
    said.append(run(export, "gradescope", str(out / "grades"), "--zeros", "--out", str(out / "gradescope")))
    assert "HOME" in (out / "grades" / "ada" / "grade.json").read_text()
    assert holding(secret, out) == []
    assert not any(form in "".join(said).encode() for form in forms(secret))


def test_no_message_holds_it_where_the_machine_fails(
    topic: Assignment, secret: SecretSeed, tmp_path: Path
) -> None:
    """What went wrong is told with all that Python says of it."""
    graded = grade_submission(hand_in(tmp_path / "ada", TELLS_ALL), topic, level=Broken())
    assert "it does not start" in str(graded.run)
    told = f"{graded.to_json()} {dict(graded.run)} {graded!r}".encode()
    assert not any(form in told for form in forms(secret))


def test_the_handout_does_not_hold_it(
    topic: Assignment, secret: SecretSeed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Skeleton, public checks, notebook, README and hints are made in a course that has graded."""
    monkeypatch.chdir(topic.course)
    assert CliRunner().invoke(build).exit_code == 0
    released = topic.released
    assert {path.suffix for path in released.iterdir()} == {".py", ".ipynb", ".md", ".json"}
    assert holding(secret, released) == []
    assert not list(released.rglob(SECRET_FILE))


@pytest.fixture
def search(topic: Assignment, tmp_path: Path) -> Callable[[list[bytes]], Grade]:
    """Grades a submission that looks for words in its process; without walls, so that it sees all of it."""

    def searched(words: list[bytes]) -> Grade:
        halves = [(word[: len(word) // 2], word[len(word) // 2 :]) for word in words]
        source = SEARCHES.replace("{halves}", repr(halves))
        return grade_submission(hand_in(tmp_path / "ada", source), topic, level=Bare())

    return searched


def test_the_memory_of_the_sandbox_does_not_hold_it(
    search: Callable[[list[bytes]], Grade], secret: SecretSeed
) -> None:
    """Walls or not, the process is the same; what the check passes is found, so the search works."""
    passed = (b"a word that".hex() + b" is looked for".hex()).encode()
    graded = search([*forms(secret), passed])
    last = len(list(forms(secret)))
    printed = graded.run["printed"]
    assert printed["test_shown"] == f"found [{last}]\n", graded.checks
    assert printed["test_hidden"] in ("found []\n", f"found [{last}]\n")
