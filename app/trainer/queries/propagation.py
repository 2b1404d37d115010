"""Propagation queries: activations, gradients and traces, with every intermediate value of the engine."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from app.domain.exceptions import FieldError, InvalidRequest
from app.messages.queries import (
    ActivationsQuery,
    BatchTraceQuery,
    GradientsQuery,
    NetworkQueryBody,
    TraceQuery,
)
from app.messages.reports import EncodedResponse
from app.schemas.requests import GradientCheck
from app.trainer.queries.inputs import (
    check_size,
    estimate_passes_seconds,
    example_row,
    network_inputs,
    raw_rows,
)
from app.trainer.queries.serialization import json_response
from app.trainer.session import TrainingSession
from engine.backward import backward
from engine.explain.batch_trace import batch_trace, shown_count
from engine.explain.trace import trace
from engine.forward import forward
from engine.gradcheck import gradient_check
from engine.losses import LOSSES, mean_loss
from engine.network import blocks
from engine.penalties import PENALTIES
from engine.types import Array

LINES_PER_SECOND = 50_000


def activations(session: TrainingSession, body: ActivationsQuery) -> EncodedResponse:
    """z and a of every layer, for one example or for raw rows."""
    x = raw_rows(session, body)
    check_size(session, len(x), 2, "x")
    run, features = session.run, network_inputs(session, x)
    there = forward(run.network, features)
    return json_response(
        {
            "step": run.step,
            "x": x,
            "features": features,
            "layers": [{"z": layer.z, "a": layer.a} for layer in there.layers],
            "prediction": LOSSES[run.config.loss].prediction(there.output, -1),
        }
    )


def gradients(session: TrainingSession, body: GradientsQuery) -> EncodedResponse:
    """Return the gradients of E over one example, the next batch, or all training rows."""
    run = session.run
    places = _engine_rows(session, body.example, body.batch)
    told = places if body.rows else places[:0]
    check_size(session, len(told), 2, "batch")
    x, y, loss = run.examples.x[places], run.examples.y[places], LOSSES[run.config.loss]
    there = forward(run.network, x)
    back = backward(run.network, there, y, loss)
    layers = zip(back.layers, _penalty_gradients(session), strict=True)
    table = session.setup.table
    return json_response(
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


def _engine_rows(
    session: TrainingSession, example: int | None, batch: Literal["next"] | None = None
) -> NDArray[np.intp]:
    """Return the engine's numbers of the rows that a query is about."""
    if example is not None:
        return session.setup.table.places[[example_row(session, example)]]
    if batch == "next":
        return session.run.next_batch()
    return np.arange(session.run.examples.train_rows)


def _penalty_gradients(session: TrainingSession) -> list[Array]:
    """Return the penalty's own share of ∂/∂W, layer by layer; for L1 it is rate · sign(w)."""
    run = session.run
    penalty, rate = PENALTIES[run.config.penalty], np.asarray(run.config.penalty_rate)
    weights = [block[:, 1:] for block in blocks(run.config.architecture, run.network.theta)]
    if penalty.gradient:
        return [penalty.gradient(W, rate) for W in weights]
    return [rate * np.sign(W) if penalty.pull else np.zeros_like(W) for W in weights]


def get_trace(session: TrainingSession, body: TraceQuery) -> EncodedResponse:
    """Return one example forward, back and into the weights, every line with its terms."""
    example = example_row(session, body.example)
    lines = trace(session.run, int(session.setup.table.places[example]))
    return json_response({"step": session.run.step, "example": example, "lines": lines})


def get_batch_trace(session: TrainingSession, _: BatchTraceQuery) -> EncodedResponse:
    """Return the next batch into the weights, after its first examples forward and back."""
    run, places = session.run, session.setup.table.places
    rows = run.next_batch()
    numbers = np.empty(len(places), np.intp)
    numbers[places] = np.arange(len(places))
    examples = numbers[rows].tolist()
    batch = batch_trace(run, rows, examples)
    each = [
        {"step": run.step, "example": example, "lines": lines}
        for example, lines in zip(examples, batch.each, strict=False)
    ]
    return json_response({"step": run.step, "examples": examples, "lines": batch.lines, "each": each})


def check_gradient(session: TrainingSession, body: GradientCheck) -> EncodedResponse:
    """Backpropagation against central differences, parameter by parameter."""
    run = session.run
    if run.config.dtype != "float64":
        raise InvalidRequest.of(
            FieldError(
                "dtype",
                "central differences need float64, but this network is float32; change its dtype first",
            )
        )
    places = _engine_rows(session, body.example)
    check = gradient_check(
        run.network, run.examples.x[places], run.examples.y[places], LOSSES[run.config.loss], body.h
    )
    columns = check.backprop, check.numerical, check.relative_error, check.kinks
    names = ("backprop", "numerical", "relative_error", "kink")
    return json_response(
        {
            "step": run.step,
            "h": body.h,
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


def estimate_activations_seconds(session: TrainingSession, body: ActivationsQuery) -> float:
    return estimate_passes_seconds(session, len(body.x or [0]) * 5)


def estimate_gradients_seconds(session: TrainingSession, body: GradientsQuery) -> float:
    return estimate_passes_seconds(session, len(_engine_rows(session, body.example, body.batch)) * 8)


def estimate_trace_seconds(session: TrainingSession, _: NetworkQueryBody) -> float:
    return 4 * session.run.network.theta.size / LINES_PER_SECOND


def estimate_batch_trace_seconds(session: TrainingSession, body: BatchTraceQuery) -> float:
    rows = len(session.run.next_batch())
    return shown_count(session.run) * estimate_trace_seconds(session, body) + estimate_passes_seconds(
        session, rows * 8
    )


def estimate_check_seconds(session: TrainingSession, body: GradientCheck) -> float:
    rows = len(_engine_rows(session, body.example))
    return 3 * session.run.network.theta.size * estimate_passes_seconds(session, rows)
