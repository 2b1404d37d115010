"""Long polling: a request waits until its network pauses, and counts as a viewer meanwhile."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from app.services.backend import Backend


class PauseWaiter:
    """A watcher that looks at nothing but whether the network plays."""

    frames_per_second = 1.0

    def __init__(self) -> None:
        self._still = asyncio.Event()

    def event(self, state: dict[str, Any]) -> None:
        if state["playing"]:
            self._still.clear()
        else:
            self._still.set()

    def frame(self, body: bytes) -> None:
        """Not looked at."""

    def storage_error(self, reason: str | None) -> None:
        """Not looked at."""

    def closed(self) -> None:
        self._still.set()

    async def wait(self, seconds: float) -> None:
        """Until the network plays no more, or is gone, or this time has passed."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._still.wait(), seconds)


@asynccontextmanager
async def watch_for_pause(backend: Backend, network: str) -> AsyncIterator[PauseWaiter]:
    """Watch this network until the block ends. Raises ServiceError."""
    stillness = PauseWaiter()
    await backend.watch(network, stillness)
    try:
        yield stillness
    finally:
        backend.unwatch(network, stillness)
