"""Reading: what can be asked of a network without changing it, each a function of the resident and the question.

To add one, write it and add it to READINGS.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from app.services.refusals import FieldError, Unfit
from app.services.seam import Content
from app.settings import Limits
from app.trainer.contents import csv_content, json_content, npz_content
from app.trainer.parameters import layered_parameters
from app.trainer.resident import Resident
from app.trainer.states import scores, state_of
from engine.arrays import Array
from engine.features import check_finite, compute
from engine.forward import forward
from engine.losses import LOSSES

Question = dict[str, Any]
Reading = Callable[[Resident, Question, Limits], Any]


def state(resident: Resident, asked: Question, limits: Limits) -> dict[str, Any]:
    """The state of this moment."""
    return state_of(resident)


def parameters(resident: Resident, asked: Question, limits: Limits) -> Content:
    """W and b of every layer."""
    run = resident.run
    layers = layered_parameters(run.network.architecture, run.network.theta)
    if asked["format"] == "npz":
        return npz_content(
            {
                f"{name}{index}": array
                for index, layer in enumerate(layers, 1)
                for name, array in layer.items()
            }
        )
    return json_content({"step": run.step, "layers": layers})


def history(resident: Resident, asked: Question, limits: Limits) -> Content:
    """The scores at the ends of epochs."""
    rows = resident.run.history.rows
    if asked["format"] == "csv":
        names = ("loss", "accuracy", "r2")
        header = ("epoch", "step", *(f"{part}_{name}" for part in ("train", "test") for name in names))
        return csv_content(
            header, ([row.epoch, row.step, *_score_cells(scores(row.metrics))] for row in rows)
        )
    return json_content(
        {"rows": [{"epoch": row.epoch, "step": row.step, **scores(row.metrics)} for row in rows]}
    )


def _score_cells(told: dict[str, Any]) -> list[Any]:
    none = {"loss": None, "accuracy": None, "r2": None}
    return [cell for part in ("train", "test") for cell in (told[part] or none).values()]


def data(resident: Resident, asked: Question, limits: Limits) -> Content:
    """All examples, in the order in which `example` counts them."""
    setup = resident.setup
    table, names = setup.table, [f"x{number}" for number in range(1, setup.source.inputs + 1)]
    y = setup.examples.y[table.places]
    if asked["format"] == "csv":
        labels = table.labels.reshape(len(table.x), -1)
        targets = (
            ["y"] if labels.shape[1] == 1 else [f"y{number}" for number in range(1, labels.shape[1] + 1)]
        )
        return csv_content((*names, *targets, "split"), (
            [*x, *label, split]
            for x, label, split in zip(table.x.tolist(), labels.tolist(), table.split, strict=True)
        ))  # fmt: skip
    return json_content({
        "task": setup.source.task, "classes": setup.source.classes, "inputs": names, "x": table.x, "y": y,
        "labels": table.labels, "split": table.split, "plane": setup.plane,
    })  # fmt: skip


def activations(resident: Resident, asked: Question, limits: Limits) -> Content:
    """z and a of every layer, for one example or for raw rows."""
    x = _raw_rows(resident, asked, limits)
    run, features = resident.run, network_inputs(resident, x)
    trace = forward(run.network, features)
    return json_content({
        "step": run.step, "x": x, "features": features,
        "layers": [{"z": layer.z, "a": layer.a} for layer in trace.layers],
        "prediction": LOSSES[run.recipe.loss].prediction(trace.output, -1),
    })  # fmt: skip


def network_inputs(resident: Resident, x: Array) -> Array:
    """What the network is shown for raw rows x (rows, inputs). Raises Unfit where a feature has no value."""
    setup = resident.setup
    features = compute(setup.spec.features, x)
    try:
        check_finite(setup.spec.features, x, features)
    except ValueError as error:
        raise Unfit.of(FieldError("x", str(error))) from error
    if setup.standardization:
        features = setup.standardization.apply(features)
    return features.astype(resident.run.recipe.dtype)


def example_row(resident: Resident, example: int) -> int:
    """An example's number, checked."""
    count = len(resident.setup.table.x)
    if not 0 <= example < count:
        raise Unfit.of(FieldError("example", f"there are examples 0 … {count - 1}, got {example}"))
    return example


def _raw_rows(resident: Resident, asked: Question, limits: Limits) -> Array:
    if asked.get("example") is not None:
        return resident.setup.table.x[[example_row(resident, asked["example"])]]
    rows, needed = asked["x"], resident.setup.source.inputs
    if not rows or len(rows) > limits.rows:
        raise Unfit.of(FieldError("x", f"1 … {limits.rows:,} rows are possible, got {len(rows):,}"))
    for index, row in enumerate(rows):
        if len(row) != needed:
            raise Unfit.of(
                FieldError(f"x.{index}", f"{len(row)} numbers, but the network has {needed} inputs")
            )
    return np.array(rows, float)


READINGS: dict[str, Reading] = {
    reading.__name__: reading for reading in (state, parameters, history, data, activations)
}
