"""The reasons of several cases, each once."""

from autograder.answers import reasons


def test_figures_make_no_reason_of_their_own() -> None:
    (one,) = reasons([("a", "x[1] should be 2.5, but it is -3e-05"), ("b", "x[0] should be 4, but it is 3")])
    assert (one.names, one.alike) == ("a and b", True)
    assert one.text == "x[1] should be 2.5, but it is -3e-05"


def test_names_and_lines_do() -> None:
    texts = ["W1 is wrong", "W2 is wrong", "TypeError (line 3)", "TypeError (line 5)"]
    assert [reason.text for reason in reasons([("", text) for text in texts])] == texts


def test_equal_texts_are_one() -> None:
    (one,) = reasons([(str(i), "Not started (line 2)") for i in range(9)])
    assert not one.alike
    assert one.names == "0, 1, 2, 3, 4, 5 and 3 more"
