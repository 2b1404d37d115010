"""Pacing: a token bucket of steps for each playing network, and measured throughput."""

from dataclasses import dataclass

MAX_DEBT_SECONDS = 0.25
"""Time whose steps are made up for. A busy machine forgets what it could not do before."""
MAX_GROWTH = 4
"""Factor by which one slice may have more steps than the one before."""


class TokenBucket:
    """Token bucket of the steps that a pace requires. One token is one step."""

    def __init__(self, now: float) -> None:
        self._since = now
        self._owed = 1.0

    def available(self, now: float, steps_per_second: float, quantum: float) -> int:
        """Return the whole steps that are due now. quantum: seconds whose steps are made at once."""
        self._owed += max(0.0, now - self._since) * steps_per_second
        self._since = now
        self._owed = min(self._owed, max(1.0, (MAX_DEBT_SECONDS + quantum) * steps_per_second))
        return int(self._owed)

    def consume(self, steps: int) -> None:
        """Take these steps out of the bucket."""
        self._owed -= steps

    def due_at(self, steps_per_second: float, quantum: float) -> float:
        """Return when the steps of a quantum will be due, at least one."""
        return self._since + (max(1.0, quantum * steps_per_second) - self._owed) / steps_per_second


def round_steps(steps: int, epoch: int, left: int) -> int:
    """Return how many of these steps to make at once, rounded so that many networks make the same number.

    epoch: steps of a whole epoch. left: steps until the end of the current one. The result is the rest of
    the current epoch, or 1, 2, 3, 4, 6, 8, 12, ... whole epochs, or as many steps.
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
    """Measured throughput of training. seconds: of one step, None before the first measurement."""

    seconds: float | None = None
    measured: int = 0
    _last: int = 1

    def steps_within(self, budget: float) -> int:
        """Return how many steps fit into this time, from one to MAX_GROWTH times the last number."""
        if self.seconds is None:
            return 1
        return max(1, min(int(budget / self.seconds), MAX_GROWTH * self._last))

    def observe(self, steps: int, seconds: float) -> None:
        """Record the duration of these steps. Newer measurements have more weight."""
        each = seconds / steps
        self.seconds = each if self.seconds is None else 0.7 * self.seconds + 0.3 * each
        self.measured += steps
        self._last = max(steps, self._last // 2)
