"""The course's grading secret: who has it, who has not, and what follows from it."""

import base64
import json
import os
import pickle
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import nullcontext
from functools import partial
from multiprocessing import get_context
from multiprocessing.pool import Pool, ThreadPool
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from autograder.cli.doctor import command as doctor
from autograder.cli.grade import command as grade
from autograder.course.assignment import Assignment
from autograder.course.secret import (
    SECRET_FILE,
    course_secret,
    demonstration_warning,
    read_secret,
    secret_warning,
)
from autograder.errors import UserError
from autograder.grading import grade_submission
from autograder.grading.run_checks import run_checks
from autograder.grading.workers import local_workers
from autograder.platforms.autograder_files import course_files
from autograder.proxy.channel import DirectChannel
from autograder.seeds import GradingSeed, NumberedSeed, SecretSeed

SECRET = SecretSeed(bytes(range(32)))
CHECK = '''
@pytest.mark.points(1)
def test_{name}(student, rng):
    """A draw"""
    assert student.draw() == rng.integers(2**62)
'''
RIGHT = "def draw():\n    return 0\n"


@pytest.fixture
def topic(tmp_path: Path) -> Assignment:
    """A course whose checks show what they draw, since no answer is right."""
    folder = tmp_path / "course" / "solutions" / "draws"
    folder.mkdir(parents=True)
    (folder / "draws.py").write_text(RIGHT)
    (folder / "test_draws.py").write_text(
        "import pytest\n" + CHECK.format(name="first") + CHECK.format(name="second")
    )
    (tmp_path / "class" / "ada").mkdir(parents=True)
    (tmp_path / "class" / "ada" / "draws.py").write_text(RIGHT)
    return Assignment("draws", folder)


@pytest.fixture(scope="module")
def worker() -> Iterator[Executor]:
    """The process that grades, for all the commands that are run here."""
    with local_workers(1) as executor:
        yield executor


@pytest.fixture
def invoke(
    topic: Assignment, worker: Executor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., str]:
    """Grades the class by the command, and gives what it prints."""
    monkeypatch.chdir(topic.course)
    monkeypatch.setattr("autograder.cli.grade.local_workers", lambda jobs: nullcontext(worker))

    def run(*arguments: str, code: int = 0) -> str:
        where = [str(tmp_path / "class"), "--assignment", "draws", "--out", str(tmp_path / "grades")]
        done = CliRunner().invoke(grade, [*where, "--jobs", "1", *arguments])
        assert done.exit_code == code, done.output
        return done.output

    return run


def draws(topic: Assignment, seed: GradingSeed) -> dict[str, str]:
    """What each check draws, as the first line of its message quotes it."""
    students = {"": partial(DirectChannel, RIGHT, topic.name)}
    return {case.name: case.message.splitlines()[0] for case in run_checks(topic, students, seed)}


def fingerprint(folder: Path) -> str:
    content = json.loads((folder / "grades" / "ada" / "grade.json").read_text())
    found = content["manifest"]["seed_fingerprint"]
    assert isinstance(found, str)
    return found


def test_a_number_draws_what_it_has_always_drawn():
    assert NumberedSeed(7).entropy("test_a[1]") == [7, zlib.crc32(b"test_a[1]")]
    assert NumberedSeed(7).fingerprint == "seed-7"


def test_the_same_secret_draws_the_same_and_another_something_else(topic: Assignment):
    assert draws(topic, SECRET) == draws(topic, pickle.loads(pickle.dumps(SECRET)))
    assert len({*draws(topic, SECRET).values(), *draws(topic, SecretSeed(bytes(32))).values()}) == 4


def test_editing_one_check_redraws_no_other(topic: Assignment):
    before, digest = draws(topic, SECRET), topic.digest
    text = topic.checks.read_text()
    topic.checks.write_text(text.replace("A draw", "One draw", 1).replace("test_second", "test_another"))
    after = draws(topic, SECRET)
    assert after["test_first"] == before["test_first"]
    assert after["test_another"] != before["test_second"]
    assert Assignment(topic.name, topic.folder).digest != digest


def test_a_generator_takes_the_entropy():
    rng = np.random.default_rng(SECRET.entropy("test_a"))
    assert rng.random() != np.random.default_rng(SECRET.entropy("test_b")).random()


def test_nothing_that_is_shown_holds_the_secret():
    assert SECRET.secret.hex() not in f"{SECRET!r} {SECRET} {SECRET.fingerprint}"
    assert repr(SECRET) == "SecretSeed()"
    assert len(SECRET.fingerprint) == 16
    assert SECRET.fingerprint != SecretSeed(bytes(32)).fingerprint


def test_the_first_grading_makes_a_file_for_its_owner_only(topic: Assignment, invoke: Callable[..., str]):
    invoke()
    path = topic.course / SECRET_FILE
    content = path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(bytes.fromhex(content.decode())) == 32
    assert "1 of 1 are graded already" in invoke()
    assert path.read_bytes() == content
    assert sorted(p.name for p in topic.course.iterdir()) == [SECRET_FILE, "solutions"]


