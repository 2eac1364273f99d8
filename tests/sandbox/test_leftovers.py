"""What students leave in: debuggers, questions, windows, and what reaches out of the sandbox."""

from collections.abc import Callable
from typing import Any

import pytest

SOURCE = """
import code
import os
import pdb
import socket
import subprocess
import sys
import urllib.request
import matplotlib
import matplotlib.pyplot as plt


def inert():
    help(len)
    help()
    breakpoint()
    pdb.set_trace()
    pdb.Pdb().set_trace()
    code.interact(banner="")
    return 1


def ask():
    input("how many? ")


def leave():
    quit()


def use(backend):
    matplotlib.use(backend)
    plt.plot([1, 2])
    plt.show()
    return plt.get_backend()


def switch(backend):
    plt.switch_backend(backend)
    return plt.get_backend()


def parameter(backend):
    matplotlib.rcParams["backend"] = backend
    plt.figure()
    return plt.get_backend()


def start():
    subprocess.run(["true"])


def fork():
    os.fork()



def connect():
    socket.create_connection(("127.0.0.1", 9))


def connect_by_hand():
    socket.socket().connect(("127.0.0.1", 9))


def fetch():
    urllib.request.urlopen("http://example.com")


def write():
    open(__file__, "w")


def no_such_file():
    open("nothing.csv")
"""


@pytest.fixture(scope="module")
def submitted(submit: Callable[..., Any]) -> Any:
    return submit(SOURCE)


@pytest.fixture
def student(submitted: Any) -> Any:
    with submitted.check() as proxy:
        yield proxy


def test_what_asks_a_person_does_nothing(student: Any) -> None:
    assert student.inert() == 1


def test_a_question_has_no_answer(student: Any) -> None:
    with pytest.raises(EOFError, match=r"nobody is there to answer input\(\)"):
        student.ask()


def test_quit_ends_the_program_by_its_usual_exception(student: Any) -> None:
    with pytest.raises(Exception, match="SystemExit") as raised:
        student.leave()
    assert raised.value.student_type == "SystemExit"  # type: ignore[attr-defined]


@pytest.mark.parametrize("way", ["use", "switch", "parameter"])
@pytest.mark.parametrize("backend", ["TkAgg", "qtagg", "WebAgg", "module://ipympl.backend_nbagg", "inline"])
def test_a_back_end_with_windows_draws_into_memory(student: Any, way: str, backend: str) -> None:
    assert getattr(student, way)(backend).lower() == "agg"


def test_a_back_end_that_writes_files_is_kept(student: Any) -> None:
    assert student.use("svg").lower() == "svg"
    assert student.switch("pdf").lower() == "pdf"


def test_a_back_end_that_nobody_has_is_refused_as_ever(student: Any) -> None:
    with pytest.raises(ValueError, match="TkAg"):
        student.use("TkAg")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("start", "it can start no other programs or processes"),
        ("fork", "it can start no other programs or processes"),
        ("connect", "there is no network"),
        ("connect_by_hand", "there is no network"),
        ("fetch", "there is no network"),
        ("write", r"^work\.py can't be read or written there"),
        ("no_such_file", "nothing.csv is not there when the work is graded"),
    ],
)
def test_what_the_sandbox_denies_is_a_sentence(student: Any, name: str, sentence: str) -> None:
    with pytest.raises(OSError, match=sentence):
        getattr(student, name)()
