"""Response models of statistics over all examples of a network."""

from pydantic import Field

from app.schemas.base import ResponseModel
from app.schemas.responses import Number, Score


class Histogram(ResponseModel):
    """How many numbers lie in each of the equal parts of low … high."""

    low: float
    high: float
    counts: list[int]


class LayerDistribution(ResponseModel):
    """Over all units and training rows. Units count from 1."""

    activations: Histogram
    deltas: Histogram = Field(description="Each example's own ∂E/∂z.")
    dead: list[int] = Field(description="Units whose slope g'(z) is 0 for every row.")
    saturated: list[int] = Field(description="Units on the flat part of g for at least 95 % of the rows.")
    gradient_norm: Number = Field(description="‖(∂E/∂W, ∂E/∂b)‖ over all training rows, without penalty.")


class Distributions(ResponseModel):
    """examples: how many training rows there are. layers: from the first to the output."""

    step: int
    epoch: int
    examples: int
    layers: list[LayerDistribution]


class Slice(ResponseModel):
    """E over one parameter, all others fixed: values[k] gives losses[k], over all training rows.

    value, loss: as they are. gradient: the slope there, ∂E/∂w without penalty. rate: η of the next step.
    """

    step: int
    parameter: str
    value: float
    loss: Number
    gradient: Number
    rate: float
    values: list[float]
    losses: list[Number]


class SplitEvaluation(Score):
    """confusion[true][predicted] counts examples; pairs are [target, prediction] of up to 500 of them."""

    confusion: list[list[int]] | None
    pairs: list[list[Number]] | None


class Evaluation(ResponseModel):
    """test is null where no rows are for testing."""

    step: int
    epoch: int
    train: SplitEvaluation
    test: SplitEvaluation | None
