"""SQLite store: asynchronous reads and writes, done by one thread that groups changes into commits.

The database uses WAL with synchronous=NORMAL. A committed change survives the death of every process.
SQLite waits for the disk only at checkpoints.
"""

import asyncio
import sqlite3
from collections.abc import Iterable
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path
from typing import Any

from app.messages.reports import Record
from app.services.backend import Listener
from app.services.storage.data_dir import MEMORY, connect, lock_folder, open_database
from app.services.storage.migrations import migrate
from app.services.storage.repository import Repository
from app.services.storage.use_clock import UseClock
from app.services.storage.writer import Task, Work, Writer

USE_RESOLUTION_SECONDS = 3600.0
"""The database records a use only if the last recorded one is older, which saves writes."""


class SqliteStore:
    """Implementation of `Store` in a folder. Call `open` first; `close` finishes all pending tasks."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._used_at: dict[str, float] = {}
        self._recorded_at: dict[str, float] = {}
        self._untouched: dict[str, float] = {}
        self.listeners: set[Listener] = set()
        self._use_clock = UseClock(0.0)
        self._playing: list[str] = []
        self._writer: Writer | None = None
        self._lock: sqlite3.Connection | None = None

    # Lifecycle

    def open(self) -> None:
        """Lock the folder and open its database. Raises StoreError."""
        if self._writer:
            return
        with ExitStack() as cleanup:
            if self._folder == MEMORY:
                connection = cleanup.enter_context(closing(connect(str(MEMORY))))
            else:
                self._lock = cleanup.enter_context(closing(lock_folder(self._folder)))
                connection = cleanup.enter_context(closing(open_database(self._folder)))
            migrate(connection)
            repository = Repository(connection)
            self._used_at, self._playing = repository.used_at(), repository.playing()
            self._untouched = {network: self._used_at[network] for network in repository.untouched()}
            self._use_clock = repository.use_clock
            cleanup.pop_all()
        self._writer = Writer(repository, self._notify_listeners)

    async def close(self) -> None:
        """Finish all tasks, and unlock the folder."""
        if self._writer:
            await asyncio.to_thread(self._writer.end)
        if self._lock:
            self._lock.close()

    @property
    def error(self) -> str | None:
        return self._writer.error if self._writer else None

    def _notify_listeners(self) -> None:
        for listener in list(self.listeners):
            listener(self.error)

    # Tasks, submitted on the event loop

    def __contains__(self, network: object) -> bool:
        return network in self._used_at

    def __len__(self) -> int:
        return len(self._used_at)

    def playing(self) -> list[str]:
        return self._playing

    def save(self, network: str, record: Record) -> "asyncio.Future[None]":
        future = self._submit(partial(Repository.save, network=network, record=record), network, record)
        self._untouched.pop(network, None)  # the database does the same with a second record
        if record.setup is not None:
            future.add_done_callback(partial(self._on_created, network))
        return future

    def _on_created(self, network: str, saved: "asyncio.Future[None]") -> None:
        if not saved.exception():
            if network not in self._used_at:
                self._untouched[network] = self._use_clock.seconds()
            self._used_at[network] = self._use_clock.seconds()

    def load(self, network: str) -> "asyncio.Future[Record | None]":
        self.use([network])
        return self._submit(partial(Repository.load, network=network))

    def delete(self, network: str) -> "asyncio.Future[None]":
        future = self._submit(partial(Repository.delete, network=network), network)
        future.add_done_callback(partial(self._on_deleted, network))
        return future

    def _on_deleted(self, network: str, deleted: "asyncio.Future[None]") -> None:
        if not deleted.exception():
            self._used_at.pop(network, None)
            self._recorded_at.pop(network, None)
            self._untouched.pop(network, None)

    def use(self, networks: Iterable[str]) -> None:
        now = self._use_clock.seconds()
        for network in filter(self._used_at.__contains__, networks):
            if now - self._recorded_at.get(network, self._used_at[network]) > USE_RESOLUTION_SECONDS:
                self._recorded_at[network] = now
                self._submit(partial(Repository.use, network=network, at=now))
            self._used_at[network] = now

    def touch(self, network: str) -> None:
        if network in self._untouched:
            del self._untouched[network]
            self._submit(partial(Repository.touch, network=network))

    def is_untouched(self, network: str) -> bool:
        return network in self._untouched

    def pop_untouched(self, seconds: float) -> str | None:
        oldest = next(iter(self._untouched), None)
        if oldest is None or self._untouched[oldest] > self._use_clock.seconds() - seconds:
            return None
        del self._untouched[oldest]  # so that two requests for room get two networks
        return oldest

    def expire(self, seconds: float) -> list[str]:
        before = self._use_clock.seconds() - seconds
        unused = [network for network, used_at in self._used_at.items() if used_at < before]
        for network in unused:
            self.delete(network)
        return unused

    def _submit(
        self, work: Work, network: str | None = None, record: Record | None = None
    ) -> "asyncio.Future[Any]":
        if self._writer is None:
            raise RuntimeError("the store has not been opened")
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        # Not every caller awaits the future: this marks its exception as retrieved, so asyncio logs none.
        future.add_done_callback(lambda done: done.exception())
        self._writer.put(Task(work, future, network, record))
        return future
