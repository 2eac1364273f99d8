"""Folders and zips are read by one set of rules; what they refuse is named, and what remains is graded."""

import io
import os
import socket
import stat
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.submissions import Submission, read_submission
from autograder.submissions.rules import MAX_DEPTH, MAX_FILE, MAX_FILES, MAX_TOTAL

Files = Mapping[str, bytes]
WORK = {"losses.py": b"answer = 42\n"}


def as_folder(where: Path, files: Files) -> Path:
    folder = where / "student"
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def as_zip(where: Path, files: Files, compression: int = zipfile.ZIP_DEFLATED) -> Path:
    path = where / "student.zip"
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


@pytest.fixture(params=[as_folder, as_zip], ids=["folder", "zip"])
def hand_in(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[Files], Submission]:
    """Reads a submission that was handed in as a folder, or as a zip."""

    def read(files: Files) -> Submission:
        return read_submission(request.param(tmp_path, files), "losses")

    return read


def test_all_files_of_a_submission_are_read(hand_in: Callable[[Files], Submission]) -> None:
    files = {**WORK, "helper.py": b"", "data/notes.txt": b"\xff\0", "Füße.txt": b"x"}
    submission = hand_in(files)
    assert (submission.student, submission.problem, submission.refused) == ("student", "", ())
    assert submission.files == files


def test_the_module_may_lie_in_a_folder(hand_in: Callable[[Files], Submission]) -> None:
    submission = hand_in({"hw/losses.py": b"1", "hw/sub/helper.py": b"2", "elsewhere.py": b"3"})
    assert submission.files == {"losses.py": b"1", "sub/helper.py": b"2"}


def test_the_one_nearest_to_the_top_counts(hand_in: Callable[[Files], Submission]) -> None:
    submission = hand_in({"losses.py": b"new", "backup/losses.py": b"old"})
    assert submission.files == {"losses.py": b"new", "backup/losses.py": b"old"}


def test_two_candidates_are_one_too_many(hand_in: Callable[[Files], Submission]) -> None:
    submission = hand_in({"a/losses.py": b"1", "b/losses.py": b"2"})
    assert "two files losses.py (a/losses.py and b/losses.py)" in submission.problem


@pytest.mark.parametrize("files", [{"loses.py": b""}, {"losses.py.txt": b""}, {"__MACOSX/losses.py": b""}])
def test_a_missing_module_is_a_sentence(hand_in: Callable[[Files], Submission], files: Files) -> None:
    assert "there is no file losses.py" in hand_in(files).problem


def test_what_systems_add_is_left_out_silently(hand_in: Callable[[Files], Submission]) -> None:
    noise = {
        ".DS_Store": b"x",
        "__MACOSX/._losses.py": b"x",
        "__pycache__/losses.pyc": b"x",
        ".git/config": b"x",
    }
    submission = hand_in({**WORK, **noise})
    assert (submission.files, submission.refused) == (WORK, ())


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("line\nbreak.py", "can't be printed"),
        ("bell\a.py", "can't be printed"),
        ("\u202eyp.backwards", "can't be printed"),
        ("/".join("d" * (MAX_DEPTH + 1)), "folders deep"),
        ("..\\climbs.py", "leads out"),
        ("C:\\other\\drive.py", "leads out"),
    ],
)
def test_unfit_names_are_refused_and_named(
    hand_in: Callable[[Files], Submission], name: str, why: str
) -> None:
    submission = hand_in({**WORK, name: b"x"})
    (sentence,) = submission.refused
    assert why in sentence
    assert sentence.isprintable()
    assert (submission.files, submission.problem) == (WORK, "")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("\u200fدرس 👩\u200d👧\u00a0Müller/sub/x.py", "\u200fدرس 👩\u200d👧\u00a0Müller/sub/x.py"),
        ("line\nbreak\u202e/x.py", "line_break_/x.py"),
        ("back\\slash/x.py", "back/slash/x.py"),
        ("深" * 72 + "/x.py", "深" * 72 + "/x.py"),
        ("python3.11/x.py", "python3.11/x.py"),
        ("/".join([*"abcdefghijklmnop", "x.py"]), "/".join([*"abcdefghijklmnop", "x.py"])),
    ],
)
def test_odd_names_of_folders_cost_nothing(
    hand_in: Callable[[Files], Submission], name: str, kept: str
) -> None:
    submission = hand_in({**WORK, name: b"x"})
    assert (submission.files, submission.refused) == ({**WORK, kept: b"x"}, ())


