"""Busy notices: long work is announced before it begins, so that the process is not taken for hung."""

from collections.abc import Callable
from typing import Any

from app.settings import Limits
from app.trainer.scheduling.scheduler import NOTICE_SECONDS, SECONDS_PER_SCORE, estimate_step_seconds
from app.trainer.scheduling.stack_key import StackKey
from app.trainer.session import TrainingSession


class BusyNotifier:
    """warn: told of so many seconds."""

    def __init__(self, warn: Callable[[float], None], limits: Limits) -> None:
        self.warn = warn
        self._limits = limits

    def steps(self, shape: StackKey, count: int) -> None:
        """Announce that a network of this shape makes so many steps now."""
        self._tell(count * estimate_step_seconds(shape))

    def setup(self, given: Any, session: TrainingSession | None = None) -> None:
        """A network is made as is given, or changed so; how large it will be is not known yet."""
        rows = len(session.setup.table.x) if session else 0
        rows = max(rows, min(_rows(given), self._limits.rows))
        self._tell(SECONDS_PER_SCORE * rows * self._limits.parameters)

    def _tell(self, seconds: float) -> None:
        if seconds > NOTICE_SECONDS:
            self.warn(seconds)


def _rows(given: Any) -> int:
    """Return how many examples are asked for; 0 where that is not said."""
    data = given.get("data", given) if isinstance(given, dict) else None
    if not isinstance(data, dict):
        return 0
    counted = (len(rows) for name in ("points", "inputs") if isinstance(rows := data.get(name), list))
    examples = data.get("examples")
    return max(counted, default=examples if isinstance(examples, int) else 0)
