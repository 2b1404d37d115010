"""Scores of a network, as a client reads them."""

from typing import Any

from app.trainer.queries.serialization import json_safe
from engine.metrics import Metrics


def scores_to_dict(metrics: Metrics) -> dict[str, Any]:
    """Both scores as they are told; test is None where no rows are for testing."""
    return {
        name: score and json_safe({"loss": score.loss, "accuracy": score.accuracy, "r2": score.r2})
        for name, score in (("train", metrics.train), ("test", metrics.test))
    }
