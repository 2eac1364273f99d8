"""Which mutants are made of what, and what is left alone."""

import ast
import textwrap
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.proof.mutants import Mutant, mutants_of

LOSSES = (Path(__file__).resolve().parents[2] / "solutions" / "losses" / "losses.py").read_text("utf-8")


def of(body: str) -> list[Mutant]:
    return mutants_of(
        "def f(x, y, axis=None):\n" + textwrap.indent(textwrap.dedent(body).strip(), "    ") + "\n"
    )


EXAMPLES = [
    ("return x + y", "arithmetic", "return x - y"),
    ("return x + y", "term dropped", "return y"),
    ("return x - y", "term dropped", "return -y"),
    ("return x + y", "term doubled", "return x + 2 * y"),
    ("return x**y", "arithmetic", "return x * y"),
    ("return x < y", "comparison", "return x <= y"),
    ("return x is y", "comparison", "return x is not y"),
    ("return not x", "sign or not dropped", "return x"),
    ("return x and y", "condition dropped", "return y"),
    ("return x[3]", "constant", "return x[2]"),
    ("return x[True]", "constant", "return x[False]"),
    ("return 0.25", "constant", "return 0.5"),
    ("return x.sum(axis=1)", "axis", "return x.sum(axis=0)"),
    ("return x.sum(axis=1)", "axis", "return x.sum()"),
    ("return x.sum(keepdims=True)", "keepdims", "return x.sum()"),
    ("return np.sum(x)", "mean for sum", "return np.mean(x)"),
    ("return np.sqrt(x)", "root dropped", "return x"),
    ("return np.maximum(x, y)", "maximum for minimum", "return np.minimum(x, y)"),
    ("return np.maximum(x, 0.0)", "call dropped", "return x"),
    ("return list(range(x))", "off by one", "return list(range(0, x - 1))"),
    ("return x[len(y)]", "off by one", "return x[len(y) - 1]"),
    ("return list(range(x, y))", "off by one", "return list(range(x + 1, y))"),
    ("return list(range(1, x, y))", "stride or pad left out", "return list(range(1, x))"),
    ("return x[y:]", "off by one", "return x[y + 1:]"),
    ("return x[::y]", "stride or pad left out", "return x[:]"),
    ("return x[0] * stride + y", "stride or pad left out", "return x[0] + y"),
    ("x += y", "= for +=", "x = y"),
    ("x -= y", "arithmetic", "x += y"),
    ("return g(x, y)", "arguments swapped", "return g(y, x)"),
    ("return x[x, y]", "indices swapped", "return x[y, x]"),
    ("x = x - y", "statement dropped", "pass"),
    ("g(x)", "statement dropped", "pass"),
    ("x['t'] = y", "state not written back", "pass"),
    ("x.W = y", "state not written back", "pass"),
    ("if x:\n    return y", "branch always taken", "if True:"),
    ("if x:\n    return y", "branch never taken", "if False:"),
    ("for i in x:\n    g(i)", "branch never taken", "for i in ():"),
    ("return x if y else axis", "branch", "return axis"),
    ("return x.copy()", "in-place for copy", "return x"),
    ("z = x - y", "in-place for copy", "x -= y; z = x"),
    ("return x.T", "transpose dropped", "return x"),
    ("for i in x:\n    break", "break for continue", "continue"),
]


@pytest.mark.parametrize(("body", "kind", "after"), EXAMPLES)
def test_a_mutant_of_each_kind(body: str, kind: str, after: str):
    assert (kind, after) in [(m.kind, m.after) for m in of(body)]


@pytest.mark.parametrize(
    "body",
    [
        '"""Two words, 2 of them."""',
        'raise ValueError(f"{x + 1} is not {y}")',
        "print(x + 1)",
        'warnings.warn("1" + x)',
        "z: dict[str, 2]",
    ],
)
def test_what_nobody_judges_is_left_alone(body: str):
    assert of(body) == []


def test_what_stands_outside_of_functions_is_left_alone():
    assert mutants_of("import numpy as np\n\nSIZE = 3 + 4\n") == []


def test_defaults_are_mutated_and_annotations_are_not():
    found = mutants_of("def f(x: Array[1], h: float = 3.0) -> Array[2]:\n    return x\n")
    assert [m.after for m in found] == ["def f(x: Array[1], h: float = 6.0) -> Array[2]:"]


def test_a_new_name_stays():
    """Its name would be missing, which no check need catch."""
    assert "pass" not in [m.after for m in of("z = g(x)\nreturn z")]


def test_each_mutant_of_losses_is_python_and_changes_the_lines_it_names():
    for mutant in mutants_of(LOSSES):
        ast.parse(mutant.source)
        old, new = LOSSES.splitlines(), mutant.source.splitlines()
        first, size = mutant.line - 1, len(mutant.before.splitlines())
        assert "\n".join(old[first : first + size]).strip() == mutant.before
        assert old[:first] == new[:first]
        assert old[first + size :] == new[len(new) - len(old) + first + size :]


def test_variables_that_were_made_together_are_mixed_up():
    found = {m.after for m in of("N, C = x.shape\nreturn N + y") if m.kind == "another variable"}
    assert found == {"return C + y"}


def test_no_mutant_is_made_twice():
    sources = [m.source for m in mutants_of(LOSSES)]
    assert len(set(sources)) == len(sources)
    assert LOSSES not in sources


NAMES = {"a": 2.0, "b": 3.0, "c": 5.0}
formulas = st.recursive(
    st.sampled_from(sorted(NAMES)),
    lambda part: st.builds("({} {} {})".format, part, st.sampled_from("+-*/"), part),
    max_leaves=6,
)


@given(formulas)
def test_an_operator_is_exchanged_where_it_stands(formula: str):
    """Written without needless parentheses, a mutant still is the tree with one operator exchanged."""
    source = f"def f(a, b, c):\n    return {ast.unparse(ast.parse(formula))}\n"
    expected = [_value(tree) for tree in _exchanged(ast.parse(source))]
    found = [_value(ast.parse(m.source)) for m in mutants_of(source) if m.kind == "arithmetic"]
    np.testing.assert_allclose(sorted(found), sorted(expected))


def _exchanged(tree: ast.Module) -> list[ast.Module]:
    other = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult}
    trees: dict[str, ast.Module] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp):
            before, node.op = node.op, other[type(node.op)]()
            copy = ast.parse(ast.unparse(tree))
            trees.setdefault(ast.dump(copy), copy)
            node.op = before
    return list(trees.values())


def _value(tree: ast.Module) -> float:
    space: dict[str, object] = {}
    exec(compile(tree, "f.py", "exec"), space)
    try:
        return float(space["f"](**NAMES))
    except ZeroDivisionError:
        return float("inf")
