"""What the README and the page on writing checks show is what really happens."""

import subprocess
import sys
from pathlib import Path

import pytest

from autograder.course.assignment import find_assignment
from autograder.course.clearing import clear_module
from autograder.grading import grade_submission
from autograder.variants import load_variants
from autograder.verdicts import CheckVerdict
from tests.docs.conftest import ROOT
from tests.docs.test_pages import SYBIL

README = (ROOT / "README.md").read_text(encoding="utf-8")
MISTAKE, TOPIC = "affine-bias-scaled", "activations"
#: The page's only functions that are no checks' are those of its module.
MODULE = "# work.py\n"


def blocks_of(page: str) -> list[str]:
    """The Python of a page."""
    found = (region.parsed for region in SYBIL.parse(ROOT / "docs" / page))
    return [str(block) for block in found]


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course of one topic: the module and the checks that the page shows."""
    folder = tmp_path_factory.mktemp("course")
    solutions, submission = folder / "solutions" / "work", folder / "work"
    solutions.mkdir(parents=True)
    submission.mkdir()
    blocks = blocks_of("writing-checks.md")
    (module,) = (block for block in blocks if block.startswith(MODULE))
    checks = "\n\n".join(block for block in blocks if block != module)
    for place in (solutions, submission):
        (place / "work.py").write_text(module, encoding="utf-8")
    (solutions / "test_work.py").write_text(checks, encoding="utf-8")
    public = clear_module(solutions / "test_work.py")
    assert public != checks
    (submission / "test_work.py").write_text(public, encoding="utf-8")
    return folder


def test_the_examples_of_checks_pass_in_the_sandbox(work: Path) -> None:
    grade = grade_submission(work / "work", find_assignment("work", work))
    assert {check.id: check.details for check in grade.checks if check.verdict != CheckVerdict.PASSED} == {}
    assert len(grade.checks) > 10


def test_the_examples_of_checks_pass_at_home(work: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "autograder", "check", work / "work"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout


def test_each_example_of_a_check_can_fail(work: Path) -> None:
    """An empty module passes none of them."""
    submission = work / "empty"
    submission.mkdir()
    (submission / "work.py").write_text("")
    grade = grade_submission(submission, find_assignment("work", work))
    assert grade.score == 0


def test_the_check_in_the_readme_is_one_of_the_course() -> None:
    shown = README.partition("```python\n")[2].partition("```")[0]
    assert shown in (ROOT / "solutions" / TOPIC / f"test_{TOPIC}.py").read_text(encoding="utf-8")


def test_the_feedback_in_the_readme_is_what_a_student_reads(tmp_path: Path) -> None:
    shown = README.partition("reads when it fails\n\n```\n")[2].partition("```")[0]
    topic = find_assignment(TOPIC, ROOT)
    (variant,) = (v for v in load_variants(topic).misconceptions if v.name == MISTAKE)
    (tmp_path / f"{TOPIC}.py").write_text(variant.source, encoding="utf-8")
    checks = (topic.released / f"test_{TOPIC}.py").read_text(encoding="utf-8")
    (tmp_path / f"test_{TOPIC}.py").write_text(checks, encoding="utf-8")
    command = [sys.executable, "-m", "autograder", "check", tmp_path]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert " ".join(shown.split()) in " ".join(ran.stdout.split())


def test_the_readme_is_short() -> None:
    assert len(README.splitlines()) <= 120


def test_a_handout_names_the_wheel_that_is_built(wheels: Path) -> None:
    (wheel,) = wheels.glob("dl_autograder-*.whl")
    for readme in (ROOT / "assignments").glob("*/README.md"):
        assert f"pip install {wheel.name} notebook" in readme.read_text(encoding="utf-8")
