"""A check is not idle for a chance of the grading seed."""

from collections.abc import Callable
from concurrent.futures import Executor

from autograder.course.assignment import Assignment
from autograder.grading.grader import checks_of
from autograder.proof.second_look import alone_elsewhere
from autograder.proof.variants import grade_declared

TWIN = '''

@pytest.mark.points(1)
def test_twin(student, rng):
    """spread: once more"""
    x = rng.standard_normal((4, 3))
    if rng.random() < CHANCE:
        assert_close(student.spread(x), np.sqrt((x**2).sum(axis=0) / 4))
'''


def test_a_check_with_a_twin_by_chance_only(make_topic: Callable[..., Assignment], workers: Executor):
    topic = make_topic()
    checks = topic.checks.read_text()

    def with_twin(chance: float) -> Assignment:
        topic.checks.write_text(checks + TWIN.replace("CHANCE", str(chance)))
        return topic

    wrong = [v for v in grade_declared(with_twin(1.0), workers) if not v.right]
    idle = [check for check in checks_of(topic) if check.id == "test_spread_of_columns"]
    assert any(v.failed == {"test_spread_of_columns", "test_twin"} for v in wrong)
    assert alone_elsewhere(topic, workers, wrong, idle) == set()
    assert alone_elsewhere(with_twin(0.5), workers, wrong, idle) == {"test_spread_of_columns"}
