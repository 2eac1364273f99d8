"""What happens today instead of what the table asks for, by row.

Each of these rows has to fail, so whoever puts one right takes its line out. Nothing is to be added here: a
row that is right stays right.
"""

__all__ = ["AT_HOME_TODAY", "TODAY"]

TODAY: dict[str, str] = {
    # Item 9.
    "archives and modules beside the folders": "dave, grace and hal have no row",
    # Item 10.
    "a near miss with --strict-names": "what needs a look is not counted",
    "an invisible character in the name": "unreadable, 0 points",
}

AT_HOME_TODAY: dict[str, str] = {}
