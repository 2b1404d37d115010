"""Pace: how many steps a playing network is owed by now, and how many fit into a slice of time."""

from dataclasses import dataclass

LONGEST_DEBT = 0.25
GROWTH = 4


class Pace:
    """Steps owed at so many per second. What a busy machine could not do in time is soon forgiven."""

    def __init__(self, now: float) -> None:
        self._since = now
        self._owed = 1.0

    def owed(self, now: float, steps_per_second: float) -> int:
        """Whole steps owed at this moment."""
        self._owed += (now - self._since) * steps_per_second
        self._since = now
        self._owed = min(self._owed, max(1.0, LONGEST_DEBT * steps_per_second))
        return int(self._owed)

    def pay(self, steps: int) -> None:
        self._owed -= steps

    def wait(self, steps_per_second: float) -> float:
        """Seconds until a step is owed."""
        return max(0.0, (1 - self._owed) / steps_per_second)


@dataclass
class Speed:
    """How long a step takes, learnt from steps made. seconds: of one step; None before the first."""

    seconds: float | None = None
    measured: int = 0
    _last: int = 1

    def within(self, budget: float) -> int:
        """How many steps fit into so many seconds, at least one; carefully more than the last time."""
        if self.seconds is None:
            return 1
        return max(1, min(int(budget / self.seconds), GROWTH * self._last))

    def note(self, steps: int, seconds: float) -> None:
        """Take in that so many steps took so long; the newer count for more."""
        each = seconds / steps
        self.seconds = each if self.seconds is None else 0.7 * self.seconds + 0.3 * each
        self.measured += steps
        self._last = max(steps, self._last // 2)
