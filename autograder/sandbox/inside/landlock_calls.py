"""Landlock: a process of any user denies itself, and all that it starts, the files that it does not name.

As described in the kernel's `Documentation/userspace-api/landlock.rst`, by three system calls. The packages
that wrap them either stop at the rights of Linux 6.2 or are too young to rest a promise on.
"""

import ctypes
import os
import stat
from collections.abc import Iterable

from .confine import checked, forbid_new_privileges, libc

#: Before version 3 (Linux 6.2) files out of reach could still be emptied by `truncate`.
LEAST_VERSION = 3

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ASK_VERSION = 1
_PATH_BENEATH = 1

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_TRUNCATE, _DEVICE_CONTROL = 1 << 14, 1 << 15
#: Removing and making entries of all kinds but devices; moving them between folders.
_CHANGE_FOLDER = sum(1 << bit for bit in (4, 5, 7, 8, 9, 10, 12, 13))
_READ = _READ_FILE | _READ_DIR
_WRITE = _WRITE_FILE | _TRUNCATE | _CHANGE_FOLDER
_FOR_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _DEVICE_CONTROL


class _Ruleset(ctypes.Structure):
    """`struct landlock_ruleset_attr`: what is denied unless a rule allows it."""

    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    """`struct landlock_path_beneath_attr`: what is allowed at and below an open path."""

    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def version() -> int:
    """Return the version of the kernel's Landlock; 0 where it has none, or has it switched off."""
    return max(0, int(libc().syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _ASK_VERSION)))


def confine_to(readable: Iterable[str], listed: Iterable[str], writable: Iterable[str]) -> None:
    """Deny this process all files but these, for good, and TCP and signals to others where the kernel can.

    Args:
        readable: files and folders, with all that is in them, that may be read.
        listed: folders whose names may be listed, also of the folders in them, without reading any file.
        writable: folders in which all may be done.

    Raises:
        OSError: the kernel refuses.
    """
    ruleset = _new_ruleset()
    rules = [(readable, _READ), (listed, _READ_DIR), (writable, _READ | _WRITE)]
    for paths, allowed in rules:
        for path in paths:
            _allow(ruleset, path, allowed)
    forbid_new_privileges()
    checked(libc().syscall(_RESTRICT_SELF, ruleset, 0))
    os.close(ruleset)


def _new_ruleset() -> int:
    known = version()
    files = (1 << 15) - 1 | (_DEVICE_CONTROL if known >= 5 else 0)
    network, scoped = (0b11 if known >= 4 else 0), (0b11 if known >= 6 else 0)
    size = 24 if known >= 6 else 16 if known >= 4 else 8
    content = _Ruleset(files, network, scoped)
    return checked(libc().syscall(_CREATE_RULESET, ctypes.byref(content), ctypes.c_size_t(size), 0))


def _allow(ruleset: int, path: str, allowed: int) -> None:
    """Add one rule; what is not there needs none."""
    try:
        parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        if not stat.S_ISDIR(os.fstat(parent).st_mode):
            allowed &= _FOR_FILES
        rule = _Beneath(allowed, parent)
        checked(libc().syscall(_ADD_RULE, ruleset, _PATH_BENEATH, ctypes.byref(rule), 0))
    finally:
        os.close(parent)
