"""Boundaries: what a unit says all over the plane."""

from typing import Any

import numpy as np

from app.services.refusals import FieldError, Unfit
from app.services.seam import Content
from app.trainer.contents import json_content, npy_content
from app.trainer.resident import Resident
from app.trainer.rows import network_inputs, seconds_of_passes
from engine.arrays import Array
from engine.forward import forward
from engine.losses import LOSSES

Question = dict[str, Any]
UNIT_FORM = 'a unit is "output", or its layer and number as the slides count, "2,1" for the first hidden unit'


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
    layer, number = _unit(resident, unit)
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


def _unit(resident: Resident, unit: str) -> tuple[int, int]:
    """Layer and number of a unit, both from 1; layer 1 are the features. Raises Unfit."""
    architecture = resident.run.recipe.architecture
    widths = (architecture.inputs, *(spec.units for spec in architecture.layers))
    if unit == "output":
        if not resident.setup.source.classes and widths[-1] > 1:
            raise Unfit.of(
                FieldError("unit", f'there are {widths[-1]} outputs: say which, as "{len(widths)},1"')
            )
        return len(widths), 1
    parts = unit.split(",")
    if len(parts) != 2 or not all(part.isascii() and part.isdigit() and len(part) < 6 for part in parts):
        raise Unfit.of(FieldError("unit", f"{UNIT_FORM}; got {unit[:40]!r}"))
    layer, number = int(parts[0]), int(parts[1])
    if not 1 <= layer <= len(widths):
        raise Unfit.of(FieldError("unit", f"there are layers 1 … {len(widths)}, got {layer}"))
    if not 1 <= number <= widths[layer - 1]:
        raise Unfit.of(FieldError("unit", f"layer {layer} has units 1 … {widths[layer - 1]}, got {number}"))
    return layer, number


def seconds_of_boundary(resident: Resident, asked: Question) -> float:
    return seconds_of_passes(resident, 2 * min(asked["resolution"], resident.limits.resolution) ** 2)
