"""Trainers: the processes in which networks live, which network is where, and who watches it."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from app.domain.exceptions import NoRoom, TooManyPlaying
from app.messages.reports import Event, Frame, Vitals
from app.messages.requests import Arguments
from app.services.backend import Store, Watcher
from app.services.workers.supervisor import Keeper
from app.settings import Limits

ROOM_MADE = 20
"""Where memory is full, a share of one in so many leaves it at a time."""


class Trainers:
    """So many trainer processes. A network belongs to one, and is put back into it when it is not there."""

    def __init__(self, store: Store, limits: Limits, processes: int = 1) -> None:
        self._store = store
        self._limits = limits
        self._keepers = [Keeper(store, limits, self) for _ in range(processes)]
        self._homes: dict[str, Keeper] = {}
        self._watchers: dict[str, set[Watcher]] = defaultdict(set)
        self._playing: set[str] = set()
        self._starting: set[str] = set()

    # Life

    def start(self) -> None:
        """Keep the processes running from now on, and go on with what played when the service ended."""
        self._playing.update(self._store.playing())
        for keeper in self._keepers:
            keeper.start()

    async def stop(self) -> None:
        """End them, and everything that waits for them; what plays is kept as it is now."""
        await asyncio.gather(*(keeper.stop() for keeper in self._keepers))

    def began(self, keeper: Keeper) -> None:
        """Put the networks that played or were watched into a new process."""
        for network in filter(self._store.__contains__, self._playing | set(self._watchers)):
            if self._home(network) is keeper:
                keeper.fetch(network)
                if network in self._watchers:
                    self._rejoin(keeper, network)

    def _home(self, network: str | None) -> Keeper:
        """The process that a network belongs to: at first, the one in which the fewest play, or live."""
        home = self._homes.get(network or "")
        if home is None:
            home = min(self._keepers, key=self._load)
            if network:
                self._homes[network] = home
        return home

    def _load(self, keeper: Keeper) -> tuple[int, bool, int]:
        playing = sum(self._homes.get(network) is keeper for network in self._playing)
        return playing, keeper.process_id is None, len(keeper.residents)

    # Asking

    async def ask(
        self, network: str | None, name: str, arguments: Arguments, then: Callable[[Any], None] | None = None
    ) -> Any:
        """Have a request done. then: told the value at once, before any later report. Raises Refusal."""
        try:
            with self._admitted(network, name):
                return await self._home(network).ask(network, name, arguments, then)
        finally:
            if network not in self._store:
                self._homes.pop(network or "", None)

    @contextmanager
    def _admitted(self, network: str | None, name: str) -> Iterator[None]:
        """Whether there is room for what is asked. Raises NoRoom, TooManyPlaying."""
        if network and network not in self._home(network).residents:
            self._make_room()
        starts = network is not None and name == "play" and network not in self._playing | self._starting
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

    def _make_room(self) -> None:
        """Where memory is full, have those leave it that were idle longest. Raises NoRoom."""
        most = self._limits.resident
        if sum(len(keeper.residents) for keeper in self._keepers) < most:
            return
        if not self.rest(0.0, max(1, most // ROOM_MADE)):
            raise NoRoom.to_work(most)

    async def delete(self, network: str) -> None:
        """Take a network away, for its watchers too."""
        home = self._home(network)
        await self.ask(network, "delete", {})
        home.residents.discard(network)
        self._playing.discard(network)
        await self._store.delete(network)
        self._homes.pop(network, None)
        for watcher in self._watchers.pop(network, ()):
            watcher.gone()

    def rest(self, seconds: float, most: int | None = None) -> int:
        """Have the networks leave that neither play nor are watched, and that nobody used for so long.

        most: so many leave at most, of each process those idle longest. Returns how many left.
        """
        busy = self._playing | self._starting | set(self._watchers)
        left = 0
        for keeper in self._keepers:
            idle = [network for network in keeper.residents.idle(seconds) if network not in busy]
            for network in idle[:most]:
                self._store.use([network])
                keeper.release(network)
                self._homes.pop(network, None)
                left += 1
        return left

    def in_use(self) -> list[str]:
        """The networks that are in a process now."""
        return [network for keeper in self._keepers for network in keeper.residents]

    @property
    def ready(self) -> bool:
        """Whether there is a process to train in."""
        return any(keeper.process_id for keeper in self._keepers)

    async def vitals(self) -> list[Vitals | None]:
        """How each process is; None for one that does not say so soon."""
        return await asyncio.gather(*(keeper.vitals() for keeper in self._keepers))

    # Watching

    async def watch(self, network: str, watcher: Watcher) -> None:
        """Tell this watcher from now on, first the state as it is. Raises Refusal."""

        def join(now: tuple[dict[str, Any], bytes]) -> None:
            self._watchers[network].add(watcher)
            watcher.event(now[0])
            watcher.frame(now[1])

        await self.ask(network, "watch", {"frames_per_second": self._wanted(network, watcher)}, join)

    def _wanted(self, network: str, *more: Watcher) -> float:
        """How many frames a second the keenest of the watchers wants."""
        wanted: float = max(
            1.0, *(watcher.frames_per_second for watcher in (*self._watchers.get(network, ()), *more))
        )
        return wanted

    def _rejoin(self, keeper: Keeper, network: str) -> None:
        """Have a new process tell the watchers that the old one told."""

        def tell(now: tuple[dict[str, Any], bytes]) -> None:
            for watcher in self._watchers.get(network, ()):
                watcher.event(now[0])
                watcher.frame(now[1])

        wanted = self._wanted(network)
        future = keeper.send(network, "watch", {"frames_per_second": wanted}, tell)
        future.add_done_callback(lambda done: done.cancelled() or done.exception())

    def unwatch(self, network: str, watcher: Watcher) -> None:
        """Stop telling this watcher."""
        watchers = self._watchers.get(network, set())
        watchers.discard(watcher)
        if watchers or self._watchers.pop(network, None) is None:
            return
        if network in self._homes:
            self._homes[network].unwatch(network)

    # Hearing

    def heard(self, report: Event | Frame) -> None:
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
