"""Metrics scrape: the numbers of a server's /api/v1/metrics, and quantiles of its histograms."""

import re
from math import inf, nan

import httpx

PREFIX = "playground_"
LOOP_LAG_BUCKET = re.compile(r'loop_lag_seconds_bucket\{le="([^"]+)"\}')


async def scrape(http: httpx.AsyncClient) -> dict[str, float]:
    """Return every metric by its name with labels."""
    lines = (await http.get("/metrics")).raise_for_status().text.splitlines()
    named = (line.rpartition(" ") for line in lines if line.startswith(PREFIX))
    return {name.removeprefix(PREFIX): float(value) for name, _, value in named}


class LoopLag:
    """Lag of the server's event loop since `begin`."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http
        self._before: dict[float, float] = {}

    async def begin(self) -> None:
        """Measure from now on."""
        self._before = await self._counts()

    async def p99(self) -> float:
        """Return the 99th percentile of the lag in seconds, interpolated within its bucket."""
        after = await self._counts()
        return quantile({end: count - self._before[end] for end, count in after.items()}, 0.99)

    async def _counts(self) -> dict[float, float]:
        metrics = (await scrape(self._http)).items()
        return {float(bucket[1]): n for name, n in metrics if (bucket := LOOP_LAG_BUCKET.fullmatch(name))}


def quantile(counts: dict[float, float], share: float) -> float:
    """Return a quantile of cumulative counts by their buckets' ends, as Prometheus estimates it."""
    if not counts[inf]:
        return nan
    rank, before, start = share * counts[inf], 0.0, 0.0
    for end, count in sorted(counts.items()):
        if count >= rank:
            return start if end == inf else start + (rank - before) / (count - before) * (end - start)
        before, start = count, end
    return start
