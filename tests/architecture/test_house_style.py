"""The rules of the house that a test can hold: small files and functions, nouns for names."""

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, Function, files, functions, name, report, syntax

LINES_IN_A_FILE = 350
LINES_IN_A_FUNCTION = 39
ENTRIES_IN_A_FOLDER = 16
NOT_COUNTED = {"__init__.py", "__main__.py", "py.typed"}
ONE_FILE_A_PAGE = Path("app", "exhibits")
SAYS_NOTHING = {"util", "utils", "helper", "helpers", "common", "manager", "managers", "core", "misc"}


def length(function: Function) -> int:
    """Lines of a function from its def to its end, the docstring left out."""
    first = function.body[0]
    is_docstring = (
        isinstance(first, ast.Expr)
        and isinstance(first.value, ast.Constant)
        and isinstance(first.value.value, str)
    )
    docstring = (first.end_lineno or 0) - first.lineno + 1 if is_docstring else 0
    return (function.end_lineno or 0) - function.lineno + 1 - docstring


def test_the_length_of_a_function_leaves_out_its_docstring():
    tree = ast.parse('def f(x):\n    """One.\n\n    Two."""\n    y = x\n    return y\n')
    assert [length(function) for function in functions(tree)] == [3]


def test_no_file_is_longer_than_350_lines():
    lengths = {
        path: len(path.read_text(encoding="utf-8").splitlines())
        for path in files(".py", ".js", ".css", ".html")
    }
    problems = [f"{name(path)} has {lines}" for path, lines in lengths.items() if lines > LINES_IN_A_FILE]
    assert not problems, report(f"a file has at most {LINES_IN_A_FILE} lines; split along a noun:", problems)


def test_every_function_is_under_40_lines():
    problems = [
        f"{name(path)}:{function.lineno} {function.name} has {length(function)}"
        for path in files(".py")
        for function in functions(syntax(path))
        if length(function) > LINES_IN_A_FUNCTION
    ]
    assert not problems, report("a function has fewer than 40 lines, its docstring not counted:", problems)


def test_no_file_or_folder_has_a_name_that_says_nothing():
    problems = [
        f"{name(path)}: {part!r}"
        for path in files()
        for part in path.relative_to(ROOT).parts
        if SAYS_NOTHING & set(re.split(r"[-_.]", part.lower()))
    ]
    assert not problems, report("files are named for the noun they hold, never for:", problems)


@pytest.mark.parametrize(
    "tree",
    [
        "app",
        "client",
        "static/css",
        "static/js",
        "templates",
        "benchmarks",
        "tests/app",
        "tests/client",
        "tests/browser",
        "docs/decisions",
    ],
)
def test_no_folder_has_more_entries_than_one_reads_at_a_glance(tree: str):
    entries: dict[Path, set[str]] = defaultdict(set)
    for path in files(under=tree):
        for folder in path.relative_to(ROOT).parents:
            entries[folder].add(path.relative_to(ROOT / folder).parts[0])
    problems = [
        f"{folder.as_posix()} has {len(found)}"
        for folder, found in sorted(entries.items())
        if folder.as_posix().startswith(tree) and not folder.is_relative_to(ONE_FILE_A_PAGE)
        for found in [found - NOT_COUNTED]
        if len(found) > ENTRIES_IN_A_FOLDER
    ]
    rule = f"a folder has at most {ENTRIES_IN_A_FOLDER} entries; group along nouns:"
    assert not problems, report(rule, problems)


@pytest.mark.parametrize("package", ["app", "engine", "client/backprop_playground"])
def test_every_folder_of_a_package_that_holds_python_has_an_init(package):
    folders = {path.parent for path in files(".py", under=package)}
    problems = [name(folder) for folder in sorted(folders) if not (folder / "__init__.py").is_file()]
    assert not problems, report("without __init__.py a folder is only half a package:", problems)


def test_the_tests_are_no_package():
    problems = [name(path) for path in files("__init__.py", under="tests")]
    assert not problems, report("pytest imports test files by path, so tests hold no __init__.py:", problems)
