"""Crash the interpreter: null pointers, forged code, abort."""

import ctypes
import os


def mean(x):
    ctypes.string_at(0)


def relu_forward(x):
    code = (lambda: 0).__code__.replace(co_code=bytes(range(256)) * 4, co_stacksize=0)
    return type(mean)(code, {})()


def lowest(loss, tries):
    os.abort()


def predict(x):
    ctypes.memset(id(x), 255, 10**9)
