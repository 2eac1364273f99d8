"""Why Python can't read a module: the sentence that names the line, and what to do where that can be told."""

import re

from autograder.sandbox.inside.messages import Error
from autograder.submissions.source_text import text_of

#: What the line at which Python stops looks like, and what that means.
_LINES = (
    (r"[ \t]*%", "`{line}` is a magic of notebooks, not Python; take it out"),
    (r"[ \t]*!", "`{line}` is a command for the shell, not Python; take it out"),
    (r"[ \t]*\?|[^#\"']*\?\s*$", "`{line}` asks a notebook for help, and is not Python; take it out"),
    (r"[ \t]*(?:```|~~~)", "`{line}` is a fence of Markdown, not Python; take the fences out"),
    (
        r"(?:<<<<<<<|=======|>>>>>>>|\|\|\|\|\|\|\|)(?:\s|$)",
        "`{line}` marks a conflict that Git left to you; keep one of the two versions and take the marks out",
    ),
    (r"[ \t]*>>>", "`>>>` is the prompt of the interpreter, not Python; take the prompts out"),
    (r"[ \t]*In ?\[\d*\]:", "`{line}` is the prompt of a notebook, not Python; take the prompts out"),
    (
        r"[ \t]*(?:print|exec)\b(?![ \t]*[(=.,:\[])|[ \t]*except[ \t]+[\w.]+[ \t]*,[ \t]*\w+[ \t]*:"
        r"|[ \t]*raise[ \t]+[\w.]+[ \t]*,|[^#\"']*<>|[^#\"']*\b0[0-7]+[lL]?\b|[^#\"']*\b\d+[lL]\b",
        "`{line}` is Python 2; write it in Python 3",
    ),
    (
        r"[^#]*[\u2018\u2019\u201c\u201d]",
        "the quotes are those of a word processor; type them anew as ' or \"",
    ),
)
#: Characters of a line that are quoted.
_SHOWN = 60


def syntax_sentence(module: str, error: Error, source: bytes) -> str:
    """Return why a module can't be read as Python.

    Args:
        module: its name.
        error: what the compiler said.
        source: the module.
    """
    number = error.frames[-1][0] if error.frames else 0
    place = f", line {number}," if number else ""
    what = re.sub(r" \([^()]*line \d+\)$", "", error.text)
    lines = text_of(source).split("\n")
    reason = "indent with spaces only" if error.name == "TabError" else ""
    if not reason and 0 < number <= len(lines):
        reason = _reason(lines[number - 1])
    ended = f": {reason}" if reason else ""
    return f"the file {module}.py{place} can't be read as Python ({error.name}: {what}){ended}"


def _reason(line: str) -> str:
    """Return what a line is instead of Python, and what to do; empty where that can't be seen."""
    start = line[:_SHOWN]
    for pattern, said in _LINES:
        if re.match(pattern, start):
            return said.format(line=start.strip())
    return ""
