"""requirements.lock pins what pyproject.toml asks for, and nothing names one machine."""

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]


def declared() -> list[Requirement]:
    content = tomllib.loads((ROOT / "pyproject.toml").read_text())
    extras = content["project"]["optional-dependencies"].values()
    lists = [content["project"]["dependencies"], content["build-system"]["requires"], *extras]
    return [Requirement(text) for requirements in lists for text in requirements]


def pinned() -> list[Requirement]:
    return [Requirement(line) for line in (ROOT / "requirements.lock").read_text().splitlines()]


def test_the_lock_holds_exact_versions_only():
    for requirement in pinned():
        assert re.fullmatch(r"==[^*,]+", str(requirement.specifier)), requirement


def test_every_declared_requirement_is_pinned_within_its_bounds():
    versions: dict[str, list[str]] = {}
    for requirement in pinned():
        (pin,) = requirement.specifier
        versions.setdefault(canonicalize_name(requirement.name), []).append(pin.version)
    for requirement in declared():
        found = versions[canonicalize_name(requirement.name)]
        assert all(requirement.specifier.contains(version) for version in found), requirement


def test_the_build_backend_is_pinned_too():
    """An editable install without build isolation takes it from the lock."""
    assert "hatchling" in {requirement.name for requirement in pinned()}
