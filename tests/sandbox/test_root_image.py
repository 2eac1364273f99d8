"""The folder with what a sandbox sees of the machine, for graders that run as root."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.sandbox import interpreter, root_image
from autograder.sandbox.root_image import sandbox_tree
from autograder.sandbox.uids import Account

pytestmark = pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root needs it")

#: Makes the folder and tries the levels that need it, under the strictest `umask`.
SCRIPT = """
import os, sys
from pathlib import Path

os.umask(0o077)
from autograder.sandbox import root_image
root_image._CACHE = Path(sys.argv[1])
from autograder.sandbox.levels.choose import LEVELS
from autograder.doctor import try_level

for level in LEVELS:
    if level.safe and level.missing() is None:
        print(level.name, [attempt.what for attempt in try_level(level, Path.cwd()) if not attempt.prevented])
"""


def test_only_root_can_change_it_and_all_can_read_it() -> None:
    tree = sandbox_tree()
    for path in (tree, *(tree / "python").rglob("*"), tree / "packages", tree / "work"):
        status = path.lstat()
        assert status.st_uid == 0
        if not stat.S_ISLNK(status.st_mode):
            assert not status.st_mode & 0o022, path
    assert stat.S_IMODE((tree / "work").stat().st_mode) == 0o711


def test_it_holds_the_interpreter_and_the_allowed_packages_and_nothing_else() -> None:
    tree = sandbox_tree()
    names = {path.name.partition("-")[0] for path in (tree / "packages").iterdir()}
    assert {"numpy", "matplotlib", "msgpack"} <= names
    assert not {"autograder", "dl_autograder", "pytest", "scipy", "hypothesis"} & names
    assert not (tree / "python" / sys.platlibdir / "python3" / "site-packages").exists()
    assert (tree / tree.relative_to("/")).resolve() == Path("/")


@pytest.mark.unmeasured
def test_it_works_whatever_the_umask(tmp_path: Path) -> None:
    place = Path("/var/cache") / f"dl-autograder-test-{os.getpid()}"
    try:
        said = subprocess.run(
            [sys.executable, "-c", SCRIPT, str(place)], capture_output=True, text=True, check=False
        )
    finally:
        subprocess.run(["rm", "-rf", str(place)], check=True)
    assert said.returncode == 0, said.stderr
    assert said.stdout
    assert all(line.endswith(" []") for line in said.stdout.splitlines()), said.stdout


def test_no_two_sandboxes_have_the_same_user() -> None:
    with Account() as one, Account() as other:
        assert one.user != other.user
        assert 0 not in (one.user, other.user)


def test_libraries_beside_the_interpreter_come_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As conda has them: what the standard library needs of the system lies beside its own Python."""
    (tmp_path / "bin").mkdir()
    shutil.copy(interpreter.executable(), tmp_path / "bin" / "python3")
    monkeypatch.setattr(interpreter, "executable", lambda: tmp_path / "bin" / "python3")
    needed = root_image._needed_by(
        interpreter.executable(), interpreter.standard_library().glob("lib-dynload/*.so")
    )
    one = next(path for path in needed if not path.name.startswith(("ld-", "libc.", "libpython")))
    (tmp_path / "lib").mkdir()
    shutil.copy(one, tmp_path / "lib")
    assert root_image._own_libraries() == set()
    monkeypatch.setenv("LD_LIBRARY_PATH", str(tmp_path / "lib"))  # conda's modules hold the path themselves
    assert root_image._own_libraries() == {tmp_path / "lib" / one.name}
