"""Unit expression: what one unit of a network computes, as a typed expression.

The names are the slides' without their layer: w10 is the bias w_10, w12 leads from unit 2 to unit 1,
x1 is an input, a1 an activation of the layer before.
"""

from dataclasses import dataclass

from engine.backward import backward
from engine.forward import forward
from engine.losses import LOSSES
from engine.training.run import TrainingRun


@dataclass(frozen=True)
class UnitExpression:
    """text: the expression. values: a number for each name. gradient: ∂E/∂a, what comes back to the unit."""

    text: str
    values: dict[str, float]
    gradient: float


def unit_expression(run: TrainingRun, row: int, layer: int, unit: int) -> UnitExpression:
    """What a unit computes from the example in this row. layer counts the inputs as 1, so from 2 on."""
    x, y = run.examples.x[row : row + 1], run.examples.y[row : row + 1]
    there = forward(run.network, x)
    back = backward(run.network, there, y, LOSSES[run.config.loss])
    weights = run.network.layers[layer - 2]
    below = x[0] if layer == 2 else there.layers[layer - 3].a[0]
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
        float(back.layers[layer - 2].da[0, unit - 1]),
    )


def _weight(i: int, j: int) -> str:
    return f"w{i}{j}" if i < 10 and j < 10 else f"w{i}_{j}"
