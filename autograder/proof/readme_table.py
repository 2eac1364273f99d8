"""The table of proofs in `solutions/README.md`, a row for each topic."""

from autograder.errors import UserError
from autograder.proof.result import TopicProof

BEGIN = "<!-- proof: this table is written by `make prove` -->"
END = "<!-- end of proof -->"
_HEAD = (
    "| topic | checks | right variants with full marks | misconceptions caught | named | names wrong | "
    "mutants | equivalent | killed | killed without crashes |",
    "|---|---|---|---|---|---|---|---|---|---|",
)


def updated(text: str, proofs: list[TopicProof]) -> str:
    """Return a README's text with the rows of these topics replaced, those of others kept.

    Raises:
        UserError: the text has no place for the table.
    """
    before, begin, rest = text.partition(BEGIN)
    table, end, after = rest.partition(END)
    if not (begin and end):
        raise UserError(f"solutions/README.md needs the lines {BEGIN} and {END}; the table goes between them")
    rows = {line.split("|")[1].strip(): line for line in table.strip().splitlines()[len(_HEAD) :]}
    rows |= {proof.topic: _row(proof) for proof in proofs}
    lines = [*_HEAD, *(rows[topic] for topic in sorted(rows))]
    return before + "\n".join([BEGIN, *lines, END]) + after


def _row(proof: TopicProof) -> str:
    cells = (
        proof.topic,
        len(proof.checks),
        f"{len(proof.kept)} of {len(proof.correct)}",
        f"{len(proof.caught)} of {len(proof.misconceptions)}",
        len(proof.named),
        f"{proof.wrong_names} of {len(proof.misconceptions) + len(proof.diagnosed)}",
        len(proof.trials),
        len(proof.equivalent),
        f"{proof.kill_rate:.1%}",
        f"{proof.kill_rate_without_crashes:.1%}",
    )
    return f"| {' | '.join(str(cell) for cell in cells)} |"
