"""Imports point one way: app/routes → app/services → engine → NumPy."""

import ast
import sys
from collections.abc import Iterator

from tests.architecture.tree import files, name, report, syntax

WEB = ("fastapi", "starlette", "uvicorn")
ABOVE_SERVICES = ("app.routes", "app.main", "app.dependencies", "app.errors", *WEB)

MAY_NOT_IMPORT = {
    "app/schemas": ("app.services", "app.trainer", *ABOVE_SERVICES),
    "app/trainer": ABOVE_SERVICES,
    "app/services": ABOVE_SERVICES,
    "app/routes": ("engine", "numpy", "app.trainer", "app.main"),
}


def imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and full dotted name of everything a module imports, wherever in it the import stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (
                (node.lineno, f"{'.' * node.level}{node.module}.{alias.name}") for alias in node.names
            )


def reaches(dotted: str, packages: tuple[str, ...]) -> bool:
    """Whether a dotted name is one of the packages or lies in one."""
    return any(dotted == package or dotted.startswith(package + ".") for package in packages)


def test_an_import_is_found_at_the_top_and_inside_a_function():
    tree = ast.parse("import numpy.linalg\ndef f():\n    from app import routes")
    assert list(imported(tree)) == [(1, "numpy.linalg"), (3, "app.routes")]


def test_the_engine_imports_only_numpy_the_standard_library_and_itself():
    allowed = (*sys.stdlib_module_names, "numpy", "engine")
    problems = [
        f"{name(path)}:{line} imports {dotted}"
        for path in files(".py", under="engine")
        for line, dotted in imported(syntax(path))
        if not reaches(dotted, allowed)
    ]
    assert not problems, report("engine may import NumPy, the standard library and engine:", problems)


def test_every_layer_of_the_app_looks_down_only():
    problems = [
        f"{name(path)}:{line} imports {dotted}, which {folder} may not know"
        for folder, forbidden in MAY_NOT_IMPORT.items()
        for path in files(".py", under=folder)
        for line, dotted in imported(syntax(path))
        if reaches(dotted, forbidden)
    ]
    assert not problems, report("imports point one way, routes → services → engine:", problems)


def test_nothing_that_ships_imports_the_tests():
    problems = [
        f"{name(path)}:{line} imports {dotted}"
        for folder in ("app", "engine")
        for path in files(".py", under=folder)
        for line, dotted in imported(syntax(path))
        if reaches(dotted, ("tests", "benchmarks", "pytest"))
    ]
    assert not problems, report("app and engine ship without tests and benchmarks:", problems)


BACK_END = ("app.services.hosting", "app.services.keeping", "app.services.wire", "app.trainer")


def test_all_that_speaks_of_networks_knows_the_seam_and_no_back_end():
    folders = ("app/routes", "app/middleware", "app/schemas", "app/services")
    within = ("app/services/hosting/", "app/services/keeping/")
    problems = [
        f"{name(path)}:{line} imports {dotted}"
        for folder in folders
        for path in files(".py", under=folder)
        if not name(path).startswith(within)
        for line, dotted in imported(syntax(path))
        if reaches(dotted, BACK_END)
    ]
    assert not problems, report("a back end is chosen in app.main, and known by app.services.seam:", problems)


def test_the_two_ends_of_the_seam_do_not_know_each_other():
    ends = {
        "app/trainer": ("app.services.hosting", "app.services.keeping"),
        "app/services/hosting": ("app.trainer",),
    }
    problems = [
        f"{name(path)}:{line} imports {dotted}"
        for folder, forbidden in ends.items()
        for path in files(".py", under=folder)
        for line, dotted in imported(syntax(path))
        if reaches(dotted, forbidden)
    ]
    assert not problems, report("what crosses is in app.services.seam and wire:", problems)
