"""A cell of code as statements, without parsing it: brackets and strings tell where each one ends."""

import re
from collections.abc import Iterator

_TOKEN = re.compile(
    r"#[^\n]*+"
    r'|"""(?:[^\\"]++|\\.|"(?!""))*+(?:"""|\Z)'
    r"|'''(?:[^\\']++|\\.|'(?!''))*+(?:'''|\Z)"
    r'|"(?:[^\\"\n]++|\\.)*+"?'
    r"|'(?:[^\\'\n]++|\\.)*+'?"
    r"|[(\[{]|[)\]}]|\\\n|\n|[^#\"'()\[\]{}\\\n]++|\\",
    re.DOTALL,
)
#: What only notebooks understand: `%magic`, `!command`, `?help`, `help?`, `files = !ls`.
_MAGIC = re.compile(r"([ \t]*+)(?:[%!?]|[\w, ]+= *[%!]|[^\n#'\"]*\?\??[ \t]*(?:\n|\Z))[^\n]*(?:\n|\Z)")
_CONTINUES = re.compile(r"[ \t\n#)\]}]|(?:else|elif|except|finally)\b")


def top_level_statements(text: str) -> Iterator[str]:
    """Yield the statements that are not indented, each with its body, comments and blank lines.

    Joined they give the text again, but for lines that only notebooks understand: these become blank, or
    `pass` within a body.
    """
    statement: list[str] = []
    decorated = False
    for line in _logical_lines(text):
        continues = bool(_CONTINUES.match(line))
        if statement and not (decorated or continues):
            yield "".join(statement)
            statement = []
        statement.append(line)
        decorated = line.startswith("@") or (decorated and continues)
    if statement:
        yield "".join(statement)


def _logical_lines(text: str) -> Iterator[str]:
    """Yield lines, where those that a bracket or a string holds together are one."""
    at = 0
    while at < len(text):
        magic = _MAGIC.match(text, at)
        if magic is not None:
            at = magic.end()
            yield f"{magic[1]}pass\n" if magic[1] else "\n"
            continue
        begun, depth, token = at, 0, ""
        while at < len(text) and not (token == "\n" and depth <= 0):
            found = _TOKEN.match(text, at)
            assert found is not None, "every character begins a token"
            token, at = found[0], found.end()
            depth += (token in "([{") - (token in ")]}")
        yield text[begun:at]
