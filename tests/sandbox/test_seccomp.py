"""The filters let through what is listed and nothing else, whatever Python calls and on each processor.

The programs are carried out here as the kernel would: so those of the other processor are tested too.
"""

import errno
import platform
import struct
from collections.abc import Mapping

import pytest

from autograder.sandbox import seccomp
from autograder.sandbox.system_calls import NUMBERS

ALLOWED = "allowed"
MISSING, REFUSED = errno.ENOSYS, errno.EPERM
#: Arguments that make a call whose use matters one of those that are allowed.
HARMLESS = {"ioctl": (0, 0x5401), "clone": (0x10000,), "prctl": (15,), "getsockopt": (3, 1, 3)}

LOCKS = (5, 6, 7, 36, 37, 38)
NOT_ALLOWED = [
    *[("fcntl", (0, lock), REFUSED) for lock in LOCKS],
    ("fcntl", (0, 8), REFUSED),
    ("ioctl", (0, 0x5412), REFUSED),
    ("futex", (0, 1), MISSING),
    ("futex", (0, 10), MISSING),
    ("madvise", (0, 0, 21), errno.EINVAL),
    ("getsockopt", (0, 1, 77), MISSING),
    ("getpgid", (1,), REFUSED),
    ("getsid", (1,), REFUSED),
    ("sched_getaffinity", (1,), MISSING),
    ("clock_getres", (0xFFFF_FFF2,), errno.EINVAL),
    ("clock_nanosleep", (0xFFFF_FFF2,), errno.EINVAL),
]
NOT_FOR_CHILDREN = [
    ("clone", (17,), REFUSED),
    ("prctl", (1,), REFUSED),
    ("clock_gettime", (0xFFFF_FFF2,), errno.EINVAL),
    ("kill", (1,), REFUSED),
    ("prlimit64", (0,), REFUSED),
]

Programs = tuple[bytes, bytes]


def carry_out(program: bytes, machine: str, number: int, arguments: tuple[int, ...] = ()) -> object:
    """Return what a filter says of a call: the error that it is to fail with, or that it is allowed."""
    padded = [*arguments, 0, 0, 0, 0, 0, 0][:6]
    data = struct.pack("=IIQ6Q", number, seccomp._AUDIT_ARCHITECTURE[machine], 0, *padded)
    place = loaded = 0
    while True:
        code, if_true, if_false, operand = struct.unpack_from("=HBBI", program, 8 * place)
        place += 1
        match code:
            case seccomp._LOAD_WORD:
                (loaded,) = struct.unpack_from("=I", data, operand)
            case seccomp._JUMP_EQUAL:
                place += if_true if loaded == operand else if_false
            case seccomp._JUMP_AT_LEAST:
                place += if_true if loaded >= operand else if_false
            case seccomp._JUMP_ANY_BIT:
                place += if_true if loaded & operand else if_false
            case seccomp._RETURN:
                return ALLOWED if operand == seccomp._ALLOW else operand & 0xFFFF
            case _:
                raise AssertionError(f"no such instruction: {code}")


@pytest.fixture(params=["x86_64", "aarch64"])
def machine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    name: str = request.param
    monkeypatch.setattr(platform, "machine", lambda: name)
    return name


@pytest.fixture
def programs(machine: str) -> Programs:
    return seccomp.filter_programs()


def test_every_call_is_listed_or_not_there(programs: Programs, machine: str) -> None:
    names = {number: name for name, number in NUMBERS[machine].items()}
    for number in (*range(1000), 0x4000_0000, 0x4000_0038, 0xFFFF_FFFF):
        name = names.get(number, "")
        said = carry_out(programs[0], machine, number, HARMLESS.get(name, ()))
        expected = MISSING if not name else REFUSED if name in seccomp._REFUSED else ALLOWED
        assert said == expected, (number, name)


@pytest.mark.parametrize(("name", "arguments", "error"), NOT_ALLOWED)
def test_some_uses_are_refused_to_all(
    programs: Programs, machine: str, name: str, arguments: tuple[int, ...], error: int
) -> None:
    assert carry_out(programs[0], machine, NUMBERS[machine][name], arguments) == error


@pytest.mark.parametrize(("name", "arguments", "error"), NOT_FOR_CHILDREN)
def test_some_uses_are_refused_to_children_only(
    programs: Programs, machine: str, name: str, arguments: tuple[int, ...], error: int
) -> None:
    number = NUMBERS[machine][name]
    said = [carry_out(program, machine, number, arguments) for program in programs]
    assert said == [ALLOWED, error]


def test_children_keep_what_threads_and_clocks_need(programs: Programs, machine: str) -> None:
    needed: Mapping[str, tuple[int, ...]] = {"clone": (0x3D0F00,), "prctl": (15,), "clock_gettime": (3,)}
    for name, arguments in needed.items():
        number = NUMBERS[machine][name]
        assert {carry_out(program, machine, number, arguments) for program in programs} == {ALLOWED}
