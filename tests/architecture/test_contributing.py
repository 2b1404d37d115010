"""What a contributor expects to find is there, and repeats no list of checks."""

import re

from tests.architecture.tree import ROOT


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_workflow_runs_the_script_that_everybody_runs():
    *setup, checks = re.findall(r"^ +run: (.+)$", read(".github/workflows/ci.yml"), re.MULTILINE)
    assert checks == ".ci/run"
    assert all(command.startswith("apt-get ") for command in setup)


def test_the_changelog_has_the_version_of_the_package():
    (version,) = re.findall(r'^version = "(.+)"$', read("pyproject.toml"), re.MULTILINE)
    releases = re.findall(r"^## \[(.+?)\](?: - \d{4}-\d{2}-\d{2})?$", read("CHANGELOG.md"), re.MULTILINE)
    assert releases[:2] == ["Unreleased", version]
