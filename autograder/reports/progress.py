"""Progress of a long run: a bar on a terminal, plain lines elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.progress import TimeElapsedColumn as Elapsed
from rich.progress import TimeRemainingColumn as Remaining

from autograder.printable import printable


@contextmanager
def progress_bar(total: int, title: str, console: Console | None = None) -> Iterator[Callable[[str], None]]:
    """Show the progress of a run; yield the function to call with a line after each step.

    On a terminal: a bar with the count, the time elapsed and the time left, and the last line beside it.
    Elsewhere (a log, a pipe): each line, numbered.

    Args:
        total: number of steps.
        title: what is being done.
        console: where to show it; standard error by default.
    """
    console = console or Console(stderr=True)
    if not console.is_terminal:
        yield _plain_lines(total, title, console)
        return
    columns = ("{task.description}", BarColumn(), MofNCompleteColumn(), Elapsed(), "left", Remaining())
    last_line = TextColumn("{task.fields[line]}", markup=False)
    with Progress(*columns, last_line, console=console) as progress:
        task = progress.add_task(title, total=total, line="")
        yield lambda line: progress.update(task, advance=1, line=printable(line))


def _plain_lines(total: int, title: str, console: Console) -> Callable[[str], None]:
    numbers = count(1)
    return lambda line: console.print(
        f"{title} {next(numbers)}/{total}: {printable(line)}", markup=False, highlight=False, soft_wrap=True
    )
