"""The table in solutions/README.md."""

import pytest

from autograder.errors import UserError
from autograder.proof.readme_table import BEGIN, END, updated
from autograder.proof.result import TopicProof


def proof_of(topic: str) -> TopicProof:
    return TopicProof(topic, f"{topic}.py", (), (), (), {}, complete=True, seconds=0.0)


def test_rows_are_sorted_and_those_of_other_topics_kept():
    text = f"# Head\n\n{BEGIN}\n{END}\n\nTail\n"
    once = updated(text, [proof_of("losses"), proof_of("cnn")])
    again = updated(once, [proof_of("activations"), proof_of("losses")])
    rows = [line.split("|")[1].strip() for line in again.splitlines() if line.startswith("|")]
    assert rows == ["topic", "---", "activations", "cnn", "losses"]
    assert again.startswith("# Head\n")
    assert again.endswith("\n\nTail\n")
    assert updated(again, []) == again


def test_a_readme_without_a_place_for_it():
    with pytest.raises(UserError, match="the table goes between them"):
        updated("# Head\n", [proof_of("losses")])
