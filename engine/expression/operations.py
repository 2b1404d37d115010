r"""Operations: the gates of a computation graph, each beside its local gradients.

A gate depends only on its own inputs u (and v) and its own value f. Backpropagation needs nothing
from it but its local gradients ∂f/∂u (and ∂f/∂v). The chain rule does the rest.

Expressions call GATES by signs and FUNCTIONS by name. To add a function, write its entry in FUNCTIONS:
the parser, the page's interpreter and the tests read it from there.
"""

# Every local gradient receives all of u, v and f, even if its formula does not use them:
# ruff: noqa: ARG005

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from engine.activations import ACTIVATIONS
from engine.types import Array

Value: TypeAlias = np.float64 | Array
"""One number, or an array of numbers for the evaluation of many points at once."""

SUM, SIGNED, PRODUCT, POWER, ATOM = range(1, 6)
"""Precedence of a formula in TeX. A formula gets brackets where its context needs a higher one."""


@dataclass(frozen=True)
class Operation:
    """Gate of one or two inputs.

    label: the text inside the gate.
    tex: the formula, with #1 and #2 for the inputs.
    slopes: TeX of each local gradient, in the inputs u and v and the value f.
    function: (u) or (u, v) → f, elementwise.
    local_gradients: (u, f) or (u, v, f) → (∂f/∂u,) or (∂f/∂u, ∂f/∂v).
    javascript: f as a JavaScript expression in u and v, for evaluation in the page.
    binds, slots: the precedence of the formula, and the one that each input needs without brackets.
    chains: whether it accepts more than two arguments, which it combines in pairs from the left.
    """

    name: str
    label: str
    tex: str
    slopes: tuple[str, ...]
    function: Callable[..., Value]
    local_gradients: Callable[..., tuple[Value | float, ...]]
    javascript: str
    binds: int = POWER
    slots: tuple[int, ...] = (0, 0)
    chains: bool = False

    @property
    def arity(self) -> int:
        """The number of inputs."""
        return len(self.slopes)

    @property
    def formula(self) -> str:
        """TeX of the gate's value in its inputs u and v."""
        return self.tex.replace("#1", "u").replace("#2", "v")


def power_slopes(u: Value, v: Value, f: Value) -> tuple[Value, Value]:
    """Return v·u^(v−1) and f·ln u, with 0 where the power is constant: u⁰ in u, and 0^v in v > 0."""
    base = np.where(v == 0, 0, v * np.power(u, v - 1))
    exponent = np.where((u == 0) & (v > 0), 0, f * np.log(u))
    return base[()], exponent[()]


def _function_tex(name: str) -> str:
    """Return the TeX of a function that is written by its name."""
    return rf"\operatorname{{{name.replace('_', ' ')}}}\left(#1\right)"


def _activation(name: str, label: str, tex: str) -> Operation:
    """Return a network's activation as a gate: the same formulas with u for z and f for a."""
    entry = ACTIVATIONS[name]
    return Operation(
        name, label, tex, (re.sub(r"\bz\b", "u", re.sub(r"\ba\b", "f", entry.slope)),),
        entry.function, lambda u, f: (entry.derivative(u, f),), re.sub(r"\bz\b", "u", entry.javascript),
    )  # fmt: skip


GATES: dict[str, Operation] = {
    entry.name: entry
    for entry in (
        Operation(
            "add", "+", "#1 + #2", ("1", "1"),
            np.add, lambda u, v, f: (1.0, 1.0), "u + v", SUM, (SUM, PRODUCT),
        ),
        Operation(
            "subtract", "−", "#1 - #2", ("1", "-1"),
            np.subtract, lambda u, v, f: (1.0, -1.0), "u - v", SUM, (SUM, PRODUCT),
        ),
        Operation(
            "multiply", "×", r"#1 \cdot #2", ("v", "u"),
            np.multiply, lambda u, v, f: (v, u), "u * v", PRODUCT, (SIGNED, POWER),
        ),
        Operation(
            "divide", "÷", r"\frac{#1}{#2}", (r"\frac{1}{v}", r"-\frac{u}{v^2}"),
            np.divide, lambda u, v, f: (1 / v, -f / v), "u / v",
        ),
        Operation(
            "power", "xʸ", "#1^{#2}", (r"v\,u^{v-1}", r"u^v \ln u"),
            np.power, power_slopes, "u ** v", POWER, (ATOM, 0),
        ),
        Operation(
            "negate", "×−1", "-#1", ("-1",),
            np.negative, lambda u, f: (-1.0,), "-u", SIGNED, (PRODUCT,),
        ),
        Operation(
            "reciprocal", "1/x", r"\frac{1}{#1}", (r"-\frac{1}{u^2}",),
            np.reciprocal, lambda u, f: (-f * f,), "1 / u",
        ),
    )
}  # fmt: skip

FUNCTIONS: dict[str, Operation] = {
    entry.name: entry
    for entry in (
        Operation("exp", "exp", "e^{#1}", ("e^u",), np.exp, lambda u, f: (f,), "Math.exp(u)"),
        Operation(
            "log", "ln", r"\ln\left(#1\right)", (r"\frac{1}{u}",),
            np.log, lambda u, f: (1 / u,), "Math.log(u)",
        ),
        Operation(
            "sin", "sin", r"\sin\left(#1\right)", (r"\cos u",),
            np.sin, lambda u, f: (np.cos(u),), "Math.sin(u)",
        ),
        Operation(
            "cos", "cos", r"\cos\left(#1\right)", (r"-\sin u",),
            np.cos, lambda u, f: (-np.sin(u),), "Math.cos(u)",
        ),
        Operation(
            "tan", "tan", r"\tan\left(#1\right)", (r"1 + \tan^2 u",),
            np.tan, lambda u, f: (1 + f * f,), "Math.tan(u)",
        ),
        Operation(
            "sqrt", "√", r"\sqrt{#1}", (r"\frac{1}{2\sqrt{u}}",),
            np.sqrt, lambda u, f: (0.5 / f,), "Math.sqrt(u)", ATOM,
        ),
        Operation(
            "abs", "|x|", r"\left|#1\right|", (r"\operatorname{sign} u",),
            np.abs, lambda u, f: (np.sign(u),), "Math.abs(u)", ATOM,
        ),
        Operation(
            "max", "max", r"\max\left(#1, #2\right)",
            (
                r"\begin{cases}1 & u \ge v\\0 & u < v\end{cases}",
                r"\begin{cases}0 & u \ge v\\1 & u < v\end{cases}",
            ),
            np.maximum, lambda u, v, f: ((u >= v) * 1.0, (u < v) * 1.0),
            "Math.max(u, v)", chains=True,
        ),
        Operation(
            "min", "min", r"\min\left(#1, #2\right)",
            (
                r"\begin{cases}1 & u \le v\\0 & u > v\end{cases}",
                r"\begin{cases}0 & u \le v\\1 & u > v\end{cases}",
            ),
            np.minimum, lambda u, v, f: ((u <= v) * 1.0, (u > v) * 1.0),
            "Math.min(u, v)", chains=True,
        ),
        _activation("sigmoid", "σ", r"\sigma\left(#1\right)"),
        _activation("tanh", "tanh", r"\tanh\left(#1\right)"),
        *(
            _activation(name, name.replace("_", " "), _function_tex(name))
            for name in ACTIVATIONS
            if name not in ("linear", "sigmoid", "tanh", "sine")
        ),
    )
}  # fmt: skip

OPERATIONS: dict[str, Operation] = GATES | FUNCTIONS
"""Gates and functions by name."""
