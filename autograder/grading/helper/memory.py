"""The limit on a helper's own memory: soft, so that what it starts can raise it to a limit of its own."""

import os

from autograder.sandbox.usage import address_space_of


def limit_memory(room: int) -> None:
    """Have the kernel refuse this process more address space than it has now, and so many bytes."""
    import resource  # not on every system

    now = address_space_of(os.getpid())
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if now:
        wanted = now + room if hard == resource.RLIM_INFINITY else min(now + room, hard)
        resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))


def lift_limit() -> None:
    """Let this process have whatever it was allowed to have before."""
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
