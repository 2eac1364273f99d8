"""Reading what students handed in, whatever it holds."""

from autograder.submissions.find import find_submissions
from autograder.submissions.hand_in import HandIn
from autograder.submissions.submission import Submission, read_submission
from autograder.submissions.wanted import Wanted

__all__ = ["HandIn", "Submission", "Wanted", "find_submissions", "read_submission"]
