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
    """Receiver of a network's events and frames. Its methods return at once. frames_per_second: at most."""

    frames_per_second: float

    def event(self, state: dict[str, Any]) -> None:
        """Receive the state after a change."""

    def frame(self, body: bytes) -> None:
        """Receive the newest frame."""

    def storage_error(self, reason: str | None) -> None:
        """Learn why nothing can be saved at the moment; None when saving works again."""

    def closed(self) -> None:
        """Learn that the network was deleted."""


class Backend(Protocol):
    """Processes in which networks live and train."""

    def start(self) -> None:
        """Start, and resume the networks that played when the service ended."""

    async def stop(self) -> None:
        """Save the networks that play, and end."""

    async def request(self, request: Request) -> Any:
        """Return the answer to a request. Requests of one network keep their order. Raises ServiceError."""

    async def delete(self, network: str, versions: Versions = None) -> None:
        """Delete a network that has one of these versions. Raises ServiceError."""

    async def watch(self, network: str, watcher: Watcher) -> None:
        """Send this watcher the current state, then every event and frame. Raises ServiceError."""

    def unwatch(self, network: str, watcher: Watcher) -> None:
        """Stop sending reports to this watcher."""

    def evict_idle(self, seconds: float) -> int:
        """Evict the networks that neither play nor are watched and were not used for this time.

        Return the number of evicted networks.
        """

    def in_use(self) -> list[str]:
        """Return the networks in memory."""

    async def health(self) -> list[ProcessHealth | None]:
        """Return the health of each process; None for a process that does not answer soon."""

    @property
    def ready(self) -> bool:
        """Whether a process runs in which networks can train."""


class Store(Protocol):
    """Storage of the newest record of every network. Its tasks are done in the order of the calls.

    listeners: called with the reason when writing fails, and with None when it works again.
    """

    listeners: set[Listener]

    @property
    def error(self) -> str | None:
        """Reason why nothing can be saved at the moment; None while saving works."""

    def __contains__(self, network: object) -> bool: ...

    def __len__(self) -> int: ...

    def playing(self) -> list[str]:
        """Return the networks that played when the service ended."""

    def save(self, network: str, record: Record) -> Future[None]:
        """Save a record. One without a setup leaves the stored setup as it is. Raises StorageError."""

    def load(self, network: str) -> Future[Record | None]:
        """Return the newest record, with its setup. Raises RecordDamaged."""

    def delete(self, network: str) -> Future[None]:
        """Delete a network. Raises StorageError."""

    def use(self, networks: Iterable[str]) -> None:
        """Record that these networks are in use."""

    def touch(self, network: str) -> None:
        """Record that somebody watches or changes a network."""

    def is_untouched(self, network: str) -> bool:
        """Return whether nobody has watched or changed the network since it was created."""

    def pop_untouched(self, seconds: float) -> str | None:
        """Return the oldest untouched network that is at least this old, for the caller to delete."""

    def expire(self, seconds: float) -> list[str]:
        """Delete the networks that were not used for this time, and return their ids."""
