"""A level that does not work. It has a file of its own: the process that grades imports what defines it."""

from autograder.sandbox.levels.bare import Bare


class Broken(Bare):
    """Starts no sandbox."""

    def launch(self, *arguments: object) -> None:  # type: ignore[override]
        """Fail."""
        raise RuntimeError("it does not start")
