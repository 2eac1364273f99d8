"""Replaces otter-grader's file of that name in the zip; its `run_autograder` starts this file."""

import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(FOLDER / "source" / "lib"))

if __name__ == "__main__":
    from autograder.platforms.otter.on_gradescope import main

    main(FOLDER)
