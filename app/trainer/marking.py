"""Marking: scores of epochs gone by, made up for while there is nothing else to do.

Paces and frames come first. What waits for its scores is bounded (`engine.history`).
"""

from collections.abc import Collection
from time import perf_counter

from app.trainer.channel import Channel
from app.trainer.resident import Resident
from engine.history import History

SPARE = 0.002
"""Seconds that scoring a few rows may take, and one more look at what is due."""


def mark(residents: Collection[Resident], until: float, channel: Channel) -> None:
    """Score rows until this time, or until something comes; of whom most wait is first."""
    while perf_counter() < until - SPARE and not channel.readable:
        history = max((resident.run.history for resident in residents), key=_waiting, default=None)
        if history is None or not history.waiting:
            return
        history.score()


def _waiting(history: History) -> int:
    return history.waiting
