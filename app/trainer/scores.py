"""Scores of a network, as a client reads them."""

from typing import Any

from app.trainer.queries.serialization import json_safe
from engine.metrics import Metrics


def scores_to_dict(metrics: Metrics) -> dict[str, Any]:
    """Return the train and test scores as JSON values. test is None if there are no test rows."""
    return {
        name: score and json_safe({"loss": score.loss, "accuracy": score.accuracy, "r2": score.r2})
        for name, score in (("train", metrics.train), ("test", metrics.test))
    }
