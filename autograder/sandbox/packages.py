"""Which packages a submission may import, and where their files lie."""

from functools import cache
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

__all__ = [
    "ALLOWED",
    "PackageFiles",
    "font_cache",
    "importable_names",
    "package_files",
    "package_versions",
    "site_folder",
]

#: What students may import besides the standard library.
ALLOWED = ("numpy", "matplotlib")
#: What our own code inside the sandbox imports.
_OURS = ("msgpack",)

PackageFiles = dict[str, Path]


@cache
def package_files() -> PackageFiles:
    """Return the files and folders, by name, that the allowed packages and all they require consist of."""
    found: PackageFiles = {}
    for installed in _installed().values():
        for entry in installed.files or ():
            top = entry.parts[0]
            if top not in ("..", "__pycache__"):
                found[top] = Path(str(installed.locate_file(top)))
    return found


def site_folder() -> Path:
    """Return the folder that NumPy is installed in."""
    return Path(str(distribution("numpy").locate_file("")))


def package_versions() -> list[str]:
    """Return the name and version of each of these packages."""
    return [f"{name} {installed.version}" for name, installed in _installed().items()]


@cache
def _installed() -> dict[str, Distribution]:
    """Return the allowed packages, and all that they require, by name."""
    seen: dict[str, Distribution] = {}
    waiting = [*ALLOWED, *_OURS]
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        try:
            seen[name] = distribution(name)
        except PackageNotFoundError:
            continue
        needed = map(Requirement, seen[name].requires or ())
        waiting += [r.name.lower() for r in needed if r.marker is None or r.marker.evaluate({"extra": ""})]
    return dict(sorted(seen.items()))


@cache
def font_cache() -> Path | None:
    """Return Matplotlib's list of fonts, making it first where it is missing: it takes seconds to make."""
    if "matplotlib" not in package_files():
        return None
    import matplotlib
    from matplotlib import font_manager

    path = Path(matplotlib.get_cachedir()) / f"fontlist-v{font_manager.FontManager.__version__}.json"
    return path if path.is_file() else None


def importable_names() -> list[str]:
    """Return the top-level names that a submission may import besides the standard library."""
    return sorted(
        {p.removesuffix(".py") for p in package_files() if "-" not in p and "." not in p.removesuffix(".py")}
    )
