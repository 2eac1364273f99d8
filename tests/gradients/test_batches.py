"""Many inputs go in one exchange, none is handed out twice, and memory stays bounded."""

import numpy as np
import pytest

from autograder.gradients import check_gradient, differences, plan

X = np.random.default_rng(0).normal(size=(10, 20))


class Batched:
    """A function that answers many inputs at once, and keeps what it saw."""

    def __init__(self, f):
        self.f = f
        self.batches = []

    def __call__(self, x):
        raise AssertionError("called one by one")

    def map(self, inputs):
        self.batches.append([x.copy() for x in inputs])
        return [self.f(x) for x in inputs]


def gradient(x, upstream):
    return upstream * np.cos(x)


def test_a_right_gradient_of_a_small_array_costs_two_evaluations_an_entry_in_one_exchange():
    f = Batched(np.sin)
    assert check_gradient(f, X, gradient).passed
    assert [len(batch) for batch in f.batches] == [6 + 2 * X.size]


def test_a_function_in_single_precision_is_asked_again_with_steps_that_it_sees():
    f = Batched(lambda x: np.sin(x.astype(np.float32)))
    assert check_gradient(f, X, gradient).passed
    ahead, again = (np.abs(batch[-1] - X).max() for batch in f.batches[:2])
    assert ahead < 1e-4 < again


def test_a_large_array_costs_few_evaluations():
    f = Batched(np.sin)
    assert check_gradient(f, np.resize(X, (100, 100)), gradient).passed
    assert sum(len(batch) for batch in f.batches) < 200


def test_batched_and_unbatched_give_the_same_report():
    def wrong(x, upstream):
        return gradient(x, upstream) * (np.abs(x) < 1)

    batched, unbatched = (check_gradient(f, X, wrong) for f in (Batched(np.sin), np.sin))
    assert batched.text == unbatched.text
    assert batched.worst == unbatched.worst


def test_batches_are_bounded(monkeypatch):
    monkeypatch.setattr(differences, "BATCH_BYTES", 50_000)
    monkeypatch.setattr(plan, "AHEAD_BYTES", 50_000)
    f = Batched(np.sin)
    assert check_gradient(f, X, gradient).passed
    assert len(f.batches) > 5
    assert all(2 * 8 * X.size * len(batch) <= 50_000 for batch in f.batches)


def test_answers_may_be_read_only():
    def f(x):
        out = np.sin(x)
        out.flags.writeable = False
        return out

    assert check_gradient(Batched(f), X, gradient).passed


@pytest.mark.parametrize("answers", [None, [1.0], "abc"])
def test_a_map_that_answers_badly_is_refused(answers):
    class Bad:
        def __call__(self, x):
            return x

        def map(self, inputs):
            return answers

    assert check_gradient(Bad(), X, gradient).cause == "other"
