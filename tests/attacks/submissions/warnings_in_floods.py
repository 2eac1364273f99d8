"""Warn without end: of syntax, of other texts each time, by filters that compare with everything."""

import warnings

source = "\n".join(f"x is {number}" for number in range(2000))
compile(source, "attacked.py", "exec")
for number in range(2000):
    warnings.filterwarnings("always", message=f"(a+)+{number}", append=True)


def mean(x):
    for number in range(1_000_000):
        warnings.warn(f"{'a' * 100}{number}", stacklevel=number % 7)
    return 0.0
