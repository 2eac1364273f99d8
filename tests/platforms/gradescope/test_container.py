"""The autograder in a container like Gradescope's, where there are neither namespaces nor Landlock."""

import shutil
from pathlib import Path

import pytest

from autograder.course.assignment import find_assignment
from autograder.grading import grade_submission
from autograder.platforms.gradescope.export import results
from tests.platforms.gradescope.conftest import ROOT, TOPIC, Machine, needs_root
from tests.platforms.gradescope.modules import partly_written

pytestmark = needs_root

#: Tells in the message of an exception, which feedback repeats, what it could do.
HOSTILE = """
import os

def try_everything():
    done = []
    for path in ("/autograder/source", "/autograder/results", "/autograder/submission", "/autograder"):
        try:
            done.append(f"listed {path}: {os.listdir(path)}")
        except OSError:
            pass
    for name in ("topic.json", "solutions/initialization/initialization.py"):
        try:
            done.append(f"read {name}: {open('/autograder/source/' + name).read()}")
        except OSError:
            pass
    for path in ("/autograder/results/results.json", "/autograder/run_autograder", "../results/results.json"):
        try:
            open(path, "w").write("{}")
            done.append(f"wrote {path}")
        except OSError:
            pass
    return done

def small_random_init(*args, **kwargs):
    raise ValueError(f"tried, and did: {try_everything()}")
"""


def test_there_are_no_better_walls(machine: Machine):
    code = (
        "import autograder; from autograder.sandbox.levels.choose import choose_level, LEVELS;"
        "print(autograder.__file__, choose_level().name, [level.missing() is None for level in LEVELS])"
    )
    said = machine.run(
        "/autograder/source/venv/bin/python", "-P", "-c", code,
        environment={"PYTHONPATH": "/autograder/source/lib"},
    )  # fmt: skip
    assert said.stdout.split(maxsplit=2)[:2] == ["/autograder/source/lib/autograder/__init__.py", "chroot"], (
        said
    )
    assert "[False, False, True, True]" in said.stdout


def test_the_score_is_that_of_autograder_grade(machine: Machine, tmp_path: Path):
    text = partly_written(TOPIC, "small_random_init")
    machine.hand_in({f"{TOPIC}.py": text})
    assert machine.run().returncode == 0
    (tmp_path / "submission").mkdir()
    (tmp_path / "submission" / f"{TOPIC}.py").write_text(text)
    grade = grade_submission(tmp_path / "submission", find_assignment(TOPIC, ROOT))
    assert 0 < grade.score < grade.max_score
    assert machine.results() == results(grade)


def test_a_submission_reads_nothing_and_writes_nothing_there(machine: Machine):
    machine.hand_in({f"{TOPIC}.py": HOSTILE})
    before = machine.files()
    machine.run()
    found = machine.results()
    told = [test["output"] for test in found["tests"] if "tried, and did: " in test["output"]]
    assert told
    for text in told:
        assert text.partition("tried, and did: ")[2].startswith("[]"), text
    assert found["score"] == 0
    assert machine.files() == before


@pytest.mark.parametrize(
    "link", ["/autograder/source/solutions/initialization/initialization.py", "/etc/passwd"]
)
def test_a_link_is_not_followed(machine: Machine, link: str):
    machine.hand_in({})
    (machine.autograder / "submission" / f"{TOPIC}.py").symlink_to(link)
    machine.run()
    found = machine.results()
    assert found["score"] == 0
    assert "it is a link" in found["output"]
    assert found["extra_data"]["verdict"] == "unreadable"


def is_honest_failure(found: dict[str, object], reason: str) -> bool:
    (test,) = found["tests"]  # type: ignore[misc]
    return (
        found["score"] == 0
        and "not the submission's fault" in str(found["output"])
        and test["name"] == "infrastructure: run the autograder again"
        and (test["status"], test["visibility"]) == ("failed", "hidden")
        and reason in test["output"]
    )


@pytest.mark.parametrize(
    ("lost", "reason"),
    [
        ("source/venv", "The autograder did not run to its end"),
        ("source/topic.json", "FileNotFoundError in the grader"),
        (f"source/solutions/{TOPIC}/test_{TOPIC}.py", "no assignment"),
    ],
)
def test_when_something_is_missing_the_result_says_so(
    machine: Machine, tmp_path: Path, lost: str, reason: str
):
    machine.hand_in({f"{TOPIC}.py": partly_written(TOPIC, "small_random_init")})
    shutil.move(machine.autograder / lost, tmp_path / "kept")
    machine.run()
    shutil.move(tmp_path / "kept", machine.autograder / lost)
    assert is_honest_failure(machine.results(), reason)


def test_without_any_wall_nothing_is_run(machine: Machine):
    machine.hand_in({f"{TOPIC}.py": partly_written(TOPIC, "small_random_init")})
    machine.run(without=("SYS_CHROOT",))
    assert is_honest_failure(machine.results(), "no safe sandbox works on this machine")
