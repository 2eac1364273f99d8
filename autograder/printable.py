"""Text that may hold anything, made harmless for the terminals that it is shown on.

A student chooses the names of folders and files and what the code prints. Control codes in them would move
the cursor, change colours or worse, and marks of direction would show a line in another order than it has.
"""

import json
import re

#: Control codes, ends of lines, what reverses the text that follows, and what can't be encoded.
HARMFUL = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
#: Those, and the marks of direction that names in Arabic and Hebrew may hold.
_UNSHOWN = re.compile(f"{HARMFUL.pattern[:-1]}\u061c\u200e\u200f]")


def printable(text: str) -> str:
    r"""Return a line with an escape, such as `\x1b`, for each character that a terminal would obey."""
    return _UNSHOWN.sub(lambda found: _escape(found[0]), text)


def printable_name(name: str) -> str:
    """Return a name with escapes for what can't be encoded or would be obeyed; marks of direction stay."""
    return HARMFUL.sub(lambda found: _escape(found[0]), name)


def as_json(content: object) -> str:
    """Return the text of a JSON file that people can read too, on any terminal."""
    text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
    return _UNSHOWN.sub(lambda found: found[0] if found[0] == "\n" else f"\\u{ord(found[0]):04x}", text)


def _escape(character: str) -> str:
    return character.encode("unicode_escape").decode()
