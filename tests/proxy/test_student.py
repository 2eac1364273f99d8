"""What a check does with `student` works across the wire as it does on the module itself."""

import random
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from autograder.checks import assert_close
from autograder.proxy import Handle, StudentProxy
from autograder.proxy.callbacks import Exports
from autograder.proxy.channel import DirectChannel
from autograder.proxy.errors import student_frames, student_type
from autograder.proxy.transcript import Transcript
from autograder.sandbox.inside.messages import (
    AskCall,
    AskGetAttr,
    AskGetItem,
    AskSetAttr,
    AskSetItem,
    Error,
    Question,
)
from autograder.verdicts import CheckVerdict, verdict_of


def test_calls_with_positions_and_keywords(anywhere: Any) -> None:
    assert anywhere.double(3) == 6
    assert anywhere.describe(1.5) == ["float", 0, 1.0, "none"]
    assert anywhere.describe(None, 1, 2, name="n", scale=0.5) == ["NoneType", 2, 0.5, "n"]


def test_data_of_the_module(anywhere: Any) -> None:
    assert anywhere.answer == 42
    assert anywhere.table == {"a": [1, 2.5], "b": (None, True)}
    np.testing.assert_array_equal(anywhere.weights, [0.0, 1.0, 2.0])


def test_a_missing_name_is_its_own_verdict(anywhere: Any) -> None:
    with pytest.raises(AttributeError, match="nothing_here") as caught:
        anywhere.nothing_here(1)
    assert verdict_of(caught.value) == CheckVerdict.MISSING
    assert not hasattr(anywhere, "nothing_here")


@pytest.mark.parametrize("truth", [True, np.True_, np.array(True), np.array([True, False])])
def test_truths_come_back(anywhere: Any, truth: Any) -> None:
    received = anywhere.apply(lambda: truth)
    np.testing.assert_array_equal(received, truth)


def test_private_names_are_out_of_reach(student: Any) -> None:
    with pytest.raises(AttributeError):
        _ = student._secret


def test_results_can_not_be_written_to(student: Any) -> None:
    with pytest.raises(ValueError, match="read-only"):
        student.double(np.ones(3))[0] = 5


def test_a_forward_keeps_its_cache_as_a_handle(anywhere: Any) -> None:
    x, w, b = np.ones((2, 3)), np.full((3, 4), 2.0), np.arange(4.0)
    out, cache = anywhere.affine_forward(x, w, b)
    np.testing.assert_array_equal(out, x @ w + b)
    dx, dw, db = anywhere.affine_backward(np.ones((2, 4)), cache)
    np.testing.assert_array_equal(dx, np.full((2, 3), 8.0))
    np.testing.assert_array_equal(db, [2.0] * 4)
    np.testing.assert_array_equal(dw, np.full((3, 4), 2.0))


def test_the_second_value_of_a_forward_is_a_handle_even_if_plain(student: Any) -> None:
    _, cache = student.affine_forward(np.ones((2, 3)), np.ones((3, 4)), np.ones(4))
    assert isinstance(cache, Handle)
    np.testing.assert_array_equal(cache[2], np.ones(4))
    assert len(cache) == 3


def test_objects_of_the_student_work(anywhere: Any) -> None:
    model = anywhere.Classifier(lambda W: 0 * W + 1, size=4)
    assert model.train(3) == [0.0, 1.0, 2.0]
    np.testing.assert_array_equal(model.W, [3.0] * 4)
    model.W = np.zeros(2)
    model[1] = 9.0
    assert (len(model), model[1]) == (2, 9.0)
    np.testing.assert_array_equal(model.W, [0.0, 9.0])
    with pytest.raises(AttributeError):
        _ = model.nothing_here


def test_functions_of_the_students_go_in_as_themselves(anywhere: Any) -> None:
    assert anywhere.apply(anywhere.describe, 1, scale=2.0) == ["int", 0, 2.0, "none"]
    model = anywhere.Classifier(anywhere.double)
    model.W = np.ones(2)
    model.train(1)
    np.testing.assert_array_equal(model.W, [3.0, 3.0])


