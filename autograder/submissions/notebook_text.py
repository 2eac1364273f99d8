"""A notebook read as a module: the definitions in its cells of code, without what the cells try out."""

import json
import re
from collections.abc import Iterator

from autograder.submissions.source_text import MOST, as_python
from autograder.submissions.statements import top_level_statements

#: Magics of a whole cell under which ordinary code stands.
_CODE_BELOW = {"time", "timeit", "capture", "prun", "python", "python3"}
_DEFINITION = re.compile(r"(?:async[ \t]+)?(?:def|class)\b|@|import\b|from\b|type[ \t]+\w+[ \t]*=")
_BLOCK = re.compile(r"(?:try|if|with)\b")
_DEFINES_WITHIN = re.compile(r"^[ \t]+(?:async[ \t]+)?(?:def|class|import|from)\b", re.MULTILINE)
_ASSIGNMENT = re.compile(r"([^=()\"'#\n]{1,300}|\([\w, ]{1,300}\)[ \t]*)(?<![!<>])=(?!=)")
_CALL = re.compile(r"(?<![\w.])([\w.]++)[ \t]*+\(")
#: Calls that an assignment may make as the module begins: quick ones, which need no file.
_QUICK = {
    *(
        "abs",
        "bool",
        "dict",
        "float",
        "frozenset",
        "int",
        "len",
        "list",
        "max",
        "min",
        "range",
        "set",
        "sorted",
    ),
    *("str", "sum", "tuple", "zip", "partial", "functools.partial", "namedtuple", "collections.namedtuple"),
    *("TypeVar", "NewType", "defaultdict", "OrderedDict"),
}
_NUMPY = re.compile(r"(?:np|numpy)\.(?!load|genfromtxt|fromfile|memmap|save)")


def code_cells(content: bytes) -> list[str] | None:
    """Return the cells of code of a notebook, or None for what is no notebook."""
    plain = as_python(content).strip()
    if not plain.startswith((b"{", b"\xef\xbb\xbf{")):
        return None
    try:
        notebook = json.loads(plain.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    cells = _cells(notebook)
    if cells is None:
        return None
    code = [cell for cell in cells if isinstance(cell, dict) and cell.get("cell_type") == "code"]
    return [_joined(cell.get("source", cell.get("input", ""))) for cell in code]


def module_of(cells: list[str], module: str) -> bytes:
    """Return the definitions in cells of code as a module.

    Kept are functions, classes, imports, and assignments of constants and the like. Blank lines stand for the
    rest, so that a line's number counts the lines of the cells. A cell may write the module's file
    (`%%writefile`); then it is read as well.

    Args:
        cells: their text.
        module: name of the module, which can't take anything from itself.
    """
    kept, missing = list[str](), set[str]()
    for cell in _bounded(cells):
        for statement in top_level_statements(_code_of(cell, module)):
            if _is_kept(statement, module, missing):
                kept.append(statement)
            else:
                missing.update(_targets(statement))
                kept.append("\n" * statement.count("\n"))
    return "".join(kept).encode("utf-8", "replace")


def _bounded(cells: list[str]) -> Iterator[str]:
    """Yield the cells up to about as much text as a long module has."""
    total = 0
    for cell in cells:
        total += len(cell)
        if total > MOST:
            return
        yield cell


def _cells(notebook: object) -> list[object] | None:
    """Return all cells, also of a notebook of the form that was usual before 2015."""
    if not isinstance(notebook, dict):
        return None
    sheets = notebook.get("worksheets")
    if isinstance(sheets, list) and sheets and isinstance(sheets[0], dict):
        notebook = sheets[0]
    cells = notebook.get("cells")
    return cells if isinstance(cells, list) else None


def _joined(source: object) -> str:
    lines = source if isinstance(source, list) else [source]
    return "".join(line for line in lines if isinstance(line, str))


def _code_of(cell: str, module: str) -> str:
    """Return the Python in a cell; a cell in another language gives as many blank lines."""
    text = cell.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n") + "\n"
    first, _, rest = text.partition("\n")
    if not first.startswith("%%"):
        return text
    magic, *arguments = first[2:].split() or [""]
    writes_module = magic in ("writefile", "file") and f"{module}.py" in arguments
    return "\n" + (rest if magic in _CODE_BELOW or writes_module else "\n" * rest.count("\n"))


def _is_kept(statement: str, module: str, missing: set[str]) -> bool:
    code = statement.lstrip("\n")
    if re.match(rf"from[ \t]+{re.escape(module)}[ \t]+import\b", code):
        return False
    if _DEFINITION.match(code):
        return True
    if _BLOCK.match(code):
        return "__name__" not in code.partition("\n")[0] and bool(_DEFINES_WITHIN.search(code))
    if not _ASSIGNMENT.match(code) or not missing.isdisjoint(re.findall(r"\w+", code)):
        return False
    return "lambda" in code or all(c in _QUICK or _NUMPY.match(c) for c in _CALL.findall(code))


def _targets(statement: str) -> Iterator[str]:
    """Yield the names that a statement which is left out would have bound."""
    for line in statement.splitlines():
        found = _ASSIGNMENT.match(line.lstrip())
        if found is not None:
            yield from re.findall(r"\w+", found[1].partition(":")[0])
