"""Response models of a network's state, parameters, traces and data."""

from typing import Any, Literal

from app.schemas.base import ResponseModel
from app.schemas.spec import ResolvedPlane, ResolvedSpec, Task

Number = float | None
"""A number, or null where it is not finite."""
CauseKind = Literal[
    "diverged", "step", "epoch", "train_loss", "test_loss", "plateau", "unattended", "unwatched", "fault"
]
Status = Literal["paused", "playing", "reached", "diverged"]


class Score(ResponseModel):
    """loss: E without penalty. accuracy: null for regression. r2: null for classes."""

    loss: Number
    accuracy: Number
    r2: Number


class Start(ResponseModel):
    """modified: the parameters at step 0 were set by hand, not drawn from the seed."""

    modified: bool


class Feature(ResponseModel):
    """A formula, and its graph for an interpreter: the last node is the value."""

    formula: str
    nodes: list[dict[str, Any]]


class Standardization(ResponseModel):
    mean: list[float]
    scale: list[float]


class Cause(ResponseModel):
    """Why training stopped by itself.

    values: by kind. diverged: step, parameter, gradient (the largest of that step, and whose). step: step.
    epoch: epoch. train_loss, test_loss: loss, wanted, epoch. plateau: change, epochs. unattended: epochs.
    unwatched: seconds. fault: detail.
    """

    kind: CauseKind
    values: dict[str, Number | str]


class NetworkState(ResponseModel):
    """State of a network. version counts accepted commands, not training.

    cause: why a play ended by itself; reason: the same as a sentence. Both are null until then.

    stepping: whether `steps` are under way, also if their client no longer waits for the answer.

    data_version: the version since which GET data has the same answer.

    notes: differences from what an imported link or file asked for.
    """

    id: str
    version: int
    data_version: int
    page: str
    status: Status
    reason: str | None
    cause: Cause | None
    playing: bool
    stepping: bool
    pace: float | None
    step: int
    epoch: int
    train: Score
    test: Score | None
    task: Task
    classes: int
    spec: ResolvedSpec
    features: list[Feature]
    standardization: Standardization | None
    plane: ResolvedPlane | None
    start: Start
    notes: list[str]


class PatchedState(NetworkState):
    """parameters: "kept" where they still fit, otherwise "new"."""

    parameters: Literal["kept", "new"]


class Layer(ResponseModel):
    W: list[list[Number]]
    b: list[Number]


class NetworkParameters(ResponseModel):
    step: int
    layers: list[Layer]


class LayerActivations(ResponseModel):
    z: list[list[Number]]
    a: list[list[Number]]


class Activations(ResponseModel):
    """Rows are examples."""

    step: int
    x: list[list[Number]]
    features: list[list[Number]]
    layers: list[LayerActivations]
    prediction: list[list[Number]]


class LayerGradients(ResponseModel):
    da: list[list[Number]]
    delta: list[list[Number]]
    dW: list[list[Number]]
    db: list[Number]
    penalty_dW: list[list[Number]]


class Gradients(ResponseModel):
    """examples: the rows, as GET data counts them."""

    step: int
    loss: Number
    examples: list[int]
    x: list[list[Number]]
    y: list[list[Number]]
    layers: list[LayerGradients]


class Term(ResponseModel):
    symbols: list[str]
    values: list[Number]
    product: Number


class Line(ResponseModel):
    phase: Literal["forward", "loss", "backward", "update"]
    layer: int
    unit: int
    symbol: str
    tex: str
    terms: list[Term]
    value: Number


class Trace(ResponseModel):
    step: int
    example: int
    lines: list[Line]


class Boundary(ResponseModel):
    """values[row][column]: rows x2 ascending, columns x1 ascending."""

    step: int
    x1: list[float]
    x2: list[float]
    values: list[list[Number]]


class HistoryRow(ResponseModel):
    epoch: int
    step: int
    train: Score
    test: Score | None


class History(ResponseModel):
    rows: list[HistoryRow]


class Data(ResponseModel):
    """Row order is how `example` counts."""

    task: Task
    classes: int
    inputs: list[str]
    x: list[list[Number]]
    y: list[list[Number]]
    class_names: list[str] | None
    labels: list[Any]
    split: list[Literal["train", "test"]]
    plane: ResolvedPlane | None


class Node(ResponseModel):
    id: int
    operation: str
    inputs: list[int]
    label: str
    value: Number
    gradient: Number
    local_gradients: list[Number]
    formula: str
    local_formulas: list[str]


class ExpressionGraph(ResponseModel):
    value: Number
    gradients: dict[str, Number]
    nodes: list[Node]
    tex: str


class UnitExpression(ResponseModel):
    """What a unit computes, for POST /expressions. gradient: ∂E/∂a, what comes back to it."""

    step: int
    example: int
    layer: int
    unit: int
    expression: str
    values: dict[str, Number]
    gradient: Number


class ActivationCurve(ResponseModel):
    """a = g(z) and g'(z), one of each for every z asked about."""

    name: str
    z: list[Number]
    a: list[Number]
    slope: list[Number]


class Health(ResponseModel):
    status: Literal["ok"]
    version: str
