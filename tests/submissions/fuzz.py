"""Inputs for all that reads what students hand in, and what must hold for every one of them.

`python -m tests.submissions.fuzz 100000` makes that many: archives and notebooks, damaged and put into each
other, and folders of them under odd names. It stops at the first that is no sentence, hangs, or takes more
time or memory than a case may.
"""

import bz2
import gzip
import json
import lzma
import os
import random
import resource
import shutil
import signal
import sys
import tarfile
import tempfile
import time
import warnings
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from autograder.submissions import read_submission

__all__ = ["assert_read_or_told"]

#: Seconds of CPU and megabytes that one case may take; each input is a few kilobytes.
MOST_SECONDS, MOST_MEGABYTES = 5.0, 200
WORK = b"def mean(x):\n    return 0.0\n"
NOTEBOOK = json.dumps({"cells": [{"cell_type": "code", "source": ["%%time\n", WORK.decode()]}]}).encode()
NAMES = (
    "attacked.py", "attacked.ipynb", "Attacked (1).py", "attacked.py.txt", "a/attacked.py", "hw.zip",
    "hw.tar.gz", "attacked.py.gz", "data.csv", "site-packages/x.py", "pyvenv.cfg", "../up.py", "/etc/up.py",
    "C:\\up.py", ".hidden", "__MACOSX/._a.py", "a" * 300, "a/" * 40 + "deep.py", "\u202eyp.py",
    "\x1b[2J.py", "", ".", "n\udcff.py",
)  # fmt: skip
#: What may stand anywhere in an archive: marks of entries, sizes, large numbers, ways to pack.
PIECES = (
    b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07", b"\xff" * 4, b"\xff" * 8,
    b"\0" * 8, b"ustar", b"\x1f\x8b\x08", b"BZh9", b"\xfd7zXZ\0", b"77777777777", b"{", b"[" * 50,
    b'"cells":', b"\xed\xa0\x80", b"\x0c\0", b"\x0e\0",
)  # fmt: skip
#: Files three times as often as links, devices, folders, pipes and headers.
_KINDS = (*[b"0"] * 3, b"1", b"2", b"3", b"5", b"6", b"x", b"g", b"L", b"S")


def zipped(files: list[tuple[str, bytes]], chance: random.Random) -> bytes:
    held = BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(held, "w") as archive:
        warnings.simplefilter("ignore", UserWarning)  # names may be there twice
        for name, content in files:
            member = zipfile.ZipInfo(name.encode("utf-8", "replace").decode())
            member.compress_type = chance.choice([0, 8, 12, 14])
            member.external_attr = chance.choice([0, 0, 0o100644 << 16, 0o120777 << 16, 0o010644 << 16])
            archive.writestr(member, content)
    return held.getvalue()


def tarred(files: list[tuple[str, bytes]], chance: random.Random) -> bytes:
    held = BytesIO()
    with tarfile.open(fileobj=held, mode="w", format=chance.choice([0, 1, 2])) as archive:
        for name, content in files:
            member = tarfile.TarInfo(name[:90])
            member.type = chance.choice(
                [b"0", b"0", b"0", b"1", b"2", b"3", b"5", b"6", b"x", b"g", b"L", b"S"]
            )
            member.size, member.linkname = len(content), name[:20]
            archive.addfile(member, BytesIO(content))
    return held.getvalue()


_PACKINGS: tuple[Callable[[bytes], bytes], ...] = (gzip.compress, bz2.compress, lzma.compress, bytes)


def content_of(chance: random.Random, depth: int = 0) -> bytes:
    """Return a module, a notebook or an archive of such, mostly with something changed."""
    kind = chance.randrange(5 if depth < 3 else 3)
    if kind < 3:
        content = (WORK, NOTEBOOK, chance.randbytes(chance.randrange(200)))[kind]
    else:
        files = [(chance.choice(NAMES), content_of(chance, depth + 1)) for _ in range(chance.randrange(5))]
        content = (zipped if kind == 3 else tarred)(files, chance)
    if chance.random() < 0.2:
        content = chance.choice(_PACKINGS)(content)
    return damaged(content, chance) if chance.random() < 0.5 else content


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Return it with bytes changed, put in, cut out or repeated."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        at, length = chance.randint(0, len(changed)), chance.randint(0, 8)
        match chance.randrange(4):
            case 0:
                changed[at : at + length] = chance.randbytes(length)
            case 1:
                piece = chance.choice(PIECES)
                changed[at : at + chance.choice([0, len(piece)])] = piece
            case 2:
                del changed[at : at + length]
            case _:
                changed[at:at] = changed[at : at + 100 * length]
    return bytes(changed)


def write_hand_in(folder: Path, chance: random.Random) -> Path:
    """Write an archive, or a folder of odd files, and return its path."""
    if chance.random() < 0.5:
        path = folder / f"ada{chance.choice(['.zip', '.tar', '.tar.gz', '.py', '.ipynb', '.py.xz', ''])}"
        path.write_bytes(content_of(chance))
        return path
    path = folder / "ada"
    path.mkdir()
    for _ in range(chance.randrange(5)):
        place = path / Path(chance.choice(NAMES).lstrip("/.") or "x").name[:200]
        if chance.random() < 0.1:
            place = place.with_name(os.fsdecode(chance.randbytes(9).replace(b"/", b"a").replace(b"\0", b"b")))
        if place.exists() or place.is_symlink():
            continue
        if chance.random() < 0.1:
            place.symlink_to(chance.choice(["ada", "..", "/etc/passwd", place.name]))
        elif chance.random() < 0.1:
            place.mkdir()
        elif chance.random() < 0.05:
            os.mkfifo(place)
        else:
            place.write_bytes(content_of(chance))
    return path


def assert_read_or_told(path: Path) -> None:
    """It is read, or there is a sentence that was foreseen, within bounds of CPU time."""
    started = time.process_time()
    submission = read_submission(path, "attacked")
    assert time.process_time() - started < MOST_SECONDS, "time beyond what a case may take"
    assert "attacked.py" in submission.files or submission.problem
    assert "can't cope" not in submission.problem, submission.error
    for text in (submission.problem, submission.taken, *submission.refused):
        text.encode("utf-8", "surrogateescape")


def main(count: int, start: int) -> None:
    """Make inputs until there are enough of them, and report now and then."""
    begun, slowest, largest = time.monotonic(), 0.0, 0
    with tempfile.TemporaryDirectory() as place:
        for number in range(start, start + count):
            chance, folder = random.Random(number), Path(place, "case")
            folder.mkdir()
            path = write_hand_in(folder, chance)
            before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
            signal.alarm(600)  # ends the program where something waits for ever, on whatever machine
            try:
                assert_read_or_told(path)
            except BaseException:
                print(f"case {number} failed; `... fuzz 1 {number}` makes it again", flush=True)
                raise
            signal.alarm(0)
            slowest = max(slowest, time.process_time() - started)
            taken = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
            largest = max(largest, taken)
            assert taken <= MOST_MEGABYTES, f"case {number}: memory beyond what a case may take"
            shutil.rmtree(folder)
            if (number - start + 1) % 1000 == 0 or number == start + count - 1:
                print(
                    f"{number - start + 1} inputs, {time.monotonic() - begun:.0f} s; the slowest took"
                    f" {slowest:.2f} s, the largest {largest} MB",
                    flush=True,
                )


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0)
