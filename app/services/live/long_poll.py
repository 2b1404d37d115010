"""Long polling: a request that waits until its network pauses. It counts as a viewer meanwhile."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from app.services.backend import Backend


class PauseWaiter:
    """Watcher that ignores everything but whether the network plays."""

    frames_per_second = 1.0

    def __init__(self) -> None:
        self._paused = asyncio.Event()

    def event(self, state: dict[str, Any]) -> None:
        if state["playing"]:
            self._paused.clear()
        else:
            self._paused.set()

    def frame(self, body: bytes) -> None:
        """Ignore a frame."""

    def storage_error(self, reason: str | None) -> None:
        """Ignore an error of the store."""

    def closed(self) -> None:
        self._paused.set()

    async def wait(self, seconds: float) -> None:
        """Wait until the network pauses or is deleted, at most this long."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._paused.wait(), seconds)


@asynccontextmanager
async def watch_for_pause(backend: Backend, network: str) -> AsyncIterator[PauseWaiter]:
    """Watch this network until the block ends. Raises ServiceError."""
    waiter = PauseWaiter()
    await backend.watch(network, waiter)
    try:
        yield waiter
    finally:
        backend.unwatch(network, waiter)
