"""What is said of files that a submission imports and that are not where it is graded."""

from pathlib import Path

from autograder.course.assignment import find_assignment
from autograder.grading.absent_files import explain_absent
from autograder.submissions import Submission, read_submission

ROOT = Path(__file__).resolve().parents[2]


def explained(submission: Submission) -> dict[str, str]:
    return explain_absent(submission, find_assignment("losses", ROOT))


def submitted(folder: Path, **files: str) -> Submission:
    for name, text in files.items():
        path = folder / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return read_submission(folder, "losses")


def test_files_in_other_folders_are_told_from_those_beside_the_module(tmp_path: Path) -> None:
    source = "import helpers, utils.more, beside\n"
    files = {"src/losses": source, "src/beside": "", "helpers": "", "lib/utils/more": "", "unnamed": ""}
    submission = submitted(tmp_path, **files)
    assert submission.elsewhere == ("helpers.py", "lib/utils/more.py", "unnamed.py")
    assert explained(submission) == {
        "helpers": "your file helpers.py lies in another folder than losses.py; put it beside losses.py",
        "utils": "your folder lib/utils lies in another folder than losses.py; put it beside losses.py",
        "more": "your file lib/utils/more.py lies in another folder than losses.py; put it beside losses.py",
    }


def test_another_topic_says_that_nothing_stands_in_for_it(tmp_path: Path) -> None:
    (sentence,) = explained(submitted(tmp_path, losses="from activations import relu_forward\n")).values()
    assert sentence == (
        "activations.py of another topic is not there when losses.py is graded, and nothing stands in for "
        "it; copy what you need of it into losses.py"
    )


def test_many_or_long_names_do_not_fill_the_message() -> None:
    names = [f"a{i}" for i in range(1000)]
    files = {"losses.py": " ".join([*names, "long"]).encode()}
    many = Submission("ada", files, elsewhere=tuple(f"x/{name}.py" for name in names))
    long = Submission("ada", files, elsewhere=(f"{'x' * 600}/long.py", "x/\udc80/long.py"))
    assert len(explained(many)) == 20
    assert explained(long) == {}
