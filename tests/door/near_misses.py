"""Item 10: work under another name than `losses.py`."""

from tests.door.row import Files, Row, row, unreadable
from tests.door.work import LOSSES, RIGHT, ROOT, SKELETON, notebook, reference

_RIGHT = RIGHT.encode()
_IMPORTS = "from collections.abc import Callable\n\nimport numpy as np\n\nArray = np.ndarray\nLoss = Callable"
_CELLS = [_IMPORTS, *(LOSSES.text_of(name) for name in LOSSES.names)]
_MAGICS = ["%load_ext autoreload\n%autoreload 2\n%matplotlib inline", "!pip install numpy"]
_CALLS = ["print(svm_loss(np.eye(3), np.arange(3)))", "softmax_loss(np.eye(3), np.arange(3))?"]
_OLDER = RIGHT.replace("margins.sum() / N", "margins.sum()").encode()


def _one(what: str, name: str, content: bytes = _RIGHT, beside: Files | None = None) -> Row:
    """A single file that can only be meant as the module: it is graded, and its name is told."""
    shown = name.replace("\u200b", "").rpartition("/")[2]
    return row(
        what,
        10,
        {name: content, **(beside or {})},
        says=(shown, "losses.py"),
        notes=(shown,),
        step="next time hand in losses.py as Python" if "ipynb" in name else "next time name it losses.py",
    )


TAKEN = [
    _one("a browser's second copy", "losses (1).py"),
    _one("numbered by Canvas", "losses-2.py"),
    _one("a capital letter", "Losses.py"),
    _one("all in capitals", "LOSSES.PY"),
    _one("the ending in capitals", "losses.PY"),
    _one("an ending too many", "losses.py.txt"),
    _one("the ending twice", "losses.py.py"),
    _one("a text file", "losses.txt"),
    _one("a name before it", "my_losses.py"),
    _one("a word after it", "losses_final.py"),
    _one("a copy made by a Mac", "losses copy.py"),
    _one("a space before the ending", "losses .py"),
    _one("a letter too few", "loses.py"),
    _one("an invisible character in the name", "losses\u200b.py"),
    _one("the only Python file there is", "homework1.py"),
    _one("the only Python file, beside a report", "hw/homework1.py", beside={"report.pdf": b"%PDF-1.7"}),
    _one("a notebook that defines the functions", "losses.ipynb", notebook(_CELLS)),
    _one("a notebook with magics and calls", "losses.ipynb", notebook([*_MAGICS, *_CELLS, *_CALLS])),
    _one("a notebook of another name", "Untitled1.ipynb", notebook(_CELLS)),
    _one(
        "a notebook beside the untouched skeleton",
        "losses.ipynb",
        notebook(_CELLS),
        beside={"losses.py": SKELETON.encode()},
    ),
    _one("a copy beside the untouched skeleton", "losses (1).py", beside={"losses.py": SKELETON.encode()}),
    _one("two copies of the same content", "losses (1).py", beside={"losses (2).py": _RIGHT}),
]

NOTHING_TO_ASK = [
    row("an older attempt beside it", 10, {"losses.py": _RIGHT, "losses_old.py": _OLDER}),
    row("a numbered copy beside it", 10, {"losses.py": _RIGHT, "losses (1).py": _OLDER}),
    row("the same module twice, in two folders", 10, {"a/losses.py": _RIGHT, "b/losses.py": _RIGHT}),
    row(
        "the course's other files beside it",
        10,
        {
            "losses.py": _RIGHT,
            **{
                name: (ROOT / "assignments" / "losses" / name).read_bytes()
                for name in ("README.md", "losses.ipynb", "test_losses.py")
            },
        },
    ),
    row(
        "the untouched skeleton",
        10,
        {"losses.py": SKELETON.encode()},
        score=0,
        says=("not started",),
        step="begin, or hand in the file you worked in",
    ),
]

NEEDS_A_LOOK = [
    unreadable(
        "two attempts, none of the right name",
        10,
        {"losses (1).py": _RIGHT, "losses (2).py": _OLDER},
        says=("losses (1).py", "losses (2).py"),
        step="say which of two files counts",
    ),
    unreadable(
        "two attempts, in two folders",
        10,
        {"try1/losses.py": _RIGHT, "try2/losses.py": _OLDER},
        says=("try1/losses.py", "try2/losses.py"),
        step="say which of two files counts",
    ),
    unreadable(
        "a notebook and a module of other names",
        10,
        {"homework.py": _OLDER, "homework.ipynb": notebook(_CELLS)},
        says=("homework.py", "homework.ipynb"),
        step="say which of two files counts",
    ),
    unreadable(
        "another topic's file",
        10,
        {"dropout.py": reference("dropout").source.encode()},
        says=("dropout.py",),
        step="hand in this topic's file: this one is another's",
    ),
    unreadable(
        "the checks only",
        10,
        {"test_losses.py": (ROOT / "assignments" / "losses" / "test_losses.py").read_bytes()},
        says=("test_losses.py", "checks"),
        step="hand in losses.py, not the checks",
    ),
    unreadable(
        "the notebook as handed out",
        10,
        {"losses.ipynb": (ROOT / "assignments" / "losses" / "losses.ipynb").read_bytes()},
        says=("losses.ipynb", "defines"),
        step="hand in losses.py: the notebook defines nothing",
    ),
    unreadable(
        "a report only",
        10,
        {"report.pdf": b"%PDF-1.7\n", "scores.png": b"\x89PNG\r\n\x1a\n"},
        says=("report.pdf", "scores.png", "losses.py"),
        step="hand in losses.py: no Python among the files",
    ),
    unreadable(
        "a shortcut to the file",
        10,
        {"losses.py - Shortcut.lnk": b"L\0\0\0\x01\x14\x02\0"},
        says=("losses.py - Shortcut.lnk",),
        step="hand in losses.py: no Python among the files",
    ),
    unreadable(
        "the notebook as a web page",
        10,
        {"losses.html": b"<!DOCTYPE html><title>losses</title>"},
        says=("losses.html",),
        step="hand in losses.py: no Python among the files",
    ),
    unreadable(
        "compiled Python only",
        10,
        {"losses.pyc": b"\xa7\r\r\n" + bytes(60)},
        says=("losses.pyc",),
        step="hand in losses.py: no Python among the files",
    ),
]

ROWS = [*TAKEN, *NOTHING_TO_ASK, *NEEDS_A_LOOK]
