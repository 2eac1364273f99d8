"""Make the documentation's pictures from real output: `python docs/_pictures.py`, in the course's folder."""

import os
import re
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.terminal_theme import DIMMED_MONOKAI, TerminalTheme
from rich.text import Text

AUTOGRADER = str(Path(sys.executable).with_name("autograder"))
STATIC = Path(__file__).with_name("_static")
#: A net whose bias is scaled: one value is wrong, and one gradient by the factor N.
MISTAKE, TOPIC = "misconception-affine-bias-scaled", "activations"
#: Members of the class in the picture: one of three.
CLASS, EVERY = "initialization", 3
#: Columns of the terminal.
WIDTH = 80
_DARK_RED, _GREEN = (179, 29, 40), (17, 99, 41)
_LIGHT = TerminalTheme((255, 255, 255), (36, 41, 47), [(36, 41, 47), _DARK_RED, _GREEN, *[(90, 98, 107)] * 5])


def run(*command: str, cwd: Path | None = None) -> str:
    """Return what a command prints, with colours."""
    settings = {**os.environ, "FORCE_COLOR": "1", "PYTHONIOENCODING": "utf-8", "COLUMNS": str(WIDTH)}
    return subprocess.run(command, cwd=cwd, env=settings, text=True, capture_output=True, check=False).stdout


def draw_feedback(folder: Path) -> None:
    """What `autograder check` says of a known mistake."""
    run(AUTOGRADER, "sample-class", str(folder / "class"), "--assignment", TOPIC)
    shutil.copytree(Path("assignments", TOPIC), folder / TOPIC)
    shutil.copy(folder / "class" / MISTAKE / f"{TOPIC}.py", folder / TOPIC)
    said = run(AUTOGRADER, "check", cwd=folder / TOPIC)
    for name, theme in (("light", _LIGHT), ("dark", DIMMED_MONOKAI)):
        console = Console(
            record=True, width=WIDTH, file=StringIO(), force_terminal=True, color_system="standard"
        )
        console.print(Text("$ autograder check"))
        console.print(Text.from_ansi(said))
        drawn = console.export_svg(title=f"{TOPIC}/", theme=theme, unique_id=f"feedback-{name}")
        (STATIC / f"feedback-{name}.svg").write_text(without_fonts(drawn), encoding="utf-8")


def without_fonts(svg: str) -> str:
    """Take out the fonts that a browser would fetch from elsewhere."""
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL).replace("Fira Code,", "")


def draw_class(folder: Path) -> None:
    """The scores of a class."""
    run(AUTOGRADER, "sample-class", str(folder / "whole"), "--assignment", CLASS)
    (folder / "part").mkdir()
    for member in sorted((folder / "whole").iterdir())[::EVERY]:
        shutil.copytree(member, folder / "part" / member.name)
    run(AUTOGRADER, "grade", str(folder / "part"), "--assignment", CLASS, "--out", str(folder / "grades"))
    shutil.copy(folder / "grades" / "scores.png", STATIC / "class.png")


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        draw_feedback(Path(folder))
        draw_class(Path(folder))
