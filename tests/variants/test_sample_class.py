import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.cli.sample_class import command
from autograder.course.assignment import Assignment, find_assignment
from autograder.course.build import build_files
from autograder.errors import UserError
from autograder.variants import load_variants
from autograder.variants.sample_class import sample_class, write_sample_class

ROOT = Path(__file__).parents[2]
BROKEN = {
    "broken-skeleton",
    "broken-syntax-error",
    "broken-endless-loop",
    "broken-os-exit",
    "broken-sys-exit",
    "broken-no-file",
    "broken-not-text",
    "broken-prints-50-mb",
}


@pytest.fixture(scope="module")
def losses() -> Assignment:
    return find_assignment("losses", ROOT)


@pytest.fixture(scope="module")
def members(losses: Assignment) -> dict[str, bytes | None]:
    return sample_class(losses)


def run(source: bytes, code: str, seconds: float = 60) -> subprocess.CompletedProcess[bytes]:
    """Run a member's module, and after it some code, in a process of its own."""
    command = [sys.executable, "-c", source.decode() + "\n" + code]
    return subprocess.run(command, capture_output=True, timeout=seconds, check=False)


def changed_functions(members: dict[str, bytes | None], name: str) -> list[str]:
    """The reference's functions of which a member has no equal copy."""
    reference, other = members["reference"], members[name]
    assert reference is not None
    assert other is not None
    parts = ["def " + part for part in reference.decode().split("\ndef ")[1:]]
    return [part[4 : part.index("(")] for part in parts if part.split("\n\n\n")[0] not in other.decode()]


def test_the_class_has_every_kind_of_member(members: dict[str, bytes | None], losses: Assignment):
    variants = load_variants(losses)
    expected = {"reference", "correct-noisy"} | BROKEN
    expected |= {f"correct-{variant.name}" for variant in variants.correct}
    expected |= {f"misconception-{variant.name}" for variant in variants.misconceptions}
    assert members.keys() == expected


def test_what_can_be_compiled_compiles_and_no_marker_is_left(members: dict[str, bytes | None]):
    for name, content in members.items():
        if content is None or name in {"broken-syntax-error", "broken-not-text"}:
            continue
        compile(content, name, "exec")
        assert b"SOLUTION" not in content


def test_the_skeleton_is_the_one_that_students_receive(members: dict[str, bytes | None], losses: Assignment):
    assert members["broken-skeleton"] == build_files(losses)["losses.py"].encode()


def test_there_is_no_file_no_text_and_no_syntax_where_the_name_says_so(members: dict[str, bytes | None]):
    assert members["broken-no-file"] is None
    with pytest.raises(UnicodeDecodeError):
        members["broken-not-text"].decode()
    with pytest.raises(SyntaxError):
        compile(members["broken-syntax-error"], "losses.py", "exec")


@pytest.mark.parametrize("name", ["endless-loop", "os-exit", "sys-exit", "prints-50-mb"])
def test_one_function_is_broken_and_it_is_a_late_one(members: dict[str, bytes | None], name: str):
    assert len(changed_functions(members, f"broken-{name}")) == 1


def test_leaving_ends_the_process_and_looping_never_returns(members: dict[str, bytes | None]):
    for name in ("broken-os-exit", "broken-sys-exit"):
        (function,) = changed_functions(members, name)
        result = run(members[name], f"print('before', flush=True)\n{function}()\nprint('after')")
        assert (result.returncode, result.stdout.split()) == (0, [b"before"])
    (function,) = changed_functions(members, "broken-endless-loop")
    with pytest.raises(subprocess.TimeoutExpired):
        run(members["broken-endless-loop"], f"{function}()", seconds=1.5)


@pytest.mark.parametrize(("name", "megabytes"), [("correct-noisy", 1), ("broken-prints-50-mb", 50)])
def test_the_noisy_print_as_much_as_they_say(members: dict[str, bytes | None], name: str, megabytes: int):
    assert len(run(members[name], "").stdout) == megabytes * 1_000_000


def test_written_as_a_folder_per_member_into_an_empty_one(tmp_path: Path):
    write_sample_class(tmp_path / "class", "tiny", {"a": b"x = 1\n", "b": None})
    assert (tmp_path / "class" / "a" / "tiny.py").read_bytes() == b"x = 1\n"
    assert list((tmp_path / "class" / "b").iterdir()) == []
    assert [p.name for p in tmp_path.iterdir()] == ["class"]


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path):
    (tmp_path / "work.txt").write_text("mine")
    with pytest.raises(UserError, match="not empty"):
        write_sample_class(tmp_path, "tiny", {"a": None})
    assert [p.name for p in tmp_path.iterdir()] == ["work.txt"]


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="can't write"):
        write_sample_class(tmp_path / "file" / "class", "tiny", {"a": None})


def test_the_command_writes_a_class_and_says_how_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(ROOT)
    result = CliRunner().invoke(command, [str(tmp_path / "class")])
    assert result.exit_code == 0, result.output
    assert str(len(os.listdir(tmp_path / "class"))) in result.output
    again = CliRunner().invoke(command, [str(tmp_path / "class")])
    assert isinstance(again.exception, UserError)
