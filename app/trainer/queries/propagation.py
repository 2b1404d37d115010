"""Passes: what goes forward and back through a network, every intermediate as the engine computed it."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.domain.exceptions import FieldError, Unfit
from app.messages.reports import Content
from app.trainer.queries.inputs import check_size, example_row, network_inputs, raw_rows, seconds_of_passes
from app.trainer.queries.serialization import json_content
from app.trainer.session import Resident
from engine.backward import backward
from engine.explain.batch_trace import batch_trace, shown_of
from engine.explain.trace import trace
from engine.forward import forward
from engine.gradcheck import gradient_check
from engine.losses import LOSSES, mean_loss
from engine.network import blocks
from engine.penalties import PENALTIES
from engine.types import Array

Question = dict[str, Any]
LINES_PER_SECOND = 50_000


def activations(resident: Resident, asked: Question) -> Content:
    """z and a of every layer, for one example or for raw rows."""
    x = raw_rows(resident, asked)
    check_size(resident, len(x), 2, "x")
    run, features = resident.run, network_inputs(resident, x)
    there = forward(run.network, features)
    return json_content(
        {
            "step": run.step,
            "x": x,
            "features": features,
            "layers": [{"z": layer.z, "a": layer.a} for layer in there.layers],
            "prediction": LOSSES[run.recipe.loss].prediction(there.output, -1),
        }
    )


def gradients(resident: Resident, asked: Question) -> Content:
    """The gradients of E over one example, the next batch, or all training rows."""
    run = resident.run
    places = _places(resident, asked)
    told = places if asked["rows"] else places[:0]
    check_size(resident, len(told), 2, "batch")
    x, y, loss = run.examples.x[places], run.examples.y[places], LOSSES[run.recipe.loss]
    there = forward(run.network, x)
    back = backward(run.network, there, y, loss)
    layers = zip(back.layers, _penalty_gradients(resident), strict=True)
    table = resident.setup.table
    return json_content(
        {
            "step": run.step,
            "loss": float(mean_loss(loss, there.output, y)),
            "examples": table.order[told],
            "x": table.x[table.order[told]],
            "y": y[: len(told)],
            "layers": [
                {
                    "da": layer.da[: len(told)],
                    "delta": layer.delta[: len(told)],
                    "dW": layer.dW,
                    "db": layer.db,
                    "penalty_dW": penalty,
                }
                for layer, penalty in layers
            ],
        }
    )


def _places(resident: Resident, asked: Question) -> NDArray[np.intp]:
    """Which of the engine's rows are asked about."""
    if asked.get("example") is not None:
        return resident.setup.table.places[[example_row(resident, asked["example"])]]
    if asked.get("batch") == "next":
        return resident.run.next_batch()
    return np.arange(resident.run.examples.train_rows)


def _penalty_gradients(resident: Resident) -> list[Array]:
    """The penalty's own share of ∂/∂W, layer by layer; for L1 it is rate · sign(w)."""
    run = resident.run
    penalty, rate = PENALTIES[run.recipe.penalty], np.asarray(run.recipe.penalty_rate)
    weights = [block[:, 1:] for block in blocks(run.recipe.architecture, run.network.theta)]
    if penalty.gradient:
        return [penalty.gradient(W, rate) for W in weights]
    return [rate * np.sign(W) if penalty.pull else np.zeros_like(W) for W in weights]


def told_trace(resident: Resident, asked: Question) -> Content:
    """One example forward, back and into the weights, every line with its terms."""
    example = example_row(resident, asked["example"])
    lines = trace(resident.run, int(resident.setup.table.places[example]))
    return json_content({"step": resident.run.step, "example": example, "lines": lines})


def told_batch_trace(resident: Resident, _: Question) -> Content:
    """The next batch into the weights, after its first examples forward and back."""
    run, places = resident.run, resident.setup.table.places
    rows = run.next_batch()
    numbers = np.empty(len(places), np.intp)
    numbers[places] = np.arange(len(places))
    examples = numbers[rows].tolist()
    batch = batch_trace(run, rows, examples)
    each = [
        {"step": run.step, "example": example, "lines": lines}
        for example, lines in zip(examples, batch.each, strict=False)
    ]
    return json_content({"step": run.step, "examples": examples, "lines": batch.lines, "each": each})


def gradient_checked(resident: Resident, asked: Question) -> Content:
    """Backpropagation against central differences, parameter by parameter."""
    question, run = asked["check"], resident.run
    if run.recipe.dtype != "float64":
        raise Unfit.of(FieldError("dtype", "central differences need float64; this network is float32"))
    places = _places(resident, {"example": question.example})
    check = gradient_check(
        run.network, run.examples.x[places], run.examples.y[places], LOSSES[run.recipe.loss], question.h
    )
    columns = check.backprop, check.numerical, check.relative_error, check.kinks
    names = ("backprop", "numerical", "relative_error", "kink")
    return json_content(
        {
            "step": run.step,
            "h": question.h,
            "error": check.error,
            "agrees": check.agrees,
            "kinks": int(check.kinks.sum()),
            "parameters": [
                {"name": parameter, **dict(zip(names, numbers, strict=True))}
                for parameter, *numbers in zip(
                    run.network.parameter_names(), *(column.tolist() for column in columns), strict=True
                )
            ],
        }
    )


def seconds_of_activations(resident: Resident, asked: Question) -> float:
    return seconds_of_passes(resident, len(asked.get("x") or [0]) * 5)


def seconds_of_gradients(resident: Resident, asked: Question) -> float:
    return seconds_of_passes(resident, len(_places(resident, asked)) * 8)


def seconds_of_trace(resident: Resident, _: Question) -> float:
    return 4 * resident.run.network.theta.size / LINES_PER_SECOND


def seconds_of_batch_trace(resident: Resident, asked: Question) -> float:
    rows = len(resident.run.next_batch())
    return shown_of(resident.run) * seconds_of_trace(resident, asked) + seconds_of_passes(resident, rows * 8)


def seconds_of_check(resident: Resident, asked: Question) -> float:
    rows = len(_places(resident, {"example": asked["check"].example}))
    return 3 * resident.run.network.theta.size * seconds_of_passes(resident, rows)
