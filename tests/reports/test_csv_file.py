import csv
import io

import pytest

from autograder.reports.csv_file import grades_csv
from autograder.verdicts import SubmissionVerdict


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_columns_begin_as_promised_and_each_check_has_one(grade):
    header = grades_csv([grade("a", 2, 1.5)]).partition("\n")[0]
    assert header == "student,score,max_score,verdict,needs_a_look,test_0,test_1"


def test_rows_hold_the_points_in_the_order_given(grade):
    zoe, adam = rows(grades_csv([grade("zoe", 2, 1.5), grade("adam", 0, 2)]))
    assert zoe == {
        "student": "zoe",
        "score": "3.5",
        "max_score": "4",
        "verdict": "graded",
        "needs_a_look": "no",
        "test_0": "2",
        "test_1": "1.5",
    }
    assert [adam["student"], adam["test_0"], adam["test_1"]] == ["adam", "0", "2"]


def test_a_submission_without_results_has_a_row_with_blanks(grade):
    broken, fine = rows(grades_csv([grade("b", verdict=SubmissionVerdict.UNREADABLE), grade("a", 2)]))
    assert (broken["verdict"], broken["score"], broken["test_0"]) == ("unreadable", "0", "")
    assert (broken["needs_a_look"], fine["needs_a_look"]) == ("yes", "no")
    assert fine["test_0"] == "2"


def test_who_was_late_has_a_column_where_a_platform_tells(grade):
    late, early, unknown = rows(
        grades_csv([grade("a", 2), grade("b", 2), grade("c", 2)], {"a": True, "b": False})
    )
    assert [late["late"], early["late"], unknown["late"]] == ["yes", "no", ""]
    assert "late" not in rows(grades_csv([grade("a", 2)], {}))[0]


@pytest.mark.parametrize("name", ["a,b", 'quo"te', "two\nlines", "Zoë", " space ", "x-1", "'t Hooft"])
def test_names_are_read_back_exactly(grade, name: str):
    assert rows(grades_csv([grade(name, 2)]))[0]["student"] == name


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "-x", "+1", "@y", "\t=1"])
def test_no_name_is_a_formula(grade, name: str):
    assert rows(grades_csv([grade(name, 2)]))[0]["student"] == f"'{name}"


def test_no_grades_give_a_header_only():
    assert grades_csv([]) == "student,score,max_score,verdict,needs_a_look\n"
