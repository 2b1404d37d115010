"""Features: the inputs of a network, as formulas of the raw inputs x1, x2, …

A feature can turn a hard problem into an easy one: with x1^2 and x2^2 as inputs, a single neuron
separates the inside of a circle. The menu has seven features; any other expression in the inputs is
allowed. The formulas are computation graphs (`engine.expression`), so the page can evaluate them
too, from their nodes. To add a feature to the menu, add its entry to FEATURES.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.expression import Expression, ExpressionError, parse
from engine.types import Array


@dataclass(frozen=True)
class Feature:
    """Feature of the menu. label: its formula as plain text."""

    formula: str
    label: str

    @property
    def tex(self) -> str:
        """The formula in TeX."""
        return parse(self.formula).tex


FEATURES: dict[str, Feature] = {
    entry.formula: entry
    for entry in (
        Feature("x1", "x₁"),
        Feature("x2", "x₂"),
        Feature("x1^2", "x₁²"),
        Feature("x2^2", "x₂²"),
        Feature("x1*x2", "x₁x₂"),
        Feature("sin(x1)", "sin x₁"),
        Feature("sin(x2)", "sin x₂"),
    )
}
"""Features of the menu by formula, in the menu's order."""


def input_names(inputs: int) -> tuple[str, ...]:
    """Return x1 … xn, the names of the inputs in formulas."""
    return tuple(f"x{number}" for number in range(1, inputs + 1))


def parse_features(formulas: Sequence[str], inputs: int) -> tuple[Expression, ...]:
    """Return the graphs of the formulas.

    Raises ExpressionError, with the position, for a formula that does not parse or that uses another
    name than x1 … xn. Raises ValueError when there are no formulas.
    """
    if not formulas:
        raise ValueError("a network needs at least one feature, got none")
    return tuple(_parse_feature(formula, input_names(inputs)) for formula in formulas)


def compute(formulas: Sequence[str], x: Array) -> Array:
    """Return the features of every row: x (rows, inputs) → (rows, features). Raises as `parse_features`.

    Where a formula has no value, as log(x1) for x1 < 0, the feature is not finite.
    """
    inputs = dict(zip(input_names(x.shape[1]), x.T, strict=True))
    features = np.empty((len(x), len(formulas)))
    for column, expression in enumerate(parse_features(formulas, x.shape[1])):
        features[:, column] = expression.evaluate(inputs)
    return features


def check_finite(formulas: Sequence[str], x: Array, features: Array) -> None:
    """Raise ValueError at the first row of x (rows, inputs) for which a feature has no finite value."""
    for row, column in np.argwhere(~np.isfinite(features)):
        point = ", ".join(
            f"{name} = {value:g}" for name, value in zip(input_names(x.shape[1]), x[row], strict=True)
        )
        raise ValueError(f"{formulas[column]} has no finite value at example {row}, where {point}")


def _parse_feature(formula: str, names: Sequence[str]) -> Expression:
    expression = parse(formula)
    for node in expression.nodes:
        if node.name is not None and node.name not in names:
            raise ExpressionError(
                f"{formula!r} uses {node.name}, which is not an input; use these inputs: {', '.join(names)}",
                node.position,
            )
    return expression
