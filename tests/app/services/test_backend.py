"""Back end interface: the same service over another back end, with its only trainer in its own process."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from itertools import count
from typing import Any

import httpx

from app.main import create_app
from app.messages.reports import Answer, Event, Frames, Message, ProcessHealth
from app.messages.requests import Control, Delete, Health, Request, Versions, Watch
from app.services.backend import Store, Watcher
from app.services.live.outbox import Outbox
from app.services.networks import Network
from app.services.storage.data_dir import MEMORY
from app.settings import Settings
from app.trainer.event_loop import TrainerProcess


class Passage:
    """What a trainer takes for its channel."""

    open, pending_bytes, has_message = True, 0, False

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.messages: list[Message] = []

    def receive(self, _: float) -> Iterator[Request]:
        requests, self.requests = self.requests, []
        yield from requests

    def send(self, message: Message) -> None:
        self.messages.append(message)

    send_now = send

    def flush(self) -> None:
        """Nothing waits."""


class InOneProcess:
    """A back end that trains when it is asked something, and at no other time."""

    ready = True

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._passage = Passage()
        self._trainer = TrainerProcess(self._passage, settings.limits)  # type: ignore[arg-type]
        self._numbers = count(1)
        self._watchers: dict[str, set[Watcher]] = defaultdict(set)

    def start(self) -> None:
        """It is there."""

    async def stop(self) -> None:
        """It keeps what was answered, and nothing plays on."""

    async def request(self, request: Request) -> Any:
        request = replace(request, request_id=next(self._numbers))
        network = request.network_id
        self._passage.requests.append(request)
        while True:
            self._trainer.tick()
            messages, self._passage.messages = self._passage.messages, []
            for message in messages:
                if isinstance(message, Answer) and message.request_id == request.request_id:
                    if message.error:
                        raise message.error
                    if message.record and network:
                        await self._store.save(network, message.record)
                    return message.value
                self._tell(message)

    def _tell(self, message: Message) -> None:
        if isinstance(message, Event):
            for watcher in self._watchers[message.network_id]:
                watcher.event(message.state)
        elif isinstance(message, Frames):
            for network, body in message.frames:
                for watcher in self._watchers[network]:
                    watcher.frame(body)

    async def delete(self, network: str, versions: Versions = None) -> None:
        await self.request(Control(network, Delete(versions)))
        await self._store.delete(network)
        for watcher in self._watchers.pop(network, ()):
            watcher.closed()

    async def watch(self, network: str, watcher: Watcher) -> None:
        state, frame = await self.request(Control(network, Watch(watcher.frames_per_second)))
        self._watchers[network].add(watcher)
        watcher.event(state)
        watcher.frame(frame)

    def unwatch(self, network: str, watcher: Watcher) -> None:
        self._watchers[network].discard(watcher)

    def evict_idle(self, seconds: float) -> int:  # noqa: ARG002
        """Nobody leaves."""
        return 0

    def in_use(self) -> list[str]:
        return list(self._trainer.sessions)

    async def health(self) -> list[ProcessHealth | None]:
        return [await self.request(Control(None, Health()))]


@asynccontextmanager
async def playground() -> AsyncIterator[tuple[Any, httpx.AsyncClient]]:
    app = create_app(Settings(data=MEMORY), hosted_by=InOneProcess)
    transport = httpx.ASGITransport(app)
    base = "http://playground/api/v1"
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url=base) as http,
    ):
        yield app, http


async def test_the_service_runs_over_another_back_end_without_noticing():
    async with playground() as (app, http):
        made = (await http.post("/networks", json={"seed": 3})).json()
        path = f"/networks/{made['id']}"
        network: Network = app.state.networks.get_network(made["id"], "http://playground/")
        outbox = Outbox(network.with_page_address)
        await network.watch(outbox)
        stepped = (await http.post(f"{path}/steps", json={"count": 2, "unit": "epoch"})).json()
        assert (stepped["step"], stepped["version"]) == (50, 2)
        assert (await http.get(f"{path}/trace?example=0")).json()["lines"]
        assert (await http.post(f"{path}/steps", json={"count": 0})).status_code == 422
        assert 'steps_total{trainer="0"} 50' in (await http.get("/metrics")).text
        assert (await http.delete(path)).status_code == 204
        assert (await http.get(path)).status_code == 404
        heard = [await asyncio.wait_for(outbox.next(), 5) for _ in range(2)]
        assert [type(message) for message in heard] == [str, str]
        assert '"step":50' in heard[1]
