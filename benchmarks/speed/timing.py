"""Timing on a busy machine: interleaved turns, many rounds, and medians.

Other work on a core slows whatever runs at that moment. So the contestants of a workload take turns of
about a millisecond. That is shorter than a scheduler's time slice, so most turns are undisturbed. A
ratio is the median of the ratios within each round.
"""

from collections.abc import Callable, Mapping
from statistics import median
from time import perf_counter

BURST_SECONDS = 0.001
"""Minimum turn of the fastest contestant in a round."""


def rounds(contestants: Mapping[str, Callable[[], object]], seconds: float) -> dict[str, list[float]]:
    """Return the seconds per lap of each contestant in every round. seconds: the approximate total time."""
    first = {name: _timed(lap, 1) for name, lap in contestants.items()}
    first = {name: min(first[name], _timed(lap, 1)) for name, lap in contestants.items()}
    laps = max(1, round(BURST_SECONDS / min(first.values())))
    count = max(5, round(seconds / (laps * sum(first.values()))))
    times: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(count):
        for name, lap in contestants.items():
            times[name].append(_timed(lap, laps))
    return times


def ratio(ours: list[float], theirs: list[float]) -> float:
    """Return the median over the rounds of their time divided by ours."""
    return median(their / our for our, their in zip(ours, theirs, strict=True))


def _timed(lap: Callable[[], object], laps: int) -> float:
    begin = perf_counter()
    for _ in range(laps):
        lap()
    return (perf_counter() - begin) / laps
