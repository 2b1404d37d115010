"""Metering: what a playground counts itself, as it tells at /api/v1/metrics."""

import re
from math import inf, nan

import httpx

PREFIX = "playground_"
LATE = re.compile(r'loop_lag_seconds_bucket\{le="([^"]+)"\}')


async def metered(http: httpx.AsyncClient) -> dict[str, float]:
    """Every number under its name, with its labels."""
    lines = (await http.get("/metrics")).raise_for_status().text.splitlines()
    named = (line.rpartition(" ") for line in lines if line.startswith(PREFIX))
    return {name.removeprefix(PREFIX): float(value) for name, _, value in named}


class Lateness:
    """How late the event loop was, since `begin`."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http
        self._before: dict[float, float] = {}

    async def begin(self) -> None:
        """Count from now on."""
        self._before = await self._counts()

    async def p99(self) -> float:
        """Seconds that one look in a hundred exceeds: within its bucket by proportion."""
        after = await self._counts()
        return quantile({end: count - self._before[end] for end, count in after.items()}, 0.99)

    async def _counts(self) -> dict[float, float]:
        numbers = (await metered(self._http)).items()
        return {float(found[1]): count for name, count in numbers if (found := LATE.fullmatch(name))}


def quantile(counts: dict[float, float], share: float) -> float:
    """As Prometheus reads it from cumulative counts by their buckets' ends."""
    if not counts[inf]:
        return nan
    wanted, before, start = share * counts[inf], 0.0, 0.0
    for end, count in sorted(counts.items()):
        if count >= wanted:
            return start if end == inf else start + (wanted - before) / (count - before) * (end - start)
        before, start = count, end
    return start
