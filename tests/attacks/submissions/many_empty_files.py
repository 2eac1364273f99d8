"""Make empty files for ever, which take no room but all numbers of files."""


def mean(x):
    number = 0
    while True:
        number += 1
        open(f"{number}", "wb").close()
