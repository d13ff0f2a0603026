"""What tools read about the project: each file is valid, and all of them say the same."""

import re
import tomllib

import pytest
import yaml

import nnlib

GROUPS = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
VERSION = re.compile(r"\d+\.\d+\.\d+")


def as_numbers(version):
    return tuple(int(part) for part in version.split("."))


def parsed(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def project(checkout):
    return tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))


def test_the_version_stands_in_one_place(project):
    assert VERSION.fullmatch(nnlib.__version__)
    assert "version" in project["project"]["dynamic"]
    assert project["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "nnlib.__version__"}


def test_the_citation_is_of_this_project(checkout, project):
    citation, stated = parsed(checkout / "CITATION.cff"), project["project"]
    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    assert citation["cff-version"] == "1.2.0"
    assert str(citation["version"]) == nnlib.__version__
    assert citation["license"] == stated["license"]
    assert citation["authors"] == stated["authors"]
    assert citation["keywords"] == stated["keywords"]


def test_the_changelog_keeps_its_form(checkout):
    """Releases with their dates, newest first; below them the six groups of Keep a Changelog."""
    text = (checkout / ".github/CHANGELOG.md").read_text(encoding="utf-8")
    first, *releases = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert first == "[Unreleased]"
    dated = [re.fullmatch(r"\[([\d.]+)\] - \d{4}-\d\d-\d\d", release) for release in releases]
    assert None not in dated
    versions = [as_numbers(release[1]) for release in dated]
    assert versions == sorted(set(versions), reverse=True)
    assert versions == [] or versions[0] <= as_numbers(nnlib.__version__)
    assert set(re.findall(r"^### (.+)$", text, re.MULTILINE)) <= GROUPS


@pytest.fixture(scope="module")
def workflow(checkout):
    return checkout / ".github/workflows/test.yml"


def test_actions_are_pinned_by_commit(workflow):
    """A tag can be moved to other code; who reads wants to know the version all the same."""
    used = re.findall(r"uses: *(.+)", workflow.read_text(encoding="utf-8"))
    assert len(used) >= 3
    pinned = re.compile(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
    assert [action for action in used if not pinned.fullmatch(action)] == []


def test_every_check_runs_once_a_week_too(workflow):
    triggers = parsed(workflow)[True]  # YAML 1.1 reads "on" as true
    minute, hour, day, month, weekday = triggers["schedule"][0]["cron"].split()
    assert minute.isdigit() and hour.isdigit() and weekday.isdigit()
    assert (day, month) == ("*", "*")


def test_dependabot_looks_after_all_that_is_installed(checkout):
    settings = parsed(checkout / ".github/dependabot.yml")
    assert settings["version"] == 2
    ecosystems = {update["package-ecosystem"] for update in settings["updates"]}
    scripts = {"npm"} if (checkout / "package.json").exists() else set()
    assert ecosystems == {"pip", "github-actions"} | scripts
