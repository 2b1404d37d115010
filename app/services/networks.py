"""Networks: the commands and queries of one network, for routes and live sockets alike."""

import logging
import secrets
from typing import Any

from pydantic import ValidationError

from app.domain.exceptions import CapacityExceeded, FieldError, InvalidRequest, UnknownNetwork, WorkerLost
from app.domain.merge_patch import MAX_DEPTH, is_too_deep
from app.domain.problems import invalid_request
from app.messages.reports import EncodedResponse
from app.messages.requests import Arguments
from app.schemas.base import RequestModel
from app.schemas.requests import (
    DataChange,
    ParameterChanges,
    Parameters,
    Play,
    Reset,
    Rewind,
    RowChanges,
    Steps,
)
from app.schemas.spec import Spec
from app.services.backend import Backend, Store, Watcher
from app.services.live.long_poll import watch_for_pause
from app.settings import Limits

State = dict[str, Any]
log = logging.getLogger(__name__)
Versions = frozenset[int] | None
"""Those a change is meant for; None where any will do."""

COMMANDS: dict[str, type[RequestModel]] = {
    "steps": Steps,
    "play": Play,
    "reset": Reset,
    "rewind": Rewind,
    "parameters": Parameters,
    "edit": ParameterChanges,
    "data": DataChange,
    "rows": RowChanges,
}
FREE_FORM = {"patch", "pause"}


class Network:
    """One network, as seen from the address `home` of the page."""

    def __init__(self, backend: Backend, store: Store, network: str, home: str) -> None:
        self._backend = backend
        self._store = store
        self.id = network
        self._home = home

    async def command(self, name: str, asked: Any, versions: Versions = None) -> State:
        """Change the network, if it is of one of these versions; the state after it."""
        arguments = {"asked": self._checked(name, asked)}
        if versions is not None:
            arguments["versions"] = versions
        return self.with_page_address(await self._backend.request(self.id, name, arguments))

    async def state(self) -> State:
        """Return the state of this moment."""
        return self.with_page_address(await self._backend.request(self.id, "state", {}))

    async def state_when_paused(self, seconds: float) -> State:
        """Return the state once the network plays no more, or after so many seconds."""
        if seconds:
            async with watch_for_pause(self._backend, self.id) as stillness:
                await stillness.wait(seconds)
        return await self.state()

    async def query(self, name: str, **question: Any) -> EncodedResponse:
        """Ask for something that needs computing."""
        content: EncodedResponse = await self._backend.request(self.id, name, question)
        return content

    async def delete(self) -> None:
        """Take the network away for good."""
        await self._backend.delete(self.id)
        log.info("network deleted", extra={"network": self.id})

    async def watch(self, watcher: Watcher) -> None:
        """Tell this watcher everything from now on."""
        await self._backend.watch(self.id, watcher)
        if self._store.error:
            watcher.storage_error(self._store.error)
        self._store.listeners.add(watcher.storage_error)

    def unwatch(self, watcher: Watcher) -> None:
        """Stop telling it."""
        self._store.listeners.discard(watcher.storage_error)
        self._backend.unwatch(self.id, watcher)

    def with_page_address(self, state: State) -> State:
        """Return the state with the address of its page."""
        return {**state, "page": f"{self._home}#id={self.id}"}

    @staticmethod
    def _checked(name: str, asked: Any) -> Any:
        """Return what is asked as the trainer takes it, whoever sent it. Raises InvalidRequest."""
        if name in FREE_FORM:
            if is_too_deep(asked):
                raise InvalidRequest.of(
                    FieldError("", f"the spec is nested too deeply; at most {MAX_DEPTH} levels are allowed")
                )
            return asked
        if name not in COMMANDS:
            names = ", ".join(sorted([*COMMANDS, *FREE_FORM]))
            raise InvalidRequest.of(
                FieldError("name", f"this command does not exist; use one of these: {names}")
            )
        if isinstance(asked, dict):
            try:
                asked = COMMANDS[name].model_validate(asked)
            except ValidationError as error:
                raise invalid_request(error) from error
        return asked.model_dump(exclude_unset=True) if name == "data" else asked


class Networks:
    """All networks."""

    def __init__(self, backend: Backend, store: Store, limits: Limits) -> None:
        self._backend = backend
        self._store = store
        self._limits = limits
        self._being_made = 0

    async def create(self, spec: Spec, home: str) -> State:
        """Make a network; its state. Raises ServiceError."""
        if len(self._store) + self._being_made >= self._limits.stored:
            raise CapacityExceeded.to_store(self._limits.stored)
        network = secrets.token_urlsafe(16)
        given: Arguments = spec.model_dump(exclude_none=True)
        self._being_made += 1
        try:
            state: State = await self._backend.request(network, "create", {"given": given})
        finally:
            self._being_made -= 1
        log.info("network created", extra={"network": network})
        return Network(self._backend, self._store, network, home).with_page_address(state)

    def get_network(self, network: str, home: str) -> Network:
        """Return the network with this id. Raises UnknownNetwork."""
        if network not in self._store:
            raise UnknownNetwork
        return Network(self._backend, self._store, network, home)

    async def query(self, name: str, **question: Any) -> EncodedResponse:
        """Ask for something that needs computing, but no network."""
        content: EncodedResponse = await self._backend.request(None, name, question)
        return content

    def check_ready(self) -> None:
        """Raises WorkerLost while there is nowhere to train."""
        if not self._backend.ready:
            raise WorkerLost
