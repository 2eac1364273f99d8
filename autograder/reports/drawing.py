"""`scores.png`, drawn by a process of its own, since Matplotlib is slow to import and to draw."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from autograder.errors import UserError
from autograder.grading.result import Grade
from autograder.grading.workers import local_workers


@contextmanager
def drawing_process() -> Iterator[Callable[[Sequence[Grade], Path], None]]:
    """Start a process that imports what it needs to draw, and yield the function that starts the drawing.

    The function takes the arguments of `plot_scores` and returns at once. The picture is complete when the
    `with` block has ended without an exception.

    Raises:
        UserError: something has killed the process, or there is no room for the picture.
    """
    pictures: list[Future[None]] = []
    with local_workers(1) as process:
        process.submit(import_module, "autograder.reports.scores_plot")

        def draw(grades: Sequence[Grade], path: Path) -> None:
            with _told():
                pictures.append(process.submit(_draw, grades, path))

        yield draw
        for picture in pictures:
            with _told():
                picture.result()


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UserError(
            f"scores.png can't be drawn ({error.strerror or error}); the grades are kept, and the same "
            "command goes on from there"
        ) from error
    except BrokenExecutor as error:
        raise UserError(
            "the process that draws scores.png was killed; the grades are kept, and the same command goes on "
            "from there"
        ) from error


def _draw(grades: Sequence[Grade], path: Path) -> None:
    from autograder.reports.scores_plot import plot_scores  # here, so that only this process imports it

    plot_scores(grades, path)
