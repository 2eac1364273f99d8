"""What `autograder doctor` tries, and which level is chosen."""

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from autograder.doctor import try_level
from autograder.errors import UserError
from autograder.sandbox.levels.bare import Bare
from autograder.sandbox.levels.choose import LEVELS, choose_level
from autograder.sandbox.levels.level import Level

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Absent(Bare):
    """A safe level that this machine does not have."""

    name = "absent"
    safe = True

    def missing(self) -> str:
        return "there is none here"


def test_every_safe_level_prevents_all_that_is_tried(safe_level: Level) -> None:
    attempts = try_level(safe_level, ROOT)
    assert [attempt.what for attempt in attempts if not attempt.prevented] == []
    assert len(attempts) >= 12


def test_what_is_possible_without_walls_is_told() -> None:
    possible = {attempt.what for attempt in try_level(Bare(), ROOT) if not attempt.prevented}
    assert {"read the course's solutions", "read files that are open to all"} <= possible


def test_the_doctor_names_every_level_and_the_one_that_grading_will_use() -> None:
    command = [sys.executable, "-m", "autograder", "doctor"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said
    for level in LEVELS:
        assert re.search(rf"^{level.name} \(", said.stdout, re.MULTILINE)
    assert f"Grading will use {choose_level().name}." in said.stdout


def test_the_best_level_is_taken() -> None:
    assert choose_level().safe
    assert choose_level(allow_unsandboxed=True).safe
    assert choose_level(levels=(Absent(), LEVELS[0], Bare())) is LEVELS[0]


def test_without_a_safe_level_grading_stops_with_one_line() -> None:
    with pytest.raises(UserError) as raised:
        choose_level(levels=(Absent(), Bare()))
    message = str(raised.value)
    assert "\n" not in message
    for words in ("absent: there is none here", "autograder doctor", "--allow-unsandboxed"):
        assert words in message


def test_what_is_not_safe_must_be_allowed() -> None:
    assert choose_level(True, levels=(Absent(), Bare())).name == "bare"
