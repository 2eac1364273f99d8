"""The installed packages that others require, directly or by way of others."""

from collections.abc import Iterable, Mapping
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


def required_packages(
    names: Iterable[str], environment: Mapping[str, str] | None = None
) -> dict[str, Distribution | None]:
    """Return the transitive closure of what packages require, without extras.

    Args:
        names: of packages.
        environment: values of environment markers, such as `sys_platform`, that differ from those here: for
            packages that are to be installed on another system.

    Returns:
        These packages and all that they require, by normalised name, sorted. A package that is not installed
        here has None.

    Example:
        >>> "cycler" in required_packages(["matplotlib"])
        True
        >>> required_packages(["No_Such.Package"])
        {'no-such-package': None}
    """
    markers = {**(environment or {}), "extra": ""}
    found: dict[str, Distribution | None] = {}
    waiting = [canonicalize_name(name) for name in names]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found[name] = installed = _installed(name)
        requirements = map(Requirement, (installed and installed.requires) or ())
        waiting += [
            canonicalize_name(requirement.name)
            for requirement in requirements
            if requirement.marker is None or requirement.marker.evaluate(markers)
        ]
    return dict(sorted(found.items()))


def _installed(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None
