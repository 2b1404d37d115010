"""Writer thread: the only user of the database. All tasks that wait during a commit share the next one."""

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

from app.domain.exceptions import InternalError, RecordDamaged, StorageError
from app.messages.reports import Record
from app.services.storage.repository import DamagedRecordError, Repository

MAX_TASKS_PER_COMMIT = 256
RETRY_SECONDS = 1.0

Work = Callable[[Repository], Any]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Task:
    """A task for the database. The future receives its result.

    network: the network whose stored record the task replaces or deletes.
    record: the new record. It is deferred if it cannot be written.
    """

    work: Work
    future: "Future[Any]"
    network: str | None = None
    record: Record | None = None


class Writer:
    """Thread that runs tasks in order and groups them into commits.

    error: the reason why the last write failed, or None. on_change: called when `error` is set or cleared.
    """

    def __init__(self, repository: Repository, on_change: Callable[[], None]) -> None:
        self.error: str | None = None
        self._repository = repository
        self._on_change = on_change
        self._loop: AbstractEventLoop | None = None
        self._tasks: SimpleQueue[Task | None] = SimpleQueue()
        self._thread = Thread(target=self._run, name="store", daemon=True)
        self._thread.start()

    def put(self, task: Task) -> None:
        """Queue a task."""
        self._tasks.put(task)

    def end(self) -> None:
        """Finish all queued tasks, close the database, and stop the thread."""
        self._tasks.put(None)
        self._thread.join()

    def _run(self) -> None:
        more = True
        while more:
            tasks, more = self._next_batch()
            error_before = self.error
            outcomes = self._run_batch(tasks)
            if tasks:
                self._loop = tasks[0].future.get_loop()
                self._call_on_loop(_resolve, tasks, outcomes)
            if (error_before is None) != (self.error is None):
                self._call_on_loop(self._on_change)
        self._repository.close()

    def _next_batch(self) -> tuple[list[Task], bool]:
        """Return the queued tasks, and whether more may follow.

        Wait for a task; while writing fails, return none after RETRY_SECONDS.
        """
        tasks: list[Task] = []
        with suppress(Empty):
            task = self._tasks.get(timeout=RETRY_SECONDS if self.error else None)
            while task is not None:
                tasks.append(task)
                if len(tasks) == MAX_TASKS_PER_COMMIT:
                    break
                task = self._tasks.get_nowait()
            return tasks, task is not None
        return tasks, True

    def _run_batch(self, tasks: list[Task]) -> list[Any]:
        """Run the tasks in one commit. Return the value of each, or the exception to raise."""
        deferred = len(self._repository.deferred)
        try:
            with self._repository.transaction():
                if self.error:
                    self._repository.write_deferred()
                values = [task.work(self._repository) for task in tasks]
        except sqlite3.Error as error:
            return [self._run_single(task) for task in tasks] or self._on_failure(error)
        self._on_success(deferred)
        return values

    def _run_single(self, task: Task) -> Any:
        """Run one task in a commit of its own, so that a failing task does not affect the others."""
        try:
            with self._repository.transaction():
                value = task.work(self._repository)
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", None)
            if isinstance(error, DamagedRecordError) or code == sqlite3.SQLITE_CORRUPT:
                log.error("a stored record is damaged", extra={"detail": str(error)})
                return RecordDamaged()
            if task.network is None:  # a failed read: nothing is lost, so it is no storage error
                log_id = secrets.token_hex(4)
                log.error("fault", extra={"fault": log_id, "detail": str(error)})
                return InternalError.of(log_id)
            if task.record:
                self._repository.defer_write(task.network, task.record)
            self._on_failure(error)
            return StorageError.of(error)
        if task.network:
            self._repository.deferred.pop(task.network, None)
        return value

    def _on_failure(self, error: sqlite3.Error) -> list[Any]:
        if self.error is None:
            log.error("nothing can be saved", extra={"detail": str(error), "retry_seconds": RETRY_SECONDS})
        self.error = str(error)
        return []

    def _on_success(self, deferred: int) -> None:
        if self.error is not None:
            log.warning("saving works again", extra={"networks_held": deferred})
        self.error = None

    def _call_on_loop(self, callback: Callable[..., None], *arguments: Any) -> None:
        if self._loop:
            with suppress(RuntimeError):  # the loop has ended, so nothing awaits the result
                self._loop.call_soon_threadsafe(callback, *arguments)


def _resolve(tasks: list[Task], outcomes: list[Any]) -> None:
    for task, outcome in zip(tasks, outcomes, strict=True):
        if task.future.cancelled():
            continue
        if isinstance(outcome, Exception):
            task.future.set_exception(outcome)
        else:
            task.future.set_result(outcome)
