"""`python -m autograder`: the same as the command `autograder`."""

from autograder.isolation import import_nothing_from_here

__all__ = ["main"]


def main() -> None:
    """Run the command line."""
    import_nothing_from_here()  # before it imports packages that may have a namesake there
    from autograder.cli import main as run

    run()


if __name__ == "__main__":
    main()
