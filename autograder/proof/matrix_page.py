"""The matrix as a page of HTML."""

from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from autograder.proof.matrix import Cell, Row
from autograder.proof.report import summary_lines
from autograder.proof.result import TopicProof

#: What a cell shows.
_MARKS = {Cell.UNTRIED: "", Cell.PASSED: "·", Cell.CAUGHT: "●", Cell.CAUGHT_ALONE: "◆"}


def write_page(proof: TopicProof, groups: dict[str, list[Row]], path: Path) -> None:
    """Write the matrix with variants as rows, readable on light and dark screens."""
    environment = Environment(
        loader=PackageLoader("autograder.proof", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    template = environment.get_template("matrix.html.j2")
    page = template.render(proof=proof, lines=summary_lines(proof), groups=groups.items(), marks=_MARKS)
    path.write_text(page, encoding="utf-8")
