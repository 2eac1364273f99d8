"""The process that draws `scores.png`."""

import multiprocessing
from pathlib import Path

import pytest

from autograder.errors import UserError
from autograder.grading import Grade
from autograder.reports.drawing import drawing_process
from autograder.reports.scores_plot import plot_scores


def test_it_draws_what_this_process_would(grade, tmp_path: Path):
    grades = [grade("ada", 2, 1), grade("bob", 0, 1)]
    with drawing_process() as draw:
        draw(grades, tmp_path / "scores.png")
    plot_scores(grades, tmp_path / "same.png")
    assert (tmp_path / "scores.png").read_bytes() == (tmp_path / "same.png").read_bytes()


@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
def test_a_killed_process_is_one_line(grade, tmp_path: Path, before: bool):
    with pytest.raises(UserError, match=r"draws scores.png was killed; the grades are kept"):
        draw_and_kill([grade("ada", 2, 1)] * 50, tmp_path / "scores.png", before)


def draw_and_kill(grades: list[Grade], path: Path, before: bool) -> None:
    others = multiprocessing.active_children()
    with drawing_process() as draw:
        (process,) = set(multiprocessing.active_children()) - set(others)
        if before:
            process.kill()
            process.join()
        draw(grades, path)
        process.kill()
