"""Writer thread: the only user of the database. Tasks that wait while it writes share the next commit."""

import logging
import secrets
import sqlite3
from asyncio import AbstractEventLoop, Future
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

from app.domain.exceptions import InternalError, StorageError
from app.messages.reports import Record
from app.services.storage.repository import Repository

SHARED = 256
"""Tasks that may share a commit."""
RETRY = 1.0
"""Seconds between attempts to write what could not be written."""

Work = Callable[[Repository], Any]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do. network: whose record it replaces. record: by what; held if it cannot be written."""

    work: Work
    future: "Future[Any]"
    network: str | None = None
    record: Record | None = None


class Writer:
    """trouble: why the last attempt to write failed, None while all is well. changed: told of its turns."""

    def __init__(self, repository: Repository, changed: Callable[[], None]) -> None:
        self.error: str | None = None
        self._repository = repository
        self._changed = changed
        self._loop: AbstractEventLoop | None = None
        self._tasks: SimpleQueue[Task | None] = SimpleQueue()
        self._thread = Thread(target=self._run, name="store", daemon=True)
        self._thread.start()

    def put(self, task: Task) -> None:
        """Have something done after all that was put before."""
        self._tasks.put(task)

    def end(self) -> None:
        """Return when everything is done and the database closed."""
        self._tasks.put(None)
        self._thread.join()

    def _run(self) -> None:
        going = True
        while going:
            tasks, going = self._next()
            trouble = self.error
            outcomes = self._done(tasks)
            if tasks:
                self._loop = tasks[0].future.get_loop()
                self._tell(_settle, tasks, outcomes)
            if (trouble is None) != (self.error is None):
                self._tell(self._changed)
        self._repository.close()

    def _next(self) -> tuple[list[Task], bool]:
        """Return what waits, at least one task unless there is trouble; whether more may come."""
        tasks: list[Task] = []
        with suppress(Empty):
            task = self._tasks.get(timeout=RETRY if self.error else None)
            while task is not None:
                tasks.append(task)
                if len(tasks) == SHARED:
                    break
                task = self._tasks.get_nowait()
            return tasks, task is not None
        return tasks, True

    def _done(self, tasks: list[Task]) -> list[Any]:
        """Return what each task came to: its value, or the refusal to raise."""
        held = len(self._repository.deferred)
        try:
            with self._repository.transaction():
                if self.error:
                    self._repository.write_deferred()
                values = [task.work(self._repository) for task in tasks]
        except sqlite3.Error as error:
            return [self._alone(task) for task in tasks] or self._failed(error)
        self._well(held)
        return values

    def _alone(self, task: Task) -> Any:
        """Return one task by itself, so that one that cannot be written spoils no other."""
        try:
            with self._repository.transaction():
                value = task.work(self._repository)
        except sqlite3.Error as error:
            if task.network is None:
                number = secrets.token_hex(4)
                log.error("fault", extra={"fault": number, "detail": str(error)})
                return InternalError.of(number)
            if task.record:
                self._repository.defer_write(task.network, task.record)
            self._failed(error)
            return StorageError.of(error)
        if task.network:
            self._repository.deferred.pop(task.network, None)
        return value

    def _failed(self, error: sqlite3.Error) -> list[Any]:
        if self.error is None:
            log.error("nothing can be saved", extra={"detail": str(error), "retry_seconds": RETRY})
        self.error = str(error)
        return []

    def _well(self, held: int) -> None:
        if self.error is not None:
            log.warning("saving works again", extra={"networks_held": held})
        self.error = None

    def _tell(self, hear: Callable[..., None], *what: Any) -> None:
        if self._loop:
            with suppress(RuntimeError):  # the loop has ended, and nobody waits any more
                self._loop.call_soon_threadsafe(hear, *what)


def _settle(tasks: list[Task], outcomes: list[Any]) -> None:
    for task, outcome in zip(tasks, outcomes, strict=True):
        if task.future.cancelled():
            continue
        if isinstance(outcome, Exception):
            task.future.set_exception(outcome)
        else:
            task.future.set_result(outcome)
