"""No solution or hidden check reaches a student: not in assignments/, a handout, the wheel or the sdist.

A secret line is one that stands in a solution's or a hidden check's region, or anywhere among the
misconceptions and the correct variants, and that the skeleton does not give. None of 25 characters or more
may occur, and no two in a row, however short. A line that opens `parametrize` says nothing.
"""

import json
import re
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from autograder.course.assignment import Assignment, assignment_names, find_assignment
from autograder.course.build import build_files
from autograder.course.clearing import clear_module
from autograder.course.regions import HIDDEN_TESTS, SOLUTION, region_lines
from autograder.course.secret import SECRET_FILE, course_secret
from autograder.handout import make_handout

ROOT = Path(__file__).parents[2]
LONG = 25
OPENING = "@pytest.mark.parametrize("
TOPICS = assignment_names(ROOT)
SECRET_FILES = {
    SECRET_FILE,
    "misconceptions.py",
    "correct_variants.py",
    *(f"test_{topic}.py" for topic in TOPICS),
}


@dataclass(frozen=True)
class Secrets:
    """Lines that must not occur, and pairs of lines that must not follow each other."""

    lines: frozenset[str]
    pairs: frozenset[tuple[str, str]]

    def leaks(self, text: str) -> list[str]:
        """Return what of it a text gives away."""
        neighbours = self.pairs & set(pairwise(significant(text)))
        return [line for line in self.lines if line in text] + [" / ".join(pair) for pair in neighbours]


def significant(text: str) -> list[str]:
    """The lines, stripped; those without a letter or digit say nothing and are left out."""
    return [line.strip() for line in text.splitlines() if any(c.isalnum() for c in line)]


def region(path: Path, kind: str) -> str:
    source = path.read_text(encoding="utf-8")
    inside = region_lines(source, kind)
    lines = (line for number, line in enumerate(source.splitlines(), 1) if number in inside)
    return "\n".join(line for line in lines if kind not in line)


def variant_files(assignment: Assignment) -> list[Path]:
    return [assignment.misconceptions, assignment.correct_variants]


def secret_texts(assignment: Assignment) -> list[str]:
    return [
        region(assignment.reference, SOLUTION),
        region(assignment.checks, HIDDEN_TESTS),
        region(assignment.notebook_source, SOLUTION),
        *(path.read_text(encoding="utf-8") if path.exists() else "" for path in variant_files(assignment)),
    ]


def lines_after_public_checks(assignment: Assignment) -> set[str]:
    """The lines by which a check comes after a public one: they name only what students have."""
    names = re.findall(r"^def (test_\w+)\(", clear_module(assignment.checks), re.MULTILINE)
    return {f'@pytest.mark.after("{name}")' for name in names}


def secrets_of(assignment: Assignment) -> Secrets:
    given = {
        OPENING,
        *significant(clear_module(assignment.reference)),
        *lines_after_public_checks(assignment),
    }
    runs = [significant(text) for text in secret_texts(assignment)]
    return Secrets(
        frozenset(line for run in runs for line in run if len(line) >= LONG) - given,
        frozenset(pair for run in runs for pair in pairwise(run) if given.isdisjoint(pair)),
    )


def as_read(name: str, content: bytes) -> str:
    """The text of a file as a person reads it: a notebook's cells instead of its JSON."""
    text = content.decode("utf-8", errors="replace")
    if not name.endswith(".ipynb"):
        return text
    return "\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"])


def report(secrets: Secrets, files: Iterable[tuple[str, bytes]]) -> list[str]:
    return [f"{name}: {leak}" for name, content in files for leak in secrets.leaks(as_read(name, content))]


