"""Slices: E over one parameter, with the slope that gradient descent goes by."""

from typing import Any

import numpy as np

from app.domain.exceptions import FieldError, Unfit
from app.messages.reports import Content
from app.trainer.queries.inputs import seconds_of_passes
from app.trainer.queries.serialization import json_content
from app.trainer.session import Resident
from app.trainer.setup.parameters import named_places, place_of
from engine.backward import backward
from engine.explain.loss_slice import loss_slice
from engine.forward import forward
from engine.losses import LOSSES, mean_loss

Question = dict[str, Any]


def sliced(resident: Resident, asked: Question) -> Content:
    """E over all training rows, at equally spaced values of one parameter."""
    run, name = resident.run, asked["parameter"]
    if not asked["low"] < asked["high"]:
        raise Unfit.of(FieldError("high", f"must be above low, got {asked['low']:g} … {asked['high']:g}"))
    place = place_of(name, named_places(run.network), "parameter")
    rows = run.examples.train_rows
    x, y, loss = run.examples.x[:rows], run.examples.y[:rows], LOSSES[run.recipe.loss]
    values = np.linspace(asked["low"], asked["high"], asked["points"])
    there = forward(run.network, x)
    return json_content(
        {
            "step": run.step,
            "parameter": name,
            "value": run.network.theta[place],
            "loss": float(mean_loss(loss, there.output, y)),
            "gradient": backward(run.network, there, y, loss).gradient[place],
            "rate": run.recipe.rate_at(run.step, run.epoch),
            "values": values,
            "losses": loss_slice(run.network, x, y, loss, place, values),
        }
    )


def seconds_of_slice(resident: Resident, asked: Question) -> float:
    return seconds_of_passes(resident, resident.run.examples.train_rows * (asked["points"] + 8))
