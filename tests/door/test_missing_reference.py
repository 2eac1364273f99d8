"""Item 18: a course where the folders of other topics were thrown away."""

import shutil
from pathlib import Path

import pytest

from tests.door.work import ROOT
from tests.submissions.running import autograder

pytestmark = pytest.mark.unmeasured

#: Topics whose hidden checks compare with other topics' references, and one of these.
NEEDS = {"initialization": "losses", "activations": "losses"}


@pytest.mark.parametrize(("topic", "missing"), NEEDS.items())
def test_grading_stops_with_a_sentence(topic: str, missing: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "solutions" / topic, tmp_path / "course" / "solutions" / topic)
    work = tmp_path / "class" / "ada"
    work.mkdir(parents=True)
    shutil.copy(ROOT / "solutions" / topic / f"{topic}.py", work)
    out = tmp_path / "out"
    grade = ("grade", work.parent, "--assignment", topic, "--out", out, "--seed", 0)
    ran = autograder(tmp_path / "course", *grade)
    assert ran.returncode == 2, ran.stdout + ran.stderr
    assert missing in ran.stderr
    assert "solutions" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert not list(out.glob("*/grade.json"))
