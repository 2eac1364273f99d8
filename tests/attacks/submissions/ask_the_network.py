"""Look up names and fetch pages."""

import socket
import urllib.request

PORT = 0


def mean(x):
    for action in (
        lambda: socket.gethostbyname("localhost"),
        lambda: socket.create_connection(("127.0.0.1", PORT), 1),
        lambda: urllib.request.urlopen("http://127.0.0.1:1/".replace(":1/", f":{PORT}/"), timeout=1),
    ):
        try:
            action()
            print("BREACH: the network answers")
        except OSError:
            pass
    return 0.0
