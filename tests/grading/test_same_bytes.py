"""Grades of failing submissions are the same bytes by any workers, in any order, whatever is known before."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.course.assignment import find_assignment
from autograder.grading import grade_submissions
from autograder.grading.workers import local_workers
from autograder.seeds import NumberedSeed
from autograder.variants import load_variants

TOPIC = find_assignment("losses", Path(__file__).resolve().parents[2])
#: The mistakes of each student. The last one's second shows only beside the first.
CLASS = (
    ["softmax-no-shift"],
    ["penalty-gradient-without-2"],
    ["softmax-base-2"],
    ["svm-squared-hinge"],
    ["relative-error-mean"],
    ["penalty-divided-by-n", "history-kept-between-calls"],
)


@pytest.fixture
def class_of_six(tmp_path: Path) -> list[Path]:
    known = {variant.name: variant for variant in load_variants(TOPIC).misconceptions}
    folders = []
    for number, names in enumerate(CLASS):
        folder = tmp_path / "class" / f"student-{number}"
        folder.mkdir(parents=True)
        parts = {function: text for name in names for function, text in known[name].parts.items()}
        (folder / "losses.py").write_text(replace(known[names[0]], parts=parts).source)
        folders.append(folder)
    return folders


def graded(folders: Sequence[Path], workers: int) -> dict[str, str]:
    with local_workers(workers) as executor:
        grades = grade_submissions(folders, TOPIC, executor, seed=NumberedSeed(0))
    return {grade.student: grade.to_json() for grade in grades}


@pytest.mark.long
def test_bytes_do_not_depend_on_workers_order_or_cache(
    class_of_six: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "no-folder").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "one"))
    expected = graded(class_of_six, 1)
    assert len(expected) == len(CLASS)
    assert any((tmp_path / "one").rglob("*.msgpack"))
    assert graded(class_of_six[::-1], 4) == expected, "with what is known"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "other"))
    assert graded(class_of_six[::-1], 4) == expected, "four at once, with nothing known"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "no-folder"))
    assert graded(class_of_six[-2:], 1).items() <= expected.items(), "where nothing can be kept"
