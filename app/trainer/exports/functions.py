"""Functions: the engine's own activation functions as source, with all that they call."""

import ast
import inspect
from collections.abc import Iterable
from types import FunctionType

from engine import activations
from engine.activations import ACTIVATIONS


class _Plain(ast.NodeTransformer):
    """Without annotations, which would need the engine's types."""

    def visit_arg(self, node: ast.arg) -> ast.arg:
        return ast.arg(node.arg)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        self.generic_visit(node)
        node.returns = None
        return node


def sources(names: Iterable[str]) -> list[str]:
    """The constants and functions that these activations need, each after those that it uses."""
    found: dict[str, str] = {}
    for name in names:
        _add(ACTIVATIONS[name].function.__name__, found)
    constants = [text for name, text in found.items() if name.isupper()]
    functions = [text for name, text in found.items() if not name.isupper()]
    return ["\n".join(constants), *functions] if constants else functions


def _add(name: str, found: dict[str, str]) -> None:
    value = getattr(activations, name)
    if name in found:
        return
    if not isinstance(value, FunctionType):
        found[name] = f"{name} = {value!r}"
        return
    tree = _Plain().visit(ast.parse(inspect.getsource(value)))
    for node in ast.walk(tree):
        used = node.id if isinstance(node, ast.Name) else ""
        if used in vars(activations) and used != "np":
            _add(used, found)
    found[name] = ast.unparse(ast.fix_missing_locations(tree))
