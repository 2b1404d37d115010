"""Lateness: how late a playground's event loop was, as it counts itself at /api/v1/metrics."""

import re
from math import inf, nan

import httpx

BUCKET = re.compile(r'^playground_loop_lag_seconds_bucket\{le="([^"]+)"\} (\d+)$', re.MULTILINE)


class Lateness:
    """What has been counted since `begin`."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http
        self._before: dict[float, int] = {}

    async def begin(self) -> None:
        """Count from now on."""
        self._before = await self._counts()

    async def p99(self) -> float:
        """Seconds that one look in a hundred exceeds: the end of its bucket, or within it by proportion."""
        after = await self._counts()
        return quantile({end: count - self._before.get(end, 0) for end, count in after.items()}, 0.99)

    async def _counts(self) -> dict[float, int]:
        text = (await self._http.get("/metrics")).raise_for_status().text
        return {float(end): int(count) for end, count in BUCKET.findall(text)}


def quantile(counts: dict[float, int], share: float) -> float:
    """As Prometheus reads it from cumulative counts by their buckets' ends."""
    if not counts or not counts[inf]:
        return nan
    wanted, before, start = share * counts[inf], 0, 0.0
    for end, count in sorted(counts.items()):
        if count >= wanted:
            inside = (wanted - before) / (count - before)
            return start if end == inf else start + inside * (end - start)
        before, start = count, end
    return start
