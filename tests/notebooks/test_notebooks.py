"""The notebooks, as students get them: they run with the reference, and stop where work is open."""

import re
from pathlib import Path

import nbclient
import pytest

from autograder.course.assignment import assignment_names

from .running import ROOT, execute, pictures_and_text, solve, students_folder

pytestmark = pytest.mark.unmeasured

#: For each topic the first exercise, and how many pictures the notebook shows at least.
NOTEBOOKS = {
    "losses": ("numerical_gradient", 5),
    "activations": ("affine_forward", 5),
    "initialization": ("small_random_init", 9),
    "batchnorm": ("batchnorm_forward", 9),
    "optimizers": ("sgd", 9),
    "dropout": ("dropout_forward", 7),
    "cnn": ("conv_output_shape", 12),
    "training": ("zero_center", 11),
}
#: Its notebook has a part for files that students download; its test makes some.
WITH_FILES = "training"


def test_every_topic_has_a_notebook_here():
    assert sorted(NOTEBOOKS) == sorted(assignment_names(ROOT))


@pytest.mark.parametrize("topic", sorted(NOTEBOOKS.keys() - {WITH_FILES}))
def test_it_runs_from_top_to_bottom_with_the_reference(topic: str, tmp_path: Path):
    folder = students_folder(topic, tmp_path)
    solve(folder)
    pictures, printed = pictures_and_text(execute(folder))
    assert pictures >= NOTEBOOKS[topic][1]
    assert re.search(r"(?<!\d)(\d+) of \1 points", printed)


@pytest.mark.parametrize("topic", NOTEBOOKS)
def test_with_the_skeleton_it_stops_at_the_first_exercise_with_a_sentence(topic: str, tmp_path: Path):
    with pytest.raises(nbclient.exceptions.CellExecutionError) as stopped:
        execute(students_folder(topic, tmp_path))
    said = str(stopped.value)
    assert f"{NOTEBOOKS[topic][0]}, line" in said
    assert "Traceback" not in said
