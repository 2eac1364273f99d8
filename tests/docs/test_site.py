"""The site: built strictly, without a request to another host, and with names that are there."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.conftest import ROOT


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `make docs` makes; it fails at a broken link or a name that is not there."""
    folder = tmp_path_factory.mktemp("site")
    ran = _build(ROOT / "docs", folder)
    assert ran.returncode == 0, ran.stderr
    return folder


def _build(source: Path, folder: Path) -> "subprocess.CompletedProcess[str]":
    strictly = ["-W", "--keep-going", "-n", "-q"]
    return subprocess.run(
        [sys.executable, "-m", "sphinx", *strictly, source, folder],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.long
def test_no_page_asks_another_host_for_anything(site: Path) -> None:
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        fetched = re.findall(r"<(?:script|img|iframe|source)\b[^>]*\bsrc=\"([^\"]*)", text)
        fetched += re.findall(r"<link\b[^>]*\bhref=\"([^\"]*)", text)
        assert fetched
        assert [url for url in fetched if re.match(r"(https?:)?//", url)] == []
    for path in (*site.rglob("*.css"), *site.rglob("*.svg")):
        assert not re.search(r"(url\(|@import)\s*['\"]?(https?:)?//", path.read_text(encoding="utf-8"))


@pytest.mark.long
def test_the_schema_is_published(site: Path) -> None:
    published = ROOT / "docs" / "schemas" / "grade.schema.json"
    copies = [path.read_bytes() for path in site.rglob("grade.schema.json")]
    assert copies
    assert set(copies) == {published.read_bytes()}


@pytest.mark.long
@pytest.mark.parametrize("text", ["[gone](gone.md)", "[](#gone)", "{term}`gone`", "![](gone.png)"])
def test_a_broken_link_fails_the_build(text: str, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    settings = (ROOT / "docs" / "conf.py").read_text(encoding="utf-8")
    kept = [line for line in settings.splitlines() if not line.startswith(("html_", "sys.path"))]
    (tmp_path / "docs" / "conf.py").write_text("\n".join(kept), encoding="utf-8")
    (tmp_path / "docs" / "index.md").write_text(f"# A page\n\n{text}\n")
    assert _build(tmp_path / "docs", tmp_path / "site").returncode != 0


def test_the_files_that_pages_name_are_there() -> None:
    """Those of this repository; `<topic>` and its like stand for one of many."""
    for page in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md")):
        for name in re.findall(
            r"`((?:autograder|tests|solutions)/[\w./-]*)`", page.read_text(encoding="utf-8")
        ):
            assert (ROOT / name).exists(), f"{page.name} names {name}"
