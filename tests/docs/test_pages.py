"""What stands on the pages of docs/ can be done: each page's commands and Python, from top to bottom.

Commands take from half a minute to some: `make test` only looks whether they are spelled as they should be.
Those that prove a whole topic are for `make test-by-hand`.
"""

import re
import shlex
from pathlib import Path

import numpy as np
import pytest
from click import Context
from sybil import Example, Sybil
from sybil.parsers.myst import CodeBlockParser, PythonCodeBlockParser

from autograder.checks import assert_close
from autograder.cli import _cli as cli
from tests.docs.conftest import ROOT
from tests.docs.shell import Shell


class Commands(CodeBlockParser):
    """Blocks of a shell's commands."""

    language = "sh"

    def evaluate(self, example: Example) -> None:
        example.namespace["shell"].run(example.parsed)


#: Where a page's commands are run, if not in the course's folder.
FOLDERS = {"quickstart/students.md": "assignments"}
#: Pages on which a whole topic is proven.
BY_HAND = ("quickstart/check-authors.md",)
SYBIL = Sybil([PythonCodeBlockParser(), Commands()], patterns=["*.md"])


def pages() -> list[Path]:
    """All with anything to run, and the README."""
    found = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    return [page for page in found if has_commands(page) or "```python\n" in page.read_text(encoding="utf-8")]


def has_commands(page: Path) -> bool:
    """Whether anything on the page is for a shell."""
    return bool(re.search("(```|block: )sh\n", page.read_text(encoding="utf-8")))


def _name(page: Path) -> str:
    return page.relative_to(ROOT / "docs" if page.parent != ROOT else ROOT).as_posix()


def _marks(page: Path) -> list[pytest.MarkDecorator]:
    return [
        *([pytest.mark.long] if has_commands(page) else []),
        *([pytest.mark.by_hand] if _name(page) in BY_HAND else []),
    ]


@pytest.mark.parametrize("page", [pytest.param(p, marks=_marks(p), id=_name(p)) for p in pages()])
def test_a_page_can_be_followed(
    page: Path, course: Path, environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = course / FOLDERS.get(_name(page), ".")
    monkeypatch.chdir(folder)
    document = SYBIL.parse(page)
    document.namespace.update(np=np, pytest=pytest, assert_close=assert_close)
    with Shell(folder, tmp_path, environment) as document.namespace["shell"]:
        ran = [example.evaluate() for example in document.examples()]
    assert ran


@pytest.mark.parametrize("page", [page for page in pages() if has_commands(page)], ids=_name)
def test_its_commands_and_their_options_are_there(page: Path) -> None:
    blocks = [str(region.parsed) for region in Commands()(SYBIL.parse(page))]
    lines = [line for block in blocks for line in block.splitlines()]
    for line in lines:
        program, *words = shlex.split(line, comments=True) if "autograder " in line else [""]
        if program in ("autograder", ".venv/bin/autograder"):
            command = cli.get_command(Context(cli), words[0])
            assert command is not None
            command.make_context(words[0], words[1:]).close()


def test_each_promise_names_tests_that_are_there() -> None:
    content = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    promises, table = (content[content.index(f"\n{begin}") :] for begin in ("At a safe", "| promise"))
    rows = [row for row in table.partition("\n\n")[0].splitlines() if "`tests/" in row]
    named = re.findall(r"`(tests/[^`]+)`", table.partition("\n\n")[0])
    assert len(rows) == 11
    assert promises.partition("| promise")[0].count("\n- **") >= len(rows)
    assert [name for name in named if not (ROOT / name).exists()] == []
