"""Item 11: a `losses.py` that is no Python, or not this topic's."""

from tests.door.near_misses import _CELLS
from tests.door.row import Row, row, unreadable
from tests.door.work import RIGHT, ROOT, line_of, losses, notebook, reference, with_end, with_head, zipped

_PRINT = "print 'the loss is', 3"
_CONFLICT = "<<<<<<< HEAD\nrows = 1\n=======\nrows = 2\n>>>>>>> main\n"
_TABS = "def f(x):\n        if x:\n\t    return 1\n"


def _refused(what: str, text: str, at: str, *words: str, step: str) -> Row:
    """A module that Python can't read, where the line is told."""
    return unreadable(what, 11, losses(text), says=(f"line {line_of(text, at)}", *words), step=step)


READ = [
    row("Latin-1 in a comment, not declared", 11, {"losses.py": f"# Müller\n{RIGHT}".encode("latin-1")}),
    row("UTF-16, as an old editor saves it", 11, {"losses.py": RIGHT.encode("utf-16")}),
    row("UTF-16, the high bytes first", 11, {"losses.py": b"\xfe\xff" + RIGHT.encode("utf-16-be")}),
    row("UTF-8 with a byte order mark", 11, {"losses.py": RIGHT.encode("utf-8-sig")}),
    row(
        "Latin-1, declared",
        11,
        {"losses.py": f"# -*- coding: latin-1 -*-\n# Müller\n{RIGHT}".encode("latin-1")},
    ),
    row("lines that end as on Windows", 11, losses(RIGHT.replace("\n", "\r\n"))),
    row("lines that end as on an old Mac", 11, losses(RIGHT.replace("\n", "\r"))),
    row(
        "a notebook by the name of losses.py",
        11,
        {"losses.py": notebook(_CELLS)},
        says=("notebook",),
        notes=("notebook",),
        step="next time hand in losses.py as Python",
    ),
]

REFUSED = [
    _refused(
        "a magic", with_head("%matplotlib inline\n"), "%matplotlib", "%matplotlib", step="take out the magic"
    ),
    _refused(
        "a command of the shell",
        with_head("!pip install numpy\n"),
        "!pip",
        "!pip",
        step="take out the command",
    ),
    _refused("Markdown fences", f"```python\n{RIGHT}```\n", "```python", "```", step="take out the fences"),
    _refused("conflict markers", with_end(_CONFLICT), "<<<<<<<", "conflict", step="settle the conflict"),
    _refused("tabs and spaces mixed", with_end(_TABS), "\t    return", "TabError", step="indent by spaces"),
    _refused("print without parentheses", with_end(_PRINT), _PRINT, "Python 2", step="write it in Python 3"),
    _refused(
        "except with a comma",
        with_end("try:\n    pass\nexcept ValueError, e:\n    pass\n"),
        "except ValueError",
        "Python 2",
        step="write it in Python 3",
    ),
    _refused(
        "a bracket left open",
        with_end("def f(x:\n    return x\n"),
        "def f(x:",
        "SyntaxError",
        step="mend the syntax",
    ),
    _refused(
        "an indent too many",
        with_end("x = 1\n  y = 2\n"),
        "  y = 2",
        "IndentationError",
        step="mend the indentation",
    ),
    _refused(
        "curly quotes of a word processor",
        with_end("print(“done”)\n"),
        "print(“",
        "SyntaxError",
        step="mend the syntax: curly quotes",
    ),
    _refused(
        "a prompt of the interpreter", f">>> import numpy\n{RIGHT}", ">>>", ">>>", step="take out the prompts"
    ),
    unreadable(
        "an empty file",
        11,
        {"losses.py": b""},
        says=("losses.py", "empty"),
        step="hand in your work: the file is empty",
    ),
    unreadable(
        "a docstring and nothing else",
        11,
        losses('"""Losses."""\n\nimport numpy as np\n'),
        says=("losses.py", "defines no"),
        step="hand in your work: the file defines nothing",
    ),
    unreadable(
        "another topic's file by this name",
        11,
        losses(reference("dropout").source),
        says=("looks like dropout.py",),
        step="hand in this topic's file: this one is another's",
    ),
    unreadable(
        "a notebook without functions by this name",
        11,
        {"losses.py": (ROOT / "assignments" / "losses" / "losses.ipynb").read_bytes()},
        says=("notebook", "defines"),
        step="hand in losses.py: the notebook defines nothing",
    ),
    unreadable(
        "a web page by this name",
        11,
        losses("<!DOCTYPE html>\n<html><head><title>losses.py at main</title></head></html>\n"),
        says=("web page",),
        step="download the file itself",
    ),
    unreadable(
        "a zip by this name", 11, {"losses.py": zipped(losses())}, says=("zip",), step="name it losses.zip"
    ),
    unreadable(
        "a PDF by this name",
        11,
        {"losses.py": b"%PDF-1.7\n\x80\x81\n"},
        says=("PDF",),
        step="hand in Python, not a PDF",
    ),
    unreadable(
        "a document of a word processor by this name",
        11,
        losses("{\\rtf1\\ansi import numpy as np\\par}\n"),
        says=("rich text",),
        step="save it as plain text",
    ),
]

EXPORTED = with_head("get_ipython().run_line_magic('matplotlib', 'inline')\n")
RUN = [
    row(
        "a magic, exported from a notebook",
        11,
        losses(EXPORTED),
        score=0,
        says=("get_ipython belongs to notebooks", f"line {line_of(EXPORTED, 'get_ipython')}"),
        step="take out the exported magic",
    ),
]

ROWS = [*READ, *REFUSED, *RUN]
