"""`check(...)` and `start(...)` in a real kernel, on files as a student saves them."""

import os
import re
import time
from itertools import count

import nbclient
import nbformat
import pytest

from autograder.errors import UserError
from autograder.home.paper import Paper
from autograder.notebook import check, start
from autograder.notebook.html_paper import HtmlPaper
from autograder.notebook.opened import find_folder

CHECKS = '''
import pytest


@pytest.mark.points(1)
@pytest.mark.parametrize("x", [1, 2])
def test_double(student, x):
    """Doubles"""
    assert student.double(x) == 2 * x, f"double({x}) is <wrong>"


@pytest.mark.points(2)
def test_half(student):
    """Halves"""
    assert student.half(4) == 2
'''
WRONG = "def double(x):\n    return 2\n\n\ndef half(x):\n    raise NotImplementedError('yours')\n"
RIGHT = "def double(x):\n    return 2 * x\n\n\ndef half(x):\n    return x / 2\n"
BEGIN = "from autograder.notebook import check, start\nstart('topic')\nimport topic"


@pytest.fixture
def homework(tmp_path, monkeypatch):
    folder = tmp_path / "topic"
    folder.mkdir()
    (folder / "test_topic.py").write_text(CHECKS)
    (folder / "topic.py").write_text(WRONG)
    (folder / "README.md").write_text("## The public checks: 3 of 10 points\n")
    monkeypatch.chdir(folder)
    monkeypatch.setattr("autograder.notebook.opened._opened", [])
    return folder


def run(folder, *cells):
    """Run cells in a kernel that begins in a folder, though others failed; call what can be called."""
    code = [nbformat.v4.new_code_cell(cell) for cell in cells if not callable(cell)]
    notebook = nbformat.v4.new_notebook(cells=code)
    resources = {"metadata": {"path": str(folder)}}
    client = nbclient.NotebookClient(
        notebook, timeout=60, allow_errors=True, kernel_name="python3", resources=resources
    )
    with client.setup_kernel():
        numbers = count()
        for cell in cells:
            if callable(cell):
                cell()
            else:
                number = next(numbers)
                client.execute_cell(code[number], number)
    return [cell.outputs for cell in notebook.cells]


def html(outputs):
    (shown,) = [output.data for output in outputs if "data" in output]
    return shown["text/html"], shown["text/plain"]


@pytest.fixture
def save(homework):
    """Return what saves text in the student's file, a second later each time than before."""
    times = count(int(time.time()) + 1)

    def at_its_turn(text):
        def now():
            file = homework / "topic.py"
            file.write_text(text)
            os.utime(file, (next(times),) * 2)

        return now

    return at_its_turn


@pytest.mark.long
def test_a_kernel_shows_what_is_wrong_and_follows_the_saved_file(homework, save):
    _, wrong, right, called, broken, refused, mended = run(
        homework,
        BEGIN,
        "check('double')",
        save(RIGHT),
        "check()",
        "print(topic.double(4))",
        save(RIGHT + "print(\n"),
        "check('double')",
        "print(topic.double(4))",
        save(RIGHT.replace("2 * x", "x + x + 100")),
        "print(topic.double(4))",
    )
    page, text = html(wrong)
    assert "Fix this first: double, topic.py line 1" in page
    assert "Fix this first: double, topic.py line 1" in text
    assert "double(2) is &lt;wrong&gt;" in page
    assert "0.5 of the 1 points of the checks that ran" in text
    assert 'check("test_double")' in text
    assert "autograder check" not in text + page
    assert re.search(r"topic\.py as saved at \d\d:\d\d:\d\d", text)
    assert "✓ double" in html(right)[1]
    assert "3 of the 3 public points; 7 more are for hidden checks" in html(right)[1]
    assert called[0].text == "8\n"

    page, text = html(broken)
    assert "topic.py, line 7: no check can run" in text
    assert "SyntaxError: '(' was never closed" in page
    assert "No other cell runs until topic.py can be executed" in " ".join(text.split())
    (error,) = refused  # neither an answer of the old code nor a traceback
    assert error.output_type == "error"
    assert error.traceback[0] == "topic.py, line 7: SyntaxError: '(' was never closed"
    assert not any("Traceback" in line for line in error.traceback)
    assert mended[0].text == "108\n"


