"""Source code: the engine's own activations and losses as Python, with all functions that they call."""

import ast
import inspect
import sys
from collections.abc import Callable
from types import FunctionType, ModuleType
from typing import Any


class _Plain(ast.NodeTransformer):
    """Without annotations, which would need the engine's types."""

    def visit_arg(self, node: ast.arg) -> ast.arg:
        return ast.arg(node.arg)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        self.generic_visit(node)
        node.returns = None
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        assert node.value
        return ast.Assign([node.target], node.value)


def source_of(*functions: Callable[..., Any]) -> list[str]:
    """Return the constants and functions that these functions need, each after those that it uses."""
    found: dict[str, str] = {}
    for function in functions:
        _add(function.__name__, sys.modules[function.__module__], found)
    constants = [text for name, text in found.items() if name.isupper()]
    written = [text for name, text in found.items() if not name.isupper()]
    return ["\n".join(constants), *written] if constants else written


def _add(name: str, module: ModuleType, found: dict[str, str]) -> None:
    value = getattr(module, name)
    if name in found:
        return
    if not isinstance(value, FunctionType):
        found[name] = f"{name} = {value!r}"
        return
    module = sys.modules[value.__module__]
    tree = _Plain().visit(ast.parse(inspect.getsource(value)))
    for node in ast.walk(tree):
        used = node.id if isinstance(node, ast.Name) else ""
        if used in vars(module) and used != "np":
            _add(used, module, found)
    found[name] = ast.unparse(ast.fix_missing_locations(tree))
