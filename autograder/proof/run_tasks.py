"""Running tasks by an executor, their results as they come in."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, as_completed
from typing import TypeVar

from autograder.errors import UserError
from autograder.sandbox.process import SandboxError

_Result = TypeVar("_Result")


def run_tasks(executor: Executor, tasks: Iterable[Callable[[], _Result]]) -> Iterator[_Result]:
    """Give the results of all tasks, in the order in which they end.

    Raises:
        UserError: the machine failed.
    """
    try:
        for future in as_completed([executor.submit(task) for task in tasks]):
            yield future.result()
    except (SandboxError, BrokenExecutor) as error:
        raise UserError(f"the machine failed while checks were tried: {error}") from error
