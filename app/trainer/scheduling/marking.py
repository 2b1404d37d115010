"""Marking: scores of epochs gone by, made up for while there is nothing else to do.

Paces and frames come first. What waits for its scores is bounded (`engine.training.history`).
"""

from collections.abc import Collection
from time import perf_counter

from app.messages.channel import Channel
from app.trainer.session import Resident
from engine.training.history import History

SPARE = 0.002
"""Seconds that scoring a few rows may take, and one more look at what is due."""


def mark(residents: Collection[Resident], seconds: float, channel: Channel) -> float:
    """Score rows for so many seconds, or until something comes; what time is left."""
    end = perf_counter() + seconds
    while perf_counter() < end - SPARE and not channel.readable:
        history = max((resident.run.history for resident in residents), key=_waiting, default=None)
        if history is None or not history.waiting:
            break
        history.score()
    return max(0.0, end - perf_counter())


def _waiting(history: History) -> int:
    return history.waiting
