"""The README of an assignment, for the student."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from importlib.metadata import version

from autograder.checkspec import CheckSpec
from autograder.course.outline import Exercise
from autograder.scoring import as_number

__all__ = ["readme_text"]

TEMPLATE = """\
# Assignment: {topic}

You write the functions in `{topic}.py`. The notebook `{topic}.ipynb` tells you why they matter, plots what
they do and runs the checks; the graded code is `{topic}.py` alone.

## Install, once

You need Python 3.11 or newer, and the package `dl-autograder`, which your course hands out as the file
`{wheel}`. Put it into this folder, and run there:

```
python -m venv .venv
.venv/bin/python -m pip install {wheel} notebook
```

On Windows it is `.venv\\Scripts\\python`. `notebook` is only needed for the notebook.

## Work

```
.venv/bin/autograder check
```

runs the public checks below on your `{topic}.py`, adds up the points and says what is wrong with each check
that fails. A part that you have not begun counts as "not started". For breakpoints and tracebacks run the
same checks with `.venv/bin/python -m pytest`; `-k name` runs those whose name contains `name`, and `-x` stops
at the first that fails. Hand in `{topic}.py`.

## What to write

| in `{topic}.py` | what it does |
|---|---|
{exercises}

## The public checks: {public} of {total} points

| points | check | what it looks at |
|---|---|---|
{checks}

{hidden}

## What you may use

Only Python's standard library, NumPy and Matplotlib exist when your work is graded: no other packages, no
data files, no network. Importing another package costs nothing, using it does.
Don't rename the functions or change their arguments. Prints and warnings cost nothing, and neither does slow
code, unless a check's title says so or the code never ends.
{forbidden}"""
#: What `python -m build --wheel` calls this version.
WHEEL = "dl_autograder-{version}-py3-none-any.whl"
FORBIDDEN = """
Some packages may not be used in this assignment, not even where you have them or hand them in along with
`{topic}.py`: {names}.
"""
HIDDEN = """\
The other {hidden} points are for hidden checks. They run on the same functions, with other shapes and values,
and look at what the docstrings in `{topic}.py` promise and nothing else."""


def readme_text(
    topic: str,
    exercises: Sequence[Exercise],
    public: Sequence[CheckSpec],
    every: Sequence[CheckSpec],
    forbidden: Sequence[str],
) -> str:
    """Return the text of an assignment's README.

    Args:
        topic: the assignment's name.
        exercises: the functions to write.
        public: the checks that the student has.
        every: all checks, public and hidden.
        forbidden: the packages that may not be used.
    """
    total, shown = _total(every), _total(public)
    hidden = (
        HIDDEN.format(hidden=as_number(total - shown), topic=topic)
        if shown < total
        else "There are no others."
    )
    return TEMPLATE.format(
        topic=topic,
        wheel=WHEEL.format(version=version("dl-autograder")),
        exercises=_rows((f"`{e.signature}`", e.summary) for e in exercises),
        checks=_rows((str(as_number(c.points)), f"`{c.id}`", c.title) for c in public),
        public=as_number(shown),
        total=as_number(total),
        hidden=hidden,
        forbidden=FORBIDDEN.format(topic=topic, names=", ".join(forbidden)) if forbidden else "",
    )


def _total(checks: Sequence[CheckSpec]) -> Fraction:
    return sum((check.points for check in checks), Fraction(0))


def _rows(rows: Iterable[tuple[str, ...]]) -> str:
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows)
