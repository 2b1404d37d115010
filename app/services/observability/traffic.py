"""Traffic counters of the web process, and the lag of its event loop."""

import asyncio
from collections import Counter
from time import perf_counter

from app.domain.instruments import Histogram

PROBE_SECONDS = 0.05


class Traffic:
    """Counters of requests, sockets, frames and commands.

    sockets: open live sockets. ended: closed sockets by close code. requests: by method, route and status.
    """

    def __init__(self) -> None:
        self.sockets = 0
        self.ended: Counter[int] = Counter()
        self.frames = 0
        self.commands = 0
        self.requests: Counter[tuple[str, str, int]] = Counter()
        self.request_seconds = Histogram()
        self.loop_lag = Histogram()

    async def watch_loop(self) -> None:
        """Observe the lag of the event loop every PROBE_SECONDS: by how much a sleep was too long."""
        while True:
            due = perf_counter() + PROBE_SECONDS
            await asyncio.sleep(PROBE_SECONDS)
            self.loop_lag.observe(max(0.0, perf_counter() - due))
