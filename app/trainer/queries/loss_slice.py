"""Loss-slice query: E over one parameter, with the slope that gradient descent uses."""

from typing import Any

import numpy as np

from app.domain.exceptions import FieldError, InvalidRequest
from app.messages.reports import EncodedResponse
from app.trainer.queries.inputs import estimate_passes_seconds
from app.trainer.queries.serialization import json_response
from app.trainer.session import TrainingSession
from app.trainer.setup.parameters import index_of, parameter_indices
from engine.backward import backward
from engine.explain.loss_slice import loss_slice
from engine.forward import forward
from engine.losses import LOSSES, mean_loss

Question = dict[str, Any]


def loss_slice_response(session: TrainingSession, asked: Question) -> EncodedResponse:
    """E over all training rows, at equally spaced values of one parameter."""
    run, name = session.run, asked["parameter"]
    if not asked["low"] < asked["high"]:
        raise InvalidRequest.of(
            FieldError("high", f"high must be above low, but they are {asked['high']:g} and {asked['low']:g}")
        )
    place = index_of(name, parameter_indices(run.network), "parameter")
    rows = run.examples.train_rows
    x, y, loss = run.examples.x[:rows], run.examples.y[:rows], LOSSES[run.config.loss]
    values = np.linspace(asked["low"], asked["high"], asked["points"])
    there = forward(run.network, x)
    return json_response(
        {
            "step": run.step,
            "parameter": name,
            "value": run.network.theta[place],
            "loss": float(mean_loss(loss, there.output, y)),
            "gradient": backward(run.network, there, y, loss).gradient[place],
            "rate": run.config.rate_at(run.step, run.epoch),
            "values": values,
            "losses": loss_slice(run.network, x, y, loss, place, values),
        }
    )


def estimate_slice_seconds(session: TrainingSession, asked: Question) -> float:
    return estimate_passes_seconds(session, session.run.examples.train_rows * (asked["points"] + 8))
