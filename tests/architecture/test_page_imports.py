"""Import rules of the page: entry modules know every layer, views know what they are given and lib."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, files, name, report

JS = ROOT / "static" / "js"
MOST_ENTRIES = 16
COMMENT = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*", re.DOTALL)
SPECIFIER = re.compile(
    r"""\b(?:import|export)\b[^;"'()]*?\bfrom\s*["']([^"']+)   # import {a} from "b"; export {a} from "b"
      | \bimport\s*\(?\s*["']([^"']+)                           # import "b", import("b")
      | \bnew\s+URL\(\s*["'](\.[^"']+\.js)["']                  # new Worker(new URL("./b.js", ...))
    """,
    re.VERBOSE,
)

# From the bottom up: a room may import the rooms named with it, and itself.
LIB = {
    "lib/dom": set(),
    "lib/format": {"lib/dom", "vendor"},
    "lib/plot": {"lib/dom"},
    "lib/ui": {"lib/dom", "lib/format"},
    "lib/model": {"lib/plot", "evaluator"},
    "lib/trace": {"lib/format", "lib/model", "evaluator"},
    "lib/url": set(),
    "lib/render/compute": {"lib/model"},
    "lib/render/draw": {"lib/model", "lib/plot", "lib/render/compute", "vendor"},
    "lib/render": {"lib/format", "lib/model", "lib/render/compute", "lib/render/draw", "evaluator"},
    "lib/export": {
        "lib/format",
        "lib/model",
        "lib/plot",
        "lib/render",
        "lib/render/compute",
        "lib/render/draw",
        "evaluator",
    },
}
MAY_IMPORT: dict[str, set[str]] = {
    **LIB,
    "transport": {"lib"},
    "state": {"lib"},
    "actions": {"transport", "state", "lib"},
    "views": {"state", "lib", "vendor"},
    "pages/keyboard.js": {"lib"},
    "pages": {"actions", "pages/keyboard.js", "state", "transport", "views", "lib", "vendor"},
}


def imported(source: str) -> Iterator[str]:
    """Every address a JavaScript module imports, as written; those in comments are types, not imports."""
    for match in SPECIFIER.finditer(COMMENT.sub("", source)):
        yield next(group for group in match.groups() if group)


def room(path: Path) -> str:
    """The part of the page that a module belongs to: the longest entry of MAY_IMPORT that it lies in."""
    if path.name == "evaluator.js":
        return "evaluator"
    if path.is_relative_to(ROOT / "static" / "vendor"):
        return "vendor"
    if not path.is_relative_to(JS):
        return name(path)
    inside = path.relative_to(JS)
    rooms = (part.as_posix() for part in (inside, *inside.parents))
    return next((part for part in rooms if part in MAY_IMPORT), inside.as_posix())


def view(path: Path) -> str:
    """The part of the page that a view draws: its folder in static/js/views."""
    return path.relative_to(JS / "views").parts[0]


def may_import(here: Path, target: Path) -> bool:
    """Whether a module may import another: within its room, and what the room's entry names."""
    own, other = room(here), room(target)
    if own == other:
        return own != "views" or view(here) == view(target)
    return other in MAY_IMPORT.get(own, set()) or other.split("/")[0] in MAY_IMPORT.get(own, set())


def complaint(path: Path, specifier: str) -> str | None:
    """What is wrong with an import, or None."""
    if not specifier.startswith("."):
        return f"imports {specifier!r}; without a build every address must be relative"
    target = (path.parent / specifier).resolve()
    if not may_import(path, target):
        here = room(path)
        return f"imports {specifier!r}; {here} may import {', '.join(sorted(MAY_IMPORT.get(here, set())))}"
    if room(target) != "evaluator" and not target.is_file():
        return f"imports {specifier!r}, which does not exist"
    return None


def test_all_four_ways_to_import_are_found_and_comments_are_not():
    source = """
        /** @typedef {import("./type.js").T} T */
        import { a,
                 b } from "./one.js"; // import "./comment.js"
        import "./two.js";
        const c = await import("./three.js");
        new Worker(new URL("./four.js", import.meta.url), { type: "module" });
    """
    assert list(imported(source)) == ["./one.js", "./two.js", "./three.js", "./four.js"]


def test_a_view_that_imports_the_transport_or_another_part_of_the_page_is_reported():
    loss = JS / "views" / "lossChart" / "lossChart.js"
    assert complaint(loss, "../../transport/rest.js") == (
        "imports '../../transport/rest.js'; views may import lib, state, vendor"
    )
    assert complaint(loss, "../boundary/plane.js") == (
        "imports '../boundary/plane.js'; views may import lib, state, vendor"
    )
    assert complaint(loss, "./metrics.js") is None


def test_a_library_that_imports_one_above_it_is_reported():
    number = JS / "lib" / "format" / "number.js"
    assert complaint(number, "../ui/slider.js") == (
        "imports '../ui/slider.js'; lib/format may import lib/dom, vendor"
    )


def test_every_module_of_the_page_imports_only_what_its_part_may():
    problems = [
        f"{name(path)} {problem}"
        for path in files(".js", under="static/js")
        for specifier in imported(path.read_text(encoding="utf-8"))
        if (problem := complaint(path, specifier))
    ]
    assert not problems, report("imports of the page:", problems)


def test_every_module_of_the_page_lies_in_a_part_that_has_a_rule():
    problems = [name(path) for path in files(".js", under="static/js") if room(path) not in MAY_IMPORT]
    assert not problems, report(f"static/js has the parts {', '.join(MAY_IMPORT)}; elsewhere lie:", problems)


@pytest.mark.parametrize("folder", ["static/js", "static/css"])
def test_no_folder_of_the_page_has_too_many_entries_to_read(folder: str):
    entries: dict[Path, set[str]] = {}
    for path in files(under=folder):
        for inner, outer in pairwise((path, *path.parents)):
            if outer.is_relative_to(ROOT / folder):
                entries.setdefault(outer, set()).add(inner.name)
    problems = [f"{name(path)} has {len(held)}" for path, held in entries.items() if len(held) > MOST_ENTRIES]
    assert not problems, report(
        f"a folder has at most {MOST_ENTRIES} entries; split it by subject:", problems
    )


def test_no_two_style_sheets_of_the_page_have_the_same_name():
    names = [path.name for path in files(".css", under="static/css")]
    assert len(names) == len(set(names)), "a page's address names its style sheets without their folders"
