import json
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner

from autograder.cli.build import command
from autograder.course.assignment import Assignment
from autograder.course.build import build_files, differences, write_files
from autograder.errors import UserError
from autograder.home.hints import FILE as HINTS


@pytest.fixture
def inside(tiny: Assignment, monkeypatch: pytest.MonkeyPatch) -> Assignment:
    monkeypatch.chdir(tiny.folder)
    return tiny


def run(*arguments: str):
    return CliRunner().invoke(command, arguments)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_skeleton_keeps_what_is_given_and_raises_where_the_solution_stood(tiny: Assignment):
    skeleton = build_files(tiny)["tiny.py"]
    names: dict = {}
    exec(skeleton, names)
    with pytest.raises(NotImplementedError, match="yours to write"):
        names["mean"]([1.0])
    with pytest.raises(NotImplementedError):
        names["Centre"]().apply([1.0])
    assert names["given"](3) == 3
    assert "The sum over the count." in skeleton
    assert "# The mean was written above." in skeleton
    assert "total" not in skeleton
    assert "SOLUTION" not in skeleton


def test_hidden_checks_vanish_and_public_ones_stay_as_they_are(tiny: Assignment):
    checks = build_files(tiny)["test_tiny.py"]
    assert "def test_mean_of_three" in checks
    assert "def test_centre" in checks
    assert "secret" not in checks.lower()
    assert "HIDDEN" not in checks
    assert "\n\n\n\n" not in checks


def test_notebook_is_valid_and_carries_neither_outputs_nor_traces_of_its_source(tiny: Assignment):
    text = build_files(tiny)["tiny.ipynb"]
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    assert [cell.cell_type for cell in notebook.cells] == ["markdown", "code", "markdown", "code"]
    assert notebook.metadata.kernelspec.name == "python3"
    assert "jupytext" not in notebook.metadata
    assert all(cell.get("outputs", []) == [] for cell in notebook.cells)
    assert len({cell.id for cell in notebook.cells}) == 4


def test_notebook_is_cleared_like_the_module(tiny: Assignment):
    edit(tiny.notebook_source, "import tiny\n", "### BEGIN SOLUTION\nanswer = 42\n### END SOLUTION\n")
    assert "answer" not in build_files(tiny)["tiny.ipynb"]


def test_readme_lists_what_to_write_and_the_public_checks_with_their_points(tiny: Assignment):
    readme = build_files(tiny)["README.md"]
    assert "| `mean(x)` | Return the mean of the entries of x. |" in readme
    assert "| `Centre.apply(x)` | Return x minus its mean. |" in readme
    assert "given" not in readme
    assert "| 1.5 | `test_mean_of_three` | The mean of 1, 2 \\| 3 |" in readme
    assert "2.5 of 5 points" in readme
    assert "other 2.5 points are for hidden checks" in readme
    assert "secret" not in readme.lower()


def test_readme_says_so_when_nothing_is_hidden(tiny: Assignment):
    edit(tiny.checks, "### BEGIN HIDDEN TESTS", "")
    edit(tiny.checks, "### END HIDDEN TESTS", "")
    assert "There are no others." in build_files(tiny)["README.md"]


@pytest.mark.long
def test_two_processes_build_the_same_bytes(tiny: Assignment):
    script = (
        "import sys, json; from autograder.course.assignment import find_assignment as f;"
        "from autograder.course.build import build_files; from pathlib import Path;"
        "print(json.dumps(build_files(f('tiny', Path(sys.argv[1])))))"
    )
    there = subprocess.run(
        [sys.executable, "-c", script, tiny.course], capture_output=True, check=True, text=True
    )
    assert json.loads(there.stdout) == build_files(tiny)


def test_every_file_ends_in_one_newline(tiny: Assignment):
    for text in build_files(tiny).values():
        assert text.endswith("\n")
        assert not text.endswith("\n\n")


def test_build_replaces_the_whole_folder(inside: Assignment):
    inside.released.mkdir(parents=True)
    (inside.released / "stale.txt").write_text("old")
    result = run()
    assert result.exit_code == 0, result.output
    assert sorted(p.name for p in inside.released.iterdir()) == sorted([*build_files(inside), HINTS])
    assert [p.name for p in inside.released.parent.iterdir()] == ["tiny"]
    assert (inside.released / "tiny.py").read_text() == build_files(inside)["tiny.py"]


