"""When students see on Gradescope the verdicts and the feedback of hidden checks."""

from typing import Literal

import click

Visibility = Literal["hidden", "after_published"]
HIDDEN: Visibility = "hidden"
AFTER_PUBLISHED: Visibility = "after_published"

#: The option `--hidden` of the commands that make an autograder.
visibility_option = click.option(
    "--hidden",
    type=click.Choice([AFTER_PUBLISHED, HIDDEN]),
    default=AFTER_PUBLISHED,
    show_default=True,
    help="When students see on Gradescope what became of hidden checks.",
)
