"""The gradient check: an analytic gradient against the slopes that the function itself shows.

`check_gradient` measures and reports; `assert_gradient` raises when the report is bad. The method, file
by file: `function` calls the function under test safely and in batches, `precision` finds how exactly it
computes, `directions` says where to move the input, `plan` what to measure first, `slopes` and `sweep`
measure, `judge` compares, `held` does so with the function as it should be, `likely_cause` names the likely
mistake, `messages` and `picture` report it.
"""

from autograder.gradients.check import assert_gradient, check_gradient
from autograder.gradients.report import Factor, GradientReport, WrongEntry

__all__ = ["Factor", "GradientReport", "WrongEntry", "assert_gradient", "check_gradient"]
