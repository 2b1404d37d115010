"""Network loader: the networks in one trainer process, and those being loaded into it."""

from asyncio import Future
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from time import monotonic

from app.domain.exceptions import ServiceError, UnknownNetwork
from app.messages.channel import WorkerConnection
from app.messages.reports import Answer, Record
from app.messages.requests import Control, Create, Evict, Request, Restore
from app.services.backend import Store


class NetworkLoader:
    """Loader of networks into one trainer process, which sends requests once their network is there.

    store: where networks are loaded from. refuse: called with the answer to a request that cannot be sent.
    """

    def __init__(self, store: Store, refuse: Callable[[Answer], None]) -> None:
        self._store = store
        self._send_error = refuse
        self._here: dict[str, float] = {}
        self._open: Counter[str] = Counter()
        self._memory: dict[str, int] = {}
        self._returning: dict[str, list[Request]] = {}

    def __contains__(self, network: object) -> bool:
        return network in self._here

    def knows(self, network: str) -> bool:
        """Return whether the network is in the process or being loaded into it."""
        return network in self._here or network in self._returning

    def __iter__(self) -> Iterator[str]:
        return iter(self._here)

    def __len__(self) -> int:
        return len(self._here) + len(self._returning)

    def send(self, link: WorkerConnection, request: Request) -> None:
        """Send a request; if its network is not in the process, load the network first."""
        network = request.network_id
        if network and request.request_id:
            self._open[network] += 1
        if network and (isinstance(request.body, Create) or network in self._here):
            self._here[network] = monotonic()
        if network is None or network in self._here:
            link.send(request)
        else:
            self.load(link, network)
            self._returning[network].append(request)

    def load(self, link: WorkerConnection, network: str) -> None:
        """Load a network from its record, unless it is being loaded already."""
        if network not in self._returning:
            requests = self._returning[network] = []
            self._store.load(network).add_done_callback(partial(self._on_loaded, link, network, requests))

    def _on_loaded(
        self, link: WorkerConnection, network: str, requests: list[Request], loaded: Future[Record | None]
    ) -> None:
        if self._returning.get(network) is not requests:
            return  # the process that it was loaded for has ended
        del self._returning[network]
        fault = loaded.exception()
        record = None if fault else loaded.result()
        if record:
            link.send(Control(network, Restore(record)))
            self._here[network] = monotonic()
            for request in requests:
                link.send(request)
            return
        refusal = fault if isinstance(fault, ServiceError) else UnknownNetwork()
        for request in requests:
            self._send_error(Answer(request.request_id, network, error=refusal))

    @property
    def memory_bytes(self) -> int:
        """Estimated bytes of the networks in the process, as of their last answers."""
        return sum(self._memory.get(network, 0) for network in (*self._here, *self._returning))

    def answered(self, network: str, memory_bytes: int) -> None:
        """Record an answer about a network, and the bytes of memory that the network needs now."""
        if memory_bytes:
            self._memory[network] = memory_bytes
        self._open[network] -= 1
        if self._open[network] <= 0:
            del self._open[network]

    def idle(self, seconds: float) -> list[str]:
        """Return the networks without open requests that were not used for this time, longest idle first."""
        before = monotonic() - seconds
        idle = [network for network, used in self._here.items() if used < before]
        return sorted((network for network in idle if network not in self._open), key=self._here.__getitem__)

    def evict(self, link: WorkerConnection | None, network: str) -> None:
        """Remove a network from its process. Its record restores it later."""
        if network in self._here and link:
            self._here.pop(network, None)
            link.send(Control(network, Evict()))

    def discard(self, network: str) -> None:
        """Forget a network that was deleted."""
        self._here.pop(network, None)
        self._memory.pop(network, None)

    def clear(self) -> None:
        """Forget all networks: the process has ended."""
        self._here.clear()
        self._open.clear()
        self._returning.clear()
