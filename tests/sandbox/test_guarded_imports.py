"""Imports that fail where somebody takes care of it, in the sandbox."""

from collections.abc import Callable
from typing import Any

import pytest

SOURCE = """
import contextlib
import importlib.metadata
import importlib.util
import os
import sys
import numpy as np

sys.path.append(os.path.join(os.path.dirname(__file__), "lib"))
import deep
import helpers
import pandas
import torch


def try_to(do):
    try:
        return do()
    except ImportError as error:
        return f"{type(error).__name__}: {error}"


def statement():
    import cupy


def forbidden_file():
    import torch


def helper_file():
    import helpers


def called():
    return __import__("cupy")


def by_importlib():
    return importlib.import_module("cupy.linalg")


def of_a_text():
    exec("import cupy")


def by_another_file():
    import mine


def in_numpy():
    np.testing.assert_raises(ImportError, importlib.import_module, "scipy.special")
    importlib.invalidate_caches()
    return importlib.metadata.version("numpy") == np.__version__


def unguarded():
    exec("import cupy.linalg as linalg", globals())
    return [linalg.__name__, *(importlib.import_module(name).__name__ for name in ("cupy", "cupy.fft"))]


def specs():
    names = ("cupy", "cupy.fft", "torch", "helpers", "numpy")
    return [importlib.util.find_spec(name) is None for name in names]


def in_modules():
    import cupy, torch, helpers
    return [name in sys.modules for name in ("cupy", "torch", "helpers", "pandas")]


def from_lib():
    return deep.answer()


def use(name):
    return globals()[name].something()


def folder():
    import left.behind
    return left.behind.something()


def arithmetic():
    return 2.0 * pandas.pi


def in_a_file_beside():
    return deep.fail()


def no_python():
    import broken


def is_instance():
    return isinstance(1, pandas.DataFrame)


def version():
    return str(type(pandas.__version__))
"""
DEEP = "def answer():\n    return 42\n\n\ndef fail():\n    raise ValueError('no')\n"
FILES = {"mine": "import cupy\n", "torch": "", "lib/deep": DEEP, "broken": "def f(:\n    pass\n"}


@pytest.fixture(scope="module")
def student(submit: Callable[..., Any]) -> Any:
    explained = {"helpers": "your file old/helpers.py lies elsewhere"}
    with submit(SOURCE, forbidden=("torch",), explained=explained, **FILES).check() as proxy:
        yield proxy


@pytest.mark.parametrize(
    ("name", "module"),
    [
        ("statement", "cupy"),
        ("forbidden_file", "torch"),
        ("helper_file", "helpers"),
        ("called", "cupy"),
        ("by_importlib", "cupy.linalg"),
        ("of_a_text", "cupy"),
        ("by_another_file", "cupy"),
    ],
)
def test_it_raises_whoever_takes_it(student: Any, name: str, module: str) -> None:
    said = student.try_to(getattr(student, name))
    assert said.startswith(f"ModuleNotFoundError: No module named '{module}'")


def test_others_import_as_ever(student: Any) -> None:
    assert student.in_numpy()


def test_stand_ins_have_their_names_and_enter_no_table(student: Any) -> None:
    assert student.unguarded() == ["cupy.linalg", "cupy", "cupy.fft"]
    assert student.in_modules() == [False] * 4


def test_what_is_absent_has_no_spec(student: Any) -> None:
    assert student.specs() == [True, True, True, True, False]


def test_a_submission_may_look_for_its_files_in_its_own_folders(student: Any) -> None:
    assert student.from_lib() == 42


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("pandas", "the package pandas can't be used here; write this part with NumPy"),
        ("torch", "the package torch may not be used in this assignment; write this part with NumPy"),
        ("helpers", "your file old/helpers.py lies elsewhere"),
    ],
)
def test_using_one_says_what_it_is(student: Any, name: str, sentence: str) -> None:
    with pytest.raises(ImportError) as raised:
        student.use(name)
    assert str(raised.value) == sentence


def test_what_is_no_known_package_was_not_handed_in(student: Any) -> None:
    with pytest.raises(ImportError, match=r"your folder left was not handed in; hand it in beside work\.py"):
        student.folder()


def test_every_kind_of_use_says_so(student: Any) -> None:
    for name in ("arithmetic", "is_instance"):
        with pytest.raises(ImportError, match="the package pandas can't be used here"):
            getattr(student, name)()
    assert "Absent" in student.version()


def test_an_error_in_a_file_beside_the_module_names_that_file(student: Any) -> None:
    with pytest.raises(ValueError, match=r"^no \(lib/deep\.py, line 6\)$"):
        student.in_a_file_beside()
    with pytest.raises(SyntaxError, match=r"\(broken\.py, line 1\)$"):
        student.no_python()
