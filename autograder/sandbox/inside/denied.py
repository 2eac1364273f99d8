"""What is denied or absent where work is graded, in a sentence: Python's own words would lead astray."""

import errno
import traceback
from collections.abc import Iterator

_PROGRAMS = "when the work is graded it can start no other programs or processes; do without them"
_NETWORK = "when the work is graded there is no network; do without it"
_FILE = "{} can't be read or written there when the work is graded; use the working folder, or no file at all"
_SYSTEM = "the operating system's call behind this is not there when the work is graded; do without it"
_ABSENT = "{} is not there when the work is graded; hand it in beside your module, or do without it"
_MAGIC = "get_ipython belongs to notebooks and is not there in a module; take this line out"
_RELATIVE = "your module is no package: import the file beside it by its name, without the dot"
#: Packages of the standard library that reach for the network.
_REACHING = {"ftplib", "http", "imaplib", "poplib", "smtplib", "socket", "ssl", "urllib", "xmlrpc"}
_UNREACHABLE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ECONNREFUSED, errno.EAFNOSUPPORT, errno.ENETDOWN}
_REFUSED = {errno.EPERM, errno.EACCES, errno.EROFS}


def text_of(error: BaseException) -> str:
    """Return an exception's message; where the place it ran in is the cause, what to do instead."""
    if isinstance(error, NameError) and error.name == "get_ipython":
        return _MAGIC
    if isinstance(error, ImportError) and str(error).startswith("attempted relative import"):
        return _RELATIVE
    return _of_system(error) if isinstance(error, OSError) else str(error)


def _of_system(error: OSError) -> str:
    packages = set(_packages(error))
    if error.errno in _UNREACHABLE or packages & _REACHING:
        return _NETWORK
    if error.errno == errno.ENOSYS:
        return _SYSTEM
    if error.filename is None and (error.errno in _REFUSED or "multiprocessing" in packages):
        return _PROGRAMS
    if error.errno == errno.ENOENT and isinstance(error.filename, str) and error.filename[:1] != "/":
        return _ABSENT.format(error.filename)
    return _FILE.format(error.filename) if error.errno in _REFUSED else str(error)


def _packages(error: BaseException) -> Iterator[str]:
    """Yield the top-level names of the modules that raised it, or that let it through."""
    yield type(error).__module__.partition(".")[0]
    for frame, _ in traceback.walk_tb(error.__traceback__):
        yield str(frame.f_globals.get("__name__", "")).partition(".")[0]
