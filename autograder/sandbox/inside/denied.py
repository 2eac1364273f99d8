"""What the sandbox denies, in a sentence: the system's own words would send a student the wrong way."""

import errno
import traceback
from collections.abc import Iterator

_PROGRAMS = "when the work is graded it can start no other programs or processes; do without them"
_NETWORK = "when the work is graded there is no network; do without it"
_FILE = "{} can't be read or written there when the work is graded; use the working folder, or no file at all"
#: Packages of the standard library that reach for the network.
_REACHING = {"ftplib", "http", "imaplib", "poplib", "smtplib", "socket", "ssl", "urllib", "xmlrpc"}
_UNREACHABLE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ECONNREFUSED, errno.EAFNOSUPPORT, errno.ENETDOWN}
_REFUSED = {errno.EPERM, errno.EACCES, errno.EROFS}


def text_of(error: BaseException) -> str:
    """Return an exception's message; where the sandbox is the cause, what is not allowed instead."""
    if not isinstance(error, OSError):
        return str(error)
    packages = set(_packages(error))
    if error.errno in _UNREACHABLE or packages & _REACHING:
        return _NETWORK
    if error.filename is None and (error.errno in _REFUSED or "multiprocessing" in packages):
        return _PROGRAMS
    return _FILE.format(error.filename) if error.errno in _REFUSED else str(error)


def _packages(error: BaseException) -> Iterator[str]:
    """Yield the top-level names of the modules that raised it, or that let it through."""
    yield type(error).__module__.partition(".")[0]
    for frame, _ in traceback.walk_tb(error.__traceback__):
        yield str(frame.f_globals.get("__name__", "")).partition(".")[0]
