"""Listen for somebody to tell it the answers."""

import socket


def mean(x):
    for family, address in (
        (socket.AF_INET, ("", 0)),
        (socket.AF_UNIX, "\0attack"),
        (socket.AF_UNIX, "attack"),
    ):
        try:
            server = socket.socket(family)
            server.bind(address)
            server.listen()
            print("BREACH: listening at", address)
        except OSError:
            pass
    return 0.0
