from pathlib import Path

import matplotlib.image
import numpy as np
import pytest

from autograder.reports.scores_plot import plot_scores, shortened
from autograder.verdicts import SubmissionVerdict

BLUE = np.array([0x00, 0x72, 0xB2]) / 255
ORANGE = np.array([0xE6, 0x9F, 0x00]) / 255


def drawn(grades, path: Path) -> np.ndarray:
    plot_scores(grades, path)
    return matplotlib.image.imread(path)


def area(picture: np.ndarray, color: np.ndarray) -> int:
    return int(np.all(np.isclose(picture[..., :3], color, atol=1e-3), axis=-1).sum())


@pytest.mark.parametrize(("students", "checks"), [(1, 1), (1, 10), (400, 50)])
def test_the_picture_is_opaque_on_white_and_grows_with_the_checks(grade, tmp_path, students, checks):
    points = np.random.default_rng(0).integers(0, 3, (students, checks))
    picture = drawn([grade(f"s{i}", *map(int, row)) for i, row in enumerate(points)], tmp_path / "a.png")
    height, width = picture.shape[:2]
    assert width == 1140
    assert height == pytest.approx(120 * (5.1 + 0.27 * checks), abs=2)
    assert np.all(picture[0, 0] == 1)
    assert picture.shape[2] == 3 or np.all(picture[..., 3] == 1)


def test_bars_are_as_long_as_the_points_lost(grade, tmp_path):
    """Half the points of a hidden check lost, then all: twice the orange."""
    half = area(drawn([grade("a", 2, 1)], tmp_path / "a.png"), ORANGE)
    all_ = area(drawn([grade("a", 2, 0)], tmp_path / "b.png"), ORANGE)
    none = area(drawn([grade("a", 2, 2)], tmp_path / "c.png"), ORANGE)
    assert (all_ - none) / (half - none) == pytest.approx(2, rel=0.02)


def test_losses_are_means_over_the_submissions_with_results(grade, tmp_path):
    one = area(drawn([grade("a", 2, 0)], tmp_path / "a.png"), ORANGE)
    with_unreadable = [grade("a", 2, 0), grade("b", verdict=SubmissionVerdict.UNREADABLE)]
    assert area(drawn(with_unreadable, tmp_path / "b.png"), ORANGE) == one


def test_what_could_not_be_graded_is_no_score(grade, tmp_path):
    """It would stand at 0, and draw the mean down with it."""
    some = [grade("a", 2, 0), grade("b", 2, 2)]
    pictures = [
        drawn([*some, *more], tmp_path / f"{len(more)}.png")
        for more in ([], [grade("c", verdict=SubmissionVerdict.UNREADABLE)])
    ]
    assert area(pictures[0], BLUE) == area(pictures[1], BLUE)
    below = slice(60, None)  # the title, which counts them, stands above
    assert np.array_equal(pictures[0][below], pictures[1][below])


def test_a_class_of_which_nothing_could_be_graded_still_has_its_picture(grade, tmp_path):
    assert drawn([grade("a", verdict=SubmissionVerdict.UNREADABLE)], tmp_path / "a.png").size


def test_equal_grades_give_equal_bytes_and_no_other_file(grade, tmp_path):
    for name in ("a.png", "b.png"):
        plot_scores([grade("a", 2, 0)], tmp_path / name)
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.png", "b.png"]


def test_long_titles_of_two_checks_stay_apart():
    """Also where they differ at one end only; short ones stay as they are."""
    body = "gradients with respect to the weights agree with numerical ones"
    titles = [
        f"conv_backward: {body}, pad 0",
        f"conv_backward: {body}, pad 2",
        f"pool_backward: {body}, pad 2",
    ]
    short = [shortened(title) for title in titles]
    assert len(set(short)) == 3
    assert max(map(len, short)) <= 64
    assert all(" ... " in title for title in short)
    assert shortened("The mean of three") == "The mean of three"
