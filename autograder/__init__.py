"""Check, at home or for a whole class, what students write by hand in NumPy.

For students and check authors: `check_gradient`, `assert_gradient`. For instructors, with the extra
`instructor`: `grade_submission`, `grade_submissions`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.gradients import GradientReport, assert_gradient, check_gradient
    from autograder.grading import Grade, grade_submission, grade_submissions

__all__ = [
    "Grade",
    "GradientReport",
    "assert_gradient",
    "check_gradient",
    "grade_submission",
    "grade_submissions",
]

_GRADING = ("Grade", "grade_submission", "grade_submissions")


def __getattr__(name: str) -> Any:
    """Import on first use, so that the student's part never asks for the instructor's packages."""
    if name not in __all__:
        raise AttributeError(f"module 'autograder' has no attribute {name!r}")
    return getattr(import_module("autograder.grading" if name in _GRADING else "autograder.gradients"), name)
