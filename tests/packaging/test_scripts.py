"""The scripts that `make` calls, on machines that lack something. Each runs with a PATH of its own."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOO_OLD = "#!/bin/sh\nexit 1\n"
AS_ROOT = "#!/bin/sh\necho 0\n"
AS_USER = "#!/bin/sh\necho 1000\n"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="bubblewrap is for Linux")


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder for PATH in which there is next to nothing."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("sh", "uname"):
        found = shutil.which(name)
        assert found is not None
        (folder / name).symlink_to(found)
    return folder


def install(programs: Path, name: str, text: str) -> None:
    (programs / name).write_text(text)
    (programs / name).chmod(0o755)


def run(programs: Path, script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", str(ROOT / ".ci" / script), *arguments],
        cwd=programs.parent,
        env={"PATH": str(programs)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_a_new_enough_python_there_is_one_clear_line(programs: Path):
    install(programs, "python3", TOO_OLD)
    result = run(programs, "make-venv", "python3")
    assert result.returncode == 1
    assert len(result.stderr.splitlines()) == 1
    assert "No Python 3.11 or newer" in result.stderr


def test_a_newer_python_under_another_name_is_found(programs: Path):
    install(programs, "python3", TOO_OLD)
    install(programs, "python3.12", '#!/bin/sh\n[ "$1" = -c ] || echo "$0 $*"\n')
    result = run(programs, "make-venv", "python3")
    assert result.returncode == 0
    assert result.stdout.endswith("python3.12 -m venv --clear .venv\n")


def test_a_virtual_environment_that_works_is_kept(programs: Path):
    folder = programs.parent / ".venv" / "bin"
    folder.mkdir(parents=True)
    install(folder, "python", "#!/bin/sh\nexit 0\n")
    install(programs, "python3", "#!/bin/sh\necho made anew\n")
    assert run(programs, "make-venv", "python3").stdout == ""


@pytest.mark.parametrize("succeeds", [True, False])
def test_root_installs_bubblewrap_and_goes_on_whatever_comes_of_it(programs: Path, succeeds: bool):
    install(programs, "id", AS_ROOT)
    install(programs, "apt-get", f'#!/bin/sh\necho "$*" >>apt.log\nexit {0 if succeeds else 1}\n')
    result = run(programs, "install-bubblewrap")
    assert result.returncode == 0
    assert "installing it with apt-get" in result.stdout.splitlines()[0]
    assert len(result.stdout.splitlines()) == (1 if succeeds else 2)
    log = (programs.parent / "apt.log").read_text()
    assert ("bubblewrap" in log) == succeeds
    assert "update" in log


def test_others_get_the_hint_only(programs: Path):
    install(programs, "id", AS_USER)
    install(programs, "apt-get", "#!/bin/sh\necho called\n")
    result = run(programs, "install-bubblewrap")
    assert result.returncode == 0
    assert "Install the package 'bubblewrap'" in result.stdout
    assert "called" not in result.stdout


def test_others_install_it_through_the_words_given(programs: Path):
    install(programs, "id", AS_USER)
    install(programs, "as-root", '#!/bin/sh\necho "$1" >as-root.log\n')
    install(programs, "dnf", "#!/bin/sh\n")
    assert "installing it with dnf" in run(programs, "install-bubblewrap", "as-root").stdout
    assert (programs.parent / "as-root.log").read_text() == "dnf\n"


def test_nothing_is_said_where_bubblewrap_is_there(programs: Path):
    install(programs, "bwrap", "#!/bin/sh\n")
    result = run(programs, "install-bubblewrap")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_debians_chromium_is_installed_where_we_may(programs: Path):
    install(programs, "id", AS_USER)
    install(programs, "as-root", '#!/bin/sh\necho "$*" >as-root.log\n')
    install(programs, "apt-get", "#!/bin/sh\n")
    assert "installing it with apt-get" in run(programs, "install-chromium", "as-root").stdout
    assert "chromium" in (programs.parent / "as-root.log").read_text()


@pytest.mark.parametrize("user", [AS_ROOT, AS_USER])
def test_without_apt_get_or_rights_there_is_a_hint_about_chromium(programs: Path, user: str):
    install(programs, "id", user)
    if user == AS_USER:
        install(programs, "apt-get", "#!/bin/sh\ntouch called\n")
    result = run(programs, "install-chromium")
    assert result.returncode == 0
    assert "Install the package 'chromium'" in result.stdout
    assert not (programs.parent / "called").exists()


def test_a_chromium_that_cannot_be_had_stops_nothing(programs: Path):
    install(programs, "id", AS_ROOT)
    install(programs, "apt-get", "#!/bin/sh\nexit 100\n")
    result = run(programs, "install-chromium")
    assert result.returncode == 0
    assert "could not install it" in result.stdout


def test_nothing_is_said_where_a_browser_is_there(programs: Path):
    install(programs, "chromium", "#!/bin/sh\n")
    result = run(programs, "install-chromium")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


@pytest.mark.parametrize("status", [0, 3])
def test_a_kept_log_keeps_the_exit_status(tmp_path: Path, status: int):
    log = tmp_path / "build" / "tests.log"
    command = ["sh", "-c", f"echo out; echo err >&2; exit {status}"]
    result = subprocess.run(
        ["sh", ROOT / ".ci" / "keep-log", log, *command], capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stdout) == (status, "out\nerr\n")
    assert log.read_text() == result.stdout
