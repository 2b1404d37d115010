"""Scores: how good a network is, as it is told."""

from typing import Any

from app.trainer.queries.serialization import plain
from engine.metrics import Metrics


def scores(metrics: Metrics) -> dict[str, Any]:
    """Both scores as they are told; test is None where no rows are for testing."""
    return {
        name: score and plain({"loss": score.loss, "accuracy": score.accuracy, "r2": score.r2})
        for name, score in (("train", metrics.train), ("test", metrics.test))
    }
