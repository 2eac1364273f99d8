"""`scores.png`, drawn by a process of its own: Matplotlib takes its time to import and to draw."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from autograder.errors import UserError
from autograder.grading.result import Grade
from autograder.grading.workers import local_workers

__all__ = ["drawing_process"]


@contextmanager
def drawing_process() -> Iterator[Callable[[Sequence[Grade], Path], None]]:
    """Start a process that gets ready to draw, and give the function that sets it to work.

    The function takes what `plot_scores` takes and returns at once; the picture is there when the context
    ends without an exception.

    Raises:
        UserError: something has killed the process.
    """
    pictures: list[Future[None]] = []
    with local_workers(1) as process:
        process.submit(import_module, "autograder.reports.scores_plot")

        def draw(grades: Sequence[Grade], path: Path) -> None:
            with _told_if_killed():
                pictures.append(process.submit(_draw, grades, path))

        yield draw
        for picture in pictures:
            with _told_if_killed():
                picture.result()


@contextmanager
def _told_if_killed() -> Iterator[None]:
    try:
        yield
    except BrokenExecutor as error:
        raise UserError(
            "the process that draws scores.png was killed; the grades are kept, and the same command goes on "
            "from there"
        ) from error


def _draw(grades: Sequence[Grade], path: Path) -> None:
    from autograder.reports.scores_plot import plot_scores  # here, so that only that process has Matplotlib

    plot_scores(grades, path)
