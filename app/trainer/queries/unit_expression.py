"""Unit-expression query: one unit of a network, and what it computes as an expression."""

from app.domain.exceptions import FieldError, InvalidRequest
from app.messages.queries import UnitExpressionQuery
from app.messages.reports import EncodedResponse
from app.trainer.queries.inputs import example_row
from app.trainer.queries.serialization import json_response
from app.trainer.session import TrainingSession
from engine.explain.unit_expression import unit_expression
from engine.expression import MAX_LENGTH

UNIT_FORM = 'unit must be "output", or a layer and a number, as in "2,1" for the first hidden unit'


def unit_of(session: TrainingSession, unit: str) -> tuple[int, int]:
    """Return layer and number of a unit, both from 1. Layer 1 holds the features. Raises InvalidRequest."""
    architecture = session.run.config.architecture
    widths = (architecture.inputs, *(spec.units for spec in architecture.layers))
    if unit == "output":
        if not session.setup.source.classes and widths[-1] > 1:
            raise InvalidRequest.of(
                FieldError(
                    "unit", f'the network has {widths[-1]} outputs; choose one, as in "{len(widths)},1"'
                )
            )
        return len(widths), 1
    parts = unit.split(",")
    if len(parts) != 2 or not all(part.isascii() and part.isdigit() and len(part) < 6 for part in parts):
        raise InvalidRequest.of(FieldError("unit", f"{UNIT_FORM}, but it is {unit[:40]!r}"))
    layer, number = int(parts[0]), int(parts[1])
    if not 1 <= layer <= len(widths):
        raise InvalidRequest.of(
            FieldError("unit", f"layer {layer} does not exist; the network has layers 1 to {len(widths)}")
        )
    if not 1 <= number <= widths[layer - 1]:
        raise InvalidRequest.of(
            FieldError(
                "unit", f"unit {number} does not exist; layer {layer} has units 1 to {widths[layer - 1]}"
            )
        )
    return layer, number


def get_expression(session: TrainingSession, body: UnitExpressionQuery) -> EncodedResponse:
    """Return a unit's computation for one example as an expression, with its values and gradients."""
    layer, number = unit_of(session, body.unit)
    if layer == 1:
        raise InvalidRequest.of(
            FieldError("unit", "layer 1 holds the inputs, which have no expression; choose layer 2 or higher")
        )
    example = example_row(session, body.example)
    row = int(session.setup.table.places[example])
    found = unit_expression(session.run, row, layer, number)
    if len(found.text) > MAX_LENGTH:
        message = (
            f"its {len(found.values) // 2} inputs are too many for an expression of {MAX_LENGTH} characters"
        )
        raise InvalidRequest.of(FieldError("unit", message))
    return json_response(
        {
            "step": session.run.step,
            "example": example,
            "layer": layer,
            "unit": number,
            "expression": found.text,
            "values": found.values,
            "gradient": found.gradient,
        }
    )
