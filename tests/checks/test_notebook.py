"""The first cell of a topic's notebook, run in a real kernel."""

import matplotlib.pyplot as plt
import nbclient
import nbformat

from autograder.checks.notebook import prepare_notebook

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
