"""Run programs in every way that Python has."""

import os
import subprocess
import sys


def mean(x):
    ways = (
        lambda: subprocess.run([sys.executable, "-c", "print('BREACH: ran')"], check=True),
        lambda: os.posix_spawn(sys.executable, ["python3", "-c", "print('BREACH: ran')"], {}),
        lambda: os.execv(sys.executable, ["python3", "-c", "print('BREACH: ran')"]),
        lambda: os.execve("/bin/sh", ["sh", "-c", "echo BREACH: ran"], {}),
        lambda: os.system("echo BREACH: ran"),
        lambda: os.popen("echo BREACH: ran").read(),
        lambda: __import__("pty").fork(),
    )
    for way in ways:
        try:
            way()
        except OSError:
            pass
    return 0.0
