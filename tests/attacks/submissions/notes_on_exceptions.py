"""Add notes to an exception: a million of them, some that are no text, and a list that never ends."""


class Endless(list):
    def __iter__(self):
        while True:
            yield "a note" * 1000


def mean(x):
    error = ValueError("noted")
    error.__notes__ = ["note"] * 1_000_000
    raise error


def relu_forward(x):
    error = ValueError("noted")
    error.__notes__ = Endless([1])
    raise error


def lowest(loss, tries):
    error = SyntaxError("noted", ("/etc/passwd", 2**70, -(2**70), "x" * 10_000_000, 2**70, 2**70))
    error.print_file_and_line = True
    raise error


def predict(x):
    raise UnicodeDecodeError("utf-8", b"x" * 10_000_000, 2**60, 2**61, "y" * 10_000_000)
