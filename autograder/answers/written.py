"""What a student has written, read line by line: Python's own parser can be made to crash."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

_HEAD = re.compile(r"(?P<indent>[ \t]*)(?P<kind>async\s+def|def|class)\s+(?P<name>\w{1,100})\s*(?P<rest>.*)")
#: Characters and lines of a list of parameters.
_LONGEST, _LINES = 2000, 40
#: Characters of a file that are looked at; a long module is a tenth of that.
_MOST = 2**20
#: Lines of a file that are ever told by number: twelve bits. A long module has a quarter of them.
MOST_LINES = 4096


@dataclass(frozen=True)
class Written:
    """A function or class as it stands in a file.

    Its parameters are read when somebody asks: a file may hold a hundred thousand functions.

    Attributes:
        line: where it begins.
    """

    line: int
    _rest: str
    _below: Sequence[str] = field(repr=False)

    @property
    def parameters(self) -> tuple[str, ...]:
        """Their names, in order; those after a star are left out."""
        return tuple(re.split(r"[\s:=]", part, maxsplit=1)[0] for part in self._given)

    @property
    def required(self) -> frozenset[str]:
        """The names of those without a default."""
        return frozenset(
            name for name, part in zip(self.parameters, self._given, strict=True) if "=" not in part
        )

    @property
    def takes_any(self) -> bool:
        """Whether it takes any number of them, by `*args`."""
        return any(re.match(r"\*\w", part) for part in self._parts)

    @property
    def _given(self) -> list[str]:
        stars = [i for i, part in enumerate(self._parts) if part.startswith("*")]
        return self._parts[: stars[0]] if stars else self._parts

    @cached_property
    def _parts(self) -> list[str]:
        below = self._below[self.line : self.line + _LINES]
        text = _within_parentheses(re.sub("#.*", "", "\n".join([self._rest, *below])[:_LONGEST]))
        return [part for part in map(str.strip, _split(text)) if part and part != "/"]


def written_in(text: str) -> dict[str, Written]:
    """Return the functions and classes of a file, by name: methods as `Class.method`, of twins the last."""
    return dict(_written(text[:_MOST].splitlines()))


def source_line(text: str, number: int) -> str:
    """Return a line of a file, without its indentation; empty where there is none."""
    lines = text.splitlines()
    return lines[number - 1].strip()[:_LONGEST] if 0 < number <= len(lines) else ""


def lies_in(text: str, line: int, function: str, asked: Collection[str] | None = None) -> bool:
    """Return whether a line of a file lies in a function of that name, as a traceback claims.

    Code can claim any line and any name: a number told on its word alone could be a number that it was given.

    Args:
        text: the file's.
        line: its number, from 1; later ones than `MOST_LINES` are never believed.
        function: what the code is called. Whatever is no name, such as `<lambda>`, can be anywhere.
        asked: where given, the line must also lie in one of these top-level functions and classes.
    """
    around = _around(text)
    if not 0 < line <= len(around) or (function.isidentifier() and function not in around[line - 1]):
        return False
    return asked is None or any(name in asked for name in around[line - 1][:1])


@lru_cache(maxsize=4)
def _around(text: str) -> list[tuple[str, ...]]:
    """Return for each line the names of the functions and classes around it, the outermost first.

    By indentation. What is blank, a comment or only closes a bracket belongs to what stands above it.
    """
    found: list[tuple[str, ...]] = []
    open_: list[tuple[int, str]] = []
    for line in re.split(r"\r\n|\r|\n", text[:_MOST])[:MOST_LINES]:
        code = line.strip()
        if code and code[0] not in "#)]}":
            indent = len(line) - len(line.lstrip())
            while open_ and open_[-1][0] >= indent:
                open_.pop()
            if (head := _HEAD.match(line)) is not None:
                open_.append((indent, head["name"]))
        found.append(tuple(name for _, name in open_))
    return found


def _written(lines: list[str]) -> Iterator[tuple[str, Written]]:
    holder, depth = "", 0
    for number, line in enumerate(lines, start=1):
        head = _HEAD.match(line)
        if head is None:
            continue
        indent, is_class = len(head["indent"]), head["kind"] == "class"
        found = Written(number, head["rest"], lines)
        if indent == 0:
            holder, depth = head["name"] if is_class else "", 0
            yield head["name"], found
        elif holder and not is_class and depth in (0, indent):
            depth = indent
            yield f"{holder}.{head['name']}", found


def _within_parentheses(text: str) -> str:
    """Return what stands between the first parenthesis and the one that closes it."""
    depth = 0
    for place, character in enumerate(text):
        depth += (character in "([{") - (character in ")]}")
        if depth == 0:
            return text[1:place]
    return ""


def _split(text: str) -> Iterator[str]:
    """Split at the commas that stand in no bracket of their own."""
    depth, begun = 0, 0
    for place, character in enumerate(text):
        depth += (character in "([{") - (character in ")]}")
        if character == "," and depth == 0:
            yield text[begun:place]
            begun = place + 1
    yield text[begun:]
