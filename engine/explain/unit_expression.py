"""Unit expression: the formula of one unit of a network, as a typed expression.

The names are the symbols of the notation without the layer: w10 is the bias w_10, w12 the weight
from unit 2 to unit 1, x1 an input, and a1 an activation of the layer before.
"""

from dataclasses import dataclass

from engine.backward import backward
from engine.forward import forward
from engine.losses import LOSSES
from engine.training.run import TrainingRun


@dataclass(frozen=True)
class UnitExpression:
    """Expression of a unit. values: a number for each name in text. gradient: the unit's ∂E/∂a."""

    text: str
    values: dict[str, float]
    gradient: float


def unit_expression(run: TrainingRun, row: int, layer: int, unit: int) -> UnitExpression:
    """Return a unit's expression with the numbers of the example in this row. layer: from 2 on."""
    x, y = run.examples.x[row : row + 1], run.examples.y[row : row + 1]
    fwd = forward(run.network, x)
    bwd = backward(run.network, fwd, y, LOSSES[run.config.loss])
    weights = run.network.layers[layer - 2]
    below = x[0] if layer == 2 else fwd.layers[layer - 3].a[0]
    letter = "x" if layer == 2 else "a"
    values = {_weight(unit, 0): float(weights.b[unit - 1])}
    terms = [_weight(unit, 0)]
    for j, (w, a) in enumerate(zip(weights.W[unit - 1], below, strict=True), start=1):
        values |= {_weight(unit, j): float(w), f"{letter}{j}": float(a)}
        terms.append(f"{_weight(unit, j)}*{letter}{j}")
    text, activation = " + ".join(terms), weights.activation.gate
    return UnitExpression(
        f"{activation}({text})" if activation else text,
        values,
        float(bwd.layers[layer - 2].da[0, unit - 1]),
    )


def _weight(i: int, j: int) -> str:
    return f"w{i}{j}" if i < 10 and j < 10 else f"w{i}_{j}"
