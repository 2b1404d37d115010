"""Boundaries: what a unit says all over the plane."""

from typing import Any

import numpy as np

from app.domain.exceptions import FieldError, Unfit
from app.messages.reports import Content
from app.trainer.queries.inputs import network_inputs, seconds_of_passes
from app.trainer.queries.serialization import json_content, npy_content
from app.trainer.queries.unit_expression import unit_of
from app.trainer.session import Resident
from engine.forward import forward
from engine.losses import LOSSES
from engine.types import Array

Question = dict[str, Any]


def boundary(resident: Resident, asked: Question) -> Content:
    """values (resolution, resolution): rows x2 ascending, columns x1 ascending."""
    plane, resolution = resident.setup.plane, asked["resolution"]
    if plane is None:
        inputs = resident.setup.source.inputs
        raise Unfit.of(FieldError("", f"a boundary needs a network of two inputs; this one has {inputs}"))
    if resolution > resident.limits.resolution:
        raise Unfit.of(
            FieldError("resolution", f"{resolution} given, at most {resident.limits.resolution} is possible")
        )
    x1, x2 = (np.linspace(low, high, resolution) for low, high in (plane.x1, plane.x2))
    grid = np.column_stack([np.tile(x1, resolution), np.repeat(x2, resolution)])
    values = _values(resident, grid, asked["unit"]).reshape(resolution, resolution)
    if asked["format"] == "npy":
        return npy_content(values)
    return json_content({"step": resident.run.step, "x1": plane.x1, "x2": plane.x2, "values": values})


def _values(resident: Resident, x: Array, unit: str) -> Array:
    """What the unit says for every row of x (rows, 2)."""
    layer, number = unit_of(resident, unit)
    features = network_inputs(resident, x)
    there = forward(resident.run.network, features)
    if unit == "output":
        return _said(resident, there.output)
    values: Array = (features, *(below.a for below in there.layers))[layer - 1][:, number - 1]
    return values


def _said(resident: Resident, output: Array) -> Array:
    """The output as a number between its two targets, or the number of the likeliest class."""
    loss = LOSSES[resident.run.recipe.loss]
    prediction = loss.prediction(output, -1)
    if prediction.shape[1] > 1:
        return np.asarray(prediction.argmax(axis=1), float)
    single: Array = prediction[:, 0]
    return 2 * single - 1 if loss.reads_logits else single


def seconds_of_boundary(resident: Resident, asked: Question) -> float:
    return seconds_of_passes(resident, 2 * min(asked["resolution"], resident.limits.resolution) ** 2)
