"""Trainers: the processes in which networks live, started, talked to, and replaced when they die."""

import asyncio
import logging
import os
import socket
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from time import monotonic
from typing import Any

from app.services.keeping.ledger import Ledger
from app.services.links import Link
from app.services.refusals import Refusal, TrainerLost
from app.services.residents import Residents
from app.services.seam import Answer, Arguments, Event, Frame, Report, Request, Watcher
from app.services.stores import Store
from app.settings import Limits

ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""These matrices are small and the cores are shared: a BLAS with threads of its own only gets in the way."""
READY_WITHIN = 10.0
SETTLED_AFTER = 5.0
LONGEST_PAUSE = 5.0
LAST_WORD = 1.0

log = logging.getLogger(__name__)


class Trainers:
    """One trainer process today; a network is put back into it from its record when it is not there."""

    def __init__(self, store: Store, limits: Limits) -> None:
        self._store = store
        self._limits = limits
        self._numbers = count(1)
        self._pending: dict[int, tuple[asyncio.Future[Any], Callable[[Any], None] | None]] = {}
        self._watchers: dict[str, set[Watcher]] = defaultdict(set)
        self._playing: set[str] = set()
        self._residents = Residents(store, self._settle)
        self._ledger = Ledger(store, self._tell)
        self._link: Link | None = None
        self._ready = asyncio.Event()
        self._keeper: asyncio.Task[None] | None = None

    # Life

    def start(self) -> None:
        """Keep a trainer process running from now on, and go on with what played when the service ended."""
        self._playing.update(self._store.playing())
        self._keeper = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        """End it, and everything that waits for it; what plays is kept as it is now."""
        if self._link:
            with suppress(Refusal, TimeoutError):
                await asyncio.wait_for(self.ask(None, "keep", {}), LAST_WORD)
        if self._keeper:
            self._keeper.cancel()
            await asyncio.gather(self._keeper, return_exceptions=True)
        self._lose()

    @property
    def process_id(self) -> int | None:
        """The running process; None between two of them."""
        return self._link.process.pid if self._link else None

    async def _keep(self) -> None:
        pause = 0.0
        while True:
            started = monotonic()
            try:
                link = await self._connect()
                await self._serve(link)
                log.error("the trainer process ended with code %s; starting another one", link.process.poll())
            except OSError:
                log.exception("a trainer process cannot be started; trying again")
            pause = 0.0 if monotonic() - started > SETTLED_AFTER else min(LONGEST_PAUSE, 2 * pause + 0.1)
            await asyncio.sleep(pause)

    async def _serve(self, link: Link) -> None:
        try:
            await link.listen(self._ledger.enter)
        finally:
            link.close()
            self._lose()

    async def _connect(self) -> Link:
        here, there = socket.socketpair()
        command = [sys.executable, "-m", "app.trainer", str(there.fileno()), self._limits.model_dump_json()]
        environment = {**os.environ, **ONE_THREAD}
        process = await asyncio.to_thread(
            subprocess.Popen, command, pass_fds=[there.fileno()], env=environment
        )
        there.close()
        self._link = link = await Link.open(here, process)
        for network in filter(self._store.__contains__, self._playing | set(self._watchers)):
            self._residents.fetch(link, network)
            if network in self._watchers:
                self._rejoin(link, network)
        self._ready.set()
        return link

    def _lose(self) -> None:
        """There is no trainer any more."""
        self._ready.clear()
        self._link = None
        self._residents.clear()
        pending, self._pending = self._pending, {}
        for future, _ in pending.values():
            if not future.done():
                future.set_exception(TrainerLost())

    # Asking

    async def ask(
        self, network: str | None, name: str, arguments: Arguments, then: Callable[[Any], None] | None = None
    ) -> Any:
        """Have a request done. then: told the value at once, before any later report. Raises Refusal."""
        if not self._ready.is_set():
            await asyncio.wait([asyncio.create_task(self._ready.wait())], timeout=READY_WITHIN)
        if self._link is None:
            raise TrainerLost
        number = next(self._numbers)
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._pending[number] = future, then
        self._residents.send(self._link, Request(number, network, name, arguments))
        return await future

    async def delete(self, network: str) -> None:
        """Take a network away, for its watchers too."""
        await self.ask(network, "delete", {})
        self._residents.discard(network)
        self._playing.discard(network)
        await self._store.delete(network)
        for watcher in self._watchers.pop(network, ()):
            watcher.gone()

    def rest(self, seconds: float) -> None:
        """Have the networks leave that neither play nor are watched, and that nobody used for so long."""
        for network in self._residents.idle(seconds):
            if network not in self._playing and network not in self._watchers:
                self._store.use([network])
                self._residents.release(self._link, network)

    def in_use(self) -> list[str]:
        """The networks that are in a process now."""
        return list(self._residents)

    @property
    def ready(self) -> bool:
        """Whether there is a process to train in."""
        return self._ready.is_set()

    # Watching

    async def watch(self, network: str, watcher: Watcher) -> None:
        """Tell this watcher from now on, first the state as it is. Raises Refusal."""

        def join(now: tuple[dict[str, Any], bytes]) -> None:
            self._watchers[network].add(watcher)
            watcher.event(now[0])
            watcher.frame(now[1])

        await self.ask(network, "watch", {}, join)

    def _rejoin(self, link: Link, network: str) -> None:
        """Have a new process tell the watchers that the old one told."""

        def tell(now: tuple[dict[str, Any], bytes]) -> None:
            for watcher in self._watchers.get(network, ()):
                watcher.event(now[0])
                watcher.frame(now[1])

        number = next(self._numbers)
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        future.add_done_callback(lambda done: done.cancelled() or done.exception())
        self._pending[number] = future, tell
        self._residents.send(link, Request(number, network, "watch", {}))

    def unwatch(self, network: str, watcher: Watcher) -> None:
        """Stop telling this watcher."""
        watchers = self._watchers.get(network, set())
        watchers.discard(watcher)
        if not watchers and self._watchers.pop(network, None) is not None and self._link:
            self._link.send(Request(0, network, "unwatch"))

    # Hearing

    def _tell(self, report: Report) -> None:
        """What a trainer reported, once it is kept."""
        match report:
            case Frame(network, body):
                for watcher in self._watchers.get(network, ()):
                    watcher.frame(body)
            case Event(network, state):
                self._note(network, state)
                for watcher in self._watchers.get(network, ()):
                    watcher.event(state)
            case Answer():
                self._settle(report)

    def _settle(self, answer: Answer) -> None:
        if answer.network and answer.number:
            self._residents.answered(answer.network)
        if answer.refusal and answer.network and answer.network not in self._store:
            self._residents.release(self._link, answer.network)
        future, then = self._pending.pop(answer.number, (None, None))
        if isinstance(answer.refusal, Refusal) and answer.number == 0:
            log.error("a request to the trainer failed: %s", answer.refusal.detail)
        if then and answer.refusal is None:
            then(answer.value)
        if future is None or future.done():
            return
        if answer.refusal is not None:
            future.set_exception(answer.refusal)
        else:
            future.set_result(answer.value)

    def _note(self, network: str, state: dict[str, Any]) -> None:
        if state["playing"]:
            self._playing.add(network)
        else:
            self._playing.discard(network)
