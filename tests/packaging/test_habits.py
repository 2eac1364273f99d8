"""What the project promises of its own habits stays true: changelog, version, and what others run by name."""

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("[0-9]-*.yml"))
FRAGMENTS = sorted(set((ROOT / "changelog.d").glob("*.md")) - {ROOT / "changelog.d" / "README.md"})
PROSE = [ROOT / name for name in ("CONTRIBUTING.md", "RELEASING.md", ".github/pull_request_template.md")]


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def steps(workflow: Path) -> Iterator[str]:
    """The commands of a workflow, in their order."""
    for job in read(workflow)["jobs"].values():
        yield from (step["run"] for step in job["steps"] if "run" in step)


def targets() -> set[str]:
    """What make can be asked for."""
    rules = re.findall(r"^([a-z][a-z /-]*):(?!=)", (ROOT / "Makefile").read_text(), re.MULTILINE)
    return {target for rule in rules for target in rule.split()}


@pytest.fixture(scope="module")
def draft() -> str:
    """The changelog's next section."""
    command = [sys.executable, "-m", "towncrier", "build", "--draft", "--version", "9.9.9"]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def test_the_next_section_has_the_titles_of_keep_a_changelog(draft: str):
    assert re.match(r"## \[9\.9\.9\] - \d{4}-\d\d-\d\d\n", draft)
    known = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"]
    found = re.findall(r"^### (.*)", draft, re.MULTILINE)
    assert found == [title for title in known if title in found]


def test_the_next_section_goes_where_sections_go(tmp_path: Path):
    for name in ("pyproject.toml", "CHANGELOG.md"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    (tmp_path / "changelog.d").mkdir()
    (tmp_path / "changelog.d" / "+pie.added.md").write_text("Pie.\n")
    command = [sys.executable, "-m", "towncrier", "build", "--yes", "--version", "9.9.9"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    before = (ROOT / "CHANGELOG.md").read_text()
    after = (tmp_path / "CHANGELOG.md").read_text()
    new = after.index("## [9.9.9]")
    assert before.startswith(after[:new].rstrip("\n"))
    assert after[new:].splitlines()[1:5] == ["", "### Added", "", "- Pie."]
    assert after.endswith(before[before.index("## [") :])


@pytest.mark.parametrize("fragment", FRAGMENTS, ids=lambda path: path.name)
def test_a_fragment_comes_into_the_next_section(draft: str, fragment: Path):
    """One whose name towncrier can't read does not."""
    assert f"- {fragment.read_text().strip()}" in draft


def test_there_is_one_version():
    version = PROJECT["project"]["version"]
    newest = re.search(r"^## \[(.*?)\]", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert newest is not None
    assert newest[1] == version
    assert read(ROOT / "CITATION.cff")["version"] == version


def test_the_citation_says_what_the_package_says():
    citation, project = read(ROOT / "CITATION.cff"), PROJECT["project"]
    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    assert citation["license"] == project["license"]
    assert [author["name"] for author in citation["authors"]] == [a["name"] for a in project["authors"]]


@pytest.mark.parametrize("form", FORMS, ids=lambda path: path.stem)
def test_a_form_for_issues_is_one(form: Path):
    content = read(form)
    assert {"name", "description", "body"} <= set(content)
    fields = [field for field in content["body"] if field["type"] != "markdown"]
    assert all(field["attributes"]["label"] for field in fields)
    names = [field["id"] for field in fields]
    assert len(set(names)) == len(names) > 0


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_calls_what_is_there(workflow: Path):
    commands = "\n".join(steps(workflow))
    assert set(re.findall(r"\bmake ([a-z-]+)", commands)) <= targets()
    scripts = re.findall(r"\bsh (\.ci/\S+)", commands)
    assert scripts
    assert all((ROOT / script).is_file() for script in scripts)


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_tries_the_oldest_python_that_is_promised(workflow: Path):
    jobs = read(workflow)["jobs"].values()
    oldest = PROJECT["project"]["requires-python"].removeprefix(">=")
    tried = [job["strategy"]["matrix"]["python"] for job in jobs if "strategy" in job]
    assert tried
    assert all(versions[0] == oldest for versions in tried)


def test_continuous_integration_runs_what_must_hold():
    commands = re.findall(r"^(?:exec )?make (.+)$", (ROOT / ".ci" / "run").read_text(), re.MULTILINE)
    assert commands == ["test", "docs", "test-long"]


@pytest.mark.parametrize("page", PROSE, ids=lambda path: path.name)
def test_what_contributors_are_told_to_make_can_be_made(page: Path):
    named = set(re.findall(r"(?:`|^)make ([a-z-]+)", page.read_text(), re.MULTILINE))
    assert named
    assert named <= targets()


def test_a_hook_runs_what_make_check_runs():
    (repository,) = read(ROOT / ".pre-commit-config.yaml")["repos"]
    recipes = (ROOT / "Makefile").read_text().replace("$(BIN)", ".venv/bin")
    for hook in repository["hooks"]:
        assert hook["entry"].removesuffix(" --force-exclude") in recipes
