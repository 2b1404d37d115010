"""Housekeeping: unused networks leave memory after minutes, and the disk after weeks."""

import asyncio
import logging

from app.services.backend import Backend, Store
from app.settings import Limits

DAY = 86_400.0
LONGEST_PAUSE = 60.0

log = logging.getLogger(__name__)


class Housekeeping:
    """What is done from time to time, as long as the service runs."""

    def __init__(self, backend: Backend, store: Store, limits: Limits) -> None:
        self._backend = backend
        self._store = store
        self._limits = limits

    async def run(self) -> None:
        """Tidy up again and again."""
        pause = min(LONGEST_PAUSE, self._limits.idle_seconds / 4, self._limits.unused_days * DAY / 4)
        while True:
            await asyncio.sleep(pause)
            self.tidy()

    def tidy(self) -> None:
        """Have idle networks leave memory, and forget those that nobody has used for very long."""
        self._backend.evict_idle(self._limits.idle_seconds)
        self._store.use(self._backend.in_use())
        gone = self._store.expire(self._limits.unused_days * DAY)
        if gone:
            unused = {"networks": len(gone), "unused_days": self._limits.unused_days}
            log.warning("unused networks deleted", extra=unused)
