"""Supervisor of one trainer process, which it replaces when the process ends or hangs."""

import asyncio
import logging
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from itertools import count
from time import monotonic
from typing import Any, Protocol

from app.domain.exceptions import ServiceError, WorkerLost
from app.messages.channel import WorkerConnection
from app.messages.reports import (
    Answer,
    BusyNotice,
    Event,
    Frame,
    Frames,
    Message,
    ProcessHealth,
    Progress,
    Report,
)
from app.messages.requests import Control, Flush, Health, Ping, Request, Unwatch
from app.services.backend import Store
from app.services.workers.commit_queue import CommitQueue
from app.services.workers.heartbeat import TICK_SECONDS, HeartbeatMonitor
from app.services.workers.loader import NetworkLoader
from app.settings import Limits
from engine.compiled import blas

READY_SECONDS = 10.0
SETTLED_SECONDS = 5.0
MAX_BACKOFF_SECONDS = 5.0
SHUTDOWN_SECONDS = 1.0
HEALTH_TIMEOUT_SECONDS = 2.0
"""Time for an answer about health. A trainer in a long step is not waited for."""

Then = Callable[[Any], None]

log = logging.getLogger(__name__)


class SupervisorListener(Protocol):
    """Receiver of a supervisor's reports."""

    def worker_started(self, supervisor: "Supervisor") -> None:
        """Learn that a process was started, and holds no network yet."""

    def report_received(self, report: Event | Frame) -> None:
        """Receive what the process reports about a network, after its record is committed."""


