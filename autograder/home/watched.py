"""The student's module as a check sees it at home: calls of its functions are taken down, as in grading."""

from collections.abc import Callable
from functools import wraps
from types import FunctionType, ModuleType
from typing import Any

from autograder.answers import Answers, missing_name
from autograder.home.calls import Calls
from autograder.home.crossing import Crossing


class WatchedModule(ModuleType):
    """Stands for a module: has its attributes, and takes down what its functions return.

    Args:
        module: the student's.
        answers: takes calls down.
        crossing: calls the functions.
        calls: keeps the last of them.
    """

    def __init__(self, module: ModuleType, answers: Answers, crossing: Crossing, calls: Calls):
        super().__init__(module.__name__, module.__doc__)
        self.__dict__.update(__autograder__=(module, answers, crossing, calls))

    def __getattr__(self, name: str) -> Any:
        __tracebackhide__ = True
        module, answers, crossing, calls = self.__dict__["__autograder__"]
        if not hasattr(module, name):
            raise missing_name(module.__name__, name, vars(module), answers.promises)
        value = getattr(module, name)
        if callable(value):
            calls.used.setdefault(name)
        return _watched(value, name, answers, crossing, calls) if isinstance(value, FunctionType) else value

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self.__dict__["__autograder__"][0], name, value)


def answers_of(student: Any) -> Answers:
    """Return what was taken down of a module; nothing where it is none of a student's."""
    return student.__dict__["__autograder__"][1] if isinstance(student, WatchedModule) else Answers({})


def calls_of(student: Any) -> Calls:
    """Return which calls a check made; none where the module is none of a student's."""
    return student.__dict__["__autograder__"][3] if isinstance(student, WatchedModule) else Calls()


def _watched(
    function: FunctionType, name: str, answers: Answers, crossing: Crossing, calls: Calls
) -> Callable[..., Any]:
    @wraps(function)
    def call(*arguments: Any, **keywords: Any) -> Any:
        __tracebackhide__ = True
        answers.calls(name)
        begun = calls.begin(name, arguments, keywords)
        value = crossing.call(name, function, arguments, keywords)
        calls.end(begun, value, crossing.keeps_second(name))
        answers.returned(name, value)
        return value

    def over(*arguments: Any, **keywords: Any) -> Any:
        answers.calls(name)
        calls.begin(name, arguments[1:], {})
        return function.__dict__["over"](*arguments, **keywords)

    if "over" in function.__dict__:  # copied from there by `wraps`
        call.__dict__["over"] = over
    return call
