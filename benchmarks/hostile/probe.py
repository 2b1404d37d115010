"""Probe: a light user who trains and reads a network five times a second, and how long that takes."""

import asyncio
from dataclasses import dataclass, field
from statistics import quantiles
from time import perf_counter

import httpx

PERIOD_SECONDS = 0.2


@dataclass
class Latencies:
    """Seconds of the answered requests, and the number of those that failed."""

    seconds: list[float] = field(default_factory=list)
    failures: int = 0

    def percentile(self, percent: int) -> float:
        """Return a percentile in milliseconds; NaN without enough requests."""
        cuts = quantiles(self.seconds, n=100, method="inclusive") if len(self.seconds) > 1 else []
        return 1000 * cuts[percent - 1] if cuts else float("nan")

    def __str__(self) -> str:
        return (
            f"p50 {self.percentile(50):4.0f} ms, p99 {self.percentile(99):4.0f} ms, "
            f"{self.failures} of {len(self.seconds) + self.failures} failed"
        )


class Probe:
    """User of one small network, whose requests are timed from the moment at which they are due."""

    def __init__(self, address: str) -> None:
        self._http = httpx.AsyncClient(base_url=f"{address.rstrip('/')}/api/v1", timeout=30, trust_env=False)
        self._path = ""

    async def __aenter__(self) -> "Probe":
        created = await self._http.post("/networks", json={"layers": [{"units": 4}, {"units": 1}]})
        self._path = f"/networks/{created.raise_for_status().json()['id']}"
        await self._http.post(f"{self._path}/steps", json={"count": 1})
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()

    async def measure(self, seconds: float) -> Latencies:
        """Use the network for this time. A slow answer does not delay the next request."""
        latencies = Latencies()
        requests = []
        for _ in range(max(1, round(seconds / PERIOD_SECONDS))):
            requests.append(asyncio.create_task(self._use(latencies)))
            await asyncio.sleep(PERIOD_SECONDS)
        await asyncio.gather(*requests)
        return latencies

    async def _use(self, latencies: Latencies) -> None:
        begun = perf_counter()
        try:
            stepped = await self._http.post(f"{self._path}/steps", json={"count": 1})
            read = await self._http.get(self._path)
        except httpx.HTTPError:
            latencies.failures += 1
            return
        if stepped.is_success and read.is_success:
            latencies.seconds.append((perf_counter() - begun) / 2)
        else:
            latencies.failures += 1
