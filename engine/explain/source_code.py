"""Source code of activations and losses as Python text, with all functions that they call."""

import ast
import inspect
import sys
from collections.abc import Callable
from types import FunctionType, ModuleType
from typing import Any


class _AnnotationRemover(ast.NodeTransformer):
    """Transformer that removes annotations, because the exported source has no types of the engine."""

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
    """Return the source of these functions with their dependencies, each after those that it uses."""
    sources: dict[str, str] = {}
    for function in functions:
        _add_source(function.__name__, sys.modules[function.__module__], sources)
    constants = [text for name, text in sources.items() if name.isupper()]
    definitions = [text for name, text in sources.items() if not name.isupper()]
    return ["\n".join(constants), *definitions] if constants else definitions


def _add_source(name: str, module: ModuleType, sources: dict[str, str]) -> None:
    value = getattr(module, name)
    if name in sources:
        return
    if not isinstance(value, FunctionType):
        sources[name] = f"{name} = {value!r}"
        return
    module = sys.modules[value.__module__]  # the function may have been imported into the first module
    tree = _AnnotationRemover().visit(ast.parse(inspect.getsource(value)))
    for node in ast.walk(tree):
        used = node.id if isinstance(node, ast.Name) else ""
        if used in vars(module) and used != "np":
            _add_source(used, module, sources)
    sources[name] = ast.unparse(ast.fix_missing_locations(tree))
