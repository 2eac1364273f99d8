"""What an assignment asks a submission for, read off the course's references."""

from functools import lru_cache

from autograder.course.assignment import Assignment, assignment_names, find_assignment
from autograder.course.regions import PLACEHOLDER, SOLUTION, region_lines
from autograder.submissions import Wanted
from autograder.submissions.source_text import defined_in


def wanted_for(assignment: Assignment) -> Wanted:
    """Return what to look for in a submission."""
    others = set(assignment_names(assignment.course)) - {assignment.name}
    source = _read(assignment)
    return Wanted(
        assignment.name,
        _names(source),
        _given(source),
        {name: _names(_read(find_assignment(name, assignment.course))) for name in sorted(others)},
    )


def _read(assignment: Assignment) -> str:
    return assignment.reference.read_text(encoding="utf-8") if assignment.reference.is_file() else ""


@lru_cache(maxsize=32)
def _names(source: str) -> frozenset[str]:
    """Return the public functions and classes of a module; of a class's methods, none."""
    top = "\n".join(line for line in source.splitlines() if line.startswith(("def ", "class ")))
    return frozenset(name for name in defined_in(top) if not name.startswith("_"))


@lru_cache(maxsize=32)
def _given(source: str) -> frozenset[str]:
    """Return the lines that students receive, stripped: those outside solutions, and the placeholder."""
    solved = region_lines(source, SOLUTION)
    lines = (line.strip() for number, line in enumerate(source.splitlines(), start=1) if number not in solved)
    return frozenset({*lines, PLACEHOLDER})
