"""The closure of requirements, on packages that are nothing but metadata."""

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.requirements import required_packages

Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Installs a package of version 1 that requires others."""
    monkeypatch.syspath_prepend(tmp_path)

    def install(name: str, *requirements: str) -> None:
        lines = ["Metadata-Version: 2.1", f"Name: {name}", "Version: 1"]
        lines += [f"Requires-Dist: {requirement}" for requirement in requirements]
        folder = tmp_path / f"{name}-1.dist-info"
        folder.mkdir()
        (folder / "METADATA").write_text("\n".join(lines) + "\n")

    return install


def test_what_is_required_by_way_of_others_is_found_also_in_a_circle(install: Install) -> None:
    install("aa_top", "aa-middle>=1")
    install("aa_middle", "AA.Bottom[extra]==1 ; python_version >= '3'")
    install("aa_bottom", "aa-top")
    found = required_packages(["aa-top"])
    assert list(found) == ["aa-bottom", "aa-middle", "aa-top"]
    assert [package.version for package in found.values() if package] == ["1", "1", "1"]


def test_markers_are_those_of_the_system_asked_for_and_no_extra_is_installed(install: Install) -> None:
    install(
        "aa_top",
        "aa-windows ; sys_platform == 'win32'",
        "aa-old ; python_version < '3'",
        "aa-x ; extra == 'x'",
    )
    assert list(required_packages(["aa-top"], {"sys_platform": "linux"})) == ["aa-top"]
    assert list(required_packages(["aa-top"], {"sys_platform": "win32"})) == ["aa-top", "aa-windows"]


def test_what_is_not_installed_is_told(install: Install) -> None:
    install("aa_top", "aa-absent")
    assert required_packages(["aa-top"])["aa-absent"] is None
