"""Surveys: a network over all of its examples at once, in few numbers."""

from dataclasses import asdict
from typing import Any

import numpy as np

from app.messages.reports import Content
from app.trainer.queries.inputs import seconds_of_passes
from app.trainer.queries.serialization import json_content
from app.trainer.session import Resident
from engine.backward import backward
from engine.explain.layer_statistics import distribution
from engine.forward import forward
from engine.losses import LOSSES
from engine.metrics import confusion_matrix, score
from engine.types import Array

Question = dict[str, Any]
PAIRS = 500


def distributions(resident: Resident, _: Question) -> Content:
    """Activations, deltas and silent units of every layer over the training rows."""
    run = resident.run
    rows = run.examples.train_rows
    loss = LOSSES[run.recipe.loss]
    there = forward(run.network, run.examples.x[:rows])
    back = backward(run.network, there, run.examples.y[:rows], loss)
    passes = zip(run.network.layers, there.layers, back.layers, strict=True)
    layers = [asdict(distribution(layer.activation, ahead, behind)) for layer, ahead, behind in passes]
    return json_content({"step": run.step, "epoch": run.epoch, "examples": rows, "layers": layers})


def evaluation(resident: Resident, _: Question) -> Content:
    """The scores, with the confusion matrix of classes or with pairs of target and prediction of values."""
    run = resident.run
    examples, rows = run.examples, run.examples.train_rows
    train = _evaluated(resident, examples.x[:rows], examples.y[:rows])
    test = _evaluated(resident, examples.x[rows:], examples.y[rows:]) if rows < len(examples.x) else None
    return json_content({"step": run.step, "epoch": run.epoch, "train": train, "test": test})


def _evaluated(resident: Resident, x: Array, y: Array) -> dict[str, Any]:
    run = resident.run
    loss, middle, classes = LOSSES[run.recipe.loss], run.examples.middle, run.examples.classes
    output = forward(run.network, x).output
    told: dict[str, Any] = {
        **asdict(score(output, y, loss, middle, classes)),
        "confusion": None,
        "pairs": None,
    }
    if classes:
        told["confusion"] = confusion_matrix(output, y, loss, middle, classes)
    else:
        some = np.unique(np.linspace(0, len(y) - 1, min(PAIRS, len(y))).round().astype(int))
        told["pairs"] = np.stack([y[some, 0], output[some, 0]], axis=-1)
    return told


def seconds_of_survey(resident: Resident, _: Question) -> float:
    return seconds_of_passes(resident, len(resident.run.examples.x) * 8)
