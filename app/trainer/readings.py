"""Readings: what can be asked of a network without changing it.

To add one, write it as a function (resident, question) where it belongs and add it to READINGS,
with about how many seconds it takes: what takes long is done in a copy of the process (`errands`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.trainer import boundaries, passes, questions, slices, surveys, tables, units
from app.trainer.exports import files
from app.trainer.resident import Resident
from app.trainer.states import state_of

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
    "parameters": Reading(tables.parameters),
    "history": Reading(tables.history),
    "data": Reading(tables.data, tables.seconds_of_data),
    "activations": Reading(passes.activations, passes.seconds_of_activations),
    "gradients": Reading(passes.gradients, passes.seconds_of_gradients),
    "trace": Reading(passes.told_trace, passes.seconds_of_trace),
    "batch_trace": Reading(passes.told_batch_trace, passes.seconds_of_batch_trace),
    "expression": Reading(units.told_expression, passes.seconds_of_trace),
    "questions": Reading(questions.asked_about, passes.seconds_of_trace),
    "answers": Reading(questions.answered, passes.seconds_of_trace),
    "gradient_check": Reading(passes.gradient_checked, passes.seconds_of_check),
    "distributions": Reading(surveys.distributions, surveys.seconds_of_survey),
    "evaluation": Reading(surveys.evaluation, surveys.seconds_of_survey),
    "slice": Reading(slices.sliced, slices.seconds_of_slice),
    "boundary": Reading(boundaries.boundary, boundaries.seconds_of_boundary),
    "export": Reading(files.export, files.seconds_of_export),
}
