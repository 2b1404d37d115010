"""Score backfill: scores of past epochs are computed in idle time.

Paces and frames have priority. The number of rows that wait is limited (`engine.training.history`).
"""

from collections.abc import Collection
from time import perf_counter

from app.messages.channel import NonblockingChannel
from app.trainer.session import TrainingSession
from engine.training.history import History

SPARE = 0.002
"""Seconds that scoring a few rows may take, and one more look at what is due."""


def backfill_scores(
    sessions: Collection[TrainingSession], seconds: float, channel: NonblockingChannel
) -> float:
    """Score rows for this time, or until a message arrives. Return the seconds that are left."""
    end = perf_counter() + seconds
    while perf_counter() < end - SPARE and not channel.readable:
        history = max((session.run.history for session in sessions), key=_waiting, default=None)
        if history is None or not history.pending:
            break
        history.score()
    return max(0.0, end - perf_counter())


def _waiting(history: History) -> int:
    return history.pending
