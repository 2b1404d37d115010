"""Pacing: a token bucket of steps for each playing network, and measured throughput."""

from dataclasses import dataclass

LONGEST_DEBT = 0.25
GROWTH = 4


class TokenBucket:
    """Steps owed at so many per second. What a busy machine could not do in time is soon forgiven."""

    def __init__(self, now: float) -> None:
        self._since = now
        self._owed = 1.0

    def available(self, now: float, steps_per_second: float, beat: float) -> int:
        """Whole steps owed at this moment. beat: seconds whose steps are made at a time."""
        self._owed += max(0.0, now - self._since) * steps_per_second
        self._since = now
        self._owed = min(self._owed, max(1.0, (LONGEST_DEBT + beat) * steps_per_second))
        return int(self._owed)

    def consume(self, steps: int) -> None:
        self._owed -= steps

    def due_at(self, steps_per_second: float, beat: float) -> float:
        """When the steps of a beat will be owed, one at least."""
        return self._since + (max(1.0, beat * steps_per_second) - self._owed) / steps_per_second


def round_steps(steps: int, epoch: int, left: int) -> int:
    """Return how many of these steps to make at once, so that many networks make as many.

    epoch: steps of a whole one. left: of the one that has begun. Whole epochs where there are any; then
    1, 2, 3, 4, 6, 8, 12, ... of them, or of the steps.
    """
    if steps < epoch:
        return _rounded(steps)
    if left < epoch:
        return left
    return epoch * _rounded(steps // epoch)


def _rounded(number: int) -> int:
    """Return the number with no more than its first two binary digits."""
    shift = max(0, number.bit_length() - 2)
    return number >> shift << shift


@dataclass
class Throughput:
    """How long a step takes, learnt from steps made. seconds: of one step; None before the first."""

    seconds: float | None = None
    measured: int = 0
    _last: int = 1

    def steps_within(self, budget: float) -> int:
        """Return how many steps fit into so many seconds, at least one; carefully more than the last time."""
        if self.seconds is None:
            return 1
        return max(1, min(int(budget / self.seconds), GROWTH * self._last))

    def observe(self, steps: int, seconds: float) -> None:
        """Take in that so many steps took so long; the newer count for more."""
        each = seconds / steps
        self.seconds = each if self.seconds is None else 0.7 * self.seconds + 0.3 * each
        self.measured += steps
        self._last = max(steps, self._last // 2)
