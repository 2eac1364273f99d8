"""What the command `otter run` writes, and what of it students see."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.platforms.otter.conftest import OtterRun, quick, write_submission
from tests.platforms.otter.members import module_of
from tests.platforms.otter.outcome import autograder_zip, deserved, expected, handed_in, told


@pytest.mark.long
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
        assert check.rationale in test["output"]
        assert check.advice in test["output"]
    text = json.dumps(results)
    for check in grade.checks:
        if check.hidden:
            assert check.id not in text
            assert not check.details or json.dumps(check.details)[1:-1] not in text


#: What runs where otter's kernel starts in the student's folder.
INTRUDERS = ("ipykernel_launcher.py", "otter.py", "numpy.py", "sitecustomize.py", "tests/test_mean.py")


@pytest.mark.long
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


@pytest.mark.long
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
