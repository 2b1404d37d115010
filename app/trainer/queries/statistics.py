"""Statistics queries: distributions and scores over all examples of a network."""

from dataclasses import asdict
from typing import Any

import numpy as np

from app.messages.queries import DistributionsQuery, EvaluationQuery
from app.messages.reports import EncodedResponse
from app.trainer.queries.inputs import estimate_passes_seconds
from app.trainer.queries.serialization import json_response
from app.trainer.session import TrainingSession
from engine.backward import backward
from engine.explain.layer_statistics import layer_distribution
from engine.forward import forward
from engine.losses import LOSSES
from engine.metrics import confusion_matrix, score
from engine.types import Array

PAIRS = 500


def distributions(session: TrainingSession, _: DistributionsQuery) -> EncodedResponse:
    """Return the distributions of activations and deltas, and the inactive units, over the training rows."""
    run = session.run
    rows = run.examples.train_rows
    loss = LOSSES[run.config.loss]
    there = forward(run.network, run.examples.x[:rows])
    back = backward(run.network, there, run.examples.y[:rows], loss)
    passes = zip(run.network.layers, there.layers, back.layers, strict=True)
    layers = [asdict(layer_distribution(layer.activation, ahead, behind)) for layer, ahead, behind in passes]
    return json_response({"step": run.step, "epoch": run.epoch, "examples": rows, "layers": layers})


def evaluation(session: TrainingSession, _: EvaluationQuery) -> EncodedResponse:
    """Return the scores with the confusion matrix, or with pairs of target and prediction."""
    run = session.run
    examples, rows = run.examples, run.examples.train_rows
    train = _evaluated(session, examples.x[:rows], examples.y[:rows])
    test = _evaluated(session, examples.x[rows:], examples.y[rows:]) if rows < len(examples.x) else None
    return json_response({"step": run.step, "epoch": run.epoch, "train": train, "test": test})


def _evaluated(session: TrainingSession, x: Array, y: Array) -> dict[str, Any]:
    run = session.run
    loss, middle, classes = LOSSES[run.config.loss], run.examples.middle, run.examples.classes
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


def estimate_statistics_seconds(session: TrainingSession, _: DistributionsQuery | EvaluationQuery) -> float:
    return estimate_passes_seconds(session, len(session.run.examples.x) * 8)
