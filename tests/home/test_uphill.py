"""Steps that go uphill."""

from typing import Any

import numpy as np
import pytest

from autograder.home.calls import Call
from autograder.home.uphill import rising_losses, uphill_step

W, DW = np.array([1.0, -2.0]), np.array([0.5, 4.0])
RISES = "It is the right step backwards, uphill: with it the loss rises."


def said(parameters: list[str], arguments: list[Any], found: object, wanted: object) -> str:
    return uphill_step(Call("f", arguments, {}), parameters, found, wanted)


def test_the_right_step_backwards_is_told() -> None:
    assert said(["w", "dw", "config"], [W, DW, None], W + 0.1 * DW, W - 0.1 * DW) == RISES
    assert said(["w", "gradient", "hessian"], [W, DW, np.eye(2)], W + DW, list(W - DW)) == RISES
    assert said(["model", "learning_rate"], [object(), 0.1], 0.1 * DW, -0.1 * DW) == RISES


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        (["w", "dw"], W - 0.2 * DW),
        (["w", "dw"], W),
        (["x", "mask"], W + 0.1 * DW),
        (["w", "dw"], np.array([np.nan, 1.0])),
        (["w", "dw"], None),
    ],
    ids=["too far", "no step", "no step's parameters", "nan", "none"],
)
def test_other_mistakes_are_not_told_as_steps_uphill(parameters: list[str], found: object) -> None:
    assert said(parameters, [W, DW], found, W - 0.1 * DW) == ""


def test_losses_that_rise_explain_an_accuracy() -> None:
    losses = [2.3, 2.5, 3.0, 4.0, 5.0, 6.0, 7.0]
    sentence = "the accuracy should be 1, but it is 0.08"
    rises = "The loss rises, from 2.3 to 5: do the steps go downhill?"
    assert rising_losses(sentence, {"train_acc_history": losses, "history": losses}) == rises
    assert rising_losses(sentence, {"history": losses[::-1]}) == ""
    assert rising_losses(sentence, {"train_acc_history": losses, "history": [1.0], "losses": "abc"}) == ""
    assert rising_losses("W1 should be 1, but it is 2", {"history": losses}) == ""
