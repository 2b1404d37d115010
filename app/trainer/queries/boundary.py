"""Boundary query: the output of a unit over the whole plane."""

import numpy as np

from app.domain.exceptions import FieldError, InvalidRequest
from app.messages.queries import BoundaryQuery
from app.messages.reports import EncodedResponse
from app.trainer.queries.inputs import estimate_passes_seconds, network_inputs
from app.trainer.queries.serialization import json_response, npy_response
from app.trainer.queries.unit_expression import unit_of
from app.trainer.session import TrainingSession
from engine.forward import forward
from engine.losses import LOSSES
from engine.types import Array


def boundary(session: TrainingSession, body: BoundaryQuery) -> EncodedResponse:
    """values (resolution, resolution): rows x2 ascending, columns x1 ascending."""
    plane, resolution = session.setup.plane, body.resolution
    if plane is None:
        inputs = session.setup.source.inputs
        raise InvalidRequest.of(
            FieldError("", f"a boundary needs a network with two inputs, but this one has {inputs}")
        )
    if resolution > session.limits.resolution:
        raise InvalidRequest.of(
            FieldError(
                "resolution", f"{resolution} was given, but at most {session.limits.resolution} is allowed"
            )
        )
    x1, x2 = (np.linspace(low, high, resolution) for low, high in (plane.x1, plane.x2))
    grid = np.column_stack([np.tile(x1, resolution), np.repeat(x2, resolution)])
    values = _values(session, grid, body.unit).reshape(resolution, resolution)
    if body.format == "npy":
        return npy_response(values)
    return json_response({"step": session.run.step, "x1": plane.x1, "x2": plane.x2, "values": values})


def _values(session: TrainingSession, x: Array, unit: str) -> Array:
    """Return the unit's output for every row of x (rows, 2)."""
    layer, number = unit_of(session, unit)
    features = network_inputs(session, x)
    there = forward(session.run.network, features)
    if unit == "output":
        return _prediction(session, there.output)
    values: Array = (features, *(below.a for below in there.layers))[layer - 1][:, number - 1]
    return values


def _prediction(session: TrainingSession, output: Array) -> Array:
    """Return the output as a number between its two targets, or the number of the likeliest class."""
    loss = LOSSES[session.run.config.loss]
    prediction = loss.prediction(output, -1)
    if prediction.shape[1] > 1:
        return np.asarray(prediction.argmax(axis=1), float)
    single: Array = prediction[:, 0]
    return 2 * single - 1 if loss.reads_logits else single


def estimate_boundary_seconds(session: TrainingSession, body: BoundaryQuery) -> float:
    return estimate_passes_seconds(session, 2 * min(body.resolution, session.limits.resolution) ** 2)
