"""Where a course's assignments live, and what belongs to one."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from autograder.errors import UserError
from autograder.files import digest_of
from autograder.forbidden import forbidden_in, handles_in

SOLUTIONS = "solutions"

#: The file of a topic that no grade depends on, though variants of the reference stand in it.
CORRECT_VARIANTS = "correct_variants.py"


@dataclass(frozen=True)
class Assignment:
    """One topic of a course: the folder `solutions/<name>/` and the files in it.

    Attributes:
        name: the topic, which is also the name of the student's module.
        folder: absolute path of `solutions/<name>/`.
    """

    name: str
    folder: Path

    @property
    def course(self) -> Path:
        """The folder that holds `solutions/` and `assignments/`."""
        return self.folder.parent.parent

    @property
    def reference(self) -> Path:
        """The reference implementation, `<name>.py`."""
        return self.folder / f"{self.name}.py"

    @property
    def checks(self) -> Path:
        """All checks, public and hidden, `test_<name>.py`."""
        return self.folder / f"test_{self.name}.py"

    @property
    def misconceptions(self) -> Path:
        """The named wrong variants of the reference, `misconceptions.py`."""
        return self.folder / "misconceptions.py"

    @property
    def correct_variants(self) -> Path:
        """What is right though it looks odd, `correct_variants.py`."""
        return self.folder / CORRECT_VARIANTS

    @property
    def probes(self) -> Path:
        """What `autograder prove` probes with: `probes.py`, or, where there is only that, `battery.py`."""
        new, old = self.folder / "probes.py", self.folder / "battery.py"
        return old if old.is_file() and not new.is_file() else new

    @property
    def notebook_source(self) -> Path:
        """The notebook's source as text, `<name>.md`."""
        return self.folder / f"{self.name}.md"

    @property
    def released(self) -> Path:
        """What the student receives: `assignments/<name>/`."""
        return self.course / "assignments" / self.name

    @cached_property
    def forbidden(self) -> tuple[str, ...]:
        """Packages that a submission may import but not use: `FORBIDDEN` in the reference.

        Raises:
            UserError: it is declared in another form.
        """
        return forbidden_in(self.reference)

    @cached_property
    def handles(self) -> tuple[str, ...] | None:
        """Functions whose second value stays in the sandbox: `HANDLES` in the reference, None without it.

        Raises:
            UserError: it is declared in another form.
        """
        return handles_in(self.reference)

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the names and contents of the files that decide a grade.

        Left out are the notebook's source, since prose does not change a grade, and correct variants and
        probes: a submission is compared with misconceptions only, and the others try the checks themselves.
        """
        paths = (self.reference, self.checks, self.misconceptions)
        return digest_of({path.name: path.read_bytes() if path.is_file() else b"" for path in paths})


def find_course(start: Path | None = None) -> Path:
    """Return the nearest folder at or above `start` (default: the working directory) with `solutions/` in it.

    Raises:
        UserError: there is none.
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / SOLUTIONS).is_dir():
            return folder
    raise UserError(f"no folder {SOLUTIONS}/ in {here} or above it; run this inside the course's folder")


def assignment_names(course: Path) -> list[str]:
    """Return the names of the course's assignments, sorted."""
    return sorted(
        p.parent.name for p in (course / SOLUTIONS).glob("*/test_*.py") if p.stem == f"test_{p.parent.name}"
    )


def find_assignment(name: str, course: Path | None = None) -> Assignment:
    """Return the assignment of that name in `course` (default: found from the working directory).

    Raises:
        UserError: there is no course, or no such assignment in it.
    """
    course = course or find_course()
    known = assignment_names(course)
    if name not in known:
        raise UserError(
            f"there is no assignment {name!r} in this course; it has: {', '.join(known) or 'none'}"
        )
    return Assignment(name, (course / SOLUTIONS / name).resolve())


def find_assignments(names: Sequence[str]) -> list[Assignment]:
    """Return these assignments of the working directory's course; all of them where none is named.

    Raises:
        UserError: there is no course, or no such assignment in it.
    """
    course = find_course()
    return [find_assignment(name, course) for name in names or assignment_names(course)]
