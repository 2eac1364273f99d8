"""The folder that a submission may write to has the size that its limits say."""

import pytest

from autograder.proxy import StudentProxy
from autograder.proxy.budget import Budget
from autograder.proxy.channel import SandboxChannel
from autograder.proxy.transcript import Transcript
from autograder.sandbox.levels.bubblewrap import Bubblewrap
from autograder.sandbox.levels.level import Level
from autograder.sandbox.limits import Limits
from autograder.sandbox.process import Sandbox

MIB = 2**20

WORK = """
def write(count, size):
    for i in range(count):
        try:
            with open(f"{i}.bin", "wb") as file:
                file.write(bytes(size))
        except OSError as error:
            return error.strerror
    return "written"
"""


def written(level: Level, scratch: int, files: int, size: int) -> str:
    """Return what a student's code hears that writes so many files of so many bytes."""
    limits = Limits(scratch=scratch)
    with Sandbox(level, limits) as sandbox:
        assert sandbox.load({"work.py": WORK.encode()}, "work") is None
        with StudentProxy(SandboxChannel(sandbox, Budget.of(limits)), "work", Transcript()) as student:
            return str(student.write(files, size))


def test_a_larger_folder_than_the_default_can_be_filled(safe_level: Level) -> None:
    assert written(safe_level, 256 * MIB, files=10, size=10 * MIB) == "written"


def test_where_the_folder_is_a_file_system_a_smaller_one_is_full_at_once() -> None:
    if (why := Bubblewrap().missing()) is not None:
        pytest.skip(why)
    assert written(Bubblewrap(), MIB, files=2, size=MIB) == "No space left on device"
