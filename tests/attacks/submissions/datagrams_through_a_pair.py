"""Send datagrams by one of a pair of sockets, which may send to any name without being connected."""

import socket


def mean(x):
    for address in ("\0@ABSTRACT@-datagrams", "@CANARY@/datagrams", "/dev/log", "/run/systemd/notify"):
        try:
            pair = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
            pair[0].sendto(b"x", address)
            print("BREACH: sent to", address)
        except OSError:
            pass
    return 0.0
