import io

from rich.console import Console

from autograder.reports.progress import progress_bar


def output(*, terminal: bool) -> str:
    console = Console(file=io.StringIO(), force_terminal=terminal, width=160)
    with progress_bar(2, "grading", console) as advance:
        advance("[bold]ada")
        advance("bob: 3 of 4")
    return console.file.getvalue()


def test_without_a_terminal_there_is_a_plain_line_per_step():
    assert output(terminal=False) == "grading 1/2: [bold]ada\ngrading 2/2: bob: 3 of 4\n"


def test_a_terminal_gets_a_bar_with_count_and_times():
    *_, last, _restored_cursor = output(terminal=True).splitlines()
    assert "2/2" in last
    assert "0:00:0" in last
    assert "left" in last
    assert "bob: 3 of 4" in last
