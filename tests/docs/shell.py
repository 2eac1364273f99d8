"""A shell that runs a page's blocks of commands, one after the other."""

import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

_END = "--- the block has ended ---"


class Shell:
    """One `bash -e`, so that a `cd` holds for the blocks that follow, and the first failure ends it.

    Args:
        folder: where it begins.
        scratch: where the blocks are written to.
        environment: its variables.
    """

    def __init__(self, folder: Path, scratch: Path, environment: Mapping[str, str]):
        self._block = scratch / "block.sh"
        self._process = subprocess.Popen(
            ["bash", "-e"],
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def run(self, commands: str) -> str:
        """Run a block; return what it printed.

        Raises:
            AssertionError: one of its commands failed.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._block.write_text(commands, encoding="utf-8")
        self._process.stdin.write(f'source "{self._block}" </dev/null\necho "{_END}"\n')
        self._process.stdin.flush()
        printed = []
        for line in self._process.stdout:
            if line.strip() == _END:
                return "".join(printed)
            printed.append(line)
        raise AssertionError(f"{commands}\nfailed, after printing:\n{''.join(printed)}")