def test_hints_are_made_anew_where_the_topic_has_changed(inside: Assignment):
    run()
    hints = inside.released / HINTS
    made = hints.read_text()
    kept = made.replace('"hints": []', '"hints": [\n"kept"\n]')
    assert kept != made
    hints.write_text(kept)
    run()
    assert hints.read_text() == kept
    inside.checks.write_text(inside.checks.read_text() + "\n# Another version.\n")
    assert run("--check").exit_code == 1
    run()
    assert hints.read_text() not in (made, kept)
    assert run("--check").exit_code == 0


def test_a_course_may_do_without_hints(inside: Assignment):
    run("--no-hints")
    assert not (inside.released / HINTS).exists()
    assert run("--check").exit_code == 0


def test_check_passes_on_a_fresh_build_and_ignores_caches(inside: Assignment):
    run("tiny")
    (inside.released / "__pycache__").mkdir()
    assert run("--check").exit_code == 0
    assert run("tiny", "--check").exit_code == 0


@pytest.mark.parametrize("name", ["tiny.py", "test_tiny.py", "tiny.ipynb", "README.md"])
def test_check_fails_on_any_edited_or_missing_file_and_says_how_to_mend_it(inside: Assignment, name: str):
    run()
    path = inside.released / name
    path.write_text(path.read_text() + "# edited\n")
    edited = run("--check")
    assert edited.exit_code == 1
    assert "-# edited" in edited.output
    assert "autograder build tiny" in edited.output
    path.unlink()
    missing = run("--check")
    assert missing.exit_code == 1
    assert f"{name} is missing" in missing.output
    assert not path.exists()


def test_check_sees_stray_files_and_other_line_ends(inside: Assignment):
    run()
    (inside.released / "solution.py").write_text("")
    assert "solution.py has no source" in run("--check").output
    (inside.released / "solution.py").unlink()
    skeleton = inside.released / "tiny.py"
    skeleton.write_bytes(skeleton.read_bytes().replace(b"\n", b"\r\n"))
    assert run("--check").exit_code == 1


def test_check_fails_when_a_topic_was_never_built(inside: Assignment):
    assert run("--check").exit_code == 1
    assert not inside.released.exists()


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (
            "tiny.py",
            "    return total_of_all_entries / x.size\n    ### END SOLUTION\n",
            "",
            "begins inside the one of line 11",
        ),
        ("tiny.py", "    ### BEGIN SOLUTION\n    total", "    total", "line 13"),
        ("test_tiny.py", "### END HIDDEN TESTS", "", "line 11"),
        ("test_tiny.py", "@pytest.mark.points(1.5)", "", "test_mean_of_three has no @pytest.mark.points"),
        ("test_tiny.py", '    """A secret title"""\n', "", "test_secret has no docstring"),
        (
            "test_tiny.py",
            "    assert student.mean(np.array([1.0",
            "### BEGIN HIDDEN TESTS\n+ ",
            "begins inside",
        ),
        ("tiny.py", "    ### BEGIN SOLUTION\n    total", "### BEGIN SOLUTION\n    total", "outside of any"),
        ("tiny.py", "def given(x: np.ndarray)", "def given(x: np.ndarray", "not Python"),
    ],
)
def test_sources_out_of_order_are_named(tiny: Assignment, file: str, old: str, new: str, said: str):
    edit(tiny.folder / file, old, new)
    with pytest.raises(UserError, match=said) as caught:
        build_files(tiny)
    assert file in str(caught.value)


def test_a_missing_source_is_named_and_nothing_is_written(inside: Assignment):
    inside.notebook_source.unlink()
    result = run()
    assert isinstance(result.exception, UserError)
    assert "tiny.md is missing" in str(result.exception)
    assert not inside.released.exists()


def test_a_notebook_header_that_makes_no_sense_is_named(tiny: Assignment):
    tiny.notebook_source.write_text(
        "---\njupytext: {text_representation: {extension: .md, format_name: myst}}\n"
        "kernelspec: {name: python3}\n---\n# A\n"
    )
    with pytest.raises(UserError, match=r"tiny\.md: jupytext"):
        build_files(tiny)


def test_a_write_that_fails_leaves_the_old_folder(tmp_path: Path):
    write_files(tmp_path / "topic", {"a.py": "1\n"})
    with pytest.raises(UserError, match="can't write"):
        write_files(tmp_path / "topic", {"a.py": "2\n", "no/such/folder.py": ""})
    assert [(p.name, p.read_text()) for p in (tmp_path / "topic").iterdir()] == [("a.py", "1\n")]
    assert [p.name for p in tmp_path.iterdir()] == ["topic"]


def test_differences_are_none_for_what_was_written(tmp_path: Path):
    files = {"a.py": "é\n", "b.md": "two\nlines\n"}
    write_files(tmp_path / "topic", files)
    assert differences(tmp_path / "topic", files) == []
