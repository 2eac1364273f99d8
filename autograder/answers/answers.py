"""What a check asked of the student's functions, and which of them answered with another kind of thing."""

from collections.abc import Mapping
from typing import Any

from autograder.answers.kinds import kind_of
from autograder.answers.promises import Promise


class Answers:
    """Takes calls down while a check runs.

    Args:
        promises: what the functions should take and return, by name.

    Attributes:
        called: the functions that were called, by name.
        broken: the first function that returned something of another kind than it should, and what it was,
            in words; None while there is none.
    """

    def __init__(self, promises: Mapping[str, Promise]):
        self.promises = promises
        self.called: set[str] = set()
        self.broken: tuple[str, str] | None = None

    def calls(self, function: str) -> None:
        """Take down that a function is called; methods are `Class.method`."""
        self.called.add(function)

    def returned(self, function: str, value: Any) -> None:
        """Take down what it returned."""
        promise = self.promises.get(function)
        if self.broken is None and promise is not None and not promise.is_kept_by(value):
            self.broken = function, kind_of(value)
