"""Arguments left alone, and what a call stores."""

import numpy as np
import pytest

from autograder.checks import assert_close, assert_stored, unchanged


def test_reading_is_allowed():
    x = np.arange(4.0)
    with unchanged(x=x):
        x.sum()


def test_the_array_that_changed_is_named():
    W, X = np.ones(3), np.ones((2, 3))
    with (
        pytest.raises(AssertionError, match=r"^X was changed in place \(2 of 6 entries\)"),
        unchanged(W=W, X=X),
    ):
        X[:, 1] -= 1


def test_an_exception_within_is_not_hidden():
    x = np.ones(3)
    with pytest.raises(ZeroDivisionError), unchanged(x=x):
        x[0] = 1 / 0


def test_a_change_is_told_before_the_comparison_that_it_spoils():
    x = np.ones(3)

    def double_one_and_sum():
        x[1] = 2.0
        return x.sum()

    with pytest.raises(AssertionError) as failure, unchanged(x=x):
        assert_close(double_one_and_sum(), 3.0, what="the sum")
    assert str(failure.value) == (
        "x was changed in place (1 of 3 entries); work on a copy, or put back what was there. "
        "Look at that first. Then: the sum should be 3, but it is 4"
    )


def test_a_comparison_within_is_told_alone_where_nothing_changed():
    x = np.ones(3)
    with pytest.raises(AssertionError, match=r"^the sum should be 4, but it is 3$"), unchanged(x=x):
        assert_close(x.sum(), 4.0, what="the sum")


def test_what_was_stored_is_returned():
    mean = np.ones(2)
    assert assert_stored({"running_mean": mean}, "running_mean", what="bn_param") is mean


@pytest.mark.parametrize(
    ("bn_param", "said"),
    [
        ({"mode": "train"}, "bn_param has no 'running_mean' after the call"),
        ({"running_mean": None}, r"bn_param\['running_mean'\] is still None after the call"),
    ],
)
def test_what_was_not_stored_is_named(bn_param, said):
    with pytest.raises(AssertionError, match=said):
        assert_stored(bn_param, "running_mean", what="bn_param")
