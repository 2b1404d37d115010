"""Clients: `Client` blocks, `AsyncClient` is awaited."""

import json
from collections.abc import AsyncGenerator, Generator
from typing import Self, TypeVar

import httpx
import websockets.asyncio.client
import websockets.sync.client

from app.client.endpoint import Endpoint
from app.client.exceptions import socket_errors_as_problems
from app.client.frames import Feed, Frame
from app.client.operations import Operations

T = TypeVar("T")
ADDRESS = "http://127.0.0.1:8000"
API = "/api/v1/"
TIMEOUT = 60.0
"""Seconds; the service itself refuses what would take longer than 30 s."""
HANDLED = json.dumps({"type": "ack"})


class Client(Operations):
    """The playground at `address`, whatever prefix it is served under. Close it, or use it in a `with`."""

    def __init__(self, address: str = ADDRESS, timeout: float = TIMEOUT) -> None:
        self._http = httpx.Client(base_url=address.rstrip("/") + API, timeout=timeout)

    def send(self, call: Endpoint[T]) -> T:
        """Carry out a call. Raises ProblemError."""
        return call.answer(self._http.send(call.request(self._http)))

    def live(self, id: str, frames_per_second: float | None = None) -> Generator[Frame, None, None]:
        """Return the network's frames from now on, the newest whenever the next one is asked for.

        There is one at once, after every change, and up to 60 a second while it plays, or as many as
        are asked for; it never ends by itself. Raises ProblemError.
        """
        feed = Feed()
        address = live_address(self._http.base_url, id, frames_per_second)
        with (
            socket_errors_as_problems(),
            websockets.sync.client.connect(address, compression=None) as socket,
        ):
            for message in socket:
                if frame := feed.take(message):
                    yield frame
                    socket.send(HANDLED)

    def close(self) -> None:
        """Give back the connections."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class AsyncClient(Operations):
    """The same, with every method to be awaited. Close it, or use it in an `async with`."""

    def __init__(self, address: str = ADDRESS, timeout: float = TIMEOUT) -> None:
        self._http = httpx.AsyncClient(base_url=address.rstrip("/") + API, timeout=timeout)

    async def send(self, call: Endpoint[T]) -> T:
        """Carry out a call. Raises ProblemError."""
        return call.answer(await self._http.send(call.request(self._http)))

    async def live(self, id: str, frames_per_second: float | None = None) -> AsyncGenerator[Frame, None]:
        """As `Client.live`, for `async for`. To leave it early use `contextlib.aclosing`."""
        feed = Feed()
        address = live_address(self._http.base_url, id, frames_per_second)
        with socket_errors_as_problems():
            async with websockets.asyncio.client.connect(address, compression=None) as socket:
                async for message in socket:
                    if frame := feed.take(message):
                        yield frame
                        await socket.send(HANDLED)

    async def close(self) -> None:
        """Give back the connections."""
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


def live_address(base: httpx.URL, id: str, frames_per_second: float | None) -> str:
    """Return where a network's live socket is."""
    scheme = {"http": "ws", "https": "wss"}[base.scheme]
    address = base.copy_with(scheme=scheme).join(f"networks/{id}/live")
    asked = {} if frames_per_second is None else {"frames_per_second": frames_per_second}
    return str(address.copy_merge_params(asked))
