"""Submitted notebooks, whatever they hold, become such that nbgrader can grade and anybody can look at."""

import json
import re
import time
from fractions import Fraction
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbconvert.filters import markdown2html
from nbgrader.nbgraderformat import MetadataValidator

from autograder.checkspec import CheckSpec
from autograder.platforms.nbgrader.cells import grade_id, graded_cells
from autograder.platforms.nbgrader.restore import harmless, read_notebook, restored
from tests.submissions.costly import COSTLY

CHECKS = [CheckSpec("test_a", "A", Fraction(2)), CheckSpec("test_b", "B", Fraction(3))]
RELEASED = nbformat.v4.new_notebook(
    cells=[nbformat.v4.new_markdown_cell("# Read <b>this</b>"), *graded_cells("work", CHECKS, {"test_a"}, {})]
)
for number, cell in enumerate(RELEASED.cells):
    cell.id = f"work-{number}"
HELD = ["in-your-own-words", "test_a", "test_b"]


def submitted(*cells: Any, **rest: Any) -> str:
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells), **rest})


def markdown(source: Any, **nbgrader: Any) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {"nbgrader": nbgrader} if nbgrader else {}, "source": source}


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "null", "{", '"text"', "{}", '{"cells": 1}', "[" * 100_000, "\0",
        submitted(), submitted(1), submitted({}), submitted(markdown(1)), submitted(markdown(["a", "b"])),
        submitted(markdown("x", grade_id="test_a")), submitted(markdown("x", grade_id=["test_a"])),
        submitted(markdown("x", grade_id="")), submitted(markdown("half a character: \ud800")),
        submitted(markdown("x", grade_id="in-your-own-words \udfff")), submitted(metadata={"\ud800": 1}),
        submitted({"cell_type": "strange", "metadata": {}, "source": "x"}),
        submitted({"cell_type": "code", "metadata": [], "source": "x", "outputs": 7}),
        submitted(markdown("x", schema_version=99)), submitted(nbformat=1), submitted(nbformat="4"),
        submitted(metadata={"kernelspec": 7}), submitted(nbformat_minor=99),
        json.dumps({"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": []}]}),
    ],
)  # fmt: skip
def test_any_text_becomes_a_notebook_with_the_graded_cells(tmp_path: Path, text: str) -> None:
    path = tmp_path / "work.ipynb"
    path.write_text(text)
    notebook = restored(read_notebook(path), RELEASED)
    nbformat.validate(notebook)
    assert nbformat.writes(notebook).encode()
    MetadataValidator().validate_nb(notebook)
    assert sorted(c.metadata.nbgrader.grade_id for c in notebook.cells if "nbgrader" in c.metadata) == HELD
    assert restored(notebook, RELEASED) == notebook


def test_a_link_to_another_notebook_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.ipynb").write_text(submitted(markdown("a secret")))
    (tmp_path / "work.ipynb").symlink_to(tmp_path / "secret.ipynb")
    assert read_notebook(tmp_path / "secret.ipynb") is not None
    assert read_notebook(tmp_path / "work.ipynb") is None


def test_given_text_stays_as_it_is() -> None:
    cells = restored(RELEASED, RELEASED).cells
    assert [(c.source, c.metadata) for c in cells] == [(c.source, c.metadata) for c in RELEASED.cells]


def test_an_answer_is_kept_and_of_two_the_last(tmp_path: Path) -> None:
    (tmp_path / "work.ipynb").write_text(
        submitted(markdown("first", grade_id=HELD[0]), markdown("last", grade_id=HELD[0]))
    )
    notebook = restored(read_notebook(tmp_path / "work.ipynb"), RELEASED)
    graded = [c.source for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == HELD[0]]
    assert graded == ["last"]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "a <b\n>c", "<!-- a -->", "<?a?>",
        "</p>", "[a](javascript:alert(1))", "[a][b]\n\n[b]: javascript:alert(1)",
        "[b]\n\n[b]: java&#115;cript:alert(1)",
        "<javascript:alert(1)>", "![a](attachment:b)", "![a][b]\n\n[b]: attachment:c",
        "[[a](javascript:b)](c)",
        "|a|\n|-|\n|<b>|", "# <b onclick=alert(1)>", "$$<script>alert(1)</script>$$", "```\n<b>\n```",
    ],
)  # fmt: skip
def test_a_page_of_markdown_holds_no_element_link_or_picture_of_the_students(text: str) -> None:
    page = markdown2html(harmless(text))
    tags = set(re.findall(r"<\s*([a-z0-9]+)", page)) - {"p", "h1", "pre", "code", "span", "div", "blockquote"}
    assert tags <= {"table", "thead", "tbody", "tr", "th", "td", "a"}
    assert not re.search(r"<(?!a class=\"anchor-link\")a ", page)
    assert not re.search(r"<[^>]*\son\w+\s*=", page)


def test_mathematics_and_comparisons_stay_as_they_are() -> None:
    for text in ("$a < b$", "a <= b", "$x_{i}^{2}$", "a[0] and b[1]", "*text*, **text**"):
        assert harmless(text) == text


@pytest.mark.parametrize("name", ["notebook_of_nothing", "notebook_of_odd_numbers", "notebook_nested_deeply"])
def test_a_notebook_of_millions_of_entries_takes_no_minutes(name: str, tmp_path: Path) -> None:
    path = COSTLY[name](tmp_path / "work")
    started = time.process_time()
    notebook = restored(read_notebook(path), RELEASED)
    assert time.process_time() - started < 15
    assert set(HELD) <= set(map(grade_id, notebook.cells))


def test_outputs_of_any_length_cost_no_text(tmp_path: Path) -> None:
    path = tmp_path / "work.ipynb"
    lines = {"output_type": "stream", "name": "stdout", "text": ["line\n"] * 200_000}
    cell = {
        "cell_type": "code",
        "metadata": {},
        "execution_count": 1,
        "outputs": [lines],
        "source": "kept = 1",
    }
    path.write_text(submitted(cell))
    notebook = read_notebook(path)
    assert notebook is not None
    assert [cell.source for cell in notebook.cells] == ["kept = 1"]
