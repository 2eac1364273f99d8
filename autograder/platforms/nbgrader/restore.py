"""A submitted notebook, made safe to show: the cells as released, and the student's text."""

import json
import re
from collections.abc import Collection
from copy import deepcopy
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from autograder.platforms.nbgrader.cells import grade_id, is_answer
from autograder.submissions.rules import MAX_FILE

_UNREADABLE = """\
**The notebook that was handed in can't be read, so an empty one stands in its place.** What the checks grade
is the module, so they lose nothing by it.\
"""

#: Entries of all lists and dictionaries of a notebook without its outputs; the library looks at each of them
#: in several ways, and takes minutes for millions.
_MOST_ENTRIES = 50_000


def read_notebook(path: Path) -> NotebookNode | None:
    """Read a notebook that was handed in; None if it is missing, too large, a link, or not a notebook."""
    try:
        if path.is_symlink() or path.stat().st_size > MAX_FILE:
            return None
        text = _without_outputs(path.read_text(encoding="utf-8"))
        notebook: NotebookNode = nbformat.from_dict(_encodable(nbformat.reads(text, as_version=4)))
        return notebook if all(_is_cell(cell) for cell in notebook.cells) else None
    except Exception:  # it may hold anything, and the library raises many kinds
        return None


def restored(submitted: NotebookNode | None, released: NotebookNode) -> NotebookNode:
    """Return the notebook to grade and to show.

    Graded cells are replaced by those of the release. One that the student deleted is added at the end; of
    several with the same id the last one counts. All other cells keep only their text: no outputs, metadata
    or attachments, and no HTML.

    Args:
        submitted: what `read_notebook` read.
        released: the notebook as `nbgrader generate_assignment` made it.
    """
    official = {name: cell for cell in released.cells if (name := grade_id(cell))}
    cells = _unreadable(released) if submitted is None else submitted.cells
    last = {name: number for number, cell in enumerate(cells) if (name := grade_id(cell)) in official}
    graded = {number: official[name] for name, number in last.items()}
    given = {cell.source for cell in released.cells}
    kept = [
        _official(graded[number], cell) if number in graded else _plain(cell, given, number)
        for number, cell in enumerate(cells)
    ]
    kept += [_official(cell, cell) for name, cell in official.items() if name not in last]
    notebook: NotebookNode = nbformat.v4.new_notebook(cells=kept, metadata=deepcopy(released.metadata))
    return notebook


def harmless(text: str) -> str:
    """Return Markdown without HTML, pictures and links: a space is put into whatever could begin one.

    A link may lead to a script. A picture's file would be missing, since attachments are not kept and a
    feedback page has no files beside it; nbconvert then makes no page at all.
    """
    return re.sub(r"<(?=[A-Za-z/!?])|!(?=\[)|\](?=[(:])", r"\g<0> ", text)


def _without_outputs(text: str) -> str:
    """Return a notebook's text without outputs, which nobody reads.

    Raises:
        ValueError: what remains has more entries than any honest notebook.
    """
    notebook = json.loads(text)
    cells = notebook.get("cells")
    for cell in cells if isinstance(cells, list) else []:
        if isinstance(cell, dict) and "outputs" in cell:
            cell["outputs"] = []
    waiting, entries = [notebook], 0
    while waiting:
        held: Collection[Any] = waiting.pop()
        entries += len(held)
        if entries > _MOST_ENTRIES:
            raise ValueError(f"a notebook of more than {_MOST_ENTRIES} entries")
        parts = held.values() if isinstance(held, dict) else held
        waiting += [part for part in parts if isinstance(part, (dict, list))]
    return json.dumps(notebook)


def _encodable(value: Any) -> Any:
    """Return what JSON held, with a question mark for each half of a character, which no file can hold."""
    match value:
        case str():
            return value.encode("utf-8", "replace").decode()
        case list():
            return [_encodable(one) for one in value]
        case dict():
            return {_encodable(name): _encodable(one) for name, one in value.items()}
    return value


def _is_cell(cell: object) -> bool:
    return isinstance(cell, dict) and isinstance(cell.get("source"), str)


def _unreadable(released: NotebookNode) -> list[NotebookNode]:
    return [nbformat.v4.new_markdown_cell(_UNREADABLE), *released.cells]


def _official(cell: NotebookNode, student: NotebookNode) -> NotebookNode:
    """Return the released cell without outputs; an answer's cell with the student's text."""
    copy = deepcopy(cell)
    if is_answer(cell):
        same = student.source == cell.source
        copy.source = cell.source if same else harmless(student.source)
    if copy.cell_type == "code":
        copy.outputs, copy.execution_count = [], None
    return copy


def _plain(cell: NotebookNode, given: set[str], number: int) -> NotebookNode:
    name = f"cell-{number}"
    if cell.get("cell_type") == "code":
        return nbformat.v4.new_code_cell(cell.source, id=name)
    return nbformat.v4.new_markdown_cell(
        cell.source if cell.source in given else harmless(cell.source), id=name
    )