def test_large_files_are_refused_and_named(hand_in: Callable[[Files], Submission]) -> None:
    submission = hand_in({**WORK, "fits.bin": bytes(MAX_FILE), "large.bin": bytes(MAX_FILE + 1)})
    assert submission.refused == ("'large.bin' was left out: it is larger than 10 MB",)
    assert set(submission.files) == {"losses.py", "fits.bin"}


def test_too_much_python_is_a_sentence(hand_in: Callable[[Files], Submission]) -> None:
    files = {f"m{i}.py": bytes(MAX_FILE) for i in range(MAX_TOTAL // MAX_FILE)}
    assert "more than 50 MB of Python" in hand_in({**WORK, **files}).problem


def test_too_many_modules_are_a_sentence(hand_in: Callable[[Files], Submission]) -> None:
    many = {f"m{i}.py": b"" for i in range(MAX_FILES)}
    assert f"more than {MAX_FILES} Python files" in hand_in({**WORK, **many}).problem


def test_data_is_read_as_far_as_there_is_room(hand_in: Callable[[Files], Submission]) -> None:
    data = {f"data/{i}.bin": bytes(MAX_FILE) for i in range(6)}
    submission = hand_in({**WORK, **data, "weights.npy": b"near"})
    assert set(submission.files) == {"losses.py", "weights.npy", *(f"data/{i}.bin" for i in range(4))}
    assert [r.partition(":")[0] for r in submission.refused] == [
        f"'data/{i}.bin' was left out" for i in (4, 5)
    ]


def test_any_number_of_other_files_costs_nothing(hand_in: Callable[[Files], Submission]) -> None:
    submission = hand_in({**WORK, **{f"images/{i}.png": b"" for i in range(MAX_FILES + 100)}})
    assert submission.problem == ""
    assert len(submission.files) == MAX_FILES
    assert "and 96 more were left out: there is room for 1000 files" in submission.refused[0]


@pytest.mark.parametrize(
    ("folder", "mark"),
    [
        ("venv", "venv/pyvenv.cfg"),
        ("env/lib", "env/pyvenv.cfg"),
        ("conda/lib", ""),
        ("node_modules", ""),
        ("Lib", "pyvenv.cfg"),
        ("conda/envs/dl", ""),
    ],
)
def test_packages_that_were_installed_are_not_the_students(
    hand_in: Callable[[Files], Submission], folder: str, mark: str
) -> None:
    marks = {mark: b"home = /usr/bin\n"} if mark else {}
    installed = f"{folder}/lib/python3.12/site-packages/keras"
    many = {f"{installed}/m{i}.py": b"" for i in range(MAX_FILES)}
    submission = hand_in({"hw/losses.py": b"1", f"{installed}/losses.py": b"2", **many, **marks})
    assert submission.files == {"losses.py": b"1"}
    (sentence,) = submission.refused
    assert "it holds installed packages" in sentence


def test_work_within_an_environment_counts(hand_in: Callable[[Files], Submission]) -> None:
    files = {"pyvenv.cfg": b"", "losses.py": b"1", "parts/own.py": b"2", "bin/jp.py": b"3"}
    submission = hand_in(files)
    assert set(submission.files) == {"pyvenv.cfg", "losses.py", "parts/own.py"}


def test_sentences_are_not_without_end(hand_in: Callable[[Files], Submission]) -> None:
    submission = hand_in({**WORK, **{f"{i}\a.py": b"" for i in range(50)}})
    (sentence,) = submission.refused
    assert "'0\\x07.py', '1\\x07.py'" in sentence
    assert "and 45 more were left out: its name holds" in sentence


names = st.from_regex(r"[a-zA-Z0-9_é]{1,8}", fullmatch=True)
files_ = st.dictionaries(names.map(lambda n: f"{n}.txt"), st.binary(max_size=20), max_size=5)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=files_, changed=files_)
def test_equal_content_has_equal_digests_however_it_comes(
    tmp_path_factory: pytest.TempPathFactory, files: Files, changed: Files
) -> None:
    where, other = tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("other")
    one = read_submission(as_folder(where, {**WORK, **files}), "losses")
    two = read_submission(as_zip(where, {**files, **WORK}), "losses")
    deeper = read_submission(as_zip(other, {f"in/{n}": c for n, c in {**WORK, **files}.items()}), "losses")
    assert one.digest == two.digest == deeper.digest
    three = read_submission(as_folder(other, {**WORK, **changed}), "losses")
    assert (one.digest == three.digest) == (files == changed)


def test_names_and_contents_do_not_blend_in_the_digest() -> None:
    assert Submission("s", {"a": b"b"}).digest != Submission("s", {"ab": b""}).digest
    assert Submission("s", {"a": b"1", "b": b""}).digest != Submission("s", {"a": b"", "b": b"1"}).digest


# Folders only.


def test_links_and_devices_are_refused_unread(tmp_path: Path) -> None:
    folder = as_folder(tmp_path, WORK)
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "key.txt").write_text("secret")
    (folder / "link.txt").symlink_to(tmp_path / "secret" / "key.txt")
    (folder / "folder").symlink_to(tmp_path / "secret")
    (folder / "loop").symlink_to(folder)
    (folder / "dangling").symlink_to("nowhere")
    os.mkfifo(folder / "fifo.py")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.relpath(folder / "socket"))
    submission = read_submission(folder, "losses")
    assert submission.files == WORK
    assert len(submission.refused) == 6
    assert sum("it is a link" in r for r in submission.refused) == 4


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: os.symlink("/etc/passwd", path), os.mkdir])
def test_the_module_itself_must_be_a_file(tmp_path: Path, make: Callable[[Path], None]) -> None:
    folder = as_folder(tmp_path, {"notes.txt": b""})
    make(folder / "losses.py")
    assert "there is no file losses.py" in read_submission(folder, "losses").problem


