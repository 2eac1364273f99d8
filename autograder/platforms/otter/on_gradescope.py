"""What runs in Gradescope's container instead of otter's own main file."""

from pathlib import Path

from otter.run.run_autograder import main as run_otter

from autograder.platforms.gradescope.export import failure
from autograder.platforms.gradescope.run import report, write_results
from autograder.platforms.otter.layout import handed_in, move_all


def main(folder: Path) -> None:
    """Move the submission away and let otter grade; there is a results.json whatever happens.

    otter copies its files over the student's, follows links and stops if there is a second notebook, so it is
    given an empty folder.
    """
    try:
        if not handed_in(folder).exists():
            move_all(folder / "submission", handed_in(folder))
        run_otter(str(folder))
    except Exception as error:
        write_results(folder, failure(report(error)))
