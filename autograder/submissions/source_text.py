"""The text of a file that a student wrote, in whatever encoding, and what can be seen in it without parsing.

Python's own parser is never given a submission on the trusted side: it can be made to crash, or to take all
memory.
"""

import codecs
import re

#: Bytes that are looked at; a long module has a tenth of that.
MOST = 2**20
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DEFINED = re.compile(
    r"^[ \t]*+(?:async[ \t]++)?(?:def|class)[ \t]++(\w++)|^(\w++)[ \t]*+=(?!=)", re.MULTILINE
)
#: Ways to come by functions without naming them.
_INDIRECT = re.compile(
    r"import[ \t]*\*|\b(?:exec|eval|globals|locals|vars|setattr|import_module|modules)\b"
    r"|__(?:import|getattr|dict)__"
)
_CONTENTS = (
    (b"PK\x03\x04", "a zip, not Python; name it {stem}.zip"),
    (b"%PDF", "a PDF, not Python; hand in the Python file itself"),
    (b"{\\rtf", "rich text of a word processor, not Python; save it as plain text"),
    (b"<!doctype html", "a web page, not Python; download the file itself"),
    (b"<html", "a web page, not Python; download the file itself"),
    (b"\x89PNG", "a picture, not Python; hand in the Python file itself"),
    (b"Rar!", "a rar archive, not Python; hand in a zip, or the Python file itself"),
    (b"7z\xbc\xaf", "a 7z archive, not Python; hand in a zip, or the Python file itself"),
    (b"\x1f\x8b", "a gz archive, not Python; hand in the Python file itself"),
    (b"\xd0\xcf\x11\xe0", "a document of an office program, not Python; save it as plain text"),
)


def as_python(content: bytes) -> bytes:
    """Return a file as Python reads it: what an editor saved as UTF-16 or UTF-32 becomes UTF-8."""
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), _unmarked(content))
    return content.decode(encoding, "replace").encode() if encoding else content


def text_of(content: bytes) -> str:
    """Return the text to look at, with plain line ends; what is no text is replaced."""
    text = as_python(content)[:MOST].decode("utf-8-sig", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def defined_in(text: str) -> frozenset[str]:
    """Return the names that are defined in a text: functions and methods, classes, and plain assignments."""
    return frozenset(found[1] or found[2] for found in _DEFINED.finditer(text))


def may_offer(text: str, names: frozenset[str]) -> bool:
    """Whether a module may offer one of these names: its code has one of them, or works without names.

    What is no text is left to Python, which says so.
    """
    if "\0" in text or "\ufffd" in text:
        return True
    code = re.sub(r"#.*", "", text)
    return bool(_INDIRECT.search(code)) or not names.isdisjoint(re.findall(r"\w++", code))


def what_instead(content: bytes, stem: str) -> str:
    """Return what a file holds instead of Python, and what to do; empty where that can't be seen."""
    head = as_python(content)[:200].lstrip(codecs.BOM_UTF8 + b" \t\r\n").lower()
    return next((said.format(stem=stem) for mark, said in _CONTENTS if head.startswith(mark.lower())), "")


def _unmarked(content: bytes) -> str:
    """Return UTF-16 for text where every other byte is zero, as in ASCII written so without a mark."""
    head = content[:200]
    halves = head[::2], head[1::2]
    for high, name in enumerate(("utf-16-be", "utf-16-le")):
        if len(head) > 1 and not any(halves[high]) and all(halves[1 - high]):
            return name
    return ""
