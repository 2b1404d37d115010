"""Forecasts: what will take long is said beforehand, so that this process is not taken for one that hangs."""

from collections.abc import Callable
from typing import Any

from app.settings import Limits
from app.trainer.scheduling.scheduler import WORTH_TELLING, guessed_seconds
from app.trainer.session import Resident

SECONDS_PER_PRODUCT = 4e-9
"""Of an example and a parameter: features, a first score, and another one for the state."""


class Forecasts:
    """warn: told of so many seconds."""

    def __init__(self, warn: Callable[[float], None], limits: Limits) -> None:
        self.warn = warn
        self._limits = limits

    def steps(self, resident: Resident, count: int) -> None:
        """So many steps of a network are made now."""
        self._tell(count * guessed_seconds(resident.shape))

    def setup(self, given: Any, resident: Resident | None = None) -> None:
        """A network is made as is given, or changed so; how large it will be is not known yet."""
        rows = len(resident.setup.table.x) if resident else 0
        rows = max(rows, min(_rows(given), self._limits.rows))
        self._tell(SECONDS_PER_PRODUCT * rows * self._limits.parameters)

    def _tell(self, seconds: float) -> None:
        if seconds > WORTH_TELLING:
            self.warn(seconds)


def _rows(given: Any) -> int:
    """How many examples are asked for; 0 where that is not said."""
    data = given.get("data", given) if isinstance(given, dict) else None
    if not isinstance(data, dict):
        return 0
    counted = (len(rows) for name in ("points", "inputs") if isinstance(rows := data.get(name), list))
    examples = data.get("examples")
    return max(counted, default=examples if isinstance(examples, int) else 0)
