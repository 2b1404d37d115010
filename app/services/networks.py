"""Networks: the commands and queries of one network, for routes and live sockets alike."""

import logging
import secrets
from typing import Any

from app.domain.exceptions import CapacityExceeded, FieldError, InvalidRequest, UnknownNetwork, WorkerLost
from app.domain.merge_patch import MAX_DEPTH, is_too_deep
from app.messages.commands import CommandBody
from app.messages.queries import NetworkQueryBody, StatelessQueryBody, StateQuery
from app.messages.reports import EncodedResponse
from app.messages.requests import Command, Control, Create, Query, StatelessQuery, Versions
from app.schemas.requests import Patch
from app.schemas.spec import Spec
from app.services.backend import Backend, Store, Watcher
from app.services.live.long_poll import watch_for_pause
from app.settings import Limits

State = dict[str, Any]
log = logging.getLogger(__name__)


class Network:
    """One network, as seen from the address `home` of the page."""

    def __init__(self, backend: Backend, store: Store, network: str, home: str) -> None:
        self._backend = backend
        self._store = store
        self.id = network
        self._home = home

    async def command(self, body: CommandBody, versions: Versions = None) -> State:
        """Change the network, and return the state after it. Raises ServiceError.

        versions: the command is refused where the network has none of them.
        """
        if isinstance(body, Patch) and is_too_deep(body.change):
            raise InvalidRequest.of(
                FieldError("", f"the spec is nested too deeply; at most {MAX_DEPTH} levels are allowed")
            )
        return self.with_page_address(await self._backend.request(Command(self.id, body, versions)))

    async def state(self) -> State:
        """Return the current state."""
        return self.with_page_address(await self._backend.request(Query(self.id, StateQuery())))

    async def state_when_paused(self, seconds: float) -> State:
        """Return the state once the network has paused, or after this time."""
        if seconds:
            async with watch_for_pause(self._backend, self.id) as stillness:
                await stillness.wait(seconds)
        return await self.state()

    async def query(self, body: NetworkQueryBody) -> EncodedResponse:
        """Return the answer of a trainer to a query about the network. Raises ServiceError."""
        content: EncodedResponse = await self._backend.request(Query(self.id, body))
        return content

    async def delete(self, versions: Versions = None) -> None:
        """Delete the network, unless it has none of these versions. Raises ServiceError."""
        await self._backend.delete(self.id, versions)
        log.info("network deleted", extra={"network": self.id})

    async def watch(self, watcher: Watcher) -> None:
        """Send this watcher every event, frame and storage error from now on. Raises ServiceError."""
        await self._backend.watch(self.id, watcher)
        self._store.touch(self.id)
        if self._store.error:
            watcher.storage_error(self._store.error)
        self._store.listeners.add(watcher.storage_error)

    def unwatch(self, watcher: Watcher) -> None:
        """Stop sending reports to this watcher."""
        self._store.listeners.discard(watcher.storage_error)
        self._backend.unwatch(self.id, watcher)

    def with_page_address(self, state: State) -> State:
        """Return the state with the address of its page."""
        return {**state, "page": f"{self._home}#id={self.id}"}


class Networks:
    """All networks."""

    def __init__(self, backend: Backend, store: Store, limits: Limits) -> None:
        self._backend = backend
        self._store = store
        self._limits = limits
        self._being_made = 0

    async def create(self, spec: Spec, home: str) -> State:
        """Create a network and return its state. Raises ServiceError."""
        if len(self._store) + self._being_made >= self._limits.stored:
            await self._delete_untouched()
        network = secrets.token_urlsafe(16)
        given = spec.model_dump(exclude_none=True)
        self._being_made += 1
        try:
            state: State = await self._backend.request(Control(network, Create(given)))
        finally:
            self._being_made -= 1
        log.info("network created", extra={"network": network})
        return Network(self._backend, self._store, network, home).with_page_address(state)

    async def _delete_untouched(self) -> None:
        """Delete the oldest network that nobody has watched or changed. Raises CapacityExceeded."""
        # A program that only creates networks must not keep everybody else from creating one.
        network = self._store.pop_untouched(self._limits.untouched_seconds)
        if network is None:
            raise CapacityExceeded.to_store(self._limits.stored)
        await self._backend.delete(network)
        log.info("untouched network deleted", extra={"network": network})

    def get_network(self, network: str, home: str) -> Network:
        """Return the network with this id. Raises UnknownNetwork."""
        if network not in self._store:
            raise UnknownNetwork
        return Network(self._backend, self._store, network, home)

    async def query(self, body: StatelessQueryBody) -> EncodedResponse:
        """Return the answer of a trainer to a query that needs no network. Raises ServiceError."""
        content: EncodedResponse = await self._backend.request(StatelessQuery(body))
        return content

    def check_ready(self) -> None:
        """Raise WorkerLost while no trainer runs."""
        if not self._backend.ready:
            raise WorkerLost
