"""The levels that need no root, tried as a user who is not root, from a home of its own."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from autograder.sandbox.root_image import sandbox_tree
from autograder.sandbox.uids import Account

ROOT = Path(__file__).resolve().parents[2]

SCRIPT = """
import os, sys
from pathlib import Path
from autograder.sandbox.levels.bubblewrap import Bubblewrap
from autograder.sandbox.levels.chroot import Chroot
from autograder.sandbox.levels.landlock import Landlock
from autograder.doctor import try_level

assert os.getuid() != 0
assert Chroot().missing() == "only root can use it"
for level in (Bubblewrap(), Landlock()):
    if level.missing() is not None:
        print(level.name, "missing", level.missing())
        continue
    possible = [attempt.what for attempt in try_level(level, Path.home()) if not attempt.prevented]
    print(level.name, possible)
"""


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="it takes root to become another user")
def test_levels_for_those_who_are_not_root(tmp_path: Path) -> None:
    tree = sandbox_tree()
    with Account() as account:
        home = tree / "work" / f"home-{account.user}"
        home.mkdir()
        try:
            shutil.copytree(
                ROOT / "autograder", home / "autograder", ignore=shutil.ignore_patterns("__pycache__")
            )
            for path in (home, *home.rglob("*")):
                os.chown(path, account.user, account.user)
            said = subprocess.run(
                [str(tree / "python/bin/python3"), "-B", "-c", SCRIPT],
                user=account.user,
                group=account.user,
                extra_groups=[],
                cwd=home,
                env={
                    "HOME": str(home),
                    "PATH": os.environ.get("PATH", os.defpath),
                    "PYTHONPATH": f"{home}:{tree / 'packages'}",
                    "LD_LIBRARY_PATH": str(tree / "python/lib"),
                },
                capture_output=True,
                text=True,
                check=False,
            )
        finally:
            shutil.rmtree(home)
    assert said.returncode == 0, said.stderr
    for line in said.stdout.splitlines():
        assert line.endswith("[]") or " missing " in line, line
    assert "landlock []" in said.stdout or "landlock missing" in said.stdout
