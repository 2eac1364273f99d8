"""The README of an assignment, for the student."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from importlib.metadata import version
from pathlib import Path

from autograder.checkspec import CheckSpec
from autograder.course.outline import Exercise
from autograder.scoring import as_number

TEMPLATE = Path(__file__).with_name("student_readme.md").read_text(encoding="utf-8")
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
