"""The grading seed: a secret of the course, from which each case's numbers follow by its name alone."""

import base64
import os
import stat
import subprocess
import sys
import zlib
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from autograder.cli.grade import command as grade
from autograder.course.secret import SECRET_FILE, course_secret, read_secret, secret_warning
from autograder.errors import UserError
from autograder.seeds import NumberedSeed, SecretSeed

CHECKS = '''
import pytest

@pytest.mark.points(1)
def test_a_draw(student, rng):
    """A draw"""
    assert student.f(float(rng.normal())) == "never"
{}
'''
ANOTHER = '''
@pytest.mark.points(1)
def test_another(student, rng):
    """Another"""
    rng.normal(size=9)
'''


def a_course(folder: Path, checks: str = CHECKS.format("")) -> Path:
    solutions = folder / "solutions" / "work"
    solutions.mkdir(parents=True)
    (solutions / "work.py").write_text("def f(x):\n    return x\n")
    (solutions / "test_work.py").write_text(checks)
    member = folder / "class" / "ada"
    member.mkdir(parents=True)
    (member / "work.py").write_text("def f(x):\n    return x\n")
    return folder


def graded(course: Path, monkeypatch: pytest.MonkeyPatch, *options: str) -> str:
    """Grade the class and return all that the command wrote, to files and to the terminal."""
    monkeypatch.chdir(course)
    done = CliRunner().invoke(
        grade, ["class", "--assignment", "work", "--out", "grades", "--jobs", "1", *options]
    )
    assert done.exit_code == 0, done.output
    files = [path.read_bytes().decode("latin-1") for path in (course / "grades").rglob("*") if path.is_file()]
    return "".join([done.output, *files])


def test_the_first_grading_makes_it_and_nothing_written_holds_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = a_course(tmp_path)
    written = graded(course, monkeypatch)
    path = course / SECRET_FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    secret = course_secret(course)
    assert len(secret.secret) == 32
    assert secret.fingerprint in written
    for form in (
        secret.secret.hex(),
        base64.b64encode(secret.secret).decode(),
        secret.secret.decode("latin-1"),
    ):
        assert form not in written
    assert repr(secret) == "SecretSeed()"


def test_another_check_in_the_file_redraws_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = a_course(tmp_path / "one")
    other = a_course(tmp_path / "other", CHECKS.format(ANOTHER))
    (tmp_path / "secret").write_text("ab" * 32)
    details = []
    for course in (one, other):
        written = graded(course, monkeypatch, "--secret", str(tmp_path / "secret"))
        details.append(next(line for line in written.splitlines() if "assert" in line and "never" in line))
        assert not (course / SECRET_FILE).exists()
    assert details[0].rstrip(",") == details[1].rstrip(",")


def test_numbers_follow_from_the_secret_and_the_name() -> None:
    one, other = SecretSeed(b"1" * 32), SecretSeed(b"2" * 32)
    assert one.entropy("test_a[1]") == SecretSeed(b"1" * 32).entropy("test_a[1]")
    draws = {
        tuple(np.random.default_rng(seed.entropy(name)).normal(size=3))
        for seed in (one, other)
        for name in ("test_a[1]", "test_a[2]")
    }
    assert len(draws) == 4
    assert one.fingerprint != other.fingerprint


def test_a_numbered_seed_draws_what_it_drew_before_there_were_secrets() -> None:
    assert NumberedSeed(7).entropy("test_x") == [7, zlib.crc32(b"test_x")]


def test_processes_that_make_it_at_once_agree(tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from autograder.course.secret import course_secret;" + (
        "print(course_secret(Path(sys.argv[1])).fingerprint)"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    assert len({process.communicate()[0] for process in started}) == 1
    assert [path.name for path in tmp_path.iterdir()] == [SECRET_FILE]


@pytest.mark.parametrize("content", ["", "abc", "zz" * 32, "ab" * 31, "ü"])
def test_what_is_no_secret_is_refused_without_quoting_it(content: str, tmp_path: Path) -> None:
    (tmp_path / SECRET_FILE).write_text(content, encoding="utf-8")
    with pytest.raises(UserError, match="is no grading secret") as refused:
        read_secret(tmp_path / SECRET_FILE)
    assert not content or content not in str(refused.value)


def test_doctor_warns_where_it_is_missing_or_others_can_read_it(tmp_path: Path) -> None:
    assert "is missing" in str(secret_warning(tmp_path))
    course_secret(tmp_path)
    assert secret_warning(tmp_path) is None
    os.chmod(tmp_path / SECRET_FILE, 0o644)
    assert "Others can read" in str(secret_warning(tmp_path))
