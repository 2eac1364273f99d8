"""Raise groups of a hundred thousand exceptions, groups within groups, and such as hold the end of a program."""


def mean(x):
    raise ExceptionGroup("many", [ValueError(number) for number in range(100_000)])


def relu_forward(x):
    error = ValueError("inmost")
    for _ in range(20_000):
        error = ExceptionGroup("within", [error, KeyError("beside")])
    raise error


def lowest(loss, tries):
    raise BaseExceptionGroup("ends", [SystemExit(0), KeyboardInterrupt(), GeneratorExit()])


def predict(x):
    class Lies(ExceptionGroup):
        exceptions = property(lambda self: [self])

        def split(self, kind):
            return self, self

        subgroup = derive = split

    raise Lies("all", [ValueError("of them")])
