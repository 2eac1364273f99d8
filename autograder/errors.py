"""Errors that a person can act on: one sentence, no traceback."""


class UserError(Exception):
    """Something that the person at the keyboard can put right.

    The message says what is wrong, where, and what to do next. The command line prints it as one line
    and exits with status 2.
    """
