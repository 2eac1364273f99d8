"""What happens today instead of what the table asks for, by row.

Each of these rows has to fail, so whoever puts one right takes its line out. Nothing is to be added here: a
row that is right stays right.
"""

__all__ = ["AT_HOME_TODAY", "TODAY"]

TODAY: dict[str, str] = {}

AT_HOME_TODAY: dict[str, str] = {}
