"""Arrays that don't fit are named with their shapes."""

from pathlib import Path

import numpy as np
import pytest

from autograder.home.places import Source
from autograder.home.shapes import misfit

CODE = """
import numpy as np

def product(x, w):
    return x @ w.T

def total(scores, y):
    shifted = scores - scores.max(axis=1)
    return shifted

def centred(x, mean):
    x = (x -
         mean)
    return x

def flat(x):
    return x.reshape(7, -1)

def other(x):
    raise ValueError("no shape")

def dotted(x, w):
    return np.dot(x, w)
"""


def said(folder: Path, name: str, *arguments: object) -> str:
    path = folder / "work.py"
    path.write_text(CODE)
    space: dict[str, object] = {}
    exec(compile(CODE, str(path), "exec"), space)
    with pytest.raises((ValueError, IndexError)) as caught:
        space[name](*arguments)  # type: ignore[operator]
    return misfit(caught.value, Source(path))


def test_a_product_is_told_in_words_with_both_arrays(tmp_path: Path) -> None:
    text = said(tmp_path, "product", np.ones((2, 3)), np.ones((3, 5)))
    assert "the rows of the left one have 3 entries, the columns of the right one 5" in text
    assert "x has shape (2, 3), w.T has shape (5, 3)." in text
    assert "gufunc" not in text


@pytest.mark.parametrize(
    ("name", "arguments", "words"),
    [
        ("total", (np.ones((2, 3)), None), "scores has shape (2, 3)"),
        ("centred", (np.ones((2, 3)), np.ones(2)), "x has shape (2, 3), mean has shape (2,)"),
        ("flat", (np.ones((2, 3)),), "x has shape (2, 3)"),
        ("dotted", (np.ones((2, 3)), np.ones((2, 3))), "x has shape (2, 3), w has shape (2, 3)"),
    ],
)
def test_other_misfits_keep_their_words(
    tmp_path: Path, name: str, arguments: tuple[object, ...], words: str
) -> None:
    assert words in said(tmp_path, name, *arguments)


def test_other_errors_stay_as_they_are(tmp_path: Path) -> None:
    assert said(tmp_path, "other", np.ones(3)) == "no shape"
