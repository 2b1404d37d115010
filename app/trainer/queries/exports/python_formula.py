"""Python formulas: a feature's computation graph as a line of Python, for NumPy or PyTorch."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from engine.activations import ACTIVATIONS
from engine.expression import FUNCTIONS, Expression, Node
from engine.expression.nodes import number_text

LOOSE, SUM, PRODUCT, SIGN, POWER, ATOM = range(6)
"""Precedence of Python operators. A piece gets brackets where a higher precedence is needed."""


class Sign(NamedTuple):
    """Form of an operation in Python, its precedence, and the precedence that each input needs."""

    form: str
    binds: int
    needs: tuple[int, ...]


SIGNS = {
    "add": Sign("{} + {}", SUM, (SUM, PRODUCT)),
    "subtract": Sign("{} - {}", SUM, (SUM, PRODUCT)),
    "multiply": Sign("{} * {}", PRODUCT, (PRODUCT, SIGN)),
    "divide": Sign("{} / {}", PRODUCT, (PRODUCT, SIGN)),
    "power": Sign("{}**{}", POWER, (ATOM, SIGN)),
    "negate": Sign("-{}", SIGN, (SIGN,)),
    "reciprocal": Sign("1 / {}", PRODUCT, (SIGN,)),
}
"""Operations that are written with signs. All others are function calls."""


@dataclass(frozen=True)
class Formula:
    """Formula of a feature in Python. library: "np" or "torch"."""

    expression: Expression
    library: str

    @cached_property
    def text(self) -> str:
        """Complete formula. A constant one is expanded to the length of x1."""
        written = self._written
        last = self.expression.nodes[-1]
        text = written[-1][0]
        return f"{self.library}.full_like(x1, {text})" if self._constants[last.id] else text

    @property
    def functions(self) -> set[str]:
        """Names of the engine's functions that the formula calls."""
        nodes = zip(self.expression.nodes, self._constants, strict=True)
        names = {node.operation for node, fixed in nodes if not fixed}
        return {name for name in names & set(FUNCTIONS) if not isinstance(FUNCTIONS[name].function, np.ufunc)}

    @cached_property
    def _constants(self) -> list[bool]:
        """For each node, whether it is constant: it depends on no input."""
        fixed: list[bool] = []
        for node in self.expression.nodes:
            fixed.append(node.name is None and all(fixed[source] for source in node.inputs))
        return fixed

    @cached_property
    def _written(self) -> list[tuple[str, int]]:
        values = self.expression.forward(dict.fromkeys(self.expression.names, 1.0))
        written: list[tuple[str, int]] = []
        for node in self.expression.nodes:
            if self._constants[node.id]:
                written.append(self._number(float(values[node.id])))
            elif node.name is not None:
                written.append((node.name, ATOM))
            else:
                written.append(self._gate(node, [written[source] for source in node.inputs]))
        return written

    def _number(self, value: float) -> tuple[str, int]:
        text = number_text(value) if np.isfinite(value) else repr(value).replace("-", f"-{self.library}.", 1)
        if not np.isfinite(value) and value != -np.inf:
            text = f"{self.library}.{text}"
        return text, SIGN if text.startswith("-") else ATOM

    def _gate(self, node: Node, inputs: list[tuple[str, int]]) -> tuple[str, int]:
        if sign := SIGNS.get(node.operation):
            places = zip(inputs, sign.needs, strict=True)
            held = [text if binds >= need else f"({text})" for (text, binds), need in places]
            return sign.form.format(*held), sign.binds
        texts = [text for text, _ in inputs]
        return (self._in_torch(node, texts) if self.library == "torch" else _in_numpy(node, texts)), ATOM

    def _in_torch(self, node: Node, texts: list[str]) -> str:
        fixed = [place for place, source in enumerate(node.inputs) if self._constants[source]]
        if fixed:  # torch.maximum takes no plain numbers
            bound = "min" if node.operation == "max" else "max"
            return f"({texts[1 - fixed[0]]}).clamp({bound}={texts[fixed[0]]})"
        if node.operation in ACTIVATIONS:  # each is a call with z among what it takes
            return re.sub(r"\bz\b", lambda _: texts[0], ACTIVATIONS[node.operation].pytorch)
        name = {"max": "maximum", "min": "minimum"}.get(node.operation, node.operation)
        return f"torch.{name}({', '.join(texts)})"


def _in_numpy(node: Node, texts: list[str]) -> str:
    function = FUNCTIONS[node.operation].function
    name = f"np.{function.__name__}" if isinstance(function, np.ufunc) else node.operation
    return f"{name}({', '.join(texts)})"
