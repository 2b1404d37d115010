"""Query bodies: queries about a network, which they do not change, and queries that need no network.

A route creates the body, and `app.trainer.queries.registry` (`stateless` where no network is needed) has the
handler for its type. Bodies that clients send as JSON are models of `app.schemas`.
"""

from dataclasses import dataclass
from typing import Any, Literal

from app.schemas.quiz import QuizAnswers
from app.schemas.requests import ActivationRequest, ExpressionRequest, GradientCheck

ExportFormat = Literal["json", "npz", "numpy", "pytorch", "tfplayground"]


@dataclass(frozen=True, slots=True)
class StateQuery:
    """The state of this moment."""


@dataclass(frozen=True, slots=True)
class ParametersQuery:
    """W and b of every layer. format: "json" or "npz"."""

    format: str


@dataclass(frozen=True, slots=True)
class HistoryQuery:
    """Metrics of the recorded epochs. format: "json" or "csv"."""

    format: str


@dataclass(frozen=True, slots=True)
class DataQuery:
    """All examples. format: "json" or "csv"."""

    format: str


@dataclass(frozen=True, slots=True)
class ActivationsQuery:
    """z and a of every layer, for one example or for raw inputs x; one of the two is None."""

    example: int | None = None
    x: list[list[float]] | None = None


@dataclass(frozen=True, slots=True)
class GradientsQuery:
    """Gradients over one example, the next batch, or all training rows. rows: with δ and ∂E/∂a of each."""

    example: int | None = None
    batch: Literal["next"] | None = None
    rows: bool = True


@dataclass(frozen=True, slots=True)
class TraceQuery:
    """One example forward, backward and into the weights, line by line."""

    example: int


@dataclass(frozen=True, slots=True)
class BatchTraceQuery:
    """The next batch forward, backward and into the weights, line by line."""


@dataclass(frozen=True, slots=True)
class UnitExpressionQuery:
    """One unit as a typed expression. unit: "output", or layer and number as in "2,1"."""

    unit: str
    example: int


@dataclass(frozen=True, slots=True)
class QuestionsQuery:
    """Values of a trace to work out by hand. count: None for all of them."""

    example: int
    count: int | None
    seed: int


@dataclass(frozen=True, slots=True)
class DistributionsQuery:
    """Activations, deltas and silent units of every layer over the training rows."""


@dataclass(frozen=True, slots=True)
class EvaluationQuery:
    """Metrics, with a confusion matrix or with pairs of target and prediction."""


@dataclass(frozen=True, slots=True)
class SliceQuery:
    """E over one parameter, at equally spaced values."""

    parameter: str
    low: float
    high: float
    points: int


@dataclass(frozen=True, slots=True)
class BoundaryQuery:
    """Output of a unit over the plane. format: "json" or "npy"."""

    resolution: int
    unit: str
    format: str


@dataclass(frozen=True, slots=True)
class ExportQuery:
    """The trained network as a file."""

    format: ExportFormat


@dataclass(frozen=True, slots=True)
class WorksheetSource:
    """An exhibit and the spec of its network, from which a worksheet is drawn by a seed."""

    exhibit: str
    title: str
    given: dict[str, Any]
    seed: int


@dataclass(frozen=True, slots=True)
class WorksheetQuery:
    """The questions of a worksheet."""

    source: WorksheetSource
    count: int


@dataclass(frozen=True, slots=True)
class WorksheetKeyQuery:
    """The answers to the questions of a worksheet."""

    source: WorksheetSource
    count: int


@dataclass(frozen=True, slots=True)
class WorksheetGradesQuery:
    """Grades of answers, by symbol."""

    source: WorksheetSource
    answers: dict[str, str | float]


NetworkQueryBody = (
    StateQuery
    | ParametersQuery
    | HistoryQuery
    | DataQuery
    | ActivationsQuery
    | GradientsQuery
    | TraceQuery
    | BatchTraceQuery
    | UnitExpressionQuery
    | QuestionsQuery
    | QuizAnswers
    | GradientCheck
    | DistributionsQuery
    | EvaluationQuery
    | SliceQuery
    | BoundaryQuery
    | ExportQuery
)
StatelessQueryBody = (
    ExpressionRequest | ActivationRequest | WorksheetQuery | WorksheetKeyQuery | WorksheetGradesQuery
)
