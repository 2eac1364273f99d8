"""Code as students write it: completed with the reference, and graded as any submission is."""

import ast
from collections.abc import Mapping
from concurrent.futures import Executor
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from autograder.course.assignment import Assignment, assignment_names, find_assignment
from autograder.grading import Grade, grade_submissions
from autograder.grading.run_checks import Case, run_checks
from autograder.proxy.channel import DirectChannel
from autograder.seeds import NumberedSeed
from autograder.variants.module_text import Definition, ModuleText
from autograder.variants.sample_class import write_sample_class
from autograder.verdicts import CheckVerdict

ROOT = Path(__file__).resolve().parents[1]
TOPICS = assignment_names(ROOT)
#: That whose checks take least time.
LIGHTEST = "initialization"


def topic(name: str) -> Assignment:
    """The assignment of that name."""
    return find_assignment(name, ROOT)


def reference(assignment: Assignment) -> ModuleText:
    """The reference, as a student would hand it in."""
    return ModuleText(assignment.reference.read_text(encoding="utf-8"))


def definitions(source: str) -> dict[str, str]:
    """The text of each function and class at the top level of a module."""
    lines = source.splitlines()
    nodes = [node for node in ast.parse(source).body if isinstance(node, Definition)]
    return {node.name: "\n".join(lines[_first_line(node) - 1 : node.end_lineno]) for node in nodes}


def completed(source: str, assignment: Assignment) -> str:
    """A whole module: what a student wrote, in the place of what the reference has under the same names.

    A module that holds all of the topic's functions and classes stays as it is. Of others, helpers are added
    at the end, and what is neither function nor class (imports, constants) goes to the top.
    """
    whole, own = reference(assignment), definitions(source)
    if own.keys() >= set(whole.names):
        return source
    lines = source.splitlines()
    tree = ast.parse(source)
    rest = tree.body[1:] if ast.get_docstring(tree) else tree.body
    preamble = [lines[n.lineno - 1 : n.end_lineno] for n in rest if not isinstance(n, Definition)]
    return whole.with_parts(own, "\n".join(line for part in preamble for line in part))


def grades_of(modules: Mapping[str, str], assignment: Assignment, executor: Executor) -> dict[str, Grade]:
    """Grade modules as a class, in the sandbox, each under its name."""
    members = {name: source.encode() for name, source in modules.items()}
    with TemporaryDirectory(prefix="student-code-") as folder:
        write_sample_class(Path(folder) / "class", assignment.name, members)
        paths = [Path(folder) / "class" / name for name in members]
        return {grade.student: grade for grade in grade_submissions(paths, assignment, executor, seed=0)}


def lost_cases(module: str, assignment: Assignment) -> list[Case]:
    """The cases that a module does not pass; quick: without a sandbox, and no mistake is named."""
    cases = run_checks(assignment, {"": partial(DirectChannel, module, assignment.name)}, NumberedSeed(0))
    return [case for case in cases if case.verdict != CheckVerdict.PASSED]


def _first_line(node: Definition) -> int:
    return min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
