"""In the browser: main knows everyone, views know what they are given and lib."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.tree import ROOT, files, name, report

JS = ROOT / "static" / "js"
COMMENT = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*", re.DOTALL)
SPECIFIER = re.compile(
    r"""\b(?:import|export)\b[^;"'()]*?\bfrom\s*["']([^"']+)   # import {a} from "b"; export {a} from "b"
      | \bimport\s*\(?\s*["']([^"']+)                           # import "b", import("b")
      | \bnew\s+URL\(\s*["'](\.[^"']+\.js)["']                  # new Worker(new URL("./b.js", ...))
    """,
    re.VERBOSE,
)

MAY_IMPORT = {
    "pages": {"pages", "actions", "keyboard", "state", "transport", "views", "lib", "vendor"},
    "actions": {"actions", "transport", "state", "lib"},
    "keyboard": {"keyboard", "lib"},
    "state": {"state", "lib"},
    "transport": {"transport", "lib"},
    "views": {"state", "lib", "vendor"},
    "lib": {"lib", "vendor", "evaluator"},
}


def imported(source: str) -> Iterator[str]:
    """Every address a JavaScript module imports, as written; those in comments are types, not imports."""
    for match in SPECIFIER.finditer(COMMENT.sub("", source)):
        yield next(group for group in match.groups() if group)


def area(path: Path) -> str:
    """The part of the page a module belongs to: its folder in static/js, or its own name there."""
    if path.name == "evaluator.js":
        return "evaluator"
    if path.is_relative_to(ROOT / "static" / "vendor"):
        return "vendor"
    return path.relative_to(JS).parts[0].removesuffix(".js") if path.is_relative_to(JS) else name(path)


def view(path: Path) -> str:
    """The view a module is part of: a file in static/js/views, or a larger view's folder there."""
    return path.relative_to(JS / "views").parts[0].removesuffix(".js")


def complaint(path: Path, specifier: str) -> str | None:
    """What is wrong with an import, or None."""
    if not specifier.startswith("."):
        return f"imports {specifier!r}; without a build every address must be relative"
    target = (path.parent / specifier).resolve()
    here, there = area(path), area(target)
    same_view = here == there == "views" and view(path) == view(target)
    if not same_view and there not in MAY_IMPORT.get(here, set()):
        return f"imports {specifier!r}; {here} may import {', '.join(sorted(MAY_IMPORT.get(here, set())))}"
    if there != "evaluator" and not target.is_file():
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


def test_a_view_that_imports_the_transport_or_another_view_is_reported():
    loss = JS / "views" / "loss.js"
    assert complaint(loss, "../transport/socket.js") == (
        "imports '../transport/socket.js'; views may import lib, state, vendor"
    )
    assert complaint(loss, "./plane.js") == "imports './plane.js'; views may import lib, state, vendor"


def test_every_module_of_the_page_imports_only_what_its_part_may():
    problems = [
        f"{name(path)} {problem}"
        for path in files(".js", under="static/js")
        for specifier in imported(path.read_text(encoding="utf-8"))
        if (problem := complaint(path, specifier))
    ]
    assert not problems, report("imports of the page:", problems)


def test_every_module_of_the_page_lies_in_a_part_that_has_a_rule():
    problems = [name(path) for path in files(".js", under="static/js") if area(path) not in MAY_IMPORT]
    assert not problems, report(f"static/js has the parts {', '.join(MAY_IMPORT)}; elsewhere lie:", problems)


def test_no_two_style_sheets_of_the_page_have_the_same_name():
    names = [path.name for path in files(".css", under="static/css")]
    assert len(names) == len(set(names)), "a page's address names its style sheets without their folders"
