"""The student's module as checks see it when grading: every call crosses the wire."""

from autograder.proxy.student import Handle, StudentProxy

__all__ = ["Handle", "StudentProxy"]
