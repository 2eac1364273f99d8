"""A grade is a pure function: of jobs, order, executor and interruptions it is independent."""

import json
import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import pytest
from distributed import Client, LocalCluster

from autograder.course.assignment import Assignment
from autograder.grading import Grade, grade_submission, grade_submissions
from autograder.grading.workers import local_workers
from autograder.scoring import as_number
from autograder.submissions import find_submissions

from .conftest import FEW, ROOT, command, write_few

pytestmark = pytest.mark.unmeasured


def _bytes(out: Path) -> dict[str, bytes]:
    return {path.parent.name: path.read_bytes() for path in sorted(out.glob("*/grade.json"))}


class Run(NamedTuple):
    """A run of the command that has ended: the folder that it had for all it writes, and its session."""

    folder: Path
    session: int


@pytest.fixture(scope="module")
def run_alone(initialization: Assignment, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The command has graded the class, one submission after the other."""
    folder = tmp_path_factory.mktemp("alone")
    write_few(folder / "few", initialization)
    arguments = ("--assignment", initialization.name, "--out", folder / "out", "--jobs", 1)
    run = subprocess.Popen(
        command("grade", folder / "few", *arguments),
        cwd=ROOT,
        env=os.environ | {"TMPDIR": os.fspath(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    assert run.wait() == 0
    return Run(folder, run.pid)


@pytest.fixture(scope="module")
def alone(run_alone: Run) -> Path:
    """The grades of that run."""
    out = run_alone.folder / "out"
    assert len(_bytes(out)) == len(FEW)
    return out


def test_nothing_is_left_over(run_alone: Run):
    """No process of the command's session, and no folder of a submission's."""
    # Python's own resource tracker ends a moment later.
    _wait_until(lambda: not _in_session(run_alone.session))
    assert sorted(path.name for path in run_alone.folder.iterdir()) == ["few", "out"]


def _as_bytes(grades: Iterable[Grade]) -> dict[str, bytes]:
    return {grade.student: grade.to_json().encode() for grade in grades}


def test_jobs_and_order_do_not_matter(alone: Path, few: Path, initialization: Assignment):
    hand_ins = find_submissions(few).hand_ins
    shuffled = random.Random(1).sample(hand_ins, len(hand_ins))
    with local_workers(2) as two:
        assert _as_bytes(grade_submissions(shuffled, initialization, two)) == _bytes(alone)


@pytest.mark.long
def test_any_executor_will_do(alone: Path, few: Path, initialization: Assignment):
    """Threads, and a real Dask cluster of local workers, give what the command gives."""
    names = ["reference", "misconception-weights-all-zero"]
    paths, right = [few / name for name in names], {name: _bytes(alone)[name] for name in names}
    with ThreadPoolExecutor(2) as threads:
        assert _as_bytes(grade_submissions(paths, initialization, threads)) == right
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        assert _as_bytes(grade_submissions(paths, initialization, client.get_executor())) == right


@pytest.mark.long
def test_a_killed_run_goes_on_where_it_stopped(
    alone: Path, few: Path, tmp_path: Path, autograder: Callable[..., subprocess.CompletedProcess[str]]
):
    cut = tmp_path / "cut"
    run = subprocess.Popen(
        command("grade", few, "--assignment", "initialization", "--out", cut, "--jobs", 1),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    _wait_until(lambda: 2 <= len(_bytes(cut)) < len(FEW))
    run.send_signal(signal.SIGKILL)
    run.wait()
    _wait_until(lambda: not _in_session(run.pid))
    done = {name: os.stat(cut / name / "grade.json").st_mtime_ns for name in _bytes(cut)}
    assert 2 <= len(done) < len(FEW)

    again = autograder("grade", few, "--assignment", "initialization", "--out", cut, "--jobs", 2)
    assert again.returncode == 0, again.stderr
    assert _bytes(cut) == _bytes(alone)
    assert (cut / "grades.csv").read_bytes() == (alone / "grades.csv").read_bytes()
    assert {name: os.stat(cut / name / "grade.json").st_mtime_ns for name in done} == done


@pytest.fixture
def _heeded() -> Iterator[None]:
    """Have Ctrl-C heeded by what is started: tests that run in the background of a script ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("_heeded")
def test_ctrl_c_is_one_line_and_keeps_what_was_graded(few: Path, tmp_path: Path):
    run = subprocess.Popen(
        command("grade", few, "--assignment", "initialization", "--out", tmp_path, "--jobs", 1),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    _wait_until(lambda: len(_bytes(tmp_path)) >= 1)
    os.killpg(run.pid, signal.SIGINT)  # as a terminal does: to the command and to its workers
    _, said = run.communicate(timeout=60)
    lines = [line for line in said.splitlines() if not line.startswith("grading initialization")]
    assert lines == ["autograder: stopped; what was graded is kept, and the same command goes on from there"]
    assert run.returncode == 2
    assert len(_bytes(tmp_path)) >= 1


def test_a_second_run_grades_only_what_changed(
    alone: Path, few: Path, tmp_path: Path, autograder: Callable[..., subprocess.CompletedProcess[str]]
):
    out = Path(shutil.copytree(alone, tmp_path / "out"))
    before = {name: os.stat(out / name / "grade.json").st_mtime_ns for name in FEW}
    module = few / "reference" / "initialization.py"
    module.write_text(module.read_text(encoding="utf-8") + "\n# a comment\n", encoding="utf-8")
    said = autograder("grade", few, "--assignment", "initialization", "--out", out).stderr
    after = {name: os.stat(out / name / "grade.json").st_mtime_ns for name in FEW}
    assert "4 of 5 are graded already" in said
    assert [name for name in FEW if after[name] != before[name]] == ["reference"]


def test_the_seed_is_in_the_manifest_and_changes_nothing_for_what_is_right(
    few: Path, initialization: Assignment
):
    grades = [grade_submission(few / "reference", initialization, seed=seed) for seed in (1, 2)]
    assert [g.manifest.seed_fingerprint for g in grades] == ["seed-1", "seed-2"]
    assert [g.score for g in grades] == [100, 100]


def _wait_until(condition: Callable[[], bool], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def _in_session(session: int) -> list[str]:
    """Command lines of the processes of a session: what a command started, and what that started."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            fields = (process / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) == session and fields[0] != "Z":
                found.append((process / "cmdline").read_bytes().decode(errors="replace"))
        except OSError:
            continue
    return found


def test_grade_json_holds_what_it_should(few: Path, initialization: Assignment):
    content = json.loads(grade_submission(few / "misconception-weights-all-zero", initialization).to_json())
    assert {"student", "assignment", "verdict", "score", "max_score", "checks", "manifest"} <= set(content)
    assert set(content["manifest"]) == {"submission", "course", "seed_fingerprint"}
    for check in content["checks"]:
        assert set(check) == {
            "id", "title", "points", "max_points", "hidden", "verdict", "feedback", "details",
            "misconception", "exact_points", "rationale", "help",
        }  # fmt: skip
        assert as_number(Fraction(check["exact_points"])) == check["points"]
    assert content["score"] == as_number(sum(Fraction(c["exact_points"]) for c in content["checks"]))
