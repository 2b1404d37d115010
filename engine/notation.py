"""Notation: the slides' symbols, as plain text and as TeX.

Layers count from 1, the inputs; w_ij^(l) leads from unit j of layer l to unit i of layer l + 1, and
w_i0^(l) is that unit's bias.
"""

import re
from functools import lru_cache

MARKED_SYMBOL = re.compile(r"_(\w+)|\^\((\d+)\)|[δη−½]")
WRITTEN = {"δ": r"\delta", "η": r"\eta", "−": "-", "½": r"\tfrac12"}
OFTEN = 1 << 16
"""Symbols of a large network, each of which stands on its board many times."""


def weight(layer: int, i: int, j: int) -> str:
    """w_ij^(layer): "w_11^(1)"; from ten units on with a comma, "w_{1,10}^(1)"."""
    return f"w_{i}{j}^({layer})" if i < 10 and j < 10 else f"w_{{{i},{j}}}^({layer})"


def unit(letter: str, layer: int, i: int) -> str:
    """z, a or δ of unit i: "z_1^(2)". An activation of layer 1 is an input, "x_1"."""
    return f"x_{i}" if letter == "a" and layer == 1 else f"{letter}_{i}^({layer})"


def slope(of: str, by: str) -> str:
    """Return the partial derivative ∂of/∂by."""
    return f"∂{of}/∂{by}"


@lru_cache(OFTEN)
def tex(symbol: str) -> str:
    """Return a plain symbol as TeX: "w_11^(1)" becomes "w_{11}^{(1)}", "∂E/∂a_1^(2)" a fraction."""
    if symbol.startswith("∂"):
        of, by = symbol[1:].split("/∂")
        return rf"\frac{{\partial {tex(of)}}}{{\partial {tex(by)}}}"
    return MARKED_SYMBOL.sub(_written, symbol)


def _written(mark: re.Match[str]) -> str:
    below, above = mark.groups()
    if below:
        return f"_{{{below}}}"
    return f"^{{({above})}}" if above else WRITTEN[mark[0]]
