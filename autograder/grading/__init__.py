"""Grading: from a submission to a `Grade`, one or a whole class."""

from autograder.blas import use_one_thread

use_one_thread()  # before anything below imports NumPy: each process that grades comes through here

# ruff: noqa: E402
from autograder.grading.grade_class import grade_submissions
from autograder.grading.result import CheckResult, Grade, Manifest
from autograder.grading.supervised import grade_submission

__all__ = ["CheckResult", "Grade", "Manifest", "grade_submission", "grade_submissions"]
