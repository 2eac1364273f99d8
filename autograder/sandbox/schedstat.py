"""What the kernel says about how long a thread ran, and how long it waited for a core."""

from pathlib import Path


def run_delay(pid: int) -> float | None:
    """Return the seconds that a process's main thread was ready to run while others ran; None if not told.

    A kernel without these statistics has no such file, or a line of zeros; `hidepid` hides it.
    """
    return _delay(Path(f"/proc/{pid}/schedstat"))


def own_run_delay() -> float:
    """Return the same of the calling thread, 0 if not told."""
    return _delay(Path("/proc/thread-self/schedstat")) or 0.0


def _delay(file: Path) -> float | None:
    try:
        ran, waited, _ = map(int, file.read_text(encoding="ascii").split())
    except (OSError, ValueError):
        return None
    return waited / 1e9 if ran else None
