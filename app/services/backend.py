"""The interfaces of a back end: where networks live (`Backend`), who watches one (`Watcher`), where records
are stored (`Store`).

Another back end (more machines, another transport) is another `Backend`. It decides which process a network
belongs to, restores the network when that process is lost, and stores a record before it delivers the answer.
Today's is `workers`, with `storage` as its store; only `app.main` names them.
"""

from asyncio import Future
from collections.abc import Callable, Iterable
from typing import Any, Protocol

from app.messages.reports import ProcessHealth, Record
from app.messages.requests import Request, Versions

Listener = Callable[[str | None], None]


class Watcher(Protocol):
    """Whoever wants to see a network: told of it at once, and never to wait for anything."""

    frames_per_second: float
    """The most that it wants to see."""

    def event(self, state: dict[str, Any]) -> None:
        """Receive the state after a change."""

    def frame(self, body: bytes) -> None:
        """Receive the newest frame."""

    def storage_error(self, reason: str | None) -> None:
        """Nothing can be kept at the moment, and why; None when that is over."""

    def closed(self) -> None:
        """Learn that the network was deleted."""


class Backend(Protocol):
    """Where networks live."""

    def start(self) -> None:
        """Begin, and go on with what played when the service ended."""

    async def stop(self) -> None:
        """End; what plays is kept as it is now."""

    async def request(self, request: Request) -> Any:
        """Return the answer to a request. Requests of one network keep their order. Raises ServiceError."""

    async def delete(self, network: str, versions: Versions = None) -> None:
        """Take a network away for good. Raises ServiceError."""

    async def watch(self, network: str, watcher: Watcher) -> None:
        """Tell this watcher from now on, first the state as it is. Raises ServiceError."""

    def unwatch(self, network: str, watcher: Watcher) -> None:
        """Stop telling this watcher."""

    def evict_idle(self, seconds: float) -> int:
        """Have networks leave that neither play nor are watched, and that nobody used so long: how many."""

    def in_use(self) -> list[str]:
        """Return the networks that are in memory now."""

    async def health(self) -> list[ProcessHealth | None]:
        """Return how each process is; None for one that does not say so soon."""

    @property
    def ready(self) -> bool:
        """Whether there is somewhere to train."""


class Store(Protocol):
    """Keeps the newest record of every network. What is asked of it is done in the order it was asked.

    listeners: told the trouble when there is some, and None when it is over.
    """

    listeners: set[Listener]

    @property
    def error(self) -> str | None:
        """Why nothing can be kept at the moment; None while all is well."""

    def __contains__(self, network: object) -> bool: ...

    def __len__(self) -> int: ...

    def playing(self) -> list[str]:
        """Return the networks that played when the service ended."""

    def save(self, network: str, record: Record) -> Future[None]:
        """Keep a record; without a setup, that of the record before stays. Raises StorageError."""

    def load(self, network: str) -> Future[Record | None]:
        """Return the newest record, with its setup."""

    def delete(self, network: str) -> Future[None]:
        """Forget a network. Raises StorageError."""

    def use(self, networks: Iterable[str]) -> None:
        """Note that these are in use."""

    def touch(self, network: str) -> None:
        """Record that somebody watches or changes a network."""

    def is_untouched(self, network: str) -> bool:
        """Return whether nobody has watched or changed the network since it was created."""

    def pop_untouched(self, seconds: float) -> str | None:
        """Return the oldest untouched network that is at least this old, for the caller to delete."""

    def expire(self, seconds: float) -> list[str]:
        """Forget the networks that nobody has used for so long; their ids."""
