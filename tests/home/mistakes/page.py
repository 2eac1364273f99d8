"""Prints what a student reads first of each slip: `python -m tests.home.mistakes.page [TOPIC...]`."""

import sys
from concurrent.futures import ThreadPoolExecutor

from tests.home.mistakes.corpus import SLIPS
from tests.home.mistakes.run import code_of, first_block, lacking_in


def main() -> None:
    """Print the slips of some topics, or of all: the code and the block; at the end, what was changed."""
    chosen = [slip for slip in SLIPS if slip.topic in sys.argv[1:] or not sys.argv[1:]]
    answers = []
    with ThreadPoolExecutor(2) as pool:
        for number, (slip, block) in enumerate(zip(chosen, pool.map(first_block, chosen), strict=True), 1):
            print(f"{number}. {slip.topic}\n\n{code_of(slip)}\n\n{block}", end="\n\n\n", flush=True)
            answers.append(f"{number}. {slip.function}: {slip.old.strip()!r} -> {slip.new.strip()!r}")
            lacking = lacking_in(block, slip)
            answers += [f"   the block lacks {lacking}"] if lacking else []
    print("\n".join(["What was changed:", *answers]))


if __name__ == "__main__":
    main()
