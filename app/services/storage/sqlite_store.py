"""SQLite store: the event loop asks, one thread writes, many changes share a commit.

WAL with synchronous=NORMAL: what is committed outlives the death of every process; the disk itself is
waited for at checkpoints only.
"""

import asyncio
import sqlite3
from collections.abc import Iterable
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path
from time import time
from typing import Any

from app.messages.reports import Record
from app.services.backend import Listener
from app.services.storage.data_dir import MEMORY, connect, lock_folder, open_database
from app.services.storage.migrations import migrate
from app.services.storage.repository import Repository
from app.services.storage.writer import Task, Work, Writer

HOUR = 3600.0
"""Seconds to which the file knows when a network was used."""


class SqliteStore:
    """A `Store` in a folder. It is opened before it is used, and closed once what it was asked is done."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._used: dict[str, float] = {}
        self._noted: dict[str, float] = {}
        self.listeners: set[Listener] = set()
        self._playing: list[str] = []
        self._writer: Writer | None = None
        self._lock: sqlite3.Connection | None = None

    # Life

    def open(self) -> None:
        """Take the folder into use. Raises StoreError."""
        if self._writer:
            return
        with ExitStack() as undone:
            if self._folder == MEMORY:
                connection = undone.enter_context(closing(connect(str(MEMORY))))
            else:
                self._lock = undone.enter_context(closing(lock_folder(self._folder)))
                connection = undone.enter_context(closing(open_database(self._folder)))
            migrate(connection)
            repository = Repository(connection)
            self._used, self._playing = repository.known(), repository.playing()
            undone.pop_all()
        self._writer = Writer(repository, self._tell_trouble)

    async def close(self) -> None:
        """Finish what was asked, and give the folder free."""
        if self._writer:
            await asyncio.to_thread(self._writer.end)
        if self._lock:
            self._lock.close()

    @property
    def error(self) -> str | None:
        return self._writer.error if self._writer else None

    def _tell_trouble(self) -> None:
        for listener in list(self.listeners):
            listener(self.error)

    # Asking, on the event loop

    def __contains__(self, network: object) -> bool:
        return network in self._used

    def __len__(self) -> int:
        return len(self._used)

    def playing(self) -> list[str]:
        return self._playing

    def save(self, network: str, record: Record) -> "asyncio.Future[None]":
        future = self._asked(partial(Repository.save, network=network, record=record), network, record)
        if record.setup is not None:
            future.add_done_callback(partial(self._made, network))
        return future

    def _made(self, network: str, saved: "asyncio.Future[None]") -> None:
        if not saved.exception():
            self._used[network] = time()

    def load(self, network: str) -> "asyncio.Future[Record | None]":
        self.use([network])
        return self._asked(partial(Repository.load, network=network))

    def delete(self, network: str) -> "asyncio.Future[None]":
        future = self._asked(partial(Repository.delete, network=network), network)
        future.add_done_callback(partial(self._deleted, network))
        return future

    def _deleted(self, network: str, deleted: "asyncio.Future[None]") -> None:
        if not deleted.exception():
            self._used.pop(network, None)
            self._noted.pop(network, None)

    def use(self, networks: Iterable[str]) -> None:
        now = time()
        for network in filter(self._used.__contains__, networks):
            if now - self._noted.get(network, self._used[network]) > HOUR:
                self._noted[network] = now
                self._asked(partial(Repository.use, network=network, at=now))
            self._used[network] = now

    def expire(self, seconds: float) -> list[str]:
        before = time() - seconds
        unused = [network for network, used in self._used.items() if used < before]
        for network in unused:
            self.delete(network)
        return unused

    def _asked(
        self, work: Work, network: str | None = None, record: Record | None = None
    ) -> "asyncio.Future[Any]":
        if self._writer is None:
            raise RuntimeError("the store has not been opened")
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        future.add_done_callback(lambda done: done.exception())
        self._writer.put(Task(work, future, network, record))
        return future
