"""HTTP and WebSocket clients: `Client` blocks, `AsyncClient` has coroutines."""

import json
from collections.abc import AsyncGenerator, Generator
from typing import Self, TypeVar

import httpx
import websockets.asyncio.client
import websockets.sync.client

from backprop_playground.endpoint import Endpoint
from backprop_playground.exceptions import socket_errors_as_problems
from backprop_playground.frames import Frame, FrameDecoder
from backprop_playground.operations import Operations

T = TypeVar("T")
DEFAULT_ADDRESS = "http://127.0.0.1:8000"
API_PATH = "/api/v1/"
TIMEOUT_SECONDS = 60.0  # the service itself refuses what would take longer than 30 s
ACKNOWLEDGMENT = json.dumps({"type": "ack"})


class Client(Operations):
    """Blocking client of the server at `address`, which may include a path prefix.

    Close the client, or use it in a `with` statement.
    """

    def __init__(self, address: str = DEFAULT_ADDRESS, timeout: float = TIMEOUT_SECONDS) -> None:
        self._http = httpx.Client(base_url=address.rstrip("/") + API_PATH, timeout=timeout)

    def send(self, endpoint: Endpoint[T]) -> T:
        """Send a request and return its decoded response. Raise ProblemError if the service refuses it."""
        return endpoint.decode(self._http.send(endpoint.request(self._http)))

    def live(self, id: str, frames_per_second: float | None = None) -> Generator[Frame, None, None]:
        """Yield the network's live frames, each time the newest one. Raise ProblemError.

        The first frame arrives at once, and one after every change. While the network plays, there are
        up to 60 frames per second, or `frames_per_second`. The iterator does not end by itself.
        """
        decoder = FrameDecoder()
        address = live_address(self._http.base_url, id, frames_per_second)
        with (
            socket_errors_as_problems(),
            websockets.sync.client.connect(address, compression=None) as socket,
        ):
            for message in socket:
                if frame := decoder.decode(message):
                    yield frame
                    socket.send(ACKNOWLEDGMENT)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class AsyncClient(Operations):
    """Asynchronous client with the methods of `Client` as coroutines.

    Close the client, or use it in an `async with` statement.
    """

    def __init__(self, address: str = DEFAULT_ADDRESS, timeout: float = TIMEOUT_SECONDS) -> None:
        self._http = httpx.AsyncClient(base_url=address.rstrip("/") + API_PATH, timeout=timeout)

    async def send(self, endpoint: Endpoint[T]) -> T:
        """Send a request and return its decoded response. Raise ProblemError if the service refuses it."""
        return endpoint.decode(await self._http.send(endpoint.request(self._http)))

    async def live(self, id: str, frames_per_second: float | None = None) -> AsyncGenerator[Frame, None]:
        """Yield live frames as `Client.live` does. Use `contextlib.aclosing` to leave the loop early."""
        decoder = FrameDecoder()
        address = live_address(self._http.base_url, id, frames_per_second)
        with socket_errors_as_problems():
            async with websockets.asyncio.client.connect(address, compression=None) as socket:
                async for message in socket:
                    if frame := decoder.decode(message):
                        yield frame
                        await socket.send(ACKNOWLEDGMENT)

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


def live_address(base: httpx.URL, id: str, frames_per_second: float | None) -> str:
    """Return the address of a network's live socket."""
    scheme = {"http": "ws", "https": "wss"}[base.scheme]
    address = base.copy_with(scheme=scheme).join(f"networks/{id}/live")
    query = {} if frames_per_second is None else {"frames_per_second": frames_per_second}
    return str(address.copy_merge_params(query))
