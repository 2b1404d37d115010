"""Housekeeping: unused networks leave memory after minutes, and the disk after weeks."""

import asyncio
import logging

from app.services.backend import Backend, Store
from app.settings import Limits

DAY_SECONDS = 86_400.0
MAX_PAUSE_SECONDS = 60.0

log = logging.getLogger(__name__)


class Housekeeping:
    """Periodic task that evicts idle networks and deletes unused ones."""

    def __init__(self, backend: Backend, store: Store, limits: Limits) -> None:
        self._backend = backend
        self._store = store
        self._limits = limits

    async def run(self) -> None:
        """Tidy up periodically, until the task is cancelled."""
        unused_seconds = self._limits.unused_days * DAY_SECONDS
        pause = min(MAX_PAUSE_SECONDS, self._limits.idle_seconds / 4, unused_seconds / 4)
        while True:
            await asyncio.sleep(pause)
            self.tidy()

    def tidy(self) -> None:
        """Evict idle networks from memory, and delete networks unused for `unused_days`."""
        self._backend.evict_idle(self._limits.idle_seconds)
        # A network in memory may have a viewer or train: it counts as used, whatever the store knows.
        self._store.use(self._backend.in_use())
        deleted = self._store.expire(self._limits.unused_days * DAY_SECONDS)
        if deleted:
            fields = {"networks": len(deleted), "unused_days": self._limits.unused_days}
            log.warning("unused networks deleted", extra=fields)
