"""Frames: a network's parameters and scores as one small binary record (docs/frames.md)."""

import struct
from math import nan

import numpy as np

from engine.metrics import Metrics, Score
from engine.training.run import TrainingRun

FORMAT = 1
STATUSES = ("paused", "playing", "reached", "diverged")
LARGEST = 3e38
"""About the largest number of 32 bits."""
NO_SCORE = Score(nan, None, None)
HEADER = struct.Struct("<BBHIdddd4fII")


def encode_frame(run: TrainingRun, metrics: Metrics, status: str, version: int) -> bytes:
    """Return the 64 bytes of the header, then theta (P,) as 32-bit floats."""
    train, test = metrics.train, metrics.test or NO_SCORE
    return HEADER.pack(
        FORMAT, STATUSES.index(status), 0, version, run.step, run.epoch,
        train.loss, test.loss,
        _given(train.accuracy), _given(test.accuracy), _given(train.r2), _given(test.r2),
        run.network.theta.size, 0,
    ) + _single(run)  # fmt: skip


def _given(value: float | None) -> float:
    """Return the number as 32 bits: NaN for None, ∞ beyond their range."""
    return nan if value is None else min(max(value, -LARGEST), LARGEST)


def _single(run: TrainingRun) -> bytes:
    with np.errstate(over="ignore"):
        return run.network.theta.astype("<f4").tobytes()
