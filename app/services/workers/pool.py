"""Trainer pool: the trainer processes, the assignment of networks to them, and the watchers of networks."""

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

EVICTED_SHARE = 1 / 20
"""Share of the networks that is evicted at a time when too many are in memory."""
CLIENTS_PER_NETWORK = 4
"""Number of clients that may have their limit of commands waiting on one network at the same time."""


class TrainerPool:
    """Pool of trainer processes. Each network is assigned to one, which loads it from the store on demand."""

    def __init__(self, store: Store, limits: Limits, processes: int = 1) -> None:
        self._store = store
        self._limits = limits
        self._supervisors = [Supervisor(store, limits, self) for _ in range(processes)]
        self._assignments: dict[str, Supervisor] = {}
        self._watchers: dict[str, set[Watcher]] = defaultdict(set)
        self._commands: Counter[str] = Counter()
        self._playing: set[str] = set()
        self._starting: set[str] = set()

    # Lifecycle

    def start(self) -> None:
        """Start the processes, and resume the networks that played when the service ended."""
        self._playing.update(self._store.playing())
        for supervisor in self._supervisors:
            supervisor.start()

    async def stop(self) -> None:
        """Save the networks that play, end the processes, and fail all pending requests."""
        await asyncio.gather(*(supervisor.stop() for supervisor in self._supervisors))

    def worker_started(self, supervisor: Supervisor) -> None:
        """Load the networks that played or are watched into a new process."""
        for network in filter(self._store.__contains__, self._playing | set(self._watchers)):
            if self._worker_for(network) is supervisor:
                supervisor.load(network)
                if network in self._watchers:
                    self._rejoin(supervisor, network)

    def _worker_for(self, network: str | None) -> Supervisor:
        """Return the process of a network. A new network is assigned to the one with the least load."""
        assigned = self._assignments.get(network or "")
        if assigned is None:
            assigned = min(self._supervisors, key=self._load)
            if network:
                self._assignments[network] = assigned
        return assigned

    def _load(self, supervisor: Supervisor) -> tuple[int, bool, int]:
        """Return the load of a process: networks that play, whether it still starts, networks in memory."""
        playing = sum(self._assignments.get(network) is supervisor for network in self._playing)
        return playing, supervisor.process_id is None, len(supervisor.loader)

    # Requests

    async def request(self, request: Request, then: Then | None = None) -> Any:
        """Send a request to the process of its network and return the answer. Raises ServiceError.

        then: called with the answer's value before any later report is delivered.
        """
        network = request.network_id
        try:
            with self._admission(request):
                return await self._worker_for(network).request(request, then)
        finally:
            if network not in self._store:  # its creation failed, or it was deleted
                self._assignments.pop(network or "", None)

    @contextmanager
    def _admission(self, request: Request) -> Iterator[None]:
        """Admit a request if memory and the limits of commands and of playing networks allow it.

        Raises CapacityExceeded, TooManyPlaying, TooManyCommands.
        """
        network = request.network_id
        if network and network not in self._worker_for(network).loader:
            self._make_room(self._worker_for(network))
        with self._count_command(request), self._count_start(request):
            yield

    @contextmanager
    def _count_command(self, request: Request) -> Iterator[None]:
        """Count the commands of a network that wait for their answers. Raises TooManyCommands."""
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
        """Count the networks that are about to play. Raises TooManyPlaying."""
        network = request.network_id
        starts = isinstance(request.body, Play) and network not in self._playing | self._starting
        if not (network and starts):
            yield
            return
        if len(self._playing | self._starting) >= self._limits.playing:
            raise TooManyPlaying.of(self._limits.playing)
        # Requests to play that arrive together are all counted before the first one is answered.
        self._starting.add(network)
        try:
            yield
        finally:
            self._starting.discard(network)

    def _make_room(self, supervisor: Supervisor) -> None:
        """Evict the longest idle networks if memory is full. Raises CapacityExceeded if none is idle."""
        limit = self._limits.resident
        while supervisor.loader.memory_bytes >= self._limits.resident_bytes:
            if not self.evict_idle(0.0, 1):
                raise CapacityExceeded.to_memory(self._limits.resident_bytes)
        if sum(len(supervisor.loader) for supervisor in self._supervisors) < limit:
            return
        if not self.evict_idle(0.0, max(1, round(limit * EVICTED_SHARE))):
            raise CapacityExceeded.to_work(limit)

    async def delete(self, network: str, versions: Versions = None) -> None:
        """Delete a network, and inform its watchers. Raises ServiceError."""
        assigned = self._worker_for(network)
        # A network that is not in memory need not be loaded, unless its version is to be compared.
        if versions is not None or assigned.loader.knows(network):
            await self.request(Control(network, Delete(versions)))
        assigned.loader.discard(network)
        self._playing.discard(network)
        await self._store.delete(network)
        self._assignments.pop(network, None)
        for watcher in self._watchers.pop(network, ()):
            watcher.closed()

    def evict_idle(self, seconds: float, maximum: int | None = None) -> int:
        """Evict the networks that neither play nor are watched and were not used for this time.

        maximum: number of networks that each process evicts at most. Untouched networks and those idle
        longest are evicted first. Return the number of evicted networks.
        """
        busy = self._playing | self._starting | set(self._watchers)
        evicted = 0
        for supervisor in self._supervisors:
            idle = [network for network in supervisor.loader.idle(seconds) if network not in busy]
            idle.sort(key=self._store.is_untouched, reverse=True)
            for network in idle[:maximum]:
                self._store.use([network])
                supervisor.evict(network)
                self._assignments.pop(network, None)
                evicted += 1
        return evicted

    def in_use(self) -> list[str]:
        """Return the networks in the memory of a process."""
        return [network for supervisor in self._supervisors for network in supervisor.loader]

    @property
    def ready(self) -> bool:
        """Whether a trainer process runs."""
        return any(supervisor.process_id for supervisor in self._supervisors)

    async def health(self) -> list[ProcessHealth | None]:
        """Return the health of each process; None for a process that does not answer soon."""
        return await asyncio.gather(*(supervisor.health() for supervisor in self._supervisors))

    # Watching

    async def watch(self, network: str, watcher: Watcher) -> None:
        """Send this watcher the current state and frame, then every later one. Raises ServiceError."""

        def join(now: tuple[dict[str, Any], bytes]) -> None:
            self._watchers[network].add(watcher)
            watcher.event(now[0])
            watcher.frame(now[1])

        # The watcher is added before any later report is delivered, so that it misses none.
        await self.request(Control(network, Watch(self._wanted(network, watcher))), join)

    def _wanted(self, network: str, *more: Watcher) -> float:
        """Return the highest frame rate that a watcher wants, in frames per second."""
        wanted: float = max(
            1.0, *(watcher.frames_per_second for watcher in (*self._watchers.get(network, ()), *more))
        )
        return wanted

    def _rejoin(self, supervisor: Supervisor, network: str) -> None:
        """Have a new process send reports to the watchers of the old one."""

        def send(now: tuple[dict[str, Any], bytes]) -> None:
            for watcher in self._watchers.get(network, ()):
                watcher.event(now[0])
                watcher.frame(now[1])

        future = supervisor.send(Control(network, Watch(self._wanted(network))), send)
        future.add_done_callback(lambda done: done.cancelled() or done.exception())

    def unwatch(self, network: str, watcher: Watcher) -> None:
        """Stop sending reports to this watcher."""
        watchers = self._watchers.get(network, set())
        watchers.discard(watcher)
        if watchers or self._watchers.pop(network, None) is None:
            return
        if network in self._assignments:
            self._assignments[network].unwatch(network)

    # Reports

    def report_received(self, report: Event | Frame) -> None:
        """Send a report to the watchers of its network."""
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
