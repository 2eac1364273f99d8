"""What the cells of a topic's notebook call, in a real kernel."""

import matplotlib.pyplot as plt
import nbclient
import nbformat
import pytest

from autograder.checks.notebook import CheckFailedError, hidden_check, prepare_notebook, run_check
from autograder.errors import UserError

SETUP = "from autograder.checks.notebook import prepare_notebook\nprepare_notebook()"


def run(*cells):
    """Run cells in a kernel; return the notebook and whether it came to its end."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in (SETUP, *cells)])
    try:
        nbclient.NotebookClient(notebook, timeout=60, kernel_name="python3").execute()
    except nbclient.exceptions.CellExecutionError:
        return notebook, False
    return notebook, True


def test_an_open_exercise_stops_the_notebook_with_a_sentence(tmp_path):
    (tmp_path / "topic.py").write_text("def f(x):\n    raise NotImplementedError('This part is yours.')\n")
    call = f"import sys\nsys.path.insert(0, {str(tmp_path)!r})\nimport topic\ntopic.f(1)"
    notebook, ended = run(call, "print('further down')")
    assert not ended
    assert [output.text for output in notebook.cells[1].outputs] == [
        "f, line 2 of topic.py: This part is yours.\n"
    ]
    assert notebook.cells[2].outputs == []


def test_other_exceptions_keep_their_traceback_and_plots_their_ground():
    notebook, ended = run(
        "import matplotlib.pyplot as plt\nprint(plt.figure().get_facecolor())",
        "def f():\n    return 1 / 0\n\nf()",
    )
    assert not ended
    assert notebook.cells[1].outputs[0].text == "(1.0, 1.0, 1.0, 1.0)\n"
    assert notebook.cells[2].outputs[0].ename == "ZeroDivisionError"
    assert len(notebook.cells[2].outputs[0].traceback) > 3


def test_outside_a_notebook_only_the_style_is_set():
    with plt.rc_context():
        prepare_notebook()
        assert plt.rcParams["figure.facecolor"] == "white"


CHECKS = '''
import pytest


@pytest.mark.points(1)
@pytest.mark.parametrize("x", [1, 2])
def test_double(student, x):
    """Doubles"""
    assert student.double(x) == 2 * x, f"double({x}) is wrong"
'''


@pytest.fixture
def homework(tmp_path, monkeypatch):
    (tmp_path / "test_topic.py").write_text(CHECKS)
    (tmp_path / "topic.py").write_text("def double(x):\n    return 2\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_check_runs_in_a_notebook_and_shows_its_feedback_alone(homework):
    cell = "from autograder.checks.notebook import run_check\nrun_check('test_topic.py::test_double')"
    mend = "open('topic.py', 'w').write('def double(x):\\n    return 2 * x\\n');"
    first = f"try:\n    {cell.replace(chr(10), '; ')}\nexcept Exception:\n    get_ipython().showtraceback()"
    notebook, ended = run(first, mend, cell)
    assert ended
    shown = notebook.cells[1].outputs[0]
    assert shown.traceback[0] == "2: double(2) is wrong"
    assert not any("File " in line or "raise" in line for line in shown.traceback)
    assert notebook.cells[3].outputs[0].text == "Passed.\n"


def test_a_check_that_is_not_there_is_named(homework):
    with pytest.raises(UserError, match="test_nosuch can't be run"):
        run_check("test_topic.py::test_nosuch")


def test_an_open_exercise_fails_its_check(homework):
    (homework / "topic.py").write_text("def double(x):\n    raise NotImplementedError('yours')\n")
    with pytest.raises(CheckFailedError, match=r"Not started: .* \(line 2 of topic.py, in double\)"):
        run_check("test_topic.py::test_double")


def test_a_hidden_check_says_when_it_runs(capsys):
    hidden_check()
    assert "runs when your work is graded" in capsys.readouterr().out


def test_without_the_courses_settings_nbgrader_gives_nothing(homework, monkeypatch):
    (homework / "topic.py").write_text("def double(x):\n    return 2 * x\n")
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    for cell in (hidden_check, lambda: run_check("test_topic.py::test_double")):
        with pytest.raises(RuntimeError, match=r"nbgrader_config\.py"):
            cell()
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    run_check("test_topic.py::test_double")