def test_a_submission_that_is_a_link(tmp_path: Path) -> None:
    as_folder(tmp_path, WORK)
    (tmp_path / "other").symlink_to(tmp_path / "student")
    assert "is a link" in read_submission(tmp_path / "other", "losses").problem


def test_names_that_are_no_text_are_refused(tmp_path: Path) -> None:
    folder = as_folder(tmp_path, WORK)
    (Path(os.fsdecode(os.fsencode(folder) + b"/\xff\xfe.py"))).write_bytes(b"x")
    submission = read_submission(folder, "losses")
    assert "can't be printed" in submission.refused[0]
    assert submission.refused[0].isprintable()
    assert submission.files == WORK


def test_folders_nested_without_end(tmp_path: Path) -> None:
    folder = as_folder(tmp_path, WORK)
    inner = os.open(folder, os.O_RDONLY)
    for _ in range(1500):
        os.mkdir("d", dir_fd=inner)
        deeper = os.open("d", os.O_RDONLY, dir_fd=inner)
        os.close(inner)
        inner = deeper
    os.close(inner)
    submission = read_submission(folder, "losses")
    assert submission.files == WORK
    assert "folders deep" in submission.refused[0]
    subprocess.run(["rm", "-r", str(folder)], check=True)  # deeper than Python's own removal goes


# Zips only.


@pytest.mark.parametrize(
    "name",
    ["../losses.py", "/losses.py", "a/../../losses.py", "//losses.py", ".", "..\\losses.py", "C:/losses.py"],
)
def test_paths_that_climb_out(tmp_path: Path, name: str) -> None:
    submission = read_submission(as_zip(tmp_path, {**WORK, name: b"bad"}), "losses")
    assert submission.files == WORK
    assert len(submission.refused) == 1


def test_a_folder_of_a_longer_name_than_systems_allow(tmp_path: Path) -> None:
    names = ("深" * 255, "深" * 254 + "度")
    submission = read_submission(as_zip(tmp_path, {**WORK, **{f"{n}/x.py": b"" for n in names}}), "losses")
    assert submission.refused == ()
    folders = {name.partition("/")[0] for name in submission.files.keys() - WORK.keys()}
    assert len(folders) == 2
    assert all(len(folder.encode()) <= 255 for folder in folders)


