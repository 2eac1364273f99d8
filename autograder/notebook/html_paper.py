"""A report's paper in HTML: legible on light and dark ground, and without its colours."""

from html import escape

from autograder.home.paper import Paper

#: Each stands out from white and from black by 3 to 1 at least; long text keeps the notebook's own colour.
_COLOURS = {"passed": "#2e8b57", "failed": "#d73a49", "not started": "#808080"}
_BLOCK = (
    "font-family: var(--jp-code-font-family, monospace); font-size: 13px; line-height: 1.4; max-width: 100ch"
)
_CODE = "margin: 2px 0 2px 6ch; padding-left: 1ch; border-left: 2px solid #808080; overflow-x: auto"


class HtmlPaper(Paper):
    """Takes down what is written on it; `html` has all of it.

    Args:
        colour: the verdict whose colour the line at the left has.
    """

    def __init__(self, colour: str):
        super().__init__()
        self._plain = False
        self._colour = colour
        self._parts: list[str] = []

    @property
    def html(self) -> str:
        """All of it as one element."""
        style = f"{_BLOCK}; border-left: 4px solid {_COLOURS[self._colour]}; padding-left: 1ch"
        return f'<div style="{style}">{"".join(self._parts)}</div>'

    def again(self, check: str) -> str:
        """Return the call that runs a check again."""
        return f'check("{check}")'

    def heading(self, text: str, verdict: str = "") -> None:
        """Write a heading."""
        colour = f"; color: {_COLOURS[verdict]}" if verdict else ""
        self._parts.append(f'<div style="font-weight: bold; margin-top: 6px{colour}">{_safe(text)}</div>')

    def say(self, text: str, first: str = "  ", then: str | None = None, verdict: str = "") -> None:
        """Write text whose lines hang below the first one's beginning."""
        rest = " " * len(first) if then is None else then
        for number, line in enumerate(text.splitlines() or [""]):
            begin = rest if number else first
            sign = self._coloured(begin, verdict)
            width = len(begin)
            style = f"white-space: pre-wrap; padding-left: {width}ch; text-indent: -{width}ch"
            self._parts.append(f'<div style="{style}">{sign}{_safe(line)}</div>')

    def code(self, text: str, indent: str = "      ") -> None:
        """Write code as it is; a long line is scrolled."""
        style = f"{_CODE}; margin-left: {len(indent)}ch; background: transparent; color: inherit"
        self._parts.append(f'<pre style="{style}">{_safe(text)}</pre>')

    def _coloured(self, begin: str, verdict: str) -> str:
        if not verdict:
            return _safe(begin)
        return f'<b style="color: {_COLOURS[verdict]}">{_safe(begin)}</b>'


def _safe(text: str) -> str:
    return escape(text, quote=False)
