"""Leave threads behind that go on after the call has returned, and print and spin."""

import threading


def stay():
    while True:
        print("still here")


def mean(x):
    for _ in range(4):
        threading.Thread(target=stay, daemon=True).start()
    return 0.0


def relu_forward(x):
    threading.Thread(target=stay).start()
    return x, x
