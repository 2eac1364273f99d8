"""Reading what students handed in, whatever it holds."""

from autograder.submissions.find import find_submissions
from autograder.submissions.submission import Submission, read_submission

__all__ = ["Submission", "find_submissions", "read_submission"]
