"""A course of one tiny topic, for the tests of what makes assignments."""

from pathlib import Path

import pytest

from autograder.course.assignment import Assignment, find_assignment

REFERENCE = '''\
"""Means, by hand."""

import numpy as np


def mean(x: np.ndarray) -> float:
    """Return the mean of the entries of x.

    The sum over the count.
    """
    ### BEGIN SOLUTION
    total_of_all_entries = float(np.sum(x))
    return total_of_all_entries / x.size
    ### END SOLUTION


class Centre:
    """Subtracts a mean."""

    def apply(self, x: np.ndarray) -> np.ndarray:
        """Return x minus its mean."""
        # The mean was written above.
        ### BEGIN SOLUTION
        m = mean(x)
        return x - m
        ### END SOLUTION


def given(x: np.ndarray) -> np.ndarray:
    """Return x; nothing to write here."""
    return x
'''

CHECKS = '''\
import numpy as np
import pytest


@pytest.mark.points(1.5)
def test_mean_of_three(student):
    """The mean of 1, 2 | 3"""
    assert student.mean(np.array([1.0, 2.0, 3.0])) == 2.0


### BEGIN HIDDEN TESTS
@pytest.mark.points(2.5)
def test_secret(student):
    """A secret title"""
    assert student.mean(np.array([[4.0, 4.0], [4.0, 8.0]])) == 5.0
### END HIDDEN TESTS


@pytest.mark.points(1)
def test_centre(student):
    """Centred means zero

    More words.
    """
    assert student.Centre().apply(np.array([1.0, 3.0])).sum() == 0.0
'''

NOTEBOOK = """\
# Means

The mean is $\\\\frac1N\\\\sum_i x_i$.

```python
import tiny
```

And the checks:

```python
!python -m pytest -q
```
"""


@pytest.fixture
def tiny(tmp_path: Path) -> Assignment:
    """A course in a fresh folder, with one topic, `tiny`."""
    folder = tmp_path / "course" / "solutions" / "tiny"
    folder.mkdir(parents=True)
    (folder / "tiny.py").write_text(REFERENCE)
    (folder / "test_tiny.py").write_text(CHECKS)
    (folder / "tiny.md").write_text(NOTEBOOK)
    return find_assignment("tiny", folder.parent.parent)
