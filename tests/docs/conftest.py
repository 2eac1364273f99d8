"""A small course, and what platforms would let its instructor download, for the commands of the pages."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.submissions.platforms import metadata, zipped

ROOT = Path(__file__).resolve().parents[2]
TOPIC = "losses"
REFERENCE = (ROOT / "solutions" / TOPIC / f"{TOPIC}.py").read_bytes()
SKELETON = (ROOT / "assignments" / TOPIC / f"{TOPIC}.py").read_bytes()
_CACHES = shutil.ignore_patterns("__pycache__")

GRADEBOOK = """\
Student,ID,SIS User ID,SIS Login ID,Section,Homework 1 (501),Final Score
    Points Possible,,,,,10.0,(read only)
"Lovelace, Ada",101,u-1,ada,A,,
"Bitdiddle, Ben",102,u-2,ben,A,,
"""
WORKSHEET = """\
Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,\
Last modified (submission),Last modified (grade),Feedback comments
"Participant 21","Ada Lovelace",ada@example.edu,"Submitted for grading",,20.00,Yes,"Tuesday, 5 March 2024",-,
"""


@pytest.fixture(scope="session")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this package, and an empty one in the place of `notebook`."""
    folder = tmp_path_factory.mktemp("wheels")
    source = tmp_path_factory.mktemp("source") / "course"
    copy_package(source)
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run(build, cwd=source, check=True, capture_output=True)
    about = "notebook-7.0.dist-info"
    (folder / "notebook-7.0-py3-none-any.whl").write_bytes(
        zipped(
            {
                f"{about}/METADATA": b"Metadata-Version: 2.1\nName: notebook\nVersion: 7.0\n",
                f"{about}/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
                f"{about}/RECORD": b"",
            }
        )
    )
    return folder


@pytest.fixture
def course(wheels: Path, tmp_path: Path) -> Path:
    """A clone with one topic; of two students one has handed in what is right, the other the skeleton."""
    folder = tmp_path / "course"
    copy_package(folder)
    for part in ("solutions", "assignments"):
        shutil.copytree(
            ROOT / part / TOPIC, folder / part / TOPIC, ignore=shutil.ignore_patterns("__pycache__")
        )
    (folder / "assignments" / TOPIC / f"{TOPIC}.py").write_bytes(REFERENCE)  # a student who has done it all
    (wheel,) = wheels.glob("dl_autograder-*.whl")
    shutil.copy(wheel, folder / "assignments")  # which so becomes what a student has unpacked
    (folder / "assignments" / "requirements.txt").write_text(f"./{wheel.name}\n")
    (folder / ".venv").symlink_to(sys.prefix)
    for student, module in (("ada", REFERENCE), ("ben", SKELETON)):
        (folder / "submissions" / student).mkdir(parents=True)
        (folder / "submissions" / student / f"{TOPIC}.py").write_bytes(module)
    for name, content in _downloads().items():
        (folder / name).write_bytes(content)
    (tmp_path / "ada").mkdir()
    return folder


def copy_package(folder: Path) -> None:
    """Copy what a wheel is built from, and what make reads."""
    folder.mkdir(parents=True)
    shutil.copytree(ROOT / "autograder", folder / "autograder", ignore=_CACHES)
    for name in ("pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE", "Makefile", "requirements.lock"):
        shutil.copy(ROOT / name, folder)


def _downloads() -> dict[str, bytes]:
    module = f"{TOPIC}.py"
    export = ("---\nsubmission_1:\n" + metadata(("Ada", "41", "ada@example.edu"))).encode()
    return {
        "submissions.zip": zipped(
            {f"lovelaceada_101_9001_{module}": REFERENCE, f"bitdiddleben_LATE_102_9002_{module}": SKELETON}
        ),
        "gradebook.csv": GRADEBOOK.encode(),
        f"course-{TOPIC}-77.zip": zipped({f"Ada Lovelace_21_assignsubmission_file/{module}": REFERENCE}),
        f"Grades-{TOPIC}.csv": WORKSHEET.encode(),
        "assignment_export.zip": zipped(
            {
                "assignment_7_export/submission_metadata.yml": export,
                f"assignment_7_export/submission_1/{module}": REFERENCE,
            }
        ),
        "handed-in.zip": zipped({module: REFERENCE}),
        module: REFERENCE,
    }


@pytest.fixture
def environment(wheels: Path, tmp_path: Path) -> dict[str, str]:
    """A shell's variables: nothing is fetched, and nbgrader's exchange is a folder of this test.

    What make would do is only looked up: the targets must be there.
    """
    exchange, settings = tmp_path / "exchange", tmp_path / "jupyter"
    exchange.mkdir(mode=0o777)
    exchange.chmod(0o777)
    settings.mkdir()
    (settings / "nbgrader_config.py").write_text(f"c = get_config()\nc.Exchange.root = {str(exchange)!r}\n")
    packages = os.pathsep.join([str(ROOT), *(path for path in sys.path if path.endswith("site-packages"))])
    return {
        **os.environ,
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "PYTHONPATH": packages,
        "JUPYTER_CONFIG_DIR": str(settings),
        "PIP_NO_INDEX": "1",
        "PIP_NO_DEPS": "1",
        "PIP_FIND_LINKS": str(wheels),
        "MAKEFLAGS": "n",
    }
