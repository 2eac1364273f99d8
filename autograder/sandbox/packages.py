"""Which packages a submission may import, and where their files are."""

from functools import cache
from importlib.metadata import Distribution, distribution
from pathlib import Path

from autograder.requirements import required_packages

#: What students may import besides the standard library.
ALLOWED = ("numpy", "matplotlib")
#: What our own code in the sandbox imports.
_OURS = ("msgpack",)

PackageFiles = dict[str, Path]


@cache
def package_files() -> PackageFiles:
    """Return the files and folders of the allowed packages, and of all that they require, by name."""
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
    """Return the allowed packages, and all that they require, by name; without what is missing here."""
    packages = required_packages([*ALLOWED, *_OURS])
    return {name: package for name, package in packages.items() if package is not None}


@cache
def font_cache() -> Path | None:
    """Return the file with Matplotlib's list of fonts; making it, if it is missing, takes seconds."""
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
