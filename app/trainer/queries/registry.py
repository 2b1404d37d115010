"""Registry of queries, which read a network without changing it.

To add a query, write its body in `app.messages.queries`, its handler, which is a function of a session and
the body, and its row in QUERIES with an estimate of its seconds. Long queries run in a forked process
(`fork_pool`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.domain.exceptions import FieldError, TooMuchWork
from app.messages.queries import (
    ActivationsQuery,
    BatchTraceQuery,
    BoundaryQuery,
    DataQuery,
    DistributionsQuery,
    EvaluationQuery,
    ExportQuery,
    GradientsQuery,
    HistoryQuery,
    NetworkQueryBody,
    ParametersQuery,
    QuestionsQuery,
    SliceQuery,
    StateQuery,
    TraceQuery,
    UnitExpressionQuery,
)
from app.schemas.quiz import QuizAnswers
from app.schemas.requests import GradientCheck
from app.trainer.queries import (
    boundary,
    data_tables,
    loss_slice,
    propagation,
    quiz,
    statistics,
    unit_expression,
)
from app.trainer.queries.exports import files
from app.trainer.session import TrainingSession
from app.trainer.state_view import network_state


def state(session: TrainingSession, _: StateQuery) -> dict[str, Any]:
    """Return the state of this moment."""
    return network_state(session)


def no_time(_: TrainingSession, __: NetworkQueryBody) -> float:
    """Estimate 0 s, for queries that only read."""
    return 0.0


@dataclass(frozen=True)
class QueryType:
    """Row of the registry: the handler of a query, and an estimate of the seconds that it takes."""

    handler: Callable[[TrainingSession, Any], Any]
    estimate_seconds: Callable[[TrainingSession, Any], float] = no_time

    def expected_seconds(self, session: TrainingSession, body: NetworkQueryBody, limit: float) -> float:
        """Return about how long a query takes. Raise TooMuchWork where that is more than the limit."""
        seconds = self.estimate_seconds(session, body)
        if seconds > limit:
            message = f"this would take about {seconds:,.0f} s, but a request may take at most {limit:g} s"
            raise TooMuchWork.of(FieldError("", message))
        return seconds


QUERIES: dict[type[NetworkQueryBody], QueryType] = {
    StateQuery: QueryType(state),
    ParametersQuery: QueryType(data_tables.parameters),
    HistoryQuery: QueryType(data_tables.history),
    DataQuery: QueryType(data_tables.data, data_tables.estimate_data_seconds),
    ActivationsQuery: QueryType(propagation.activations, propagation.estimate_activations_seconds),
    GradientsQuery: QueryType(propagation.gradients, propagation.estimate_gradients_seconds),
    TraceQuery: QueryType(propagation.get_trace, propagation.estimate_trace_seconds),
    BatchTraceQuery: QueryType(propagation.get_batch_trace, propagation.estimate_batch_trace_seconds),
    UnitExpressionQuery: QueryType(unit_expression.get_expression, propagation.estimate_trace_seconds),
    QuestionsQuery: QueryType(quiz.get_questions, propagation.estimate_trace_seconds),
    QuizAnswers: QueryType(quiz.grade_answers, propagation.estimate_trace_seconds),
    GradientCheck: QueryType(propagation.check_gradient, propagation.estimate_check_seconds),
    DistributionsQuery: QueryType(statistics.distributions, statistics.estimate_statistics_seconds),
    EvaluationQuery: QueryType(statistics.evaluation, statistics.estimate_statistics_seconds),
    SliceQuery: QueryType(loss_slice.loss_slice_response, loss_slice.estimate_slice_seconds),
    BoundaryQuery: QueryType(boundary.boundary, boundary.estimate_boundary_seconds),
    ExportQuery: QueryType(files.export, files.estimate_export_seconds),
}