def test_a_path_that_is_too_long(tmp_path: Path) -> None:
    deep = "/".join(["d" * 250] * 13)
    (sentence,) = read_submission(as_zip(tmp_path, {**WORK, f"{deep}/x.py": b""}), "losses").refused
    assert "its name is too long" in sentence


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_members_that_are_in_each_others_way(tmp_path: Path) -> None:
    path = tmp_path / "student.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("losses.py", "losses.py", "./losses.py", "a", "a/b", "a/b/c"):
            archive.writestr(name, name)
    submission = read_submission(path, "losses")
    assert set(submission.files) == {"losses.py", "a"}
    assert len(submission.refused) == 3


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFSOCK])
def test_members_that_are_no_files(tmp_path: Path, kind: int) -> None:
    path = as_zip(tmp_path, WORK)
    with zipfile.ZipFile(path, "a") as archive:
        member = zipfile.ZipInfo("odd")
        member.external_attr = (kind | 0o644) << 16
        archive.writestr(member, "/etc/passwd")
    submission = read_submission(path, "losses")
    assert submission.files == WORK
    assert len(submission.refused) == 1


def test_encrypted_members_are_refused_and_named(tmp_path: Path) -> None:
    content = bytearray(as_zip(tmp_path, WORK).read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= 1
    (tmp_path / "student.zip").write_bytes(content)
    submission = read_submission(tmp_path / "student.zip", "losses")
    (sentence,) = submission.refused
    assert sentence.startswith("'losses.py' was left out: it needs a password")
    assert "there is no file" in submission.problem


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_bombs_are_not_unpacked(tmp_path: Path, method: int) -> None:
    path = as_zip(tmp_path, {**WORK, "bomb": bytes(60 * 2**20)}, method)
    script = (
        "import resource, sys; from pathlib import Path; from autograder.submissions import read_submission;"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss;"
        "print(read_submission(Path(sys.argv[1]), 'losses').refused);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    said = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True
    )
    refused, kilobytes = said.stdout.splitlines()
    assert "larger than 10 MB" in refused
    assert int(kilobytes) < 40 * 1024


def test_a_bomb_that_lies_about_its_size(tmp_path: Path) -> None:
    path = as_zip(tmp_path, {"losses.py": bytes(50 * 2**20)})
    content = bytearray(path.read_bytes())
    at = content.index(b"PK\x01\x02") + 24
    content[at : at + 4] = struct.pack("<I", 10)
    path.write_bytes(content)
    submission = read_submission(path, "losses")
    assert sum(map(len, submission.files.values())) <= 10


def zipped(files: Files, method: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@settings(max_examples=150)
@given(
    method=st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]),
    changes=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=4),
    keep=st.integers(0, 10**6) | st.none(),
)
def test_damaged_zips_are_a_sentence_or_less(
    tmp_path_factory: pytest.TempPathFactory,
    method: int,
    changes: list[tuple[int, int]],
    keep: int | None,
) -> None:
    content = bytearray(zipped({**WORK, "b.txt": b"text " * 20}, method))
    for position, value in changes:
        content[position % len(content)] = value
    path = tmp_path_factory.getbasetemp() / "damaged.zip"
    path.write_bytes(content if keep is None else content[: keep % len(content)])
    submission = read_submission(path, "losses")
    assert submission.problem or "losses.py" in submission.files


@pytest.mark.parametrize("content", [b"", b"no zip at all", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_zip_is_a_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "student.zip").write_bytes(content)
    submission = read_submission(tmp_path / "student.zip", "losses")
    assert submission.problem.startswith("'student.zip' can't be graded: it ")


def test_a_pipe_named_like_a_zip_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "student.zip")
    assert "a link or a device" in read_submission(tmp_path / "student.zip", "losses").problem


def test_what_is_gone_is_a_sentence(tmp_path: Path) -> None:
    assert "can't be read" in read_submission(tmp_path / "gone.zip", "losses").problem
