"""Busy notices: long work is announced before it begins, so that the process is not taken for hung."""

from collections.abc import Callable
from typing import Any

from app.messages.commands import CommandBody
from app.schemas.requests import DataChange, Patch
from app.settings import Limits
from app.trainer.scheduling.scheduler import NOTICE_SECONDS, SECONDS_PER_SCORE, estimate_step_seconds
from app.trainer.scheduling.stack_key import StackKey
from app.trainer.session import TrainingSession


class BusyNotifier:
    """Announcer of long work. warn: called with the expected seconds of silence."""

    def __init__(self, warn: Callable[[float], None], limits: Limits) -> None:
        self.warn = warn
        self._limits = limits

    def steps(self, shape: StackKey, count: int) -> None:
        """Announce this number of steps of a network with this stack key."""
        self._announce(count * estimate_step_seconds(shape))

    def setup(self, examples: int, session: TrainingSession | None = None) -> None:
        """Announce that a set-up with this number of examples is built."""
        # Its parameters are not known yet: the most that are allowed are assumed.
        rows = len(session.setup.table.x) if session else 0
        rows = max(rows, min(examples, self._limits.rows))
        self._announce(SECONDS_PER_SCORE * rows * self._limits.parameters)

    def _announce(self, seconds: float) -> None:
        if seconds > NOTICE_SECONDS:
            self.warn(seconds)


def announced_examples(given: CommandBody | dict[str, Any]) -> int:
    """Return the number of examples in a spec or a change of the set-up; 0 if it names none."""
    match given:
        case DataChange():
            return _count(given.points, given.inputs, given.examples)
        case Patch():
            return announced_examples(given.change)
        case {"data": dict() as data}:
            return _count(data.get("points"), data.get("inputs"), data.get("examples"))
        case _:
            return 0


def _count(points: Any, inputs: Any, examples: Any) -> int:
    """Return the length of the longer list; without a list, the number of generated examples."""
    lengths = (len(rows) for rows in (points, inputs) if isinstance(rows, list))
    return max(lengths, default=examples if isinstance(examples, int) else 0)
