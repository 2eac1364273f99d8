"""Ctrl-C for commands that tests start."""

#: Tests that run in the background inherit that Ctrl-C is ignored; this undoes it for a command.
HEED_CTRL_C = (
    "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); "
    "os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
)
