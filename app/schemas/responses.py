"""What the service answers."""

from typing import Any, Literal

from app.schemas.base import Told
from app.schemas.spec import FullPlane, FullSpec, Task

Number = float | None
"""A number, or null where it is not finite."""
CauseKind = Literal[
    "diverged", "step", "epoch", "train_loss", "test_loss", "plateau", "unattended", "unwatched", "fault"
]
Status = Literal["paused", "playing", "reached", "diverged"]


class Score(Told):
    """loss: E without penalty. accuracy: null for regression. r2: null for classes."""

    loss: Number
    accuracy: Number
    r2: Number


class Start(Told):
    """modified: the parameters at step 0 were set by hand, not drawn from the seed."""

    modified: bool


class Feature(Told):
    """A formula, and its graph for an interpreter: the last node is the value."""

    formula: str
    nodes: list[dict[str, Any]]


class Standardized(Told):
    mean: list[float]
    scale: list[float]


class Cause(Told):
    """Why training stopped by itself.

    values: by kind. diverged: step, parameter, gradient (the largest of that step, and whose). step: step.
    epoch: epoch. train_loss, test_loss: loss, wanted, epoch. plateau: change, epochs. unattended: epochs.
    unwatched: seconds. fault: detail.
    """

    kind: CauseKind
    values: dict[str, Number | str]


class NetworkState(Told):
    """A network at one moment. version counts accepted commands, not training.

    cause: why it stopped by itself; reason: the same as a sentence. Both are null until it does.

    data_version: the version since which GET data answers what it does.

    notes: what is not as it was asked for, where it was asked for elsewhere.
    """

    id: str
    version: int
    data_version: int
    page: str
    status: Status
    reason: str | None
    cause: Cause | None
    playing: bool
    pace: float | None
    step: int
    epoch: int
    train: Score
    test: Score | None
    task: Task
    classes: int
    spec: FullSpec
    features: list[Feature]
    standardization: Standardized | None
    plane: FullPlane | None
    start: Start
    notes: list[str]


class PatchedState(NetworkState):
    """parameters: "kept" where they still fit, otherwise "new"."""

    parameters: Literal["kept", "new"]


class ToldLayer(Told):
    W: list[list[Number]]
    b: list[Number]


class ToldParameters(Told):
    step: int
    layers: list[ToldLayer]


class LayerActivations(Told):
    z: list[list[Number]]
    a: list[list[Number]]


class Activations(Told):
    """Rows are examples."""

    step: int
    x: list[list[Number]]
    features: list[list[Number]]
    layers: list[LayerActivations]
    prediction: list[list[Number]]


class LayerGradients(Told):
    da: list[list[Number]]
    delta: list[list[Number]]
    dW: list[list[Number]]
    db: list[Number]
    penalty_dW: list[list[Number]]


class Gradients(Told):
    """examples: the rows, as GET data counts them."""

    step: int
    loss: Number
    examples: list[int]
    x: list[list[Number]]
    y: list[list[Number]]
    layers: list[LayerGradients]


class Term(Told):
    symbols: list[str]
    values: list[Number]
    product: Number


class Line(Told):
    phase: Literal["forward", "loss", "backward", "update"]
    layer: int
    unit: int
    symbol: str
    tex: str
    terms: list[Term]
    value: Number


class Trace(Told):
    step: int
    example: int
    lines: list[Line]


class Boundary(Told):
    """values[row][column]: rows x2 ascending, columns x1 ascending."""

    step: int
    x1: list[float]
    x2: list[float]
    values: list[list[Number]]


class HistoryRow(Told):
    epoch: int
    step: int
    train: Score
    test: Score | None


class History(Told):
    rows: list[HistoryRow]


class Data(Told):
    """Row order is how `example` counts."""

    task: Task
    classes: int
    inputs: list[str]
    x: list[list[Number]]
    y: list[list[Number]]
    class_names: list[str] | None
    labels: list[Any]
    split: list[Literal["train", "test"]]
    plane: FullPlane | None


class Node(Told):
    id: int
    operation: str
    inputs: list[int]
    label: str
    value: Number
    gradient: Number
    local_gradients: list[Number]
    formula: str
    local_formulas: list[str]


class Graph(Told):
    value: Number
    gradients: dict[str, Number]
    nodes: list[Node]
    tex: str


class UnitExpression(Told):
    """What a unit computes, for POST /expressions. gradient: ∂E/∂a, what comes back to it."""

    step: int
    example: int
    layer: int
    unit: int
    expression: str
    values: dict[str, Number]
    gradient: Number


class ActivationCurve(Told):
    """a = g(z) and g'(z), one of each for every z asked about."""

    name: str
    z: list[Number]
    a: list[Number]
    slope: list[Number]


class Health(Told):
    status: Literal["ok"]
