"""Return lists within lists without end, and lists that hold themselves."""


def mean(x):
    value = []
    for _ in range(100_000):
        value = [value]
    return value


def relu_forward(x):
    value = {}
    value["self"] = [value]
    return value, x


def lowest(loss, tries):
    value = []
    value.append((value, value))
    return value
