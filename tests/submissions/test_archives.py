"""Archives, in folders and in each other, are read like folders; what can't be opened is named."""

import bz2
import gzip
import io
import lzma
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.submissions import Submission, read_submission
from autograder.submissions.paths import decoded
from autograder.submissions.rules import MAX_LISTED, MAX_NESTED

Files = Mapping[str, bytes]
WORK = {"losses.py": b"answer = 42\n"}


def zipped(files: Files) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return content.getvalue()


def tarred(files: Files, mode: str = "w:gz", kinds: Mapping[str, bytes] | None = None) -> bytes:
    """A tar of these files, some of which may be links to their content, or devices."""
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            if kinds and name in kinds:
                member.type, member.linkname = kinds[name], data.decode()
                archive.addfile(member)
            else:
                member.size = len(data)
                archive.addfile(member, io.BytesIO(data))
    return content.getvalue()


@pytest.fixture
def read(tmp_path: Path) -> Callable[[Files], Submission]:
    """Reads a student's folder of these files."""

    def reading(files: Files) -> Submission:
        for name, content in files.items():
            path = tmp_path / "student" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return read_submission(tmp_path / "student", "losses")

    return reading


Read = Callable[[Files], Submission]
TARS = {"hw.tar": "w", "hw.tar.gz": "w:gz", "hw.TGZ": "w:gz", "hw.tar.bz2": "w:bz2", "hw.txz": "w:xz"}


def without_content(value: object) -> str | None:
    """Name a parameter: an archive holds times, and workers must collect the same names."""
    return "content" if isinstance(value, bytes) else None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("hw.zip", zipped(WORK)),
        ("HW.ZIP", zipped({"hw/losses.py": WORK["losses.py"]})),
        *((name, tarred(WORK, mode)) for name, mode in TARS.items()),
        ("hw.zip", tarred(WORK)),
        ("hw.tar.gz", zipped(WORK)),
        ("losses.py.gz", gzip.compress(WORK["losses.py"])),
        ("losses.py.bz2", bz2.compress(WORK["losses.py"])),
        ("losses.py.xz", lzma.compress(WORK["losses.py"])),
        ("hw.zip", zipped({"in.zip": zipped({"in.tar.gz": tarred(WORK)})})),
    ],
    ids=without_content,
)
def test_work_in_an_archive_is_found(read: Read, tmp_path: Path, name: str, content: bytes) -> None:
    submission = read({name: content, "report.pdf": b"%PDF"})
    assert (submission.files, submission.problem, submission.refused) == (WORK, "", ())
    (tmp_path / name).write_bytes(content)
    assert read_submission(tmp_path / name, "losses").files == WORK


def test_packed_data_stays_packed(read: Read) -> None:
    images = gzip.compress(bytes(100))
    assert read({**WORK, "images-ubyte.gz": images}).files == {**WORK, "images-ubyte.gz": images}


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        (
            "hw.rar",
            b"Rar!\x1a\x07\x01\x00" + bytes(100),
            "a rar archive, which can't be opened here; make a zip",
        ),
        (
            "hw.7z",
            b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(60),
            "a 7z archive, which can't be opened here; make a zip",
        ),
        (
            "hw.tar.zst",
            b"\x28\xb5\x2f\xfd" + bytes(60),
            "packed by zstd, which can't be opened here; make a zip",
        ),
        ("hw.zip", zipped(WORK)[:-40], "can't be read as an archive"),
        ("hw.zip", b"<html>Please log in</html>", "make it again as a zip"),
        ("hw.tgz", tarred({**WORK, "more.py": bytes(9000)})[:-40], "can't be read as an archive"),
        ("hw.zip", b"", "can't be read as an archive"),
        ("hw.zip", zipped({}), "it is empty"),
        ("hw.tar", tarred({}, "w"), "it is empty"),
    ],
    ids=without_content,
)
def test_what_cannot_be_opened_is_named(
    read: Read, tmp_path: Path, name: str, content: bytes, why: str
) -> None:
    submission = read({**WORK, name: content})
    assert submission.files == WORK
    (sentence,) = submission.refused
    assert sentence.startswith(f"'{name}' was left out: it")
    assert why in sentence
    (tmp_path / name).write_bytes(content)
    problem = read_submission(tmp_path / name, "losses").problem
    assert problem.startswith(f"'{name}' can't be graded: it")
    assert why in problem


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE])
def test_links_and_devices_in_a_tar_are_refused(read: Read, kind: bytes) -> None:
    submission = read({"hw.tar": tarred({**WORK, "odd.py": b"losses.py"}, "w", {"odd.py": kind})})
    assert submission.files == WORK
    assert submission.refused[0].startswith("'hw.tar/odd.py' was left out: it is")


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_what_climbs_out_is_refused_and_what_only_has_a_root_is_not(
    read: Read, pack: Callable[[Files], bytes]
) -> None:
    climbing = {**WORK, "../up.py": b"", "a/../../up.py": b"", "/etc/up.py": b"", "..\\back.py": b""}
    submission = read({"climbing.zip": pack(climbing)})
    assert submission.files == WORK
    assert len(submission.refused) == 4
    rooted = {"/home/ada/hw/losses.py": b"1", "/home/ada/hw/own.py": b"2", "__MACOSX/hw": b""}
    assert read({"climbing.zip": pack(rooted)}).files == {"losses.py": b"1", "own.py": b"2"}


