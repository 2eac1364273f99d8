"""Nothing of a solution, a hidden check or an instructor's details is released, or stands in feedback."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.course.assignment import find_assignment
from tests.course.test_leaks import report, secrets_of

from .conftest import ROOT, STUDENTS, TOPIC, Course, expected, text_of

pytestmark = pytest.mark.unmeasured


def texts(folder: Path, but: str = "") -> Iterator[tuple[str, bytes]]:
    """Every file; HTML as it is and as it is read."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != but:
            name, content = str(path.relative_to(folder)), path.read_bytes()
            yield name, content
            if path.suffix == ".html":
                yield f"{name} as read", text_of(content.decode()).encode()


@pytest.mark.parametrize("topic", [TOPIC, "losses"])
def test_what_is_released_holds_no_secret_line(collected: Course, topic: str) -> None:
    secrets = secrets_of(find_assignment(topic, ROOT))
    for folder in ("source", "release"):
        files = list(texts(collected.folder / folder / topic))
        assert len(files) == 4
        assert report(secrets, files) == []
    exchange = collected.folder.parent / "exchange" / "dl101" / "outbound" / topic
    assert report(secrets, texts(exchange)) == []


def test_feedback_holds_no_secret_line(week: Course) -> None:
    """But for the student's own module, which may well be the solution."""
    secrets = secrets_of(find_assignment(TOPIC, ROOT))
    for student in STUDENTS:
        files = list(texts(week.folder / "feedback" / student, but=f"{TOPIC}.py"))
        assert any(name.endswith(".html") for name, _ in files)
        assert report(secrets, files) == []


def test_feedback_holds_no_details(week: Course) -> None:
    told = 0
    for student, (module, _) in STUDENTS.items():
        page = text_of(week.feedback(student))
        for check in expected(module).checks:
            if check.hidden and check.details and check.details != check.feedback:
                told += 1
                assert not [line for line in check.details.splitlines() if len(line) > 20 and line in page]
        assert f"test_{TOPIC}.py:" not in page.replace(f"test_{TOPIC}.py::", "")
    assert told > 20


def test_the_search_finds_what_it_looks_for(week: Course) -> None:
    secrets = secrets_of(find_assignment(TOPIC, ROOT))
    module = week.folder / "feedback" / "reference" / TOPIC
    assert report(secrets, texts(module)) != []
