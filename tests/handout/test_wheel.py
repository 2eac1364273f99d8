"""The package as a wheel: made of what is installed, it is the one that was installed."""

import subprocess
import sys
import zipfile
from importlib.metadata import Distribution
from pathlib import Path

import pytest

from autograder.errors import UserError
from autograder.handout.wheel import Wheel, make_wheel, repacked

PIP = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--target"]


def content(wheel: Wheel, folder: Path) -> dict[str, bytes]:
    path = folder / wheel.name
    path.write_bytes(wheel.content)
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def built() -> Wheel:
    return make_wheel()


@pytest.fixture(scope="module")
def installed(built: Wheel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which pip has installed the wheel."""
    folder = tmp_path_factory.mktemp("installed")
    (folder / built.name).write_bytes(built.content)
    subprocess.run([*PIP, folder / "site", folder / built.name], check=True)
    return folder / "site"


def distribution_in(folder: Path) -> Distribution:
    (about,) = folder.glob("*.dist-info")
    return Distribution.at(about)


@pytest.mark.long
def test_what_is_installed_makes_the_wheel_that_it_came_from(
    built: Wheel, installed: Path, tmp_path: Path
) -> None:
    again = repacked(distribution_in(installed))
    assert again.name == built.name
    first, second = content(built, tmp_path), content(again, tmp_path)
    (record,) = (name for name in first if name.endswith("/RECORD"))
    assert sorted(first.pop(record).splitlines()) == sorted(second.pop(record).splitlines())
    assert first == second
    subprocess.run([*PIP, tmp_path / "site", tmp_path / again.name], check=True)  # and pip takes it


@pytest.mark.long
def test_an_installed_file_that_was_changed_is_noticed(installed: Path) -> None:
    path = installed / "autograder" / "scoring.py"
    before = path.read_bytes()
    path.write_bytes(before + b"\n")
    with pytest.raises(UserError, match=r"autograder/scoring\.py has changed since it was installed"):
        repacked(distribution_in(installed))
    path.unlink()
    with pytest.raises(UserError, match=r"lacks autograder/scoring\.py"):
        repacked(distribution_in(installed))
    path.write_bytes(before)


def test_an_install_that_only_points_to_a_checkout_is_none(tmp_path: Path) -> None:
    about = tmp_path / "dl_autograder-0.1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: dl-autograder\nVersion: 0.1.0\n")
    (about / "RECORD").write_text("_dl_autograder.pth,,\n")
    (tmp_path / "_dl_autograder.pth").write_text("elsewhere\n")
    with pytest.raises(UserError, match="lists no files of its own"):
        repacked(distribution_in(tmp_path))
