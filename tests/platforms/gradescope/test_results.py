"""results.json, and the zip, without running either."""

import json
import re
import zipfile
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pytest

from autograder.course.assignment import find_assignment
from autograder.course.secret import SECRET_FILE
from autograder.errors import UserError
from autograder.grading import CheckResult, Grade, Manifest
from autograder.platforms.gradescope.command import command
from autograder.platforms.gradescope.export import failure, results
from autograder.platforms.pinned_requirements import pinned_requirements
from autograder.verdicts import CheckVerdict, SubmissionVerdict
from tests.platforms.gradescope.conftest import ROOT, TOPIC

PUBLIC = CheckResult("test_a", "A title", 2, 2, False, CheckVerdict.PASSED, "Passed.", "", exact_points="2")
HIDDEN = CheckResult(
    *(
        "test_b",
        "Another",
        0.5,
        1.5,
        True,
        CheckVerdict.FAILED,
        "1 of 3 cases pass.",
        "expected 3.25",
        "slip",
    ),
    exact_points="1/2",
)
GRADE = Grade(
    *("ada", "losses", SubmissionVerdict.GRADED, "A sentence.", 2.5, 3.5, (PUBLIC, HIDDEN)),
    Manifest("0123456789abcdef", "secret", "fingerprint"),
)


@pytest.mark.parametrize("hidden", ["after_published", "hidden"])
def test_what_students_may_read_and_when(hidden):
    found = results(GRADE, hidden)
    assert found["output"] == "A sentence.\n\nThe code of what was graded: 0123-4567-89ab."
    assert (found["score"], found["stdout_visibility"]) == (2.5, "hidden")
    assert found["tests"] == [
        {
            "name": "A title", "score": 2, "max_score": 2, "status": "passed", "output": "Passed.",
            "output_format": "text", "visibility": "visible",
        },
        {
            "name": "Another", "score": 0.5, "max_score": 1.5, "status": "failed",
            "output": "[failed] 1 of 3 cases pass.", "output_format": "text", "visibility": hidden,
        },
    ]  # fmt: skip


def test_the_hint_is_a_paragraph_of_its_own():
    checks = (PUBLIC, replace(HIDDEN, help="Why twice?"))
    output = results(replace(GRADE, checks=checks))["tests"][1]["output"]
    assert output == "[failed] 1 of 3 cases pass.\n\nThis is what a known mistake gives: Why twice?"


def test_details_and_what_tells_the_seed_stay_out():
    text = json.dumps(results(GRADE))
    for secret in ("3.25", "secret", "fingerprint"):
        assert secret not in text


def test_a_failure_of_the_machine_is_no_zero_of_the_students():
    grade = replace(GRADE, verdict=SubmissionVerdict.INFRASTRUCTURE, feedback="Out of memory.", score=0)
    assert results(grade) == failure("Out of memory.")
    (test,) = results(grade)["tests"]
    assert (test["visibility"], test["status"]) == ("hidden", "failed")
    assert "Out of memory" in test["output"]
    assert "Out of memory" not in results(grade)["output"]


def test_the_zip_holds_the_topic_and_what_its_checks_need(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(ROOT)
    command.main([str(tmp_path / "a.zip"), "training", "--hidden", "hidden"], standalone_mode=False)
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        names = archive.namelist()
        assert json.loads(archive.read("topic.json")) == {"topic": "training", "hidden": "hidden"}
        requirements = archive.read("requirements.txt").decode().split()
        assert archive.read(SECRET_FILE) == (ROOT / SECRET_FILE).read_bytes()
        assert archive.getinfo(SECRET_FILE).external_attr >> 16 == 0o600
        for script in ("setup.sh", "run_autograder"):
            assert archive.getinfo(script).external_attr >> 16 == 0o755
            assert archive.read(script).startswith(b"#!/usr/bin/env bash\n")
    assert (tmp_path / "a.zip").stat().st_mode & 0o777 == 0o600
    needed = set(re.findall(r"references\.(\w+)", find_assignment("training", ROOT).checks.read_text()))
    others = {name.split("/")[1] for name in names if name.startswith("solutions/")} - {"training"}
    assert needed <= others
    for other in others:
        assert [name for name in names if name.startswith(f"solutions/{other}/")] == [
            f"solutions/{other}/{other}.py"
        ]
    assert {"solutions/training/test_training.py", "solutions/training/misconceptions.py"} <= set(names)
    assert not [name for name in names if name.endswith(".pyc")]
    assert f"numpy=={version('numpy')}" in requirements


def test_equal_sources_give_equal_bytes(
    autograder_zip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(ROOT)
    command.main([str(tmp_path / "again.zip"), TOPIC], standalone_mode=False)
    command.main([str(tmp_path / "again.zip"), TOPIC], standalone_mode=False)
    assert (tmp_path / "again.zip").read_bytes() == autograder_zip.read_bytes()


def test_every_requirement_is_pinned_and_what_students_need_is_among_them():
    pins = dict(line.split("==") for line in pinned_requirements())
    assert {"numpy", "matplotlib", "pytest", "click", "msgpack", "rich"} <= set(pins)
    assert "dl-autograder" not in pins
    assert all(version(name) == number for name, number in pins.items())


@pytest.mark.parametrize("content", [b"notes", None])
def test_what_is_no_autograder_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None
):
    monkeypatch.chdir(ROOT)
    out = tmp_path / "out.zip"
    if content is None:
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("holiday.txt", "")
    else:
        out.write_bytes(content)
    before = out.read_bytes()
    with pytest.raises(UserError, match="is no Gradescope autograder; remove it or name another file"):
        command.main([str(out), TOPIC], standalone_mode=False)
    assert out.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["out.zip"]


def test_errors_are_for_people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(ROOT)
    with pytest.raises(UserError, match="no assignment 'lose'"):
        command.main([str(tmp_path / "a.zip"), "lose"], standalone_mode=False)
    with pytest.raises(UserError, match=r"can't write .*: No such file"):
        command.main([str(tmp_path / "no" / "a.zip"), TOPIC], standalone_mode=False)
