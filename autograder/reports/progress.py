"""Progress of a long run: a bar on a terminal, plain lines elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)


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
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[line]}", markup=False),
    )
    with Progress(*columns, console=console) as progress:
        task = progress.add_task(title, total=total, line="")
        yield lambda line: progress.update(task, advance=1, line=line)


def _plain_lines(total: int, title: str, console: Console) -> Callable[[str], None]:
    done = 0

    def advance(line: str) -> None:
        nonlocal done
        done += 1
        console.print(f"{title} {done}/{total}: {line}", markup=False, highlight=False, soft_wrap=True)

    return advance
