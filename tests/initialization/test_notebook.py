"""The notebook, as a student gets it: it runs with the reference, and stops where work is open."""

import re
import shutil
from pathlib import Path

import nbclient
import nbformat
import pytest

from autograder.bank.module_text import ModuleText

ROOT = Path(__file__).resolve().parents[2]


def execute(folder: Path) -> nbformat.NotebookNode:
    notebook = nbformat.read(folder / "initialization.ipynb", as_version=4)
    nbclient.NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(folder)}}).execute()
    return notebook


@pytest.fixture
def assignment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")  # on a busy machine threads wait for each other
    return Path(shutil.copytree(ROOT / "assignments" / "initialization", tmp_path / "initialization"))


def test_it_runs_from_top_to_bottom_with_the_reference(assignment: Path) -> None:
    reference = ModuleText(
        (ROOT / "solutions" / "initialization" / "initialization.py").read_text(encoding="utf-8")
    )
    (assignment / "initialization.py").write_text(reference.source, encoding="utf-8")
    outputs = [output for cell in execute(assignment).cells for output in cell.get("outputs", [])]
    pictures = [output for output in outputs if "image/png" in output.get("data", {})]
    printed = "".join(output.get("text", "") for output in outputs)
    assert len(pictures) >= 9
    assert re.search(r"(?<!\d)(\d+) of \1 points", printed)


def test_with_the_skeleton_it_stops_at_the_first_exercise_with_a_sentence(assignment: Path) -> None:
    with pytest.raises(nbclient.exceptions.CellExecutionError) as stopped:
        execute(assignment)
    said = str(stopped.value)
    assert "small_random_init, line" in said
    assert "Traceback" not in said
