"""What a contributor expects to find is there, and repeats no list of checks."""

import re
from pathlib import Path

import pytest

from app import __version__
from tests.architecture.tree import ROOT

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)")
PAGES = [*sorted(ROOT.glob("*.md")), ROOT / "client" / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_every_hook_of_pre_commit_is_a_make_target():
    entries = re.findall(r"^ +entry: (.+)$", read(".pre-commit-config.yaml"), re.MULTILINE)
    assert len(entries) == 2
    assert {entry.removeprefix("make ") for entry in entries} <= TARGETS


def test_make_help_lists_every_command_but_the_one_that_others_need():
    (commands,) = re.findall(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)
    listed = re.findall(r"^([a-z]+):.*  ## \S", MAKEFILE, re.MULTILINE)
    assert sorted([*listed, "browser"]) == sorted(commands.split())


def test_the_workflow_runs_the_script_that_everybody_runs():
    *setup, checks = re.findall(r"^ +run: (.+)$", read(".github/workflows/ci.yml"), re.MULTILINE)
    assert checks == ".ci/run"
    assert all(command.startswith("apt-get ") for command in setup)


def test_every_make_target_that_the_contributor_guide_names_is_there():
    named = set(re.findall(r"\bmake ([a-z]+)", read("CONTRIBUTING.md"))) - {"and"}
    assert named
    assert named <= TARGETS


def test_the_changelog_has_the_version_of_the_package():
    releases = re.findall(r"^## \[(.+?)\](?: - \d{4}-\d{2}-\d{2})?$", read("CHANGELOG.md"), re.MULTILINE)
    assert releases[:2] == ["Unreleased", __version__]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_to_a_file_leads_to_one(page: Path):
    links = LINK.findall(CODE.sub("", page.read_text(encoding="utf-8")))
    assert not [link for link in links if not (page.parent / link).exists()]
