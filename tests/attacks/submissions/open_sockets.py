"""Open connections: TCP, UDP, and those of the machine itself."""

import socket

PORT = 0


def mean(x):
    for family, kind, address in (
        (socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", PORT)),
        (socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", PORT)),
        (socket.AF_INET6, socket.SOCK_STREAM, ("::1", PORT)),
        (socket.AF_UNIX, socket.SOCK_STREAM, "@CANARY@/socket"),
        (socket.AF_UNIX, socket.SOCK_STREAM, "\0@ABSTRACT@"),
        (socket.AF_NETLINK, socket.SOCK_RAW, (0, 0)),
        (socket.AF_PACKET, socket.SOCK_RAW, ("lo", 0)),
        (socket.AF_VSOCK, socket.SOCK_STREAM, (2, 1)),
    ):
        try:
            peer = socket.socket(family, kind)
            peer.connect(address)
            peer.send(b"x")
            print("BREACH: connected to", address)
        except (OSError, AttributeError):
            pass
    return 0.0
