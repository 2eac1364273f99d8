"""Slips that live on the student's side only: state that is spoiled behind the back of what is returned.

At home a check holds the very arrays that the student's code holds; across the wire it holds copies. So these
are the slips on which the two may differ.
"""

import ast
from collections.abc import Iterator

_SPOIL = '''

def _spoil(value, depth=3):
    """Add to all numbers that can be reached from a value."""
    if isinstance(value, np.ndarray):
        if value.dtype.kind == "f" and value.flags.writeable:
            value += 1.0
    elif depth and isinstance(value, dict):
        for one in value.values():
            _spoil(one, depth - 1)
    elif depth and isinstance(value, (list, tuple)):
        for one in value:
            _spoil(one, depth - 1)
    elif depth and type(value).__module__ == __name__:
        _spoil(vars(value), depth - 1)


def _keep(value, kept, place=()):
    """Return arrays in memory that the next call uses again."""
    if isinstance(value, tuple):
        return tuple(_keep(one, kept, (*place, i)) for i, one in enumerate(value))
    if not isinstance(value, np.ndarray):
        return value
    own = kept.setdefault((place, value.shape, value.dtype), np.empty_like(value))
    own[...] = value
    return own


def _with_slip(function, slip):
    kept = {}

    def call(*arguments, **keywords):
        result = function(*arguments, **keywords)
        if slip == "returns the same memory again":
            return _keep(result, kept)
        if slip == "spoils its arguments":
            _spoil([*arguments, *keywords.values()])
        if slip == "spoils its own object":
            _spoil(arguments[0])
        return result

    return call

'''

RETURNS_AGAIN, ARGUMENTS, OBJECT = (
    "returns the same memory again", "spoils its arguments", "spoils its own object",
)  # fmt: skip


def spoilers_of(source: str) -> Iterator[tuple[str, str, str]]:
    """Give, for each function and method of a module, its name, what slip it has, and the module with it."""
    for name, slip in _places(source):
        yield name, slip, f"{source}{_SPOIL}\n{name} = _with_slip({name}, {slip!r})\n"


def _places(source: str) -> Iterator[tuple[str, str]]:
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, RETURNS_AGAIN
            yield node.name, ARGUMENTS
        elif isinstance(node, ast.ClassDef):
            for method in node.body:
                if isinstance(method, ast.FunctionDef) and not method.name.startswith("_"):
                    yield f"{node.name}.{method.name}", RETURNS_AGAIN
                    yield f"{node.name}.{method.name}", OBJECT
