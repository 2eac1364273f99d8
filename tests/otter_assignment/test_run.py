"""`otter run` gives what `autograder grade` gives, whatever is handed in."""

import json
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from autograder.course.assignment import find_assignment
from autograder.grading import Grade, grade_submission, grader
from autograder.sandbox.limits import Limits
from tests.otter_assignment.conftest import ROOT, TOPICS, OtterRun, quick, write_submission
from tests.otter_assignment.members import MODULES, NOTEBOOKS, module_of, notebook_of

pytestmark = pytest.mark.unmeasured

CASES = [*((module, "as-released") for module in MODULES), *(("partial", notebook) for notebook in NOTEBOOKS)]


@pytest.fixture
def short_calls(module: str) -> Iterator[None]:
    """Loops are not waited for as long as in a course."""
    with pytest.MonkeyPatch.context() as patch:
        if module == "endless-loop":
            patch.setattr(grader, "Limits", lambda: Limits(call_cpu=0.5))
        yield


@cache
def expected(topic: str, case: str) -> Grade:
    """What `autograder grade` gives a folder with the module in it."""
    with TemporaryDirectory() as folder:
        text = module_of(topic, case)
        if text is not None:
            Path(folder, f"{topic}.py").write_text(text)
        return grade_submission(folder, find_assignment(topic, ROOT))


def handed_in(released: Path, topic: str, module: str, notebook: str) -> dict[str, bytes]:
    name = f"{topic}.ipynb"
    text, cells = module_of(topic, module), (released / topic / "student" / name).read_bytes()
    files = {f"{topic}.py": text.encode() if text else None, name: notebook_of(cells, notebook)}
    return {name: content for name, content in files.items() if content is not None}


def autograder_zip(released: Path, topic: str) -> str:
    return str(released / topic / "autograder" / f"{topic}-autograder.zip")


def told(results: dict[str, Any]) -> tuple[float, list[tuple[Any, ...]]]:
    tests = results["tests"]
    return results["score"], [(t["name"], t["score"], t["max_score"], t["status"]) for t in tests]


def deserved(grade: Grade) -> tuple[float, list[tuple[Any, ...]]]:
    passed = {True: "passed", False: "failed"}
    return grade.score, [
        (c.title, c.points, c.max_points, passed[c.verdict == "passed"]) for c in grade.checks
    ]


@pytest.mark.parametrize(("module", "notebook"), CASES, ids=str)
@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.usefixtures("short_calls")
def test_scores_equal_those_of_autograder_grade(
    released: Path, topic: str, module: str, notebook: str, otter_run: OtterRun, tmp_path: Path
):
    submission = write_submission(tmp_path / "s.zip", handed_in(released, topic, module, notebook))
    results = otter_run(autograder_zip(released, topic), submission)
    assert told(results) == deserved(expected(topic, module))
    assert (results["score"] == 100) == (module in ("reference", "stderr"))
    assert (results["score"] == 0) == (module in ("no-module", "skeleton", "forged-result"))


def test_hidden_checks_are_told_after_publication_and_without_their_details(
    released: Path, otter_run: OtterRun, tmp_path: Path
):
    submission = write_submission(
        tmp_path / "s.zip", handed_in(released, "losses", "misconception-1", "as-released")
    )
    results = otter_run(autograder_zip(released, "losses"), submission)
    grade = expected("losses", "misconception-1")
    assert any(check.hidden and check.details for check in grade.checks)
    for test, check in zip(results["tests"], grade.checks, strict=True):
        assert test["visibility"] == ("after_published" if check.hidden else "visible")
        assert check.feedback in test["output"]
    text = json.dumps(results)
    for check in grade.checks:
        if check.hidden:
            assert check.id not in text
            assert not check.details or json.dumps(check.details)[1:-1] not in text


#: What runs where otter's kernel starts in the student's folder.
INTRUDERS = ("ipykernel_launcher.py", "otter.py", "numpy.py", "sitecustomize.py", "tests/test_mean.py")


@pytest.mark.parametrize(("topic", "module"), [("losses", "partial"), ("initialization", "no-module")])
def test_the_command_itself(released: Path, topic: str, module: str, tmp_path: Path):
    """With the student's files lying in wait for otter's kernel."""
    mark = tmp_path / "mark"
    code = f"open({str(mark)!r}, 'w').write('ran')\n".encode()
    intruders = dict.fromkeys(INTRUDERS, code)
    intruders[".OTTER_LOG"] = b"cposix\nsystem\n(S'touch " + str(mark).encode() + b"'\ntR."  # a pickle
    files = {**handed_in(released, topic, module, "hostile"), **intruders}
    run(write_submission(tmp_path / "s.zip", files), autograder_zip(released, topic), tmp_path)
    assert told(json.loads((tmp_path / "results.json").read_text())) == deserved(expected(topic, module))
    assert not mark.exists()


def test_the_command_with_a_module_alone(released: Path, tmp_path: Path):
    module = tmp_path / "initialization.py"
    module.write_text(str(module_of("initialization", "partial")))
    said = run(module, autograder_zip(released, "initialization"), tmp_path)
    grade = expected("initialization", "partial")
    assert told(json.loads((tmp_path / "results.json").read_text())) == deserved(grade)
    assert f"Total Score: {grade.score:.3f} / 100.000" in said


def run(submission: Path, autograder: str, folder: Path) -> str:
    """Run the real command, with ordinary kernels."""
    command = [sys.executable, "-m", "otter", "run", str(submission), "-a", autograder, "-o", str(folder)]
    done = subprocess.run(command, cwd=folder, env=quick(folder), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
