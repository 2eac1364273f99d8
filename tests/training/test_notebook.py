"""The notebook, as a student gets it: it runs with the reference, and stops where work is open."""

import pickle
import re
import shutil
from pathlib import Path

import nbclient
import nbformat
import numpy as np
import pytest

from autograder.bank.module_text import ModuleText

ROOT = Path(__file__).resolve().parents[2]


def execute(folder: Path) -> nbformat.NotebookNode:
    notebook = nbformat.read(folder / "training.ipynb", as_version=4)
    nbclient.NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(folder)}}).execute()
    return notebook


@pytest.fixture
def assignment(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "assignments" / "training", tmp_path / "training"))


def write_cifar10(folder: Path) -> None:
    """Files of CIFAR-10's format, with images that tell their class by a patch of colour."""
    folder.mkdir()
    rng = np.random.default_rng(0)
    for name in (*(f"data_batch_{i}" for i in range(1, 6)), "test_batch"):
        labels = rng.integers(10, size=60)
        images = rng.integers(100, 156, (60, 3, 32, 32))
        for image, label in zip(images, labels, strict=True):
            image[label % 3, 3 * label : 3 * label + 3] = 255
        content = {b"data": images.astype(np.uint8).reshape(60, -1), b"labels": labels.tolist()}
        (folder / name).write_bytes(pickle.dumps(content))


def test_it_runs_from_top_to_bottom_with_the_reference(assignment: Path) -> None:
    reference = ModuleText((ROOT / "solutions" / "training" / "training.py").read_text(encoding="utf-8"))
    (assignment / "training.py").write_text(reference.source, encoding="utf-8")
    write_cifar10(assignment / "cifar-10-batches-py")
    outputs = [output for cell in execute(assignment).cells for output in cell.get("outputs", [])]
    pictures = [output for output in outputs if "image/png" in output.get("data", {})]
    printed = "".join(output.get("text", "") for output in outputs)
    assert len(pictures) >= 11
    assert "50 images by heart: 100%" in printed
    assert printed.count("reached") == 2
    assert re.search(r"(?<!\d)(\d+) of \1 points", printed)


def test_with_the_skeleton_it_stops_at_the_first_exercise_with_a_sentence(assignment: Path) -> None:
    with pytest.raises(nbclient.exceptions.CellExecutionError) as stopped:
        execute(assignment)
    said = str(stopped.value)
    assert "zero_center, line" in said
    assert "Traceback" not in said
