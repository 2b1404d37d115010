"""HTTP and WebSocket clients: `Client` blocks, `AsyncClient` has coroutines."""

import asyncio
import json
from collections.abc import AsyncGenerator, Generator, Mapping
from ssl import SSLContext
from typing import Self, TypeVar

import httpx
import websockets.asyncio.client
import websockets.sync.client

from backprop_playground.endpoint import Endpoint
from backprop_playground.exceptions import socket_errors_as_problems
from backprop_playground.frames import Frame, FrameDecoder
from backprop_playground.operations import Operations
from backprop_playground.server import Server

T = TypeVar("T")
DEFAULT_ADDRESS = "http://127.0.0.1:8000"
TIMEOUT_SECONDS = 60.0  # the service itself refuses what would take longer than 30 s
ACKNOWLEDGMENT = json.dumps({"type": "ack"})


class Client(Operations):
    """Blocking client of the server at `address`, which may include a path prefix.

    timeout: seconds for a response. headers: sent with every request, for a proxy that asks for a login.
    verify: an SSL context, or False for a server whose certificate cannot be checked.
    Close the client, or use it in a `with` statement.
    """

    def __init__(
        self,
        address: str = DEFAULT_ADDRESS,
        timeout: float = TIMEOUT_SECONDS,
        *,
        headers: Mapping[str, str] | None = None,
        verify: SSLContext | bool = True,
    ) -> None:
        self._server = server = Server(address, headers, verify)
        self._http = httpx.Client(
            base_url=server.api, headers=server.headers, verify=server.ssl, timeout=timeout
        )

    def send(self, endpoint: Endpoint[T]) -> T:
        """Send a request and return its decoded response. Raise ProblemError if the service refuses it."""
        return endpoint.decode(self._http.send(endpoint.request(self._http)))

    def live(
        self, id: str, frames_per_second: float | None = None, timeout: float | None = None
    ) -> Generator[Frame, None, None]:
        """Yield the network's live frames, each time the newest one. Raise ProblemError.

        The first frame arrives at once, and one after every change. While the network plays, there are
        up to 60 frames per second, or `frames_per_second`. The iterator does not end by itself: a paused
        network sends nothing. timeout: raise TimeoutError after so many seconds without a frame.
        """
        decoder = FrameDecoder()
        with (
            socket_errors_as_problems(),
            websockets.sync.client.connect(
                self._server.live_address(id, frames_per_second),
                additional_headers=self._server.headers,
                ssl=self._server.socket_ssl(),
                compression=None,
            ) as socket,
        ):
            while True:
                if frame := decoder.decode(socket.recv(timeout)):
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
    """Asynchronous client with the arguments and methods of `Client`, the methods as coroutines.

    Close the client, or use it in an `async with` statement.
    """

    def __init__(
        self,
        address: str = DEFAULT_ADDRESS,
        timeout: float = TIMEOUT_SECONDS,
        *,
        headers: Mapping[str, str] | None = None,
        verify: SSLContext | bool = True,
    ) -> None:
        self._server = server = Server(address, headers, verify)
        self._http = httpx.AsyncClient(
            base_url=server.api, headers=server.headers, verify=server.ssl, timeout=timeout
        )

    async def send(self, endpoint: Endpoint[T]) -> T:
        """Send a request and return its decoded response. Raise ProblemError if the service refuses it."""
        return endpoint.decode(await self._http.send(endpoint.request(self._http)))

    async def live(
        self,
        id: str,
        frames_per_second: float | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - for each frame; asyncio.timeout is for all together
    ) -> AsyncGenerator[Frame, None]:
        """Yield live frames as `Client.live` does. Use `contextlib.aclosing` to leave the loop early."""
        decoder = FrameDecoder()
        with socket_errors_as_problems():
            async with websockets.asyncio.client.connect(
                self._server.live_address(id, frames_per_second),
                additional_headers=self._server.headers,
                ssl=self._server.socket_ssl(),
                compression=None,
            ) as socket:
                while True:
                    message = await asyncio.wait_for(socket.recv(), timeout)
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
