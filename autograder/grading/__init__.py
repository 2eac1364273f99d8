"""Grading: from a submission to a `Grade`, one or a whole class."""

from autograder.grading.classwide import grade_submissions
from autograder.grading.grade import CheckResult, Grade, Manifest
from autograder.grading.grader import grade_submission

__all__ = ["CheckResult", "Grade", "Manifest", "grade_submission", "grade_submissions"]
