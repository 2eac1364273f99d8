"""Never return."""


def mean(x):
    while True:
        pass


def relu_forward(x):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
