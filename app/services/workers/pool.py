"""Trainer pool: the trainer processes, which network is in which, and who watches it."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from app.domain.exceptions import CapacityExceeded, TooManyCommands, TooManyPlaying
from app.messages.reports import Event, Frame, ProcessHealth
from app.messages.requests import Command, Control, Delete, Request, Versions, Watch
from app.schemas.requests import Play
from app.services.backend import Store, Watcher
from app.services.workers.supervisor import Supervisor, Then
from app.settings import Limits

EVICTED_AT_ONCE = 20
"""Where memory is full, a share of one in so many leaves it at a time."""
CLIENTS_PER_NETWORK = 4
"""So many clients may have their limit of commands waiting on one network at the same time."""


class TrainerPool:
    """So many trainer processes. A network belongs to one, and is put back into it when it is not there."""

    def __init__(self, store: Store, limits: Limits, processes: int = 1) -> None:
        self._store = store
        self._limits = limits
        self._supervisors = [Supervisor(store, limits, self) for _ in range(processes)]
        self._assignments: dict[str, Supervisor] = {}
        self._watchers: dict[str, set[Watcher]] = defaultdict(set)
        self._commands: Counter[str] = Counter()
        self._playing: set[str] = set()
        self._starting: set[str] = set()

    # Life

    def start(self) -> None:
        """Keep the processes running from now on, and go on with what played when the service ended."""
        self._playing.update(self._store.playing())
        for supervisor in self._supervisors:
            supervisor.start()

    async def stop(self) -> None:
        """End them, and everything that waits for them; what plays is kept as it is now."""
        await asyncio.gather(*(supervisor.stop() for supervisor in self._supervisors))

    def worker_started(self, supervisor: Supervisor) -> None:
        """Put the networks that played or were watched into a new process."""
        for network in filter(self._store.__contains__, self._playing | set(self._watchers)):
            if self._worker_for(network) is supervisor:
                supervisor.load(network)
                if network in self._watchers:
                    self._rejoin(supervisor, network)

    def _worker_for(self, network: str | None) -> Supervisor:
        """The process that a network belongs to: at first, the one in which the fewest play, or live."""
        home = self._assignments.get(network or "")
        if home is None:
            home = min(self._supervisors, key=self._load)
            if network:
                self._assignments[network] = home
        return home

    def _load(self, supervisor: Supervisor) -> tuple[int, bool, int]:
        playing = sum(self._assignments.get(network) is supervisor for network in self._playing)
        return playing, supervisor.process_id is None, len(supervisor.loader)

    # Asking

    async def request(self, request: Request, then: Then | None = None) -> Any:
        """Send a request to the process of its network, and return its answer. Raises ServiceError.

        then: called with the answer's value before any later report is delivered.
        """
        network = request.network_id
        try:
            with self._admission(request):
                return await self._worker_for(network).request(request, then)
        finally:
            if network not in self._store:
                self._assignments.pop(network or "", None)

    @contextmanager
    def _admission(self, request: Request) -> Iterator[None]:
        """Admit a request where memory and the limit of playing networks allow it.

        Raises CapacityExceeded, TooManyPlaying, TooManyCommands.
        """
        network = request.network_id
        if network and network not in self._worker_for(network).loader:
            self._make_room(self._worker_for(network))
        with self._count_command(request), self._count_start(request):
            yield

    @contextmanager
    def _count_command(self, request: Request) -> Iterator[None]:
        """Count the commands that wait behind a long one. Raises TooManyCommands."""
        if not isinstance(request, Command):
            yield
            return
        network, limit = request.network_id, self._limits.commands * CLIENTS_PER_NETWORK
        if self._commands[network] >= limit:
            raise TooManyCommands.of(limit)
        self._commands[network] += 1
        try:
            yield
        finally:
            self._commands[network] -= 1
            if not self._commands[network]:
                del self._commands[network]

    @contextmanager
    def _count_start(self, request: Request) -> Iterator[None]:
        """Count the networks that play. Raises TooManyPlaying."""
        network = request.network_id
        starts = isinstance(request.body, Play) and network not in self._playing | self._starting
        if not (network and starts):
            yield
            return
        if len(self._playing | self._starting) >= self._limits.playing:
            raise TooManyPlaying.of(self._limits.playing)
        self._starting.add(network)
        try:
            yield
        finally:
            self._starting.discard(network)

    def _make_room(self, supervisor: Supervisor) -> None:
        """Evict the networks idle longest where memory is full. Raises CapacityExceeded."""
        limit = self._limits.resident
        while supervisor.loader.memory_bytes >= self._limits.resident_bytes:
            if not self.evict_idle(0.0, 1):
                raise CapacityExceeded.to_memory(self._limits.resident_bytes)
        if sum(len(supervisor.loader) for supervisor in self._supervisors) < limit:
            return
        if not self.evict_idle(0.0, max(1, limit // EVICTED_AT_ONCE)):
            raise CapacityExceeded.to_work(limit)

    async def delete(self, network: str, versions: Versions = None) -> None:
        """Take a network away, for its watchers too."""
        home = self._worker_for(network)
        if versions is not None or home.loader.knows(network):
            await self.request(Control(network, Delete(versions)))
        home.loader.discard(network)
        self._playing.discard(network)
        await self._store.delete(network)
        self._assignments.pop(network, None)
        for watcher in self._watchers.pop(network, ()):
            watcher.closed()

    def evict_idle(self, seconds: float, most: int | None = None) -> int:
        """Have the networks leave that neither play nor are watched, and that nobody used for so long.

        most: so many leave at most, of each process those idle longest. Returns how many left.
        """
        busy = self._playing | self._starting | set(self._watchers)
        left = 0
        for supervisor in self._supervisors:
            idle = [network for network in supervisor.loader.idle(seconds) if network not in busy]
            idle.sort(key=self._store.is_untouched, reverse=True)
            for network in idle[:most]:
                self._store.use([network])
                supervisor.evict(network)
                self._assignments.pop(network, None)
                left += 1
        return left

    def in_use(self) -> list[str]:
        """Return the networks that are in a process now."""
        return [network for supervisor in self._supervisors for network in supervisor.loader]

    @property
    def ready(self) -> bool:
        """Whether there is a process to train in."""
        return any(supervisor.process_id for supervisor in self._supervisors)

    async def health(self) -> list[ProcessHealth | None]:
        """Return how each process is; None for one that does not say so soon."""
        return await asyncio.gather(*(supervisor.health() for supervisor in self._supervisors))

    # Watching

    async def watch(self, network: str, watcher: Watcher) -> None:
        """Tell this watcher from now on, first the state as it is. Raises ServiceError."""

        def join(now: tuple[dict[str, Any], bytes]) -> None:
            self._watchers[network].add(watcher)
            watcher.event(now[0])
            watcher.frame(now[1])

        await self.request(Control(network, Watch(self._wanted(network, watcher))), join)

    def _wanted(self, network: str, *more: Watcher) -> float:
        """Return how many frames a second the keenest of the watchers wants."""
        wanted: float = max(
            1.0, *(watcher.frames_per_second for watcher in (*self._watchers.get(network, ()), *more))
        )
        return wanted

    def _rejoin(self, supervisor: Supervisor, network: str) -> None:
        """Have a new process tell the watchers that the old one told."""

        def tell(now: tuple[dict[str, Any], bytes]) -> None:
            for watcher in self._watchers.get(network, ()):
                watcher.event(now[0])
                watcher.frame(now[1])

        future = supervisor.send(Control(network, Watch(self._wanted(network))), tell)
        future.add_done_callback(lambda done: done.cancelled() or done.exception())

    def unwatch(self, network: str, watcher: Watcher) -> None:
        """Stop telling this watcher."""
        watchers = self._watchers.get(network, set())
        watchers.discard(watcher)
        if watchers or self._watchers.pop(network, None) is None:
            return
        if network in self._assignments:
            self._assignments[network].unwatch(network)

    # Hearing

    def report_received(self, report: Event | Frame) -> None:
        """Tell the watchers what they are to see."""
        match report:
            case Frame(network, body):
                for watcher in self._watchers.get(network, ()):
                    watcher.frame(body)
            case Event(network, state):
                self._note(network, state)
                for watcher in self._watchers.get(network, ()):
                    watcher.event(state)

    def _note(self, network: str, state: dict[str, Any]) -> None:
        if state["playing"]:
            self._playing.add(network)
        else:
            self._playing.discard(network)
