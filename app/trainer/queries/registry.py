"""Readings: what can be asked of a network without changing it.

To add one, write it as a function (resident, question) where it belongs and add it to READINGS,
with about how many seconds it takes: what takes long is done in a copy of the process (`errands`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

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
from app.trainer.session import Resident
from app.trainer.state_view import state_of

Question = dict[str, Any]


def state(resident: Resident, _: Question) -> dict[str, Any]:
    """The state of this moment."""
    return state_of(resident)


def at_once(_: Resident, __: Question) -> float:
    """For what takes next to no time."""
    return 0.0


@dataclass(frozen=True)
class Reading:
    """answer: (resident, question) → what is told. seconds: about how long that takes."""

    answer: Callable[[Resident, Question], Any]
    seconds: Callable[[Resident, Question], float] = at_once


READINGS = {
    "state": Reading(state),
    "parameters": Reading(data_tables.parameters),
    "history": Reading(data_tables.history),
    "data": Reading(data_tables.data, data_tables.seconds_of_data),
    "activations": Reading(propagation.activations, propagation.seconds_of_activations),
    "gradients": Reading(propagation.gradients, propagation.seconds_of_gradients),
    "trace": Reading(propagation.told_trace, propagation.seconds_of_trace),
    "batch_trace": Reading(propagation.told_batch_trace, propagation.seconds_of_batch_trace),
    "expression": Reading(unit_expression.told_expression, propagation.seconds_of_trace),
    "questions": Reading(quiz.asked_about, propagation.seconds_of_trace),
    "answers": Reading(quiz.answered, propagation.seconds_of_trace),
    "gradient_check": Reading(propagation.gradient_checked, propagation.seconds_of_check),
    "distributions": Reading(statistics.distributions, statistics.seconds_of_survey),
    "evaluation": Reading(statistics.evaluation, statistics.seconds_of_survey),
    "slice": Reading(loss_slice.sliced, loss_slice.seconds_of_slice),
    "boundary": Reading(boundary.boundary, boundary.seconds_of_boundary),
    "export": Reading(files.export, files.seconds_of_export),
}