@pytest.mark.long
def test_what_raises_when_it_is_executed_stops_cells_too(homework, save):
    _, refused = run(homework, BEGIN, save(RIGHT + "undefined\n"), "print('old')")
    assert [output.output_type for output in refused] == ["error"]
    assert refused[0].traceback[0] == "topic.py, line 7: NameError: name 'undefined' is not defined"


@pytest.mark.long
def test_a_file_that_is_broken_from_the_start_is_a_sentence(homework):
    (homework / "topic.py").write_text("def double(x)\n    return x\n")
    first, second = run(homework, BEGIN, "print(1)")
    assert first[0].traceback[0] == "topic.py, line 1: SyntaxError: expected ':'"
    assert second[0].output_type == "error"


@pytest.mark.long
def test_the_first_cell_may_run_twice(homework, save):
    *_, called = run(homework, BEGIN, BEGIN, save(RIGHT), "print(topic.double(4))")
    assert [output.text for output in called] == ["8\n"]


@pytest.mark.long
def test_a_kernel_elsewhere_finds_the_folder_or_asks_for_it(homework, tmp_path):
    outside = tmp_path / "somewhere" / "else"
    outside.mkdir(parents=True)
    asked, told = run(
        outside, BEGIN, f"start('topic', {str(homework)!r})\nimport topic\nprint(topic.double(1))"
    )
    (line,) = asked[0].traceback
    assert line.startswith("topic.py and test_topic.py are not in ")
    assert line.endswith('Say where they are: start("topic", folder="...")')
    assert told[0].text == "2\n"
    above = run(tmp_path, BEGIN + "\nprint(topic.double(1))")[0]
    assert above[0].text == "2\n"


def test_vs_code_says_where_the_notebook_is(homework, tmp_path, monkeypatch):
    monkeypatch.chdir("/")
    variables = {"__vsc_ipynb_file__": str(homework / "topic.ipynb")}
    assert find_folder("topic", variables) == homework
    with pytest.raises(UserError, match="Say where they are"):
        find_folder("topic", {})


def test_outside_a_notebook_the_text_is_printed(homework, capsys):
    check("half")
    said = capsys.readouterr().out
    assert "To write next" in said
    assert "\x1b" not in said


def test_a_function_that_only_hidden_checks_look_at_is_no_error(homework, capsys):
    with (homework / "topic.py").open("a") as file:
        file.write("\n\ndef other():\n    return 1\n")
    start("topic")
    check("other")
    assert "No public check looks at other" in capsys.readouterr().out


def test_a_name_that_fits_nothing_is_named(homework):
    with pytest.raises(UserError, match="no check fits nosuch"):
        check("nosuch")


def test_without_a_topic_it_says_what_to_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("autograder.notebook.opened._opened", [])
    with pytest.raises(UserError, match="run the first cell"):
        check()


def test_a_folder_without_the_topic_is_named(homework, tmp_path):
    with pytest.raises(UserError, match="is it the assignment's folder"):
        start("topic", tmp_path)


def test_nbgrader_runs_no_checks(homework, monkeypatch, capsys):
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    began = time.monotonic()
    check()
    assert "does nothing while nbgrader runs the notebook" in capsys.readouterr().out
    assert time.monotonic() - began < 0.1


@pytest.mark.long
def test_a_long_loop_says_how_far_it_is(homework):
    naps = "for _ in progress(range(9), 'Naps'):\n    time.sleep({})"
    loop = f"import time\nfrom autograder.notebook import progress\n{naps}"
    long, short = run(homework, loop.format(0.2), loop.format(0.0))
    assert [output.data["text/plain"] for output in long] == ["Naps: done in 2 s"]
    assert short == []


@pytest.mark.parametrize("ground", [0.0, 1.0])
def test_the_colours_stand_out_from_light_and_dark(ground):
    paper = HtmlPaper("failed")
    for verdict in ("passed", "failed", "not started"):
        paper.heading(verdict, verdict)
        paper.say("text", f" {paper.sign(verdict)} ", verdict=verdict)
    for colour in set(re.findall(r"#([0-9a-f]{6})", paper.html)):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        light = sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
        high, low = max(light, ground), min(light, ground)
        assert (high + 0.05) / (low + 0.05) >= 3
    assert {paper.sign("passed"), paper.sign("failed"), paper.sign("not started")} <= set(paper.html)


def test_a_terminal_says_how_to_run_it_there():
    assert Paper().again("test_double") == "autograder check test_double"