def test_functions_of_the_check_are_called_back(anywhere: Any) -> None:
    seen = []

    def record(x: np.ndarray) -> np.ndarray:
        seen.append(np.array(x))
        return x + 1

    np.testing.assert_array_equal(anywhere.twice(record, np.zeros(2)), [2.0, 2.0])
    np.testing.assert_array_equal(seen, [[0.0, 0.0], [1.0, 1.0]])


def test_objects_of_the_check_can_be_used(anywhere: Any) -> None:
    class Store:
        count = 1

        def __init__(self) -> None:
            self.items = {"key": [0]}

        def __getitem__(self, key: str) -> Any:
            return self.items[key]

        def __setitem__(self, key: str, value: Any) -> None:
            self.items[key] = value

        def total(self, more: int) -> int:
            return 10 + more

    store = Store()
    assert anywhere.use(store) == 12
    assert (store.count, store.items) == (2, {"key": [0, 1]})


def test_changes_in_place_come_back(anywhere: Any) -> None:
    array, mapping, items, named = np.zeros(3), {"mode": "train"}, [1], np.zeros(2)
    assert anywhere.change(array) is None
    anywhere.grow(mapping)
    anywhere.append(items)
    anywhere.fill(x=named)
    assert array[0] == 7
    assert mapping["mode"] == "test"
    np.testing.assert_array_equal(mapping["mean"], [1.0, 1.0])
    assert items == [1, "new"]
    np.testing.assert_array_equal(named, [5.0, 5.0])


def test_what_is_not_changed_stays_the_same_object(student: Any) -> None:
    inner = np.zeros(2)
    mapping = {"inner": inner}
    student.no_change(mapping)
    assert mapping["inner"] is inner


@pytest.mark.parametrize("kind", ["PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64"])
def test_generators_give_the_same_numbers(anywhere: Any, kind: str) -> None:
    make = lambda: np.random.Generator(getattr(np.random, kind)(3))  # noqa: E731
    np.testing.assert_array_equal(anywhere.draw(make(), 5), make().normal(size=5))


def test_a_generator_is_advanced_by_what_the_student_draws(anywhere: Any) -> None:
    rng, twin = np.random.default_rng(3), np.random.default_rng(3)
    first, second = anywhere.draw(rng, 2), anywhere.draw(rng, 2)
    np.testing.assert_array_equal([*first, *second], twin.normal(size=4))
    assert rng.normal() == twin.normal()


@pytest.mark.parametrize("dtype", [np.float32, np.dtype("i8"), np.float64])
def test_dtypes_go_in(anywhere: Any, dtype: Any) -> None:
    assert anywhere.zeros(dtype).dtype == dtype


@pytest.mark.parametrize(
    ("kind", "expected", "name"),
    [
        ("value", ValueError, "ValueError"),
        ("key", KeyError, "KeyError"),
        ("own", ValueError, "Strange"),
        ("unicode", ValueError, "UnicodeDecodeError"),
        ("placeholder", NotImplementedError, "NotImplementedError"),
        ("zero", ZeroDivisionError, "ZeroDivisionError"),
        ("memory", MemoryError, "MemoryError"),
    ],
)
def test_exceptions_are_the_nearest_built_in_ones(
    anywhere: Any, kind: str, expected: type[Exception], name: str
) -> None:
    with pytest.raises(expected) as caught:
        anywhere.fail(kind)
    assert student_type(caught.value) == name
    verdicts = {"placeholder": CheckVerdict.NOT_STARTED, "memory": CheckVerdict.MEMORY}
    assert verdict_of(caught.value) == verdicts.get(kind, CheckVerdict.FAILED)


def test_messages_and_lines_of_exceptions(student: Any) -> None:
    with pytest.raises(ValueError, match=r"^a/b of no use$") as caught:
        student.fail("value")
    (frame,) = student_frames(caught.value)
    assert frame.function == "fail"


