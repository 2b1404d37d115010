"""TeX of an expression: names with their indices, brackets only where they are needed."""

import re
from collections.abc import Sequence

from engine.expression.nodes import Node, number_text
from engine.expression.operations import ATOM, OPERATIONS, PRODUCT, SIGNED

MAX_TEX_LENGTH = 50_000
"""Maximum number of characters. TeX repeats shared nodes, so it can grow exponentially with the graph."""


def expression_tex(nodes: Sequence[Node]) -> str:
    """Return the TeX of the last node; empty where it would be too long."""
    formulas: list[tuple[str, int]] = []
    for node in nodes:
        formulas.append(_formula(node, [formulas[source] for source in node.inputs]))
        if len(formulas[-1][0]) > MAX_TEX_LENGTH:
            return ""
    return formulas[-1][0]


def name_tex(name: str) -> str:
    r"""Return a name with its number as an index: x1 is x_{1}, w_12 is w_{12}, rate is \mathit{rate}."""
    match = re.fullmatch(r"(.*?)(?:_?([0-9]+))?", name)
    letters, index = match.groups() if match else (name, None)
    if len(letters) > 1:
        letters = r"\mathit{" + letters.replace("_", r"\_") + "}"
    return f"{letters}_{{{index}}}" if index else letters


def number_tex(value: float) -> str:
    r"""Return all digits of a number: 0.5, 10^{-5}, 3 \cdot 10^{20}."""
    return _number(value)[0]


def _formula(node: Node, inputs: Sequence[tuple[str, int]]) -> tuple[str, int]:
    """Return the TeX of a node and its precedence. inputs: the same of its inputs."""
    if node.name is not None:
        return name_tex(node.name), ATOM
    if node.value is not None:
        return _number(node.value)
    operation = OPERATIONS[node.operation]
    tex = operation.tex
    for index, (formula, binds) in enumerate(inputs):
        bracketed = formula if binds >= operation.slots[index] else rf"\left({formula}\right)"
        tex = tex.replace(f"#{index + 1}", bracketed)
    return tex, min(operation.binds, SIGNED) if tex.startswith("-") else operation.binds


def _number(value: float) -> tuple[str, int]:
    text, binds = number_text(value), ATOM
    if "e" in text:
        digits, exponent = text.split("e")
        factor = {"1": "", "-1": "-"}.get(digits, rf"{digits} \cdot ")
        text, binds = f"{factor}10^{{{int(exponent)}}}", PRODUCT
    return text, SIGNED if text.startswith("-") else binds
