"""docs/decisions.md keeps to its form and knows every package the project depends on."""

import re
import tomllib

from tests.architecture.tree import ROOT, report

LINES_IN_AN_ENTRY = 8
TEXT = (ROOT / "docs" / "decisions.md").read_text(encoding="utf-8")
HEADING = re.compile(r"\d{4}-\d{2}-\d{2} · \S.*")


def entries() -> list[list[str]]:
    """Every entry as its lines, the heading first, blank ones left out."""
    return [
        [line for line in part.splitlines() if line]
        for part in re.split(r"^### ", TEXT, flags=re.MULTILINE)[1:]
    ]


def packages() -> set[str]:
    """The names of all packages in pyproject.toml, whatever they are needed for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needed = [*project["build-system"]["requires"], *project["project"]["dependencies"]]
    for extra in project["project"]["optional-dependencies"].values():
        needed += extra
    return {re.split(r"[^\w.-]", requirement)[0] for requirement in needed}


def test_every_entry_has_a_date_a_choice_a_reason_and_at_most_eight_lines():
    problems = [
        entry[0]
        for entry in entries()
        if not HEADING.fullmatch(entry[0]) or not 2 <= len(entry) <= LINES_IN_AN_ENTRY
    ]
    assert not problems, report("an entry is '### date · choice' and one to seven lines of reason:", problems)


def test_every_package_the_project_depends_on_has_its_reason():
    problems = sorted(
        name for name in packages() if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", TEXT)
    )
    assert not problems, report("docs/decisions.md gives no reason for:", problems)
