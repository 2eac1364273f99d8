"""How often a check has failed at home, counted where a course shows hints only after some failing runs.

A run counts when the module is another one than at the last failing run of that check, so that nobody gets a
hint by running the same code again. The count is the student's own file: it paces, and keeps nothing secret.
"""

import contextlib
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from autograder.files import write_atomically
from autograder.home.outcome import Outcome
from autograder.home.places import Source

#: In the topic's folder.
FILE = ".hint-tries.json"


def count_tries(module: Path, outcome: Outcome) -> dict[str, int]:
    """Count this run, and return how many have failed by check; a check that passes is forgotten.

    Args:
        module: the student's file.
        outcome: what became of its checks just now.
    """
    file, version = module.parent / FILE, hashlib.sha256(Source(module).text.encode()).hexdigest()[:16]
    tries = dict(_read(file))
    for name, checked in outcome.checks.items():
        if checked.failures:
            count, last = tries.get(name, (0, ""))
            tries[name] = (count + (last != version), version)
        elif checked.cases:
            tries.pop(name, None)
    with contextlib.suppress(OSError):  # in a folder that can't be written the checks work all the same
        write_atomically(file, json.dumps(tries, indent=0) + "\n")
    return {name: count for name, (count, _) in tries.items()}


def _read(file: Path) -> Mapping[str, tuple[int, str]]:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        return {str(name): (int(count), str(last)) for name, (count, last) in content.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
