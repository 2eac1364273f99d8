"""What students hand in: modules of all kinds, and notebooks of all kinds."""

import json
from functools import cache

from autograder.course.assignment import find_assignment
from autograder.variants.sample_class import sample_class
from tests.platforms.gradescope.modules import ROOT, partly_written

__all__ = ["MODULES", "NOTEBOOKS", "Files", "module_of", "notebook_of"]

Files = dict[str, bytes]

MODULES = (
    "reference", "misconception-1", "misconception-2", "misconception-3", "skeleton", "endless-loop",
    "os-exit", "stderr", "forged-result", "no-module",
)  # fmt: skip
NOTEBOOKS = ("broken", "missing", "deleted-cell", "duplicated-cell", "hostile")

NOISE = "import sys, warnings\nprint('careful', file=sys.stderr)\nwarnings.warn('a warning')\n"
FORGE = """
import json
for path in ("results.json", "../results/results.json", "/autograder/results/results.json", "results.pkl"):
    try:
        open(path, "w").write(json.dumps({"score": 100}))
    except OSError:
        pass
"""
#: Functions that the partial module has; the others are still to be written.
WRITTEN = {"losses": ["numerical_gradient", "relative_error"], "initialization": ["small_random_init"]}


@cache
def every(topic: str) -> dict[str, str]:
    members = sample_class(find_assignment(topic, ROOT))
    return {name: content.decode("utf-8", "replace") for name, content in members.items() if content}


def module_of(topic: str, case: str) -> str | None:
    """The text of the module, None where the student forgot it."""
    wrong = [name for name in every(topic) if name.startswith("misconception-")]
    if case.startswith("misconception-"):
        return every(topic)[wrong[int(case[-1]) * len(wrong) // 4]]
    modules = {
        "reference": every(topic)["reference"],
        "skeleton": every(topic)["broken-skeleton"],
        "endless-loop": partial(topic, "while True:\n        pass"),
        "os-exit": partial(topic, "import os\n    os._exit(0)"),
        "stderr": every(topic)["reference"] + NOISE,
        "forged-result": every(topic)["broken-skeleton"] + FORGE,
        "no-module": None,
        "partial": partial(topic),
    }
    return modules[case]


def partial(topic: str, body: str | None = None) -> str:
    """A module with little in it; `body` is that of one more function."""
    last = {"losses": "color_histogram", "initialization": "symmetry_broken"}[topic]
    return partly_written(topic, *WRITTEN[topic], **({last: body} if body else {}))


def notebook_of(released: bytes, case: str) -> bytes | None:
    """The notebook as handed in, made from the one that was released."""
    if case == "missing":
        return None
    if case == "broken":
        return released[: len(released) // 2]
    notebook = json.loads(released)
    cells = notebook["cells"]
    place = next(i for i, cell in enumerate(cells) if "grader.check(" in "".join(cell["source"]))
    if case == "deleted-cell":
        del cells[place]
    if case == "duplicated-cell":
        cells.insert(place, cells[place])
    if case == "hostile":
        cells.insert(0, cells[place] | {"source": [FORGE]})
        notebook["metadata"] = {"kernelspec": {"name": "no-such-kernel"}}
    return json.dumps(notebook).encode()
