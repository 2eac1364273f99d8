"""The command: from a folder of grades to a file, with a line for everybody who is not in it."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import autograder.platforms
from autograder.cli.export import command
from autograder.errors import UserError
from autograder.platforms import registry
from autograder.submissions.hand_in import Person
from autograder.verdicts import SubmissionVerdict
from tests.platforms.exports.conftest import make_grade

Grades = Callable[..., Path]


def export(*arguments: object) -> Result:
    return CliRunner().invoke(command, [*map(str, arguments)])


def test_a_table_is_written_and_the_rest_is_said(grades: Grades, tmp_path: Path) -> None:
    folder = grades(
        (make_grade("Ada_1", 80), Person("moodle", "Ada", user_id="1")), (make_grade("ben", 1), None)
    )
    done = export("moodle", folder, "--out", tmp_path / "out.csv")
    assert done.exit_code == 0, done.output
    assert done.stderr == "ben (1 points) has no row in the table; left out\n"
    assert done.stdout == f"1 of 2 grades written to {tmp_path / 'out.csv'}\n"
    assert (
        (tmp_path / "out.csv").read_text().splitlines()[1].startswith("Participant 1,Ada,80,100,-,<p>80 of")
    )


def test_what_makes_results_is_exported_per_student(
    grades: Grades, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such a platform is one more folder."""
    platform = tmp_path / "platforms" / "each_student"
    platform.mkdir(parents=True)
    (platform / "__init__.py").touch()
    (platform / "export.py").write_text("def results(grade):\n    return {'score': grade.score}\n")
    folders = [*autograder.platforms.__path__, str(platform.parent)]
    monkeypatch.setattr(autograder.platforms, "__path__", folders)
    folder = grades((make_grade("ada", 80), None), (make_grade("ben", 1), None))
    done = export("each_student", folder, "--out", tmp_path / "out")
    assert done.exit_code == 0, done.exception
    assert json.loads((tmp_path / "out" / "ada" / "results.json").read_text()) == {"score": 80}
    assert json.loads((tmp_path / "out" / "ben" / "results.json").read_text()) == {"score": 1}


def test_formats_are_found_by_their_files() -> None:
    assert {"canvas", "moodle"} <= set(registry.export_kinds())
    assert not {"folder", "registry", "graded", "sheet"} & set(registry.export_kinds())


@pytest.mark.parametrize("kind", ["excel", "sheet", "registry"])
def test_an_unknown_format_names_those_there_are(kind: str, grades: Grades, tmp_path: Path) -> None:
    done = export(kind, grades((make_grade("a", 1), None)), "--out", tmp_path / "x")
    assert isinstance(done.exception, UserError)
    assert "canvas" in str(done.exception)
    assert "moodle" in str(done.exception)


def test_no_grades_or_damaged_ones_are_one_clear_line(grades: Grades, tmp_path: Path) -> None:
    done = export("moodle", tmp_path, "--out", tmp_path / "x")
    assert "there are no grades in" in str(done.exception)
    folder = grades((make_grade("ada", 1), None))
    (folder / "ada" / "grade.json").write_text("{}")
    done = export("moodle", folder, "--out", tmp_path / "x")
    assert "ada holds no grade that can be read" in str(done.exception)


def test_a_place_that_can_not_be_written_is_one_clear_line(grades: Grades, tmp_path: Path) -> None:
    folder = grades((make_grade("Ada_1", 80), Person("moodle", "Ada", user_id="1")))
    for place in (tmp_path / "no" / "out.csv", tmp_path):
        done = export("moodle", folder, "--out", place)
        assert isinstance(done.exception, UserError)
        assert "can't be written" in str(done.exception)


@pytest.fixture
def class_with_gaps(grades: Grades) -> Path:
    """Three students of Moodle: graded, one that needs a look, one who handed in nothing."""
    verdicts = (SubmissionVerdict.GRADED, SubmissionVerdict.UNREADABLE, SubmissionVerdict.ABSENT)
    return grades(
        *(
            (make_grade(f"{name}_{n}", 0, verdict=verdict), Person("moodle", name, user_id=str(n)))
            for n, (name, verdict) in enumerate(zip(("Ada", "Ben", "Cleo"), verdicts, strict=True))
        )
    )


@pytest.mark.parametrize(("options", "written"), [((), ["0", "", ""]), (("--zeros",), ["0", "0", "0"])])
def test_who_needs_a_look_or_handed_in_nothing_gets_0_only_when_told(
    options: tuple[str, ...], written: list[str], class_with_gaps: Path, tmp_path: Path
) -> None:
    done = export("moodle", class_with_gaps, "--out", tmp_path / "out.csv", *options)
    assert done.exit_code == 0, done.output
    rows = list(csv.DictReader((tmp_path / "out.csv").open(encoding="utf-8", newline="")))
    assert [row["Grade"] for row in rows] == written
    assert done.stderr.splitlines() == (
        []
        if options
        else [
            "Ben_1 needs a look, so no score is written; Nothing to grade.",
            "Cleo_2 handed in nothing, so no score is written",
        ]
    )


def test_no_results_are_written_for_them_either(class_with_gaps: Path, tmp_path: Path) -> None:
    done = export("gradescope", class_with_gaps, "--out", tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["Ada_0"]
    assert "Cleo_2 handed in nothing" in done.stderr
    assert "results.json of 1 students" in done.stdout
    export("gradescope", class_with_gaps, "--out", tmp_path / "out", "--zeros")
    assert json.loads((tmp_path / "out" / "Cleo_2" / "results.json").read_text())["score"] == 0
