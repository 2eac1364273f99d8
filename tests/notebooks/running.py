"""Running a topic's notebook in a folder such as a student has."""

import re
import shutil
from pathlib import Path

import nbclient
import nbformat

from autograder import plots
from autograder.variants.module_text import ModuleText

#: What draws: Matplotlib itself, or a function of the package's.
DRAWS = re.compile(
    rf"plt\.subplots\(|^(?:{'|'.join(name for name in plots.__all__ if name.islower())})\(", re.M
)
ROOT = Path(__file__).resolve().parents[2]


def students_folder(topic: str, parent: Path) -> Path:
    """Copy what students receive."""
    return Path(shutil.copytree(ROOT / "assignments" / topic, parent / topic))


def solve(folder: Path) -> None:
    """Put the reference in the skeleton's place."""
    topic = folder.name
    reference = ModuleText((ROOT / "solutions" / topic / f"{topic}.py").read_text(encoding="utf-8"))
    (folder / f"{topic}.py").write_text(reference.source, encoding="utf-8")


def execute(folder: Path) -> nbformat.NotebookNode:
    """Run the notebook from top to bottom, as far as it goes."""
    notebook = nbformat.read(folder / f"{folder.name}.ipynb", as_version=4)
    nbclient.NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(folder)}}).execute()
    return notebook


def drawing_cells(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    """Return the cells that draw something when they are run."""
    return [cell for cell in notebook.cells if cell.cell_type == "code" and DRAWS.search(cell.source)]


def shows_a_picture(cell: nbformat.NotebookNode) -> bool:
    """Whether a picture is among what the cell has put out."""
    return any("image/png" in output.get("data", {}) for output in cell.get("outputs", []))


def pictures_and_text(notebook: nbformat.NotebookNode) -> tuple[int, str]:
    """Return how many pictures the notebook shows, and what it prints."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    pictures = sum("image/png" in output.get("data", {}) for output in outputs)
    texts = (output.get("text") or output.get("data", {}).get("text/plain", "") for output in outputs)
    return pictures, "".join(texts)
