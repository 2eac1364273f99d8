"""The zip that an instructor uploads to Gradescope."""

import sys
from pathlib import Path
from string import Template

from autograder.course.assignment import Assignment
from autograder.platforms.autograder_files import course_files, package_files
from autograder.platforms.gradescope.export import failure
from autograder.platforms.gradescope.visibility import Visibility
from autograder.platforms.pinned_requirements import pinned_requirements
from autograder.printable import as_json

_HERE = Path(__file__).parent
#: What results.json says until the autograder has run.
NOT_RUN = "The autograder did not run to its end; the log of its image's build may say why."


def autograder_files(assignment: Assignment, hidden: Visibility) -> dict[str, bytes]:
    """Return the contents of the zip by name. Equal sources and packages give equal contents.

    Args:
        assignment: the topic to grade.
        hidden: when students see the results of hidden checks.

    Raises:
        UserError: a package that grading needs is not installed.
    """
    setup = Template((_HERE / "setup.sh").read_text(encoding="utf-8"))
    return {
        **package_files(),
        **course_files(assignment),
        "setup.sh": setup.substitute(version=f"{sys.version_info.major}.{sys.version_info.minor}").encode(),
        "run_autograder": (_HERE / "run_autograder").read_bytes(),
        "requirements.txt": "".join(f"{line}\n" for line in pinned_requirements()).encode(),
        "topic.json": as_json({"topic": assignment.name, "hidden": hidden}).encode(),
        "not_run.json": as_json(failure(NOT_RUN)).encode(),
    }
