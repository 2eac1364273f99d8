"""`python -m autograder`: the same as the command `autograder`."""

from autograder.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
