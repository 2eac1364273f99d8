"""`autograder check` where none of POSIX's modules is there, as on Windows."""

import os
import subprocess
import sys
from pathlib import Path

CHECKS = '''
import pytest

@pytest.mark.points(1)
def test_one(student):
    """One"""
    assert student.one() == 1
'''
BLOCKED = '''
import sys

class Blocked:
    """Raises for modules that Windows does not have."""
    def find_spec(self, name, path=None, target=None):
        if name in {"fcntl", "grp", "pwd", "resource", "termios", "tty", "pty", "posix_ipc", "syslog"}:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Blocked())
for name in ("fcntl", "grp", "pwd", "resource", "termios"):
    sys.modules.pop(name, None)
import os
for name in ("fork", "forkpty", "getuid", "geteuid", "getpgid", "killpg", "setsid", "sched_getaffinity"):
    delattr(os, name)
sys.platform = "elsewhere"
'''


def test_check_needs_nothing_of_posix(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(BLOCKED)
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "test_work.py").write_text(CHECKS)
    (folder / "work.py").write_text("import sys\n\ndef one():\n    return sys.platform\n")
    search = os.pathsep.join(filter(None, [str(tmp_path / "site"), os.environ.get("PYTHONPATH")]))
    environment = {**os.environ, "PYTHONPATH": search, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "autograder", "check", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 1, done.stderr
    assert "elsewhere" in done.stdout  # the child has been without them, too
    (folder / "work.py").write_text("def one():\n    return 1\n")
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    assert "1 of the 1 public points" in done.stdout
