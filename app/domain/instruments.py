"""Instruments for metrics: histograms and rates. Processes send them to each other and add them up."""

from bisect import bisect_left
from collections.abc import Sequence

BUCKET_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Histogram:
    """Counts of observed values by bucket.

    bounds: upper bounds of the buckets, ascending. One more bucket counts all larger values.
    counts: values in each bucket, not cumulative. total: the sum of all values.
    """

    def __init__(self, bounds: Sequence[float] = BUCKET_SECONDS) -> None:
        self.bounds = tuple(bounds)
        self.counts = [0] * (len(self.bounds) + 1)
        self.total = 0.0

    def observe(self, value: float) -> None:
        """Add a value."""
        self.counts[bisect_left(self.bounds, value)] += 1
        self.total += value


class Rate:
    """Events per second over the last complete window of about a second."""

    WINDOW_SECONDS = 1.0

    def __init__(self, now: float) -> None:
        self._begin, self._count, self._rate = now, 0, 0.0

    def observe(self, count: int, now: float) -> None:
        """Add `count` events."""
        self._roll_window(now)
        self._count += count

    def at(self, now: float) -> float:
        """Return the rate at this moment."""
        self._roll_window(now)
        return self._rate

    def _roll_window(self, now: float) -> None:
        elapsed = now - self._begin
        if elapsed >= self.WINDOW_SECONDS:
            self._rate, self._begin, self._count = self._count / elapsed, now, 0