class Supervisor:
    """Supervisor of one trainer process at a time. loader: loads networks into the current process."""

    def __init__(self, store: Store, limits: Limits, listener: SupervisorListener) -> None:
        self._store = store
        self._limits = limits
        self._listener = listener
        self._request_ids = count(1)
        self._pending: dict[int, tuple[asyncio.Future[Any], Then | None]] = {}
        self._link: WorkerConnection | None = None
        self._ready = asyncio.Event()
        self._heartbeat = HeartbeatMonitor(0)
        self._task: asyncio.Task[None] | None = None
        self._commit_queue = CommitQueue(store, self._deliver)
        self.loader = NetworkLoader(store, self._settle)

    def start(self) -> None:
        """Start a process, and replace it whenever it ends."""
        self._task = asyncio.create_task(self._run_forever())

    async def stop(self) -> None:
        """Save the networks that play, end the process, and fail all pending requests."""
        if self._link:
            with suppress(ServiceError, TimeoutError):
                await asyncio.wait_for(self.request(Control(None, Flush())), SHUTDOWN_SECONDS)
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        self._on_worker_lost()

    @property
    def process_id(self) -> int | None:
        """Id of the running process; None between two processes."""
        return self._link.process.pid if self._link else None

    async def health(self) -> ProcessHealth | None:
        """Return the health of the process; None if it does not answer in HEALTH_TIMEOUT_SECONDS."""
        if self._link is None:
            return None
        with suppress(ServiceError, TimeoutError):
            health: ProcessHealth = await asyncio.wait_for(
                self.send(Control(None, Health())), HEALTH_TIMEOUT_SECONDS
            )
            return health
        return None

    # Lifecycle

    async def _run_forever(self) -> None:
        pause = 0.0
        while True:
            started = monotonic()
            try:
                link = await self._connect()
                await self._serve(link)
                log.error(
                    "trainer ended, starting another one",
                    extra={"trainer": link.process.pid, "code": link.process.poll()},
                )
            except OSError:
                log.exception("trainer cannot be started, trying again")
            # A process that ends at once is restarted after longer and longer pauses.
            has_settled = monotonic() - started > SETTLED_SECONDS
            pause = 0.0 if has_settled else min(MAX_BACKOFF_SECONDS, 2 * pause + 0.1)
            await asyncio.sleep(pause)

    async def _connect(self) -> WorkerConnection:
        here, there = socket.socketpair()
        level = logging.getLevelName(log.getEffectiveLevel())
        limits = self._limits.model_dump_json()
        command = [sys.executable, "-m", "app.trainer", str(there.fileno()), limits, level]
        environment = {**blas.environment(), **os.environ, **blas.ONE_THREAD}
        process = await asyncio.to_thread(
            subprocess.Popen, command, pass_fds=[there.fileno()], env=environment
        )
        there.close()
        self._link = link = await WorkerConnection.open(here, process)
        self._heartbeat = HeartbeatMonitor(process.pid)
        log.info("trainer started", extra={"trainer": process.pid})
        self._listener.worker_started(self)
        self._ready.set()
        return link

    async def _serve(self, link: WorkerConnection) -> None:
        watch = asyncio.create_task(self._watch(link))
        try:
            await link.receive(self._on_message)
        finally:
            watch.cancel()
            link.close()
            self._on_worker_lost()

    async def _watch(self, link: WorkerConnection) -> None:
        """End the process if it is silent for too long."""
        while not self._heartbeat.is_hung:
            await asyncio.sleep(TICK_SECONDS)
            if self._heartbeat.tick():
                link.send(Control(None, Ping()))
        log.error("trainer hangs, and is ended", extra={"trainer": link.process.pid})
        link.process.kill()

    def _on_worker_lost(self) -> None:
        """Forget the networks of the process, and fail the pending requests."""
        self._ready.clear()
        self._link = None
        self.loader.clear()
        pending, self._pending = self._pending, {}
        for future, _ in pending.values():
            if not future.done():
                future.set_exception(WorkerLost())

    # Requests and reports

    async def request(self, request: Request, then: Then | None = None) -> Any:
        """Send a request and return its answer; wait for a process if there is none. Raises ServiceError.

        then: called with the answer's value before any later report is delivered.
        """
        if not self._ready.is_set():
            await asyncio.wait([asyncio.create_task(self._ready.wait())], timeout=READY_SECONDS)
        if self._link is None:
            raise WorkerLost
        return await self.send(request, then)

    def send(self, request: Request, then: Then | None = None) -> asyncio.Future[Any]:
        """Send a request to the current process and return the future of its answer."""
        assert self._link
        request = replace(request, request_id=next(self._request_ids))
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._pending[request.request_id] = future, then
        self.loader.send(self._link, request)
        return future

    def load(self, network: str) -> None:
        """Load a network into the current process."""
        assert self._link
        self.loader.load(self._link, network)

    def evict(self, network: str) -> None:
        """Remove a network from its process."""
        self.loader.evict(self._link, network)

    def unwatch(self, network: str) -> None:
        """Stop the frames of a network that nobody watches."""
        if self._link:
            self._link.send(Control(network, Unwatch()))

    def _on_message(self, message: Message) -> None:
        self._heartbeat.message_received()
        match message:
            case BusyNotice(seconds):
                self._heartbeat.extend_timeout(seconds)
            case Frames(frames):
                for frame in frames:
                    self._commit_queue.put(Frame(*frame))
            case _:
                self._commit_queue.put(message)

    def _deliver(self, report: Report) -> None:
        if isinstance(report, Answer):
            self._settle(report)
        elif not isinstance(report, Progress):
            self._listener.report_received(report)

    def _settle(self, answer: Answer) -> None:
        if answer.network_id and answer.request_id:
            self.loader.answered(answer.network_id, answer.memory_bytes)
        if answer.error and answer.network_id and answer.network_id not in self._store:
            self.loader.evict(self._link, answer.network_id)
        future, then = self._pending.pop(answer.request_id, (None, None))
        if isinstance(answer.error, ServiceError) and answer.request_id == 0:
            log.error("request to a trainer failed", extra={"detail": answer.error.detail})
        if then and answer.error is None:
            then(answer.value)
        if future is None or future.done():
            return
        if answer.error is not None:
            future.set_exception(answer.error)
        else:
            future.set_result(answer.value)
