"""Frames on a blocking socket: four bytes of length, then the body."""

import socket
import struct

from .wire import MAX_FRAME, WireError

HEADER = struct.Struct(">I")


def send(connection: socket.socket, body: bytes) -> None:
    """Send one frame."""
    connection.sendall(HEADER.pack(len(body)) + body)


def receive(connection: socket.socket) -> bytes | None:
    """Return the body of the next frame, or None when the other side has closed.

    Raises:
        WireError: the frame is larger than allowed.
    """
    header = _exactly(connection, HEADER.size)
    if header is None:
        return None
    (length,) = HEADER.unpack(header)
    if length > MAX_FRAME:
        raise WireError(f"a frame of {length} bytes is larger than the {MAX_FRAME} allowed")
    return _exactly(connection, length)


def _exactly(connection: socket.socket, length: int) -> bytes | None:
    chunks = bytearray()
    while len(chunks) < length:
        chunk = connection.recv(min(length - len(chunks), 2**20))
        if not chunk:
            return None
        chunks += chunk
    return bytes(chunks)
