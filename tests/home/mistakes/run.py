"""What `autograder check` says first of a slip."""

import ast
import io
import re
import shutil
import tempfile
from pathlib import Path

from autograder.home.child.job import Job
from autograder.home.paper import Paper
from autograder.home.report import Report
from autograder.home.selection import holds
from autograder.home.session import Session
from tests.home.mistakes.corpus import Slip

ROOT = Path(__file__).parents[3]


def written(slip: Slip) -> str:
    """The student's file."""
    text = (ROOT / "solutions" / slip.topic / f"{slip.topic}.py").read_text(encoding="utf-8")
    begin = re.search(rf"^(def|class) {slip.function}\b", text, re.MULTILINE)
    assert begin is not None, slip
    end = re.compile(r"^(def|class) ", re.MULTILINE).search(text, begin.end())
    stop = end.start() if end else len(text)
    body = text[begin.start() : stop]
    # Not in the docstring, which may have the same words.
    begun = body.find(slip.old, _end_of_docstring(body))
    assert begun >= 0, slip
    body = body[:begun] + slip.new + body[begun + len(slip.old) :]
    # The placeholder's regions are taken out: a student's file has none.
    changed = text[: begin.start()] + body + text[stop:]
    return "".join(line for line in changed.splitlines(keepends=True) if " SOLUTION" not in line)


def _end_of_docstring(body: str) -> int:
    """Where a function's docstring ends; of a class 0, since a slip may be in any method."""
    marks = [found.end() for found in re.finditer('"""', body)]
    return marks[1] if body.startswith("def ") and len(marks) > 1 else 0


def code_of(slip: Slip) -> str:
    """The function or class as the student has it, without docstrings, with the numbers of its lines."""
    tree = ast.parse(text := written(slip))
    node = next(n for n in tree.body if getattr(n, "name", "") == slip.function)
    told = {
        line
        for part in ast.walk(node)
        if isinstance(part, (ast.FunctionDef, ast.ClassDef)) and ast.get_docstring(part)
        for line in range(part.body[0].lineno, (part.body[0].end_lineno or 0) + 1)
    }
    numbered = list(enumerate(text.splitlines(), start=1))[node.lineno - 1 : node.end_lineno]
    return "\n".join(f"{number:5} {line}" for number, line in numbered if number not in told)


def first_block(slip: Slip) -> str:
    """What is printed before anything else that fails."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, slip.topic)
        shutil.copytree(ROOT / "assignments" / slip.topic, place)
        (place / f"{slip.topic}.py").write_text(written(slip), encoding="utf-8")
        # Only the checks on that function, which takes less time; the layers of `training` have none by name.
        names = [slip.function] if holds(place / f"test_{slip.topic}.py", [slip.function]) else []
        job = Job(str(place / f"test_{slip.topic}.py"), names)
        outcome = Session(job, lambda *_: None).run()
        said = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n")
        Report(job, outcome, Paper(said)).print()
        said.seek(0)
        text = said.read().strip()
    return re.split(r"\n\n(?:What else fails|To write next|Points)\n", text)[0]


def lacking_in(block: str, slip: Slip) -> list[str]:
    """Return what a block should say of a slip and does not."""
    said = " ".join(block.split())
    return [words for words in (slip.function, slip.line, *slip.words) if words not in said]