def test_the_manifest_holds_a_fingerprint_and_no_file_the_secret(
    topic: Assignment, invoke: Callable[..., str], tmp_path: Path
):
    said = invoke().encode()
    seed = course_secret(topic.course)
    assert fingerprint(tmp_path) == seed.fingerprint
    files = [p.read_bytes() for p in (tmp_path / "grades").rglob("*") if p.is_file()]
    assert len(files) >= 4
    forms = (seed.secret, seed.secret.hex().encode(), base64.b64encode(seed.secret).rstrip(b"="))
    assert not any(form in content for form in forms for content in [said, *files])


@pytest.mark.long
def test_another_secret_or_a_number_grades_anew(invoke: Callable[..., str], tmp_path: Path):
    (tmp_path / "other").write_text(SECRET.secret.hex())
    prints = []
    for arguments in ((), ("--secret", str(tmp_path / "other")), ("--seed", "7")):
        assert "already" not in invoke(*arguments)
        prints.append(fingerprint(tmp_path))
    assert prints[1:] == [SECRET.fingerprint, "seed-7"]
    assert prints[0] not in prints[1:]
    assert "exclude each other" in invoke("--seed", "7", "--secret", str(tmp_path / "other"), code=2)


def test_a_number_and_a_secret_elsewhere_make_no_file(
    topic: Assignment, invoke: Callable[..., str], tmp_path: Path
):
    (tmp_path / "other").write_text(SECRET.secret.hex())
    invoke("--seed", "7")
    invoke("--secret", str(tmp_path / "other"))
    grade_submission(tmp_path / "class" / "ada", topic, seed=SECRET)
    assert not (topic.course / SECRET_FILE).exists()


def pool_of(kind: str) -> ThreadPool | Pool:
    # Not forked: a child of a process with threads may wait for ever for a lock that a thread held.
    return ThreadPool(8) if kind == "threads" else get_context("spawn").Pool(4)


@pytest.mark.parametrize("kind", ["threads", "processes"])
def test_runs_that_make_it_at_once_agree(tmp_path: Path, kind: str):
    with pool_of(kind) as pool:
        for number in range(5):
            (folder := tmp_path / str(number)).mkdir()
            found = pool.map(course_secret, [folder] * 8, chunksize=1)
            assert set(found) == {read_secret(folder / SECRET_FILE)}
            assert [p.name for p in folder.iterdir()] == [SECRET_FILE]


@pytest.mark.parametrize("content", [b"", b"ab" * 31, b"ab" * 33, b"no hexadecimal digits", b"\xff" * 64])
def test_a_file_that_holds_no_secret_is_refused_in_a_sentence(tmp_path: Path, content: bytes):
    (tmp_path / SECRET_FILE).write_bytes(content)
    with pytest.raises(UserError, match=r"is no grading secret; one is 64 hexadecimal digits$") as raised:
        course_secret(tmp_path)
    assert raised.value.__context__ is None
    assert (tmp_path / SECRET_FILE).read_bytes() == content


def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(tmp_path: Path):
    (tmp_path / SECRET_FILE).mkdir()
    with pytest.raises(UserError, match=r"can't be read from .*: Is a directory$"):
        course_secret(tmp_path)


def test_a_folder_that_takes_no_file_is_refused_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    with pytest.raises(UserError, match=r"can't be written to .*not permitted; .*--secret FILE"):
        course_secret(tmp_path)
    with pytest.raises(UserError, match=r"can't be written to .*--secret FILE"):
        course_secret(tmp_path / "missing")


def test_the_doctor_warns_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "solutions").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("autograder.cli.doctor.LEVELS", ())
    path = tmp_path / SECRET_FILE

    def said() -> str:
        return "\n".join(
            line for line in CliRunner().invoke(doctor).output.splitlines() if SECRET_FILE in line
        )

    assert said() == f"{path} is missing; the first grading will make it."
    course_secret(tmp_path)
    assert said() == ""
    path.chmod(0o640)
    assert said() == f"Others can read {path}; forbid it with: chmod 600 {path}"
    assert course_secret(tmp_path)
    assert secret_warning(path) == f"{path / SECRET_FILE} can't be looked at: Not a directory."


def test_the_doctor_warns_of_a_secret_that_a_demonstration_has_used(
    topic: Assignment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """What the files of a sample class say of hidden checks holds what they draw."""
    shown = topic.course / "grades" / "reference"
    shown.mkdir(parents=True)
    assert demonstration_warning(topic.course) is None
    path = topic.course / SECRET_FILE
    for seed, warned in ((SECRET, False), (None, True)):
        graded = grade_submission(tmp_path / "class" / "ada", topic, seed=seed)
        (shown / "grade.json").write_text(graded.to_json())
        assert (demonstration_warning(topic.course) is not None) == warned
    monkeypatch.chdir(topic.course)
    monkeypatch.setattr("autograder.cli.doctor.LEVELS", ())
    assert (
        f"{shown.parent} holds a sample class that was graded with {path}"
        in CliRunner().invoke(doctor).output
    )
    path.unlink()
    course_secret(topic.course)
    assert demonstration_warning(topic.course) is None
    (shown / "grade.json").write_text("[]")
    assert demonstration_warning(topic.course) is None


def test_what_grades_elsewhere_holds_it(tiny: Assignment):
    content = course_files(tiny)[SECRET_FILE]
    assert content == (tiny.course / SECRET_FILE).read_bytes()
    assert course_files(tiny) == course_files(tiny)