def wheel_files(path: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            yield name, archive.read(name)


def sdist_files(path: Path) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(path) as archive:
        for member in archive:
            if member.isfile():
                content = archive.extractfile(member)
                assert content is not None
                yield member.name, content.read()


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of the wheel and of the source distribution, built from this tree."""
    course_secret(ROOT)
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (wheel,), (sdist,) = out.glob("*.whl"), out.glob("*.tar.gz")
    return dict([*wheel_files(wheel), *sdist_files(sdist)])


@pytest.fixture(scope="module")
def handout(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of a handout of all topics, and those in its wheel."""
    course_secret(ROOT)
    made = make_handout(tmp_path_factory.mktemp("handout") / "course", find_all())
    files = dict(wheel_files(made.archive))
    return {**files, **dict(wheel_files(made.folder / made.wheel))}


def find_all() -> list[Assignment]:
    return [find_assignment(topic, ROOT) for topic in TOPICS]


@pytest.mark.parametrize("topic", TOPICS)
def test_assignments_hold_no_secret_line(topic: str):
    secrets = secrets_of(find_assignment(topic, ROOT))
    files = [p for p in (ROOT / "assignments").rglob("*") if p.suffix in {".py", ".ipynb", ".md"}]
    assert files
    leaks = report(secrets, [(str(p.relative_to(ROOT)), p.read_bytes()) for p in files])
    assert leaks == [], f"what {topic} keeps secret stands in these files; write it otherwise in one of them"


@pytest.mark.parametrize("topic", TOPICS)
def test_distributions_hold_no_secret_line(topic: str, distributions: dict[str, bytes]):
    secrets = secrets_of(find_assignment(topic, ROOT))
    assert report(secrets, distributions.items()) == []


@pytest.mark.long
@pytest.mark.parametrize("topic", TOPICS)
def test_a_handout_holds_no_secret_line(topic: str, handout: dict[str, bytes]):
    assert f"course/{topic}/{topic}.py" in handout
    assert "autograder/plugin.py" in handout  # of the wheel
    assert report(secrets_of(find_assignment(topic, ROOT)), handout.items()) == []


@pytest.mark.long
def test_a_handout_holds_no_file_of_the_solutions(handout: dict[str, bytes]):
    assert not [name for name in handout if "solutions" in name.split("/")]
    kept = {f"test_{topic}.py" for topic in TOPICS}  # of these only the public part is there
    assert not {name.rpartition("/")[2] for name in handout} & (SECRET_FILES - kept)
    own = {path.read_bytes() for path in (ROOT / "solutions").rglob("*") if path.is_file()} - {b""}
    assert not [name for name, content in handout.items() if content in own]
    digits = course_secret(ROOT).secret.hex().encode()
    assert not [name for name, content in handout.items() if digits in content]


def test_distributions_hold_the_package_and_nothing_of_the_course(distributions: dict[str, bytes]):
    tops = {"autograder", "README.md", "CHANGELOG.md", "LICENSE", "pyproject.toml", "PKG-INFO", ".gitignore"}
    for name in distributions:
        first, *_ = name.split("/")[1:] if name.startswith("dl_autograder-") else [name.split("/")[0]]
        assert first in tops or ".dist-info/" in name, name
        assert "solutions" not in name
        assert Path(name).name not in SECRET_FILES


def test_the_grading_secret_is_nowhere_but_in_its_file(distributions: dict[str, bytes]):
    digits = course_secret(ROOT).secret.hex().encode()
    handouts = {str(p): p.read_bytes() for p in (ROOT / "assignments").rglob("*") if p.is_file()}
    assert [name for name, content in {**distributions, **handouts}.items() if digits in content] == []
    kept_out = subprocess.run(["git", "check-ignore", "-q", SECRET_FILE], cwd=ROOT, check=False)
    assert kept_out.returncode == 0


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_has_secrets_to_keep(topic: str):
    assignment = find_assignment(topic, ROOT)
    solution, hidden, _, *variants = secret_texts(assignment)
    assert solution
    assert hidden
    assert all(variants)


def test_a_tiny_topic_is_built_without_a_leak(tiny: Assignment):
    secrets = secrets_of(tiny)
    assert "total_of_all_entries = float(np.sum(x))" in secrets.lines
    assert report(secrets, [(name, text.encode()) for name, text in build_files(tiny).items()]) == []


def test_a_handout_is_built_without_the_grading_secret(tiny: Assignment):
    digits, files = course_secret(tiny.course).secret.hex(), build_files(tiny)
    assert SECRET_FILE not in files
    assert not any(digits in text for text in files.values())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.py", "x = 1\n  total_of_all_entries = float(np.sum(x))  # copied\n"),
        (
            "a.ipynb",
            json.dumps({"cells": [{"source": ["a\n", "total_of_all_entries = float(np.sum(x))\n"]}]}),
        ),
        ("a.py", "y = 2\n    m = mean(x)\n\n    return x - m\n"),
    ],
)
def test_a_planted_leak_is_found(tiny: Assignment, name: str, content: str):
    assert len(report(secrets_of(tiny), [(name, content.encode())])) == 1


def test_a_single_short_line_is_no_leak(tiny: Assignment):
    assert secrets_of(tiny).leaks("m = mean(x)\nprint(m)\nreturn x - m\n") == []
