"""What `autograder otter` makes: nothing secret for students, for the autograder all that it needs."""

import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import otter
import pytest
from otter.run import AutograderConfig

from autograder.course.assignment import find_assignment
from autograder.course.build import build_files
from autograder.course.read_checks import read_checks
from autograder.course.secret import SECRET_FILE
from autograder.errors import UserError
from autograder.grading import CheckResult, Grade, Manifest
from autograder.platforms.gradescope.visibility import Visibility
from autograder.platforms.otter.command import command
from autograder.platforms.otter.master import master_notebook
from autograder.platforms.otter.results import ResultsOfGrade
from autograder.verdicts import CheckVerdict, SubmissionVerdict
from tests.course.test_leaks import report, secrets_of
from tests.platforms.otter.conftest import ROOT, TOPICS, quick
from tests.platforms.otter.members import module_of


def strings(value: Any) -> Iterator[str]:
    """Every string in a JSON file, keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, content in value.items():
            yield from (key, *strings(content))
    elif isinstance(value, list):
        yield "".join(part for part in value if isinstance(part, str))
        for content in value:
            yield from strings(content)


def as_read(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    return "\n".join(strings(json.loads(text))) if path.suffix == ".ipynb" else text


@pytest.mark.parametrize("topic", TOPICS)
def test_the_students_folder_holds_no_solution_and_nothing_of_a_hidden_check(released: Path, topic: str):
    assignment = find_assignment(topic, ROOT)
    files = [path for path in (released / topic / "student").rglob("*") if path.is_file()]
    texts = {path.name: as_read(path) for path in files}
    assert report(secrets_of(assignment), [(f"{n}.txt", t.encode()) for n, t in texts.items()]) == []
    hidden = [check for check in read_checks(assignment.checks) if check.hidden]
    assert hidden
    for text in texts.values():
        assert not [check.id for check in hidden if re.search(rf"\b{check.id}\b", text)]
        assert not [check.title for check in hidden if check.title in text]


@pytest.mark.parametrize("topic", TOPICS)
def test_the_students_folder_holds_all_that_is_released_otherwise(released: Path, topic: str):
    folder, built = released / topic / "student", build_files(find_assignment(topic, ROOT))
    assert {path.name for path in folder.iterdir()} == set(built)
    for name in (f"{topic}.py", f"test_{topic}.py"):
        assert (folder / name).read_text() == built[name]
    assert (folder / "README.md").read_text().startswith(built["README.md"])
    cells = {"".join(cell["source"]) for cell in json.loads((folder / f"{topic}.ipynb").read_text())["cells"]}
    assert {"".join(cell["source"]) for cell in json.loads(built[f"{topic}.ipynb"])["cells"]} <= cells
    assert f"grader.export(pdf=False, ignore_log=True, files=['{topic}.py'])" in "".join(cells)


@pytest.mark.parametrize("topic", TOPICS)
def test_the_autograder_holds_the_grading_secret_and_the_handout_does_not(released: Path, topic: str):
    secret = (ROOT / SECRET_FILE).read_bytes()
    with zipfile.ZipFile(released / topic / "autograder" / f"{topic}-autograder.zip") as archive:
        assert archive.read(SECRET_FILE) == secret
    for path in (released / topic / "student").rglob("*"):
        assert path.name != SECRET_FILE
        assert path.is_dir() or secret.strip() not in path.read_bytes()


@pytest.mark.parametrize("topic", TOPICS)
def test_a_question_for_every_check_is_worth_its_points(released: Path, topic: str):
    with zipfile.ZipFile(released / topic / "autograder" / f"{topic}-autograder.zip") as archive:
        names = [name for name in archive.namelist() if name.startswith("tests/")]
        tests = [archive.read(name).decode() for name in names]
    found = sorted((float(re.findall(r"^points = (.+)$", t, re.M)[0]), "hidden=True" in t) for t in tests)
    checks = read_checks(find_assignment(topic, ROOT).checks)
    assert found == sorted((float(check.points), check.hidden) for check in checks)
    assert all(len(re.findall(r"^@test_case", test, re.M)) == 1 for test in tests)
    assert not [line for test in tests for line in test.splitlines() if "student" in line]


@pytest.fixture(scope="module")
def home(released: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A student's copy of what was released."""
    folder = tmp_path_factory.mktemp("home") / "losses"
    shutil.copytree(released / "losses" / "student", folder)
    return folder


@pytest.mark.parametrize(
    ("name", "module", "words"),
    [
        ("test_relative_error_worked_numbers", "partial", "passed!"),
        ("test_relative_error_worked_numbers", "skeleton", "Not started: the placeholder is still there"),
        ("test_svm_loss_worked_example", "wrong", "CheckFailedError"),
    ],
)
def test_a_cell_of_the_students_notebook_says_what_its_check_says(
    home: Path, monkeypatch: pytest.MonkeyPatch, name: str, module: str, words: str
):
    text = module_of("losses", "reference" if module == "wrong" else module)
    assert text is not None
    (home / "losses.py").write_text(text.replace("np.maximum", "np.minimum") if module == "wrong" else text)
    monkeypatch.chdir(home)
    said = otter.Notebook("losses.ipynb").check(name)
    assert words in said._repr_html_()


@pytest.mark.parametrize("hidden", ["after_published", "hidden"])
def test_when_students_see_the_results_of_hidden_checks(hidden: Visibility):
    assignment = find_assignment("initialization", ROOT)
    _, _, settings = master_notebook(assignment, hidden).cells[0].source.partition("\n")
    checks = (
        CheckResult("test_a", "A", 1, 1, False, CheckVerdict.PASSED, "Passed.", "", exact_points="1"),
        CheckResult("test_b", "B", 0, 1, True, CheckVerdict.FAILED, "Failed.", "secret", exact_points="0"),
    )
    grade = Grade(
        "ada", "initialization", SubmissionVerdict.GRADED, "", 1, 2, checks, Manifest("", "", "seed-0")
    )
    found = ResultsOfGrade(grade).to_gradescope_dict(AutograderConfig(json.loads(settings)["generate"]))
    assert [test["visibility"] for test in found["tests"]] == ["visible", hidden]
    assert (ResultsOfGrade(grade).total, ResultsOfGrade(grade).possible) == (1, 2)


def autograder_otter(*arguments: object) -> None:
    command.main([str(argument) for argument in arguments], standalone_mode=False)


def test_what_no_earlier_run_has_made_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(ROOT)
    (tmp_path / "losses").mkdir()
    (tmp_path / "losses" / "notes.txt").write_text("precious")
    with pytest.raises(UserError, match="exists and was not made by this command") as raised:
        autograder_otter(tmp_path, "initialization", "losses")
    assert "\n" not in str(raised.value)
    assert [path.name for path in tmp_path.rglob("*")] == ["losses", "notes.txt"]


def test_an_unknown_topic_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(ROOT)
    with pytest.raises(UserError, match="no assignment 'lose'"):
        autograder_otter(tmp_path / "out", "lose")
    assert not (tmp_path / "out").exists()


def test_without_otter_the_command_says_what_to_install(tmp_path: Path):
    code = "import sys; sys.modules['otter'] = None; from autograder.__main__ import main; main()"
    command = [sys.executable, "-c", code, "otter", str(tmp_path / "out")]
    said = subprocess.run(command, cwd=ROOT, env=quick(tmp_path), capture_output=True, text=True, check=False)
    assert said.returncode == 2
    assert said.stderr.strip() == (
        "autograder: `autograder otter` needs the package otter; "
        "install it with: pip install 'dl-autograder[instructor]'"
    )