class Unheard(Exception):  # noqa: N818
    pass


@pytest.mark.parametrize(
    "error", [AssertionError("x" * 3000), KeyError("k"), OSError(2, "no file"), ValueError(), Unheard("of")]
)
def test_an_exception_of_the_check_comes_back_as_itself(anywhere: Any, error: Exception) -> None:
    def f() -> None:
        raise error

    with pytest.raises(type(error)) as caught:
        anywhere.apply(f)
    assert caught.value is error


def test_the_student_may_catch_what_the_check_raises(anywhere: Any) -> None:
    def f() -> None:
        raise ValueError("caught there")

    assert anywhere.swallow(f) == "ValueError"
    with pytest.raises(KeyError, match="nothing raised"):
        anywhere.swallow(lambda: None)


@pytest.mark.parametrize("kind", ["Decimal", "set", "array of type object"])
def test_what_is_no_number_is_named_by_its_own_class(anywhere: Any, kind: str) -> None:
    said = "it is an array of type object" if kind.startswith("array") else f"it is of type {kind}"
    with pytest.raises(AssertionError, match=f"loss should be real numbers, but {said}$"):
        assert_close(anywhere.of_another_kind(kind), 1.0, what="loss")


def test_numbers_of_more_than_double_precision_are_numbers(anywhere: Any) -> None:
    assert_close(anywhere.of_another_kind("longdouble"), 1.5)
    assert_close(anywhere.of_another_kind("longdoubles"), np.ones(2))
    x = np.arange(5.0)
    assert_close(anywhere.in_longdouble.over(0, x, output=0).map([x, x + 1]), [10.0, 15.0])
    assert_close(anywhere.in_longdouble.over(0, x, output=1).map([x, x + 1]), [x, x + 1])


def test_what_the_check_changes_in_place_is_changed_for_the_student(anywhere: Any) -> None:
    def rule(state: dict[str, Any], more: Any) -> None:
        assert more == ()
        state["count"] += 1
        state["array"] = state["array"] + state["count"]

    state = anywhere.keep(rule)
    assert state["count"] == 2
    np.testing.assert_array_equal(state["array"], [3.0, 3.0])


def test_a_list_that_the_check_lengthens_is_longer_for_the_student(anywhere: Any) -> None:
    def visitor(mine: list[str], items: list[str]) -> None:
        mine.append("one")

    assert anywhere.told(visitor) == ["one"]


ROOTS = ("BaseException", "object")


@pytest.mark.parametrize("name", ["__globals__", "__class__", "_private", "__dict__"])
@pytest.mark.parametrize("question", [lambda name: AskGetAttr(0, name), lambda name: AskSetAttr(0, name, 1)])
def test_callbacks_have_no_private_attributes(question: Callable[[str], Question], name: str) -> None:
    """Whatever a forged question says."""
    exports = Exports()
    exports.export(lambda: None)
    reply = exports.answer(question(name))
    assert isinstance(reply, Error)
    assert reply.name == "AttributeError"
    assert str(exports.original(reply.number)) == "not a public attribute"


def test_what_a_callback_raises_tells_no_names() -> None:
    """Python's own texts name the function, and the test that it stands in."""
    exports = Exports()
    exports.export(lambda secret: {}[secret])
    for question in (AskCall(0, [], []), AskCall(0, [], [("other", 1)]), AskCall(0, ["a word"], [])):
        reply = exports.answer(question)
        assert isinstance(reply, Error)
        assert reply.text == "raised by a function or an object of the check's"
        assert {reply.name, *reply.bases} <= {"TypeError", "KeyError", "LookupError", "Exception", *ROOTS}


