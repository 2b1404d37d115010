"""Instruments: histograms and rates that a process measures, small enough to send and to add up."""

from bisect import bisect_left
from collections.abc import Sequence

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper ends of buckets for times."""


class Histogram:
    """How often a number was how large. bounds: the buckets' upper ends, ascending; above is one more.

    counts: of each bucket by itself. total: the sum of all numbers.
    """

    def __init__(self, bounds: Sequence[float] = SECONDS) -> None:
        self.bounds = tuple(bounds)
        self.counts = [0] * (len(self.bounds) + 1)
        self.total = 0.0

    def observe(self, number: float) -> None:
        """Count one more."""
        self.counts[bisect_left(self.bounds, number)] += 1
        self.total += number


class Rate:
    """How many a second, over the last whole window of about a second."""

    WINDOW = 1.0

    def __init__(self, now: float) -> None:
        self._begun, self._count, self._rate = now, 0, 0.0

    def observe(self, count: int, now: float) -> None:
        """Count so many more."""
        self._turn(now)
        self._count += count

    def at(self, now: float) -> float:
        """Return the rate at this moment."""
        self._turn(now)
        return self._rate

    def _turn(self, now: float) -> None:
        passed = now - self._begun
        if passed >= self.WINDOW:
            self._rate, self._begun, self._count = self._count / passed, now, 0