def test_archives_within_archives_end_somewhere(read: Read) -> None:
    content = zipped(WORK)
    for _ in range(MAX_NESTED):
        content = zipped({"in.zip": content})
    (sentence,) = read({"hw.zip": content}).refused
    assert f"it lies in {MAX_NESTED} archives" in sentence


def test_many_tars_have_no_more_room_than_one(read: Read) -> None:
    """Nine megabytes each, which may be held; not all of them may be."""
    tar = tarred({"part.py": bytes(9 * 2**20)})
    submission = read({**WORK, **{f"{i}.tgz": tar for i in range(7)}})
    assert sum("no room" in why for why in submission.refused) == 2


def test_a_tar_full_of_headers_is_not_read_to_its_end(read: Read) -> None:
    header = tarfile.TarInfo("losses.py")
    header.type, header.size = tarfile.XHDTYPE, 100 * 2**20
    content = gzip.compress(header.tobuf(tarfile.USTAR_FORMAT) + bytes(100 * 2**20), 1)
    (sentence,) = read({"hw.tgz": content}).refused
    assert "a header in it is larger" in sentence


def test_a_list_of_members_without_end_is_not_read(read: Read) -> None:
    (sentence,) = read({"hw.zip": b"PK\x01\x02" * (MAX_LISTED + 20)}).refused
    assert f"it holds more than {MAX_LISTED} files" in sentence


def test_bombs_in_tars_take_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "student.tar.gz"
    with tarfile.open(path, "w:gz", compresslevel=1) as archive, Path("/dev/zero").open("rb") as zeros:
        for name, size in (("bomb.py", 60 * 2**20), ("data", 60 * 2**20), ("losses.py", 10)):
            member = tarfile.TarInfo(name)
            member.size = size
            archive.addfile(member, zeros)
    script = (
        "import resource, sys; from pathlib import Path; from autograder.submissions import read_submission;"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss;"
        "found = read_submission(Path(sys.argv[1]), 'losses'); print(*found.files); print(*found.refused);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    said = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True
    )
    files, refused, kilobytes = said.stdout.splitlines()
    assert files == "losses.py"
    assert refused.count("larger than 10 MB") == 2
    assert int(kilobytes) < 40 * 1024


# Names in zips that don't say how they are encoded.


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (b"hw1\\losses.py", "hw1/losses.py"),
        ("作业/losses.py".encode(), "作业/losses.py"),
        ("表/".encode("shift-jis") + b"losses.py", "表/losses.py"),
        ("作业/losses.py".encode("gbk"), "作业/losses.py"),
        ("Übung/losses.py".encode("cp437"), "Übung/losses.py"),
        ("Übung\\losses.py".encode("cp437"), "Übung/losses.py"),
        ("Ü\\losses.py".encode("cp437"), "Ü/losses.py"),
        (b"\xff\xfe/losses.py", "\u00a0■/losses.py"),
    ],
)
def test_names_of_any_code_page_keep_their_folders_apart(raw: bytes, name: str) -> None:
    content, placeholder = io.BytesIO(), "x" * len(raw)
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(placeholder, b"")
    packed = io.BytesIO(content.getvalue().replace(placeholder.encode(), raw))
    (member,) = zipfile.ZipFile(packed).infolist()
    assert decoded(member) == name


@settings(max_examples=150)
@given(
    mode=st.sampled_from(["w", "w:gz", "w:bz2", "w:xz"]),
    changes=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=4),
    keep=st.integers(0, 10**6) | st.none(),
)
def test_damaged_tars_are_a_sentence_or_less(
    tmp_path_factory: pytest.TempPathFactory,
    mode: str,
    changes: list[tuple[int, int]],
    keep: int | None,
) -> None:
    content = bytearray(tarred({**WORK, "n" * 120: b"", "b.txt": b"text " * 20}, mode))
    for position, value in changes:
        content[position % len(content)] = value
    path = tmp_path_factory.getbasetemp() / "damaged.tar.gz"
    path.write_bytes(content if keep is None else content[: keep % len(content)])
    submission = read_submission(path, "losses")
    assert submission.problem or "losses.py" in submission.files
