"""Byte budget: limits on the bytes that all requests together hold, and on those that begin in a second."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

BURST_SECONDS = 2.0


class BudgetExceededError(Exception):
    """The budget was spent for as long as the request could wait."""


class ByteBudget:
    """Queue of requests, served in the order in which they came, so that a large one does not starve.

    total: bytes that are held at the same time. per_second: bytes that are admitted in a second, on average
    over BURST_SECONDS.
    """

    def __init__(self, total: int, per_second: float) -> None:
        self._left = total
        self._per_second = per_second
        self._admits_again = float("-inf")
        self._waiting: deque[tuple[int, asyncio.Future[None]]] = deque()
        self._timer: asyncio.TimerHandle | None = None

    @asynccontextmanager
    async def spend(self, size: int, seconds: float) -> AsyncIterator[None]:
        """Hold these bytes during the block. Raises BudgetExceededError after waiting for so many seconds."""
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append((size, turn))
        self._serve()
        try:
            async with asyncio.timeout(seconds):
                await turn
        except BaseException as error:
            # The turn may have come in the moment of giving up.
            if turn.done() and not turn.cancelled():
                self._left += size
            turn.cancel()
            self._serve()
            if isinstance(error, TimeoutError):
                raise BudgetExceededError from None
            raise
        try:
            yield
        finally:
            self._left += size
            self._serve()

    def _serve(self) -> None:
        """Admit those whose turn has come."""
        loop = asyncio.get_running_loop()
        while self._waiting and (self._waiting[0][1].done() or self._waiting[0][0] <= self._left):
            size, turn = self._waiting[0]
            if turn.done():  # it gave up
                self._waiting.popleft()
                continue
            if loop.time() < self._admits_again:
                if self._timer:
                    self._timer.cancel()
                self._timer = loop.call_at(self._admits_again, self._serve)
                return
            self._waiting.popleft()
            self._left -= size
            earliest = max(self._admits_again, loop.time() - BURST_SECONDS)
            self._admits_again = earliest + size / self._per_second
            turn.set_result(None)
