"""`autograder pack`: what a student hands in, in one file."""

from pathlib import Path

import click

from autograder.errors import UserError
from autograder.home.absent import absent_when_graded
from autograder.home.packing import Packed, missing, not_written, pack
from autograder.home.paper import Paper
from autograder.printable import printable


@click.command("pack")
@click.argument("where", default=Path(), type=click.Path(path_type=Path))
def command(where: Path) -> None:
    """Pack what is to be handed in: your module, its notebook, and files of yours that it imports.

    WHERE is the assignment's folder or your file in it (default: here). Your file is executed once before.
    The code that is printed stands in your grade, too.
    """
    module = _module_at(where)
    _print(pack(module), module)


def _module_at(where: Path) -> Path:
    """Return the student's file that checks stand beside."""
    place = where.resolve()
    checks = [place.with_name(f"test_{place.name}")] if place.is_file() else sorted(place.glob("test_*.py"))
    if len(checks) != 1 or not checks[0].is_file():
        raise UserError(f"{place} is no assignment's folder (with test_*.py in it), nor your file in one")
    module = checks[0].with_name(checks[0].name.removeprefix("test_"))
    if not module.is_file():
        raise UserError(f"there is no {module.name} in {place}")
    return module


def _print(packed: Packed, module: Path) -> None:
    paper = Paper()
    paper.say(f"{packed.archive.name} holds:", "")
    longest = max(map(len, packed.files))
    for name, size in packed.files.items():
        paper.say(f"{printable(name).ljust(longest)}  {max(1, round(size / 1000))} kB")
    open_ = not_written(module)
    if open_:
        paper.say(f"not written yet: {', '.join(open_)}", "Note: ")
    lacking = missing(module, module.with_name(f"test_{module.name}"))
    if lacking:
        paper.say(f"the checks look for what is not in {module.name}: {', '.join(lacking)}", "Note: ")
    for absent in absent_when_graded(module):
        paper.say(printable(str(absent)), "Note: ")
    for why in packed.refused:
        paper.say(f"when it is graded, {printable(why)}", "Note: ")
    paper.say(f"{packed.code} (it stands in your grade, too, if this file is graded)", "Code: ")
    paper.say(f"Not handed in yet: upload {packed.archive.name}.", "")
