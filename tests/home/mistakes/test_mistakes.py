"""What a student reads first of a slip: the function, the line, and what to look at.

`make test` takes one in fifteen, `make test-long` all of them.
"""

import pytest

from tests.home.mistakes.corpus import SLIPS, Slip
from tests.home.mistakes.run import first_block, lacking_in

SHORT = SLIPS[::15]


def _names(slip: Slip) -> str:
    return f"{slip.topic}-{slip.function}-{SLIPS.index(slip)}"


@pytest.mark.parametrize(
    "slip",
    [pytest.param(s, marks=[] if s in SHORT else [pytest.mark.long], id=_names(s)) for s in SLIPS],
)
def test_the_first_block_says_what_to_put_right(slip: Slip) -> None:
    block = first_block(slip)
    assert block.startswith("✗ "), block
    assert lacking_in(block, slip) == [], block


def test_there_are_a_hundred_over_all_topics() -> None:
    assert len(SLIPS) >= 100
    assert len({slip.topic for slip in SLIPS}) == 8
