"""otter's autograder in a container like Gradescope's, but without conda, which its setup.sh would fetch."""

import json
from pathlib import Path

import pytest

from autograder.course.assignment import find_assignment
from autograder.grading import grade_submission
from autograder.platforms.gradescope.autograder_zip import NOT_RUN
from autograder.platforms.gradescope.export import failure, results
from tests.platforms.gradescope.conftest import Machine, needs_root, var_of_machines
from tests.platforms.gradescope.modules import ROOT, partly_written
from tests.platforms.otter.conftest import quick

pytestmark = needs_root
TOPIC = "initialization"


@pytest.fixture(scope="module")
def machine(released: Path, tmp_path_factory: pytest.TempPathFactory) -> Machine:
    made = Machine(tmp_path_factory.mktemp("gradescope") / "autograder", var_of_machines(tmp_path_factory))
    made.install(released / TOPIC / "autograder" / f"{TOPIC}-autograder.zip")
    return made


@pytest.mark.long
def test_where_otters_environment_is_missing_the_result_says_so(machine: Machine):
    machine.hand_in({f"{TOPIC}.py": "score = 100\n"})
    machine.run()
    assert machine.results() == failure(NOT_RUN)


@pytest.mark.long
def test_links_and_a_second_notebook_and_files_of_otters_names_do_no_harm(machine: Machine, tmp_path: Path):
    """otter itself would stop at the second notebook, and write its own notebook to where the link leads."""
    text = partly_written(TOPIC, "small_random_init")
    machine.hand_in({f"{TOPIC}.py": text, "second.ipynb": "{", "tests": "", "ipykernel_launcher.py": "1 / 0"})
    config = machine.autograder / "source" / "otter_config.json"
    (machine.autograder / "submission" / f"{TOPIC}.ipynb").symlink_to("/autograder/source/otter_config.json")
    before = config.read_bytes()
    quick(machine.autograder)
    command = ("/autograder/source/venv/bin/python", "/autograder/source/run_otter.py")
    said = machine.run(*command, environment={"PYTHONPATH": "/autograder/without"})
    found = machine.results()
    (tmp_path / f"{TOPIC}.py").write_text(text)
    expected = results(grade_submission(tmp_path, find_assignment(TOPIC, ROOT)))
    assert (found["score"], found["tests"]) == (expected["score"], expected["tests"]), said
    assert json.loads(config.read_bytes()) == json.loads(before)
