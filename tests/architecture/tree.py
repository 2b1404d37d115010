"""The files of this project as the architecture tests see them (not asking git, which an sdist lacks)."""

import ast
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENDOR = ROOT / "static" / "vendor"
ELSEWHERE = {".git", ".venv", ".hypothesis", "__pycache__", "build", "dist", "node_modules"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def files(*suffixes: str, under: str = ".") -> Iterator[Path]:
    """Every file of ours in a folder, ending in a suffix if given, less what is vendored or generated."""
    for folder, subfolders, names in os.walk(ROOT / under):
        subfolders[:] = sorted(
            name
            for name in subfolders
            if name not in ELSEWHERE
            and not name.endswith(("_cache", ".egg-info"))
            and Path(folder, name) != VENDOR
        )
        for name in sorted(names):
            if not suffixes or name.endswith(suffixes):
                yield Path(folder, name)


def name(path: Path) -> str:
    """A path as a reader of the report knows it, from the top of the checkout."""
    return path.relative_to(ROOT).as_posix()


@cache
def syntax(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def functions(tree: ast.AST) -> Iterator[Function]:
    """Every function and method in a syntax tree, nested ones too."""
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def report(rule: str, problems: list[str]) -> str:
    """What a failing test prints: the rule, then one line for each place that breaks it."""
    return "\n".join([rule, *(f"  {problem}" for problem in problems)])
