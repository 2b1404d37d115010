"""Keepers: each keeps one trainer process running, and starts another one when it dies or hangs."""

import asyncio
import logging
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from time import monotonic
from typing import Any, Protocol

from app.domain.exceptions import Refusal, TrainerLost
from app.messages.channel import Link
from app.messages.reports import Answer, Busy, Event, Frame, Frames, Message, Progress, Report, Vitals
from app.messages.requests import Arguments, Request
from app.services.backend import Store
from app.services.workers.commit_queue import Ledger
from app.services.workers.heartbeat import TICK, Silence
from app.services.workers.loader import Residents
from app.settings import Limits
from engine.compiled import blas

READY_WITHIN = 10.0
SETTLED_AFTER = 5.0
LONGEST_PAUSE = 5.0
LAST_WORD = 1.0
SOON = 2.0
"""Seconds that a trainer has to say how it is: one in a long step is not waited for."""

Then = Callable[[Any], None]

log = logging.getLogger(__name__)


class Station(Protocol):
    """Whoever a keeper works for."""

    def began(self, keeper: "Keeper") -> None:
        """A process is there, and no network is in it."""

    def heard(self, report: Event | Frame) -> None:
        """What the process tells of a network, once it is kept."""


class Keeper:
    """One trainer process after the other. residents: the networks that live in the one of now."""

    def __init__(self, store: Store, limits: Limits, station: Station) -> None:
        self._store = store
        self._limits = limits
        self._station = station
        self._numbers = count(1)
        self._pending: dict[int, tuple[asyncio.Future[Any], Then | None]] = {}
        self._link: Link | None = None
        self._ready = asyncio.Event()
        self._silence = Silence(0)
        self._task: asyncio.Task[None] | None = None
        self._ledger = Ledger(store, self._told)
        self.residents = Residents(store, self._settle)

    def start(self) -> None:
        """Keep a process running from now on."""
        self._task = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        """End it, and everything that waits for it; what plays is kept as it is now."""
        if self._link:
            with suppress(Refusal, TimeoutError):
                await asyncio.wait_for(self.ask(None, "keep", {}), LAST_WORD)
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        self._lose()

    @property
    def process_id(self) -> int | None:
        """The running process; None between two of them."""
        return self._link.process.pid if self._link else None

    async def vitals(self) -> Vitals | None:
        """How the process is; None when it does not say so soon."""
        if self._link is None:
            return None
        with suppress(Refusal, TimeoutError):
            told: Vitals = await asyncio.wait_for(self.send(None, "vitals", {}), SOON)
            return told
        return None

    # Life

    async def _keep(self) -> None:
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
            pause = 0.0 if monotonic() - started > SETTLED_AFTER else min(LONGEST_PAUSE, 2 * pause + 0.1)
            await asyncio.sleep(pause)

    async def _connect(self) -> Link:
        here, there = socket.socketpair()
        level = logging.getLevelName(log.getEffectiveLevel())
        limits = self._limits.model_dump_json()
        command = [sys.executable, "-m", "app.trainer", str(there.fileno()), limits, level]
        environment = {**blas.environment(), **os.environ, **blas.ONE_THREAD}
        process = await asyncio.to_thread(
            subprocess.Popen, command, pass_fds=[there.fileno()], env=environment
        )
        there.close()
        self._link = link = await Link.open(here, process)
        self._silence = Silence(process.pid)
        log.info("trainer started", extra={"trainer": process.pid})
        self._station.began(self)
        self._ready.set()
        return link

    async def _serve(self, link: Link) -> None:
        watch = asyncio.create_task(self._watch(link))
        try:
            await link.listen(self._heard)
        finally:
            watch.cancel()
            link.close()
            self._lose()

    async def _watch(self, link: Link) -> None:
        """End a process that is silent for too long."""
        while not self._silence.too_long:
            await asyncio.sleep(TICK)
            if self._silence.tick():
                link.send(Request(0, None, "beat"))
        log.error("trainer hangs, and is ended", extra={"trainer": link.process.pid})
        link.process.kill()

    def _lose(self) -> None:
        """There is no trainer any more."""
        self._ready.clear()
        self._link = None
        self.residents.clear()
        pending, self._pending = self._pending, {}
        for future, _ in pending.values():
            if not future.done():
                future.set_exception(TrainerLost())

    # Asking and hearing

    async def ask(
        self, network: str | None, name: str, arguments: Arguments, then: Then | None = None
    ) -> Any:
        """Have a request done. then: told the value at once, before any later report. Raises Refusal."""
        if not self._ready.is_set():
            await asyncio.wait([asyncio.create_task(self._ready.wait())], timeout=READY_WITHIN)
        if self._link is None:
            raise TrainerLost
        return await self.send(network, name, arguments, then)

    def send(
        self, network: str | None, name: str, arguments: Arguments, then: Then | None = None
    ) -> asyncio.Future[Any]:
        """The same, of a process that is known to be there."""
        assert self._link
        number = next(self._numbers)
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._pending[number] = future, then
        self.residents.send(self._link, Request(number, network, name, arguments))
        return future

    def fetch(self, network: str) -> None:
        """Put a network into the process that is there."""
        assert self._link
        self.residents.fetch(self._link, network)

    def release(self, network: str) -> None:
        """Have a network leave its process."""
        self.residents.release(self._link, network)

    def unwatch(self, network: str) -> None:
        """Nobody watches this network any more."""
        if self._link:
            self._link.send(Request(0, network, "unwatch"))

    def _heard(self, message: Message) -> None:
        self._silence.broken()
        match message:
            case Busy(seconds):
                self._silence.expect(seconds)
            case Frames(frames):
                for frame in frames:
                    self._ledger.enter(Frame(*frame))
            case _:
                self._ledger.enter(message)

    def _told(self, report: Report) -> None:
        if isinstance(report, Answer):
            self._settle(report)
        elif not isinstance(report, Progress):
            self._station.heard(report)

    def _settle(self, answer: Answer) -> None:
        if answer.network and answer.number:
            self.residents.answered(answer.network)
        if answer.refusal and answer.network and answer.network not in self._store:
            self.residents.release(self._link, answer.network)
        future, then = self._pending.pop(answer.number, (None, None))
        if isinstance(answer.refusal, Refusal) and answer.number == 0:
            log.error("request to a trainer failed", extra={"detail": answer.refusal.detail})
        if then and answer.refusal is None:
            then(answer.value)
        if future is None or future.done():
            return
        if answer.refusal is not None:
            future.set_exception(answer.refusal)
        else:
            future.set_result(answer.value)
