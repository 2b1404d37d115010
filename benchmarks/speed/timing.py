"""Timing on a machine that has other things to do: everybody in turn, many times, and medians.

A busy core slows whoever happens to run. So the contestants of a workload take turns, a millisecond
each where a lap is so short: less than a core is given away for, so that most turns are undisturbed.
Only what was measured in the same round is compared: a ratio is the median of the rounds' ratios.
"""

from collections.abc import Callable, Mapping
from statistics import median
from time import perf_counter

BURST = 0.001
"""Seconds that the fastest contestant runs for in a round, at least."""


def rounds(contestants: Mapping[str, Callable[[], object]], seconds: float) -> dict[str, list[float]]:
    """Seconds a lap of each contestant in every round. seconds: about how long all rounds take together."""
    first = {name: _timed(lap, 1) for name, lap in contestants.items()}
    first = {name: min(first[name], _timed(lap, 1)) for name, lap in contestants.items()}
    laps = max(1, round(BURST / min(first.values())))
    count = max(5, round(seconds / (laps * sum(first.values()))))
    times: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(count):
        for name, lap in contestants.items():
            times[name].append(_timed(lap, laps))
    return times


def ratio(ours: list[float], theirs: list[float]) -> float:
    """How many times as fast as they we were, in the middle one of the rounds."""
    return median(their / our for our, their in zip(ours, theirs, strict=True))


def _timed(lap: Callable[[], object], laps: int) -> float:
    begin = perf_counter()
    for _ in range(laps):
        lap()
    return (perf_counter() - begin) / laps
