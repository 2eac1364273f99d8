"""Hostile submissions, graded by otter: no point that is not deserved, and an honest result.

`make test` takes every sixth; all of them attack the sandbox itself in tests/attacks.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.grading import supervised
from tests.attacks.conftest import LIMITS, Scene, scene
from tests.attacks.test_attacks import WORD, honest_points
from tests.platforms.otter.conftest import OtterRun, make_assignments, write_submission

pytestmark = pytest.mark.unmeasured

__all__ = ["scene"]

ATTACKS = (
    "blame_the_grader", "change_its_own_files", "crash_in_c", "endless_import", "exception_that_says_passed",
    "false_modules", "find_the_control_connection", "forge_arrays", "forge_replies_in_advance",
    "forge_the_names", "forge_the_result", "hooks_of_the_interpreter", "import_the_grader", "leave_at_import",
    "memory_bomb", "object_that_equals_everything", "outcomes_of_pytest", "patched_numpy", "patched_server",
    "pickle_that_runs", "read_neighbours", "read_the_environment", "read_the_solutions",
    "swallow_the_requests", "walk_the_stack", "write_elsewhere",
)  # fmt: skip
RUNS = [
    pytest.param(name, marks=[pytest.mark.long] if place % 6 else []) for place, name in enumerate(ATTACKS)
]
NOTEBOOK = "---\ntitle: none\n---\n\n# A topic to be attacked\n"


@pytest.fixture(scope="module")
def autograder_zip(scene: Scene, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The autograder of the topic that is attacked."""
    scene.topic.notebook_source.write_text(NOTEBOOK)
    out = tmp_path_factory.mktemp("attacked")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(supervised, "Limits", lambda: LIMITS)
        make_assignments(scene.topic.course, out, "attacked")
        yield str(out / "attacked" / "autograder" / "attacked-autograder.zip")


@pytest.mark.parametrize("name", RUNS)
def test_an_attack_gains_nothing(
    scene: Scene, autograder_zip: str, otter_run: OtterRun, name: str, tmp_path: Path
):
    module = (scene.members / name / "attacked.py").read_bytes()
    before = scene.state()
    results = otter_run(autograder_zip, write_submission(tmp_path / "s.zip", {"attacked.py": module}))
    assert results["score"] == sum(test["score"] for test in results["tests"]) <= honest_points(name)
    assert [test["max_score"] for test in results["tests"]] == [2] * 6
    assert results["extra_data"]["verdict"] in ("graded", "unreadable")
    assert WORD not in json.dumps(results)
    assert scene.state() == before
    assert scene.connections() == 0


def test_a_second_run_replaces_what_the_first_made(scene: Scene, autograder_zip: str):
    out = Path(autograder_zip).parents[2]
    (out / "attacked" / "student" / "attacked.py").write_text("old")
    make_assignments(scene.topic.course, out, "attacked")
    assert (out / "attacked" / "student" / "attacked.py").read_text() != "old"
    assert [path.name for path in out.iterdir()] == ["attacked"]
