"""The comparisons that checks are written with: what passes, what fails, and what the student reads."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from autograder.checks import (
    assert_all_digits,
    assert_at_least,
    assert_at_most,
    assert_close,
    assert_dtype,
    assert_equal,
    assert_shape,
    figure,
)

finite = st.floats(-1e6, 1e6)
arrays = npst.arrays(float, npst.array_shapes(max_dims=3, max_side=4), elements=finite)


def message(check, *args, **kwargs):
    with pytest.raises(AssertionError) as failure:
        check(*args, **kwargs)
    return str(failure.value)


@given(arrays)
def test_an_array_is_close_to_itself_and_to_its_list(array):
    assert_close(array, array)
    assert_close(array.tolist(), array)
    assert_close(array[None] if array.ndim == 1 else array, array)


@given(arrays, st.data(), st.sampled_from([1, -1]))
def test_one_entry_beyond_the_tolerance_is_found_and_named(array, data, sign):
    index = data.draw(st.tuples(*(st.integers(0, side - 1) for side in array.shape)))
    wrong = array.copy()
    tolerance = 1e-3 + 1e-3 * abs(array[index])
    wrong[index] += sign * 0.99 * tolerance
    assert_close(wrong, array, rtol=1e-3, atol=1e-3)
    wrong[index] += sign * 0.02 * tolerance
    text = message(assert_close, wrong, array, rtol=1e-3, atol=1e-3, what="dW")
    assert text.startswith(f"dW{list(index)} should be {figure(array[index])}, but it is ")
    assert text.endswith(f"(1 of {array.size} entries differ)")


@pytest.mark.parametrize("number", [2.5, np.float64(2.5), np.array(2.5), np.float32(2.5)])
def test_a_number_is_a_number_whatever_its_type(number):
    assert_close(number, 2.5)
    assert_close(2.5, number)


@pytest.mark.parametrize(
    ("actual", "expected", "text"),
    [
        (1.23456, 2.0, "loss should be 2, but it is 1.235"),
        (2.00001, 2.0, "loss should be 2, but it is 2, off by 1e-05"),
        ([1.0, 5.0, 9.0], [1, 6, 4], "loss[2] should be 4, but it is 9 (2 of 3 entries differ)"),
        ([2.0, 2.0], [1, 1], "loss[0] should be 1, but it is 2 (2 of 2 entries differ)"),
        ([[1.0]], 1, "loss should be a single number, not of shape (1, 1)"),
        ([1.0, 2.0], [[1], [2]], "loss should have shape (2, 1), not (2,)"),
        ([[1.0], [2.0]], [1, 2], "loss should have shape (2,), not (2, 1)"),
        (None, 1, "loss is None; is a return missing, or was it never stored?"),
        ("1", 1, "loss should be real numbers, but it is of type str"),
        ([[1], [1, 2]], 1, "loss should be an array, but its rows differ in length"),
        (1j, 1, "loss should be real numbers, but it is of type complex"),
        (Decimal(1), 1, "loss should be real numbers, but it is of type Decimal"),
        ({1.0}, 1, "loss should be real numbers, but it is of type set"),
        (np.array(1.0, dtype=object), 1, "loss should be real numbers, but it is an array of type object"),
        (float("nan"), 1, "loss is nan"),
        ([1.0, -np.inf, np.nan], [1, 2, 3], "loss[1] is -inf (2 of 3 entries are not finite)"),
    ],
)
def test_says_what_is_wrong(actual, expected, text):
    assert message(assert_close, actual, expected, what="loss") == text


@pytest.mark.parametrize(
    ("actual", "words"),
    [
        (np.float32(1 / 3), "That is rounding in single precision (float32)"),
        (np.float16(1 / 3), "That is rounding in half precision (float16)"),
        (np.linspace(0, 1, 9, dtype=np.float32) / np.float32(3), "rounding in single precision"),
        (np.float64(np.float32(1 / 3)) * (1 + 2e-6), ""),
        (np.float32(0.5), ""),
    ],
)
def test_says_where_the_error_is_one_of_precision(actual, words):
    expected = np.linspace(0, 1, 9) / 3 if np.ndim(actual) else 1 / 3
    text = message(assert_close, actual, expected, rtol=1e-9, atol=0)
    assert words in text
    assert bool(words) == ("precision" in text)
    assert "precision" not in message(assert_all_digits, np.float64(np.float32(1 / 3)), 1 / 3)


#: As long as high; and two images of 4 x 6, whose height is four by chance.
SQUARE, IMAGES = np.arange(9.0).reshape(3, 3), np.arange(48.0).reshape(2, 1, 4, 6)


def test_one_small_error_among_right_entries_is_none_of_precision():
    assert "precision" not in message(assert_close, [530.0, 1e-5, 1.0], [530.0, 0.0, 1.0])


@pytest.mark.parametrize(
    ("actual", "expected", "said"),
    [
        ([2.0, 6.0, 0.0], [1, 3, 0], ". Every entry is 2 times what it should be."),
        ([-1.0, 3.0], [1, -3], ". Every entry has the wrong sign."),
        ([3.0, 6.0, 12.0], [1, 2, 4], ". Every entry is 3 times what it should be (the length of axis 0)."),
        (3 * SQUARE, SQUARE, ". Every entry is 3 times what it should be."),
        (4 * IMAGES, IMAGES, ". Every entry is 4 times what it should be."),
        ([0.0, 0.0], [1, 2], ". Every entry is 0."),
        (np.array([0.3, 0.5]) / np.log(10), [0.3, 0.5], "(1/log 10: is it a logarithm to the base 10?)."),
        (0.35, 0.7, ". It is 0.5 times what it should be."),
        (-0.7, 0.7, ". It has the wrong sign."),
        ([2.0, 6.1], [1, 3], ""),
        ([2.0, 2.0], [1, 1], ""),
        ([1.00002, 2.00004], [1, 2], ""),
        (2.0, 1.0, ""),
        (0.9, 0.7, ""),
    ],
)  # fmt: skip
def test_one_factor_for_all_is_named(actual, expected, said):
    text = message(assert_close, actual, expected, what="dW")
    assert text.endswith(said)
    assert bool(said) == ("ntry" in text.partition("differ)")[2] or "It " in text)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (34940.0, "34940"),
        (np.int64(12345678), "12345678"),
        (34939.999999999, "34940"),
        (34940.5, "3.494e+04"),
        (1e20, "1e+20"),
        (-0.0, "0"),
        (float("nan"), "nan"),
        (float("-inf"), "-inf"),
    ],
)
def test_integers_are_written_in_full(number, text):
    assert figure(number) == text


def test_which_of_equal_faults_is_named_does_not_hang_on_rounding():
    wrong = np.array([1.0, 1.0 + 1e-15])
    assert message(assert_close, wrong, [0, 0], what="x").startswith("x[0]")


def test_assert_shape_returns_the_array_and_flattens_a_row():
    assert assert_shape([1, 2], (2,)).tolist() == [1, 2]
    assert assert_shape([[1, 2]], (2,)).shape == (2,)
    assert assert_shape([[1, 2]], (1, 2)).shape == (1, 2)
    assert "shape (2, 1)" in message(assert_shape, [[1, 2]], (2, 1))


def test_bounds_include_themselves_and_no_more():
    assert_at_least(0.5, 0.5, what="accuracy")
    assert_at_most(0.5, 0.5, what="loss")
    assert message(assert_at_least, 0.49999, 0.5, what="accuracy").startswith(
        "accuracy should be at least 0.5"
    )
    assert message(assert_at_most, 2 / 3, 0.5, what="loss") == "loss should be at most 0.5, but it is 0.6667"


@pytest.mark.parametrize("check", [assert_at_least, assert_at_most])
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, None, [1.0]])
def test_bounds_hold_for_finite_numbers_only(check, value):
    assert message(check, value, 0.0, what="accuracy").startswith("accuracy ")


@given(arrays)
def test_all_digits_leave_room_for_rounding_only(array):
    assert_all_digits(array, array)
    largest = np.abs(array).max()
    if largest > 1e-290:  # below, a share of 1e-12 of it rounds to 0
        assert_all_digits(array + 0.9e-12 * largest, array)
        assert message(assert_all_digits, array + 1e-11 * largest, array, what="dx").startswith("dx")


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        ("head", "head"),
        (None, None),
        (True, 1),
        (3.0, 3),
        (np.array(3), 3),
        (np.bool_(True), True),
        ([2, 3], (2, 3)),
        (np.array([2, 3]), (2, 3)),
        ({"a": (1, np.int64(2))}, {"a": [1, 2]}),
        ([[1, 2], [3, 4]], np.array([[1, 2], [3, 4]])),
        (np.array([[1, 2]]), np.array([1, 2])),
        (2**60 + 1, 2**60 + 1),
        (np.array([2**60 + 1]), np.array([2**60 + 1])),
    ],
)
def test_equal(actual, expected):
    assert_equal(actual, expected)


@pytest.mark.parametrize(
    ("actual", "expected", "text"),
    [
        ("tail", "head", "it should be head, but it is tail"),
        (None, "head", "it should be head, but it is None"),
        (False, True, "it should be True, but it is False"),
        ((2, 3), (3, 2), "it should be [3, 2], but it is [2, 3]"),
        ([np.int64(1)], [2], "it should be [2], but it is [1]"),
        (["W1"], ["W1", "b1"], "it should be ['W1', 'b1'], but it is ['W1']"),
        (np.array([1, 2]), "head", "it should be head, but it is [1, 2]"),
        ({"rate": 1 / 3}, {"rate": 0.5}, "it should be {'rate': 0.5}, but it is {'rate': 0.3333}"),
        (2**60, 2**60 + 1, f"it should be {2**60 + 1}, but it is {2**60}"),
        ([1, 5, 5], np.array([1, 2, 3]), "it[1] should be 2, but it is 5 (2 of 3 entries differ)"),
        ([True, True], np.array([True, False]), "it[1] should be 0, but it is 1 (1 of 2 entries differ)"),
        ([1, 2], np.array([1, 2, 3]), "it should have shape (3,), not (2,)"),
    ],
)
def test_not_equal(actual, expected, text):
    assert message(assert_equal, actual, expected, what="it") == text


@pytest.mark.parametrize(
    ("actual", "dtype"),
    [
        (np.zeros(2, np.float32), np.float32),
        (np.zeros(2), float),
        (np.zeros(2), np.floating),
        (np.zeros(2), "float64"),
        (3, np.integer),
        ([1, 2], np.integer),
        (True, np.bool_),
    ],
)
def test_dtype(actual, dtype):
    assert_dtype(actual, dtype)


@pytest.mark.parametrize(
    ("actual", "dtype", "text"),
    [
        (np.zeros(2), np.float32, "the type of W should be float32, but it is float64"),
        ([1.0], np.integer, "the type of W should be integer, but it is float64"),
        (True, np.integer, "the type of W should be integer, but it is bool"),
        (1, "float64", "the type of W should be float64, but it is int64"),
        (None, float, "W is None; is a return missing, or was it never stored?"),
        ("text", float, "W should be real numbers, but it is of type str"),
    ],
)
def test_another_dtype(actual, dtype, text):
    assert message(assert_dtype, actual, dtype, what="W") == text


def test_a_comma_does_not_stand_before_an_index():
    text = message(assert_close, [1.0, 2.0], [1.0, 3.0], what="mean, layer by layer,")
    assert text.startswith("mean, layer by layer[1] should be 3")
    text = message(assert_close, 1.0, 3.0, what="what is kept, not dropped,")
    assert text.startswith("what is kept, not dropped, should be 3")
