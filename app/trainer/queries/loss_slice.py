"""Loss-slice query: E over one parameter, with the slope that gradient descent uses."""

import numpy as np

from app.domain.exceptions import FieldError, InvalidRequest
from app.messages.queries import SliceQuery
from app.messages.reports import EncodedResponse
from app.trainer.queries.inputs import estimate_passes_seconds
from app.trainer.queries.serialization import json_response
from app.trainer.session import TrainingSession
from app.trainer.setup.parameters import index_of, parameter_indices
from engine.backward import backward
from engine.explain.loss_slice import loss_slice
from engine.forward import forward
from engine.losses import LOSSES, mean_loss


def loss_slice_response(session: TrainingSession, body: SliceQuery) -> EncodedResponse:
    """E over all training rows, at equally spaced values of one parameter."""
    run, name = session.run, body.parameter
    if not body.low < body.high:
        raise InvalidRequest.of(
            FieldError("high", f"high must be above low, but they are {body.high:g} and {body.low:g}")
        )
    place = index_of(name, parameter_indices(run.network), "parameter")
    rows = run.examples.train_rows
    x, y, loss = run.examples.x[:rows], run.examples.y[:rows], LOSSES[run.config.loss]
    values = np.linspace(body.low, body.high, body.points)
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


def estimate_slice_seconds(session: TrainingSession, body: SliceQuery) -> float:
    return estimate_passes_seconds(session, session.run.examples.train_rows * (body.points + 8))