@pytest.mark.parametrize(
    "question",
    [
        AskCall(5, [], []),
        AskCall(-1, [], []),
        AskCall(0, [["handle", 0, "x", True]], []),
        AskCall(0, [], [("", {})]),
        AskGetItem(0, 1),
        AskSetItem(0, 1, 1),
        AskGetAttr(0, "mro"),
    ],
)
def test_forged_questions_get_errors(question: Question) -> None:
    exports = Exports()
    exports.export(lambda: None)
    assert isinstance(exports.answer(question), Error)


def test_only_plain_data_can_be_had_from_an_object(student: Any) -> None:
    for value in (np, len, SimpleNamespace(a=1), np.random.default_rng(1)):
        with pytest.raises(TypeError, match="plain data"):
            student.use(SimpleNamespace(count=value))
        with pytest.raises(TypeError, match="plain data"):
            student.apply(lambda value=value: value)


def test_over_is_the_function_of_one_argument(anywhere: Any) -> None:
    y = np.arange(3.0)
    f = anywhere.loss.over(0, None, y, output=0)
    inputs = [np.full(3, float(i)) for i in range(5)]
    assert f(inputs[2]) == 6.0
    assert f.map(inputs) == [anywhere.loss(x, y)[0] for x in inputs]
    assert f.map([]) == []
    np.testing.assert_array_equal(anywhere.loss.over(0, None, y, output=1)(y), y)


@pytest.mark.parametrize("name", ["double", "norm", "rows"])
@pytest.mark.parametrize("shapes", [[(3,)] * 4, [(2,), (3,)]], ids=["alike", "different"])
def test_map_equals_single_calls(anywhere: Any, name: str, shapes: list[tuple[int, ...]]) -> None:
    function = getattr(anywhere, name)
    inputs = [np.random.default_rng(i).normal(size=s) for i, s in enumerate(shapes)]
    for one, other in zip(function.over(0, None).map(inputs), map(function, inputs), strict=True):
        assert type(one) is type(other)
        np.testing.assert_array_equal(one, other)


def test_map_copes_with_more_than_fits_a_frame(in_sandbox: Any) -> None:
    inputs = [np.full(2**18, float(i)) for i in range(40)]
    with in_sandbox.check() as student:
        outputs = student.double.over(0, None).map(inputs)
    assert [o[0] for o in outputs] == [2.0 * i for i in range(40)]


def test_map_gives_every_call_fresh_copies(anywhere: Any) -> None:
    y = np.zeros(2)
    f = anywhere.change.over(0, None)
    assert f.map([y, y]) == [None, None]
    assert y[0] == 0


def test_lines_are_counted(anywhere: Any) -> None:
    few, many = anywhere.loop.lines(1), anywhere.loop.lines(101)
    assert many - few == 200
    assert anywhere.double.lines(np.ones(10)) == anywhere.double.lines(np.ones(1000))


def test_prints_and_plans_of_numpy_are_not_counted(anywhere: Any) -> None:
    assert anywhere.show.lines(np.ones((3, 3))) == anywhere.show.lines(np.ones((60, 3)))


def test_every_check_starts_afresh_and_with_the_same_chance(in_sandbox: Any) -> None:
    with in_sandbox.check() as student:
        first = student.at_random()
        assert [student.count(), student.count()] == [1, 2]
    with in_sandbox.check() as student:
        assert student.at_random() == first
        assert student.count() == 1


DRAWING = """
import random
import numpy as np


def draw(f):
    return [random.random(), np.random.normal(), *f(), random.random(), np.random.normal()]
"""


def test_variants_of_ours_have_the_chance_of_the_sandbox_and_leave_us_ours(
    submit: Callable[..., Any],
) -> None:
    def ours() -> list[float]:
        return [random.random(), np.random.normal()]

    def drawn(student: Any) -> list[float]:
        random.seed(5)
        np.random.seed(5)
        return [*student.draw(ours), *student.draw(ours), *ours()]

    with submit(DRAWING).check() as student:
        expected = drawn(student)
    with StudentProxy(DirectChannel(DRAWING, "work"), "work", Transcript()) as student:
        assert drawn(student) == expected
