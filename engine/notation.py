"""Notation: the slides' symbols, as plain text and as TeX.

Layers count from 1, the inputs; w_ij^(l) leads from unit j of layer l to unit i of layer l + 1, and
w_i0^(l) is that unit's bias.
"""

import re
from functools import lru_cache

MARKED_SYMBOL = re.compile(r"_(\w+)|\^\((\d+)\)|[δΔη−½]")
OF_UNIT_I = re.compile(r"([az]?)_i\b")
PRODUCT = r"\,"
"""Separator of factors, as on the slides: "w_11^(1) x_1"."""
TEX_OF_SIGN = {"δ": r"\delta", "Δ": r"\Delta ", "η": r"\eta", "−": "-", "½": r"\tfrac12"}
MAX_CACHED_SYMBOLS = 1 << 16
"""Number of cached symbols. A trace of a large network uses each of its symbols many times."""


def weight(layer: int, i: int, j: int) -> str:
    """Return w_ij^(layer), as in "w_11^(1)"; with a comma where an index has two digits: "w_{1,10}^(1)"."""
    return f"w_{i}{j}^({layer})" if i < 10 and j < 10 else f"w_{{{i},{j}}}^({layer})"


def unit(letter: str, layer: int, i: int) -> str:
    """Return z, a or δ of unit i, as in "z_1^(2)". An activation of layer 1 is an input, "x_1"."""
    return f"x_{i}" if letter == "a" and layer == 1 else f"{letter}_{i}^({layer})"


def slope(of: str, by: str) -> str:
    """Return the partial derivative ∂of/∂by."""
    return f"∂{of}/∂{by}"


@lru_cache(MAX_CACHED_SYMBOLS)
def tex(symbol: str) -> str:
    """Return a plain symbol as TeX: "w_11^(1)" becomes "w_{11}^{(1)}", "∂E/∂a_1^(2)" a fraction."""
    if symbol.startswith("∂"):
        of, by = symbol[1:].split("/∂")
        return rf"\frac{{\partial {tex(of)}}}{{\partial {tex(by)}}}"
    return MARKED_SYMBOL.sub(_mark_tex, symbol)


def at_unit(formula: str, layer: int, i: int) -> str:
    """Return the TeX of a formula about a unit "i", with this unit's own symbols."""

    def symbol(mark: re.Match[str]) -> str:
        return tex(unit(mark[1], layer, i)) if mark[1] else f"_{{{i}}}"

    return OF_UNIT_I.sub(symbol, formula)


def _mark_tex(mark: re.Match[str]) -> str:
    subscript, superscript = mark.groups()
    if subscript:
        return f"_{{{subscript}}}"
    return f"^{{({superscript})}}" if superscript else TEX_OF_SIGN[mark[0]]
