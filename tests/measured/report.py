"""Prints what measured gradients keep at most: `python -m tests.measured.report [TOPIC...]`.

Counted are the checks that are meant to tell them; whatever else they lose comes on top.
"""

import sys
from collections.abc import Sequence

from tests.measured.submissions import CHECKS, STEPS, TOLD, WAYS, WORKED_OUT, lost, measuring
from tests.student_code import topic

#: Methods, steps and ways: central differences, and what is more precise.
KINDS = [
    *(("central", step, WAYS) for step in STEPS),
    ("fourth order", 1e-3, ("entries", "all")),
    ("complex", 1e-20, ("entries", "all")),
]


def main(names: Sequence[str]) -> None:
    """Measure and print."""
    for name in names or (*CHECKS, *TOLD):
        assignment = topic(name)
        for method, step, ways in KINDS:
            modules = {way: measuring(assignment, method, step, way) for way in ways}
            for way, checks in lost(assignment, modules, (CHECKS | TOLD)[name] | {WORKED_OUT}).items():
                said = ", ".join(f"{check} {points:.3g}" for check, points in checks.items())
                kept = 100 - sum(checks.values())
                print(f"{name}, {method}, {step:g}, {way}: {kept:.4g} ({said})", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
