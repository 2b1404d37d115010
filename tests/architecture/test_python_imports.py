"""Imports point one way: routes → web → services → domain → engine → NumPy. The client stands alone."""

import ast
import sys
from collections.abc import Iterator

import pytest

from tests.architecture.tree import files, name, report, syntax

WEB = ("fastapi", "starlette", "uvicorn")
ADAPTERS = ("app.routes", "app.main", "app.web", *WEB)

MAY_NOT_IMPORT = {
    "app/domain": ("app.services", "app.trainer", "app.messages", *ADAPTERS),
    "app/schemas": ("app.services", "app.trainer", "app.messages", "app.domain", *ADAPTERS),
    "app/messages": ("app.services", "app.trainer", *ADAPTERS),
    "app/trainer": ("app.services", *ADAPTERS),
    "app/services": ("app.trainer", *ADAPTERS),
    "app/web": ("app.routes", "app.trainer", "app.main", "engine", "numpy"),
    "app/routes": ("engine", "numpy", "app.trainer", "app.main"),
}
"""What each package of the service may not know, whatever else it imports."""

ENGINE_ORDER = ("base", "syllabus", "expression", "data", "compiled", "training", "explain")
"""The parts of the engine from the bottom up: each may import itself and what stands before it."""
ENGINE_BASE = {"types", "rng", "hyperparameters", "notation", "__init__"}
"""Modules on the engine's top level that the other modules there may import."""

BACK_END = ("app.services.workers", "app.services.storage", "app.messages.channel", "app.trainer")


def imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield line and full dotted name of everything a module imports, wherever in it the import stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (
                (node.lineno, f"{'.' * node.level}{node.module}.{alias.name}") for alias in node.names
            )


def reaches(dotted: str, packages: tuple[str, ...]) -> bool:
    """Return whether a dotted name is one of the packages or lies in one."""
    return any(dotted == package or dotted.startswith(package + ".") for package in packages)


def engine_part(dotted: str) -> str:
    """Return the part of the engine that a module of it, or a name in one, belongs to."""
    first = dotted.split(".")[1] if "." in dotted else "__init__"
    if first in (*ENGINE_ORDER, "tfplayground"):
        return first
    return "base" if first in ENGINE_BASE else "syllabus"


def allowed_parts(part: str) -> tuple[str, ...]:
    """Return the parts of the engine that a part may import."""
    if part == "tfplayground":  # a link names data sets
        return (*ENGINE_ORDER[: ENGINE_ORDER.index("data") + 1], part)
    return ENGINE_ORDER[: ENGINE_ORDER.index(part) + 1]


def breaches(folder: str, forbidden: tuple[str, ...]) -> list[str]:
    """Return every import in a folder that reaches a forbidden package, with its place."""
    return [
        f"{name(path)}:{line} imports {dotted}, which {folder} may not know"
        for path in files(".py", under=folder)
        for line, dotted in imported(syntax(path))
        if reaches(dotted, forbidden)
    ]


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


def test_a_part_of_the_engine_is_known_by_the_first_name_after_engine():
    dotted = ("engine.types.Array", "engine.network", "engine.training.run.TrainingRun", "engine")
    assert [engine_part(each) for each in dotted] == ["base", "syllabus", "training", "base"]


def test_every_part_of_the_engine_imports_only_what_comes_before_it():
    problems = [
        f"{name(path)}:{line} imports {dotted}; {part} may import {', '.join(allowed_parts(part))}"
        for path in files(".py", under="engine")
        for part in [engine_part(name(path).removesuffix(".py").replace("/", "."))]
        for line, dotted in imported(syntax(path))
        if reaches(dotted, ("engine",)) and engine_part(dotted) not in allowed_parts(part)
    ]
    assert not problems, report(f"the engine's order is {' ← '.join(ENGINE_ORDER)}:", problems)


@pytest.mark.parametrize("folder", MAY_NOT_IMPORT)
def test_every_layer_of_the_app_looks_down_only(folder: str):
    problems = breaches(folder, MAY_NOT_IMPORT[folder])
    assert not problems, report("imports point one way, routes → web → services → domain → engine:", problems)


def test_nothing_that_ships_imports_the_tests():
    problems = [
        problem
        for folder in ("app", "engine", "client")
        for problem in breaches(folder, ("tests", "benchmarks", "pytest"))
    ]
    assert not problems, report("app, engine and client ship without tests and benchmarks:", problems)


def test_the_client_imports_only_its_dependencies_the_standard_library_and_itself():
    allowed = (*sys.stdlib_module_names, "httpx", "numpy", "websockets", "backprop_playground")
    problems = [
        f"{name(path)}:{line} imports {dotted}"
        for path in files(".py", under="client")
        for line, dotted in imported(syntax(path))
        if not reaches(dotted, allowed)
    ]
    assert not problems, report("the client may import httpx, NumPy, websockets and itself:", problems)


def test_the_service_does_not_import_its_client():
    problems = [
        problem for folder in ("app", "engine") for problem in breaches(folder, ("backprop_playground",))
    ]
    assert not problems, report("the server ships without the client:", problems)


def test_only_main_and_the_back_end_itself_know_which_back_end_there_is():
    within = ("app/services/workers/", "app/services/storage/")
    problems = [
        problem
        for folder in ("app/routes", "app/web", "app/schemas", "app/services")
        for problem in breaches(folder, BACK_END)
        if not problem.startswith(within)
    ]
    assert not problems, report("app.main chooses a back end; others know app.services.backend:", problems)
