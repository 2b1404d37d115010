"""Response models of the inside of a network: activations, gradients, traces, checks, statistics."""

from dataclasses import dataclass
from typing import Literal

from backprop_playground.decoding import Numbers
from backprop_playground.models.network import Score


@dataclass(frozen=True, kw_only=True)
class LayerActivations:
    """Activations of one layer: z, a (rows, units)."""

    z: Numbers
    a: Numbers


@dataclass(frozen=True, kw_only=True)
class Activations:
    """Activations of all layers, one row per example.

    x (rows, inputs) raw, features (rows, features) as the network reads them, prediction (rows, outputs).
    """

    step: int
    x: Numbers
    features: Numbers
    layers: list[LayerActivations]
    prediction: Numbers


@dataclass(frozen=True, kw_only=True)
class LayerGradients:
    """Gradients of one layer.

    da, delta (rows, units), with the mean's 1/rows. dW, penalty_dW (units, inputs). db (units,).
    """

    da: Numbers
    delta: Numbers
    dW: Numbers
    db: Numbers
    penalty_dW: Numbers


@dataclass(frozen=True, kw_only=True)
class Gradients:
    """Gradients of E in all layers.

    examples: the row numbers. x (rows, inputs) raw, y (rows, outputs) as trained towards.
    """

    step: int
    loss: float | None
    examples: list[int]
    x: Numbers
    y: Numbers
    layers: list[LayerGradients]


@dataclass(frozen=True, kw_only=True)
class Boundary:
    """Decision boundary: the output, or a unit's activation, on a grid over the plane.

    values (x2, x1): rows x2 ascending, columns x1 ascending, as `origin="lower"` draws them.
    """

    step: int
    x1: tuple[float, float]
    x2: tuple[float, float]
    values: Numbers


@dataclass(frozen=True, kw_only=True)
class Term:
    """Product in a line of a trace."""

    symbols: list[str]
    values: list[float | None]
    product: float | None


@dataclass(frozen=True, kw_only=True)
class Line:
    """Formula of a trace with its numbers."""

    phase: Literal["forward", "loss", "backward", "update"]
    layer: int
    unit: int
    symbol: str
    tex: str
    terms: list[Term]
    value: float | None


@dataclass(frozen=True, kw_only=True)
class Trace:
    """One example forward, backward, and into the weights."""

    step: int
    example: int
    lines: list[Line]


@dataclass(frozen=True, kw_only=True)
class BatchTrace:
    """One update as the mean of its examples' gradients.

    examples: all row numbers of the batch. lines: loss, gradients, and update of the whole batch.
    each: traces of the first examples. The last term of a line, "…", is the sum of all others.
    """

    step: int
    examples: list[int]
    lines: list[Line]
    each: list[Trace]


@dataclass(frozen=True, kw_only=True)
class UnitExpression:
    """Formula of a unit, for `evaluate_expression`. gradient: ∂E/∂a."""

    step: int
    example: int
    layer: int
    unit: int
    expression: str
    values: dict[str, float | None]
    gradient: float | None


@dataclass(frozen=True, kw_only=True)
class GradientCheckRow:
    """One parameter in a gradient check. kink: whether the step crosses a kink of an activation."""

    name: str
    backprop: float | None
    numerical: float | None
    relative_error: float | None
    kink: bool


@dataclass(frozen=True, kw_only=True)
class GradientCheckResult:
    """Comparison of backpropagation with central differences.

    error: ‖g − n‖ / (‖g‖ + ‖n‖) over the parameters that cross no kink.
    agrees: whether error is at most a millionth, allowing for the rounding of E.
    """

    step: int
    h: float
    error: float | None
    agrees: bool
    kinks: int
    parameters: list[GradientCheckRow]


@dataclass(frozen=True, kw_only=True)
class Histogram:
    """Counts in equal intervals from low to high."""

    low: float
    high: float
    counts: list[int]


@dataclass(frozen=True, kw_only=True)
class LayerDistribution:
    """Statistics of a layer over all training rows. dead, saturated: unit numbers, from 1.

    gradient_norm: ‖(∂E/∂W, ∂E/∂b)‖ without penalty.
    """

    activations: Histogram
    deltas: Histogram
    dead: list[int]
    saturated: list[int]
    gradient_norm: float | None


@dataclass(frozen=True, kw_only=True)
class Distributions:
    """Statistics of all layers. examples: the number of training rows."""

    step: int
    epoch: int
    examples: int
    layers: list[LayerDistribution]


@dataclass(frozen=True, kw_only=True)
class Slice:
    """Loss slice: E over one parameter, all others fixed, over all training rows.

    values, losses: values[k] gives losses[k].
    value, loss: the current ones. gradient: ∂E/∂w there, without penalty. rate: η of the next step.
    """

    step: int
    parameter: str
    value: float
    loss: float | None
    gradient: float | None
    rate: float
    values: list[float]
    losses: list[float | None]


@dataclass(frozen=True, kw_only=True)
class SplitEvaluation(Score):
    """Score with a confusion matrix, or with pairs.

    confusion[true][predicted]: counts of examples. pairs: [target, prediction] of up to 500 examples.
    """

    confusion: list[list[int]] | None
    pairs: list[list[float | None]] | None


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """Scores on all rows. test: None without test rows."""

    step: int
    epoch: int
    train: SplitEvaluation
    test: SplitEvaluation | None
