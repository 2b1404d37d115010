"""Registry of queries: what can be asked of a network without changing it.

To add one, write it as a function (session, question) where it belongs and add it to QUERIES,
with about how many seconds it takes: what takes long is done in a copy of the process (`fork_pool`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.domain.exceptions import FieldError, TooMuchWork
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

Question = dict[str, Any]


def state(session: TrainingSession, _: Question) -> dict[str, Any]:
    """Return the state of this moment."""
    return network_state(session)


def no_time(_: TrainingSession, __: Question) -> float:
    """For what takes next to no time."""
    return 0.0


@dataclass(frozen=True)
class Query:
    """Query: its handler, (session, question) → response, and an estimate of the seconds that it takes."""

    handler: Callable[[TrainingSession, Question], Any]
    estimate_seconds: Callable[[TrainingSession, Question], float] = no_time

    def expected_seconds(self, session: TrainingSession, question: Question, limit: float) -> float:
        """Return about how long a question takes. Raise TooMuchWork where that is more than the limit."""
        seconds = self.estimate_seconds(session, question)
        if seconds > limit:
            message = f"this would take about {seconds:,.0f} s, but a request may take at most {limit:g} s"
            raise TooMuchWork.of(FieldError("", message))
        return seconds


QUERIES = {
    "state": Query(state),
    "parameters": Query(data_tables.parameters),
    "history": Query(data_tables.history),
    "data": Query(data_tables.data, data_tables.estimate_data_seconds),
    "activations": Query(propagation.activations, propagation.estimate_activations_seconds),
    "gradients": Query(propagation.gradients, propagation.estimate_gradients_seconds),
    "trace": Query(propagation.get_trace, propagation.estimate_trace_seconds),
    "batch_trace": Query(propagation.get_batch_trace, propagation.estimate_batch_trace_seconds),
    "expression": Query(unit_expression.get_expression, propagation.estimate_trace_seconds),
    "questions": Query(quiz.get_questions, propagation.estimate_trace_seconds),
    "answers": Query(quiz.grade_answers, propagation.estimate_trace_seconds),
    "gradient_check": Query(propagation.check_gradient, propagation.estimate_check_seconds),
    "distributions": Query(statistics.distributions, statistics.estimate_statistics_seconds),
    "evaluation": Query(statistics.evaluation, statistics.estimate_statistics_seconds),
    "slice": Query(loss_slice.loss_slice_response, loss_slice.estimate_slice_seconds),
    "boundary": Query(boundary.boundary, boundary.estimate_boundary_seconds),
    "export": Query(files.export, files.estimate_export_seconds),
}
