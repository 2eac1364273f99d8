"""An answer's values that stand in each other's place."""

from collections.abc import Sequence

import numpy as np
import pytest

from autograder.home.calls import Call
from autograder.home.swapped import in_place_of_another

DX, DGAMMA, DBETA = np.eye(2), np.array([1.0, -2.0]), np.array([3.0, 5.0])
SWAPPED = "It should be what backward returned as value 3: do values 2 and 3 stand in each other's place?"


def said(returned: Sequence[object], found: object, wanted: object) -> str:
    return in_place_of_another(Call("backward", [], {}, returned), found, wanted)


def test_swapped_values_are_told() -> None:
    assert said((DX, DBETA, DGAMMA), DBETA, DGAMMA) == SWAPPED


def test_what_was_measured_roughly_and_in_part_is_enough() -> None:
    right = np.array([1.0, -2.0, 4.0, 8.0])
    measured = right * [1 + 1e-7, np.nan, 1, 1]
    other = np.array([1.0, 1.0, 2.0, 2.0])
    assert said((DX, other, right), other, measured) == SWAPPED


def test_one_value_twice_is_told() -> None:
    assert said((DX, DBETA, DBETA.copy()), DBETA, DGAMMA) == "It equals value 3 of what backward returned."


@pytest.mark.parametrize(
    ("returned", "found", "wanted"),
    [
        ((DX, DBETA, DBETA + 1), DBETA, DGAMMA),
        ((DX, DBETA, DGAMMA), np.ones(2), DGAMMA),
        ((DX, np.zeros(2), np.zeros(2)), np.zeros(2), DGAMMA),
        ((DX, 1.0, 2.0), 1.0, 2.0),
        ((DX, DBETA, DGAMMA), DBETA, np.array([1.0, np.nan])),
        (DBETA, DBETA, DGAMMA),
    ],
    ids=["another value", "none of them", "zeros", "numbers", "hardly known", "a single value"],
)
def test_nothing_is_said_where_it_may_be_chance(
    returned: Sequence[object], found: object, wanted: object
) -> None:
    assert said(returned, found, wanted) == ""
