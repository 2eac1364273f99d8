"""An endless loop in any function of any topic costs the checks that reach that function, and no others."""

import ast
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest

from autograder.course.assignment import Assignment, find_assignment
from autograder.grading import grade_submission
from autograder.grading.run_checks import run_checks
from autograder.proof.grade_variants import USUAL_SEED
from autograder.proof.probes import Probes
from autograder.proof.test_coverage import find_reach, reaching
from autograder.proxy.budget import Budget
from autograder.proxy.channel import SandboxChannel
from autograder.sandbox.levels.choose import choose_level
from autograder.sandbox.limits import Limits
from autograder.sandbox.pool import warm_sandbox
from autograder.verdicts import CheckVerdict

COURSE = Path(__file__).parents[2]
#: A twentieth of the usual ones.
LIMITS = Limits(call_cpu=1.0, call_wall=4.0, total_cpu=12.0, total_wall=48.0)


def functions(source: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Yield the functions and methods of a module, by their names in a text."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from ((f"{node.name}.{n.name}", n) for n in node.body if isinstance(n, ast.FunctionDef))


def with_loop(source: str, function: ast.FunctionDef) -> str:
    """Return the module with an endless loop at the beginning of one function."""
    lines = source.splitlines()
    first = function.body[0]
    lines.insert(first.lineno - 1, " " * first.col_offset + "while True: pass")
    return "\n".join(lines) + "\n"


def topics() -> list[str]:
    return sorted(f.name for f in (COURSE / "solutions").iterdir() if (f / f"{f.name}.py").is_file())


def loops() -> list[Any]:
    """Return topics with their functions; `make test-long` tries every 48th, since each takes a while."""
    sources = {t: (COURSE / "solutions" / t / f"{t}.py").read_text(encoding="utf-8") for t in topics()}
    pairs = [(topic, name) for topic, source in sources.items() for name, _ in functions(source)]
    by_hand = [pytest.mark.by_hand]
    return [pytest.param(*pair, marks=by_hand if place % 48 else []) for place, pair in enumerate(pairs)]


@cache
def reach_of(topic: str) -> dict[str, frozenset[int]]:
    assignment = find_assignment(topic, COURSE)
    return dict(find_reach(assignment, Probes()).tests)


def not_passed(assignment: Assignment, source: str) -> set[str]:
    """Return the cases that a submission does not pass, graded as usual with the limits scaled down."""
    with warm_sandbox(choose_level(), LIMITS) as sandbox:
        files = {f"{assignment.name}.py": source.encode()}
        assert sandbox.load(files, assignment.name, assignment.forbidden) is None
        opened = partial(SandboxChannel, sandbox, Budget.of(LIMITS))
        cases = run_checks(assignment, {"": opened}, USUAL_SEED)
    return {case.name for case in cases if case.verdict != CheckVerdict.PASSED}


def test_an_endless_loop_leaves_the_points_of_others_and_is_named(
    tiny: Assignment, right: str, tmp_path: Path
) -> None:
    looping = right.replace("    return float(np.average(x))", "    while True: pass")
    (tmp_path / "tiny.py").write_text(looping)
    limits = Limits(call_cpu=0.4, call_wall=4.0, total_cpu=1.6, total_wall=16.0)
    checks = {c.id: c for c in grade_submission(tmp_path, tiny, limits=limits, seed=0).checks}
    assert checks.pop("test_spread").verdict == CheckVerdict.PASSED
    assert {c.verdict for c in checks.values()} == {CheckVerdict.TIMEOUT}
    assert all("mean was still running" in c.rationale for c in checks.values())


@pytest.mark.long
@pytest.mark.parametrize(("topic", "name"), loops())
def test_an_endless_loop_costs_the_checks_that_reach_it(topic: str, name: str) -> None:
    assignment = find_assignment(topic, COURSE)
    source = assignment.reference.read_text(encoding="utf-8")
    function = dict(functions(source))[name]
    (expected,) = reaching(reach_of(topic), source, [function.body[0].lineno])
    assert not_passed(assignment, with_loop(source, function)) == set(expected)
