"""Checks of docs/decisions: the form of each file, the index, and a reason for every package."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, report

FOLDER = ROOT / "docs" / "decisions"
INDEX = (FOLDER / "README.md").read_text(encoding="utf-8")
FILES = sorted(FOLDER.glob("*/*.md"), key=lambda path: path.name)
MAX_ENTRIES_IN_A_FOLDER = 15
NAME = re.compile(r"\d{4}(-[a-z0-9]+)+\.md")
PARAGRAPH = r"([^\n#][^\n]*\n)+"
FORM = re.compile(
    r"# (?P<number>\d{4})\. (?P<title>\S[^\n]*)\n\n"
    r"- Date: (?P<date>\d{4}-\d{2}-\d{2})\n"
    r"- Status: (?P<status>accepted|superseded by \[(?P<successor>\d{4})\]\((?P<link>[^)]+)\))\n\n"
    rf"## Decision\n\n{PARAGRAPH}\n## Reason\n\n{PARAGRAPH}(\n## Cost\n\n{PARAGRAPH})?"
)


def read(path: Path) -> re.Match[str]:
    """Return the parts of a decision."""
    match = FORM.fullmatch(path.read_text(encoding="utf-8"))
    assert match, "a decision has a title, a date, a status, a decision, a reason, and perhaps a cost"
    return match


def row(path: Path) -> str:
    """Return the row that the index must have for a decision."""
    decision = read(path)
    status = f"superseded by {decision['successor']}" if decision["successor"] else "accepted"
    link = f"[{decision['title']}]({path.relative_to(FOLDER).as_posix()})"
    return f"| {decision['number']} | {link} | {decision['date']} | {status} |"


def packages() -> set[str]:
    """Return the names of all packages that server and client need, whatever they are needed for."""
    needed = []
    for path in (ROOT / "pyproject.toml", ROOT / "client" / "pyproject.toml"):
        project = tomllib.loads(path.read_text(encoding="utf-8"))
        needed += [*project["build-system"]["requires"], *project["project"]["dependencies"]]
        for extra in project["project"].get("optional-dependencies", {}).values():
            needed += extra
    return {re.split(r"[^\w.-]", requirement)[0] for requirement in needed}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_decision_has_the_form_of_the_others(path):
    assert NAME.fullmatch(path.name)
    decision = read(path)
    assert decision["number"] == path.name[:4]
    if link := decision["link"]:
        assert (path.parent / link).is_file()
        assert Path(link).name.startswith(decision["successor"])


def test_decisions_are_numbered_without_gaps_in_the_order_of_their_dates():
    assert [path.name[:4] for path in FILES] == [f"{number:04d}" for number in range(1, len(FILES) + 1)]
    dates = [read(path)["date"] for path in FILES]
    assert dates == sorted(dates)


def test_the_index_has_one_row_for_every_decision_and_no_other():
    rows = [line for line in INDEX.splitlines() if re.match(r"\| \d{4} ", line)]
    assert sorted(rows) == [row(path) for path in FILES]


def test_no_folder_of_decisions_is_too_full_to_read():
    sizes = {path.name: len(list(path.iterdir())) for path in FOLDER.iterdir() if path.is_dir()}
    crowded = [f"{name}: {size}" for name, size in sizes.items() if size > MAX_ENTRIES_IN_A_FOLDER]
    assert not crowded, report(f"a folder has at most {MAX_ENTRIES_IN_A_FOLDER} files; add one:", crowded)


def test_every_package_the_project_depends_on_has_its_reason():
    text = "\n".join(path.read_text(encoding="utf-8") for path in FILES)
    problems = sorted(
        name for name in packages() if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)
    )
    assert not problems, report("docs/decisions gives no reason for:", problems)
