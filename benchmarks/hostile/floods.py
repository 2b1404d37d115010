"""Floods: what hostile or careless clients send. Each is bounded and goes to the loopback address only."""

import asyncio
import json
import os
from collections.abc import Awaitable, Callable
from contextlib import suppress
from itertools import count
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

import httpx

API = "/api/v1"
BODY_BYTES = 1_900_000
PING = b"\x89\x80\x00\x00\x00\x00"
EMPTY_CONTINUATION = b"\x00\x80\x00\x00\x00\x00"
LARGE_DATA = {"name": "gauss", "examples": 20_000}
WIDE = [{"units": 64}] * 4 + [{"units": 1}]

Flood = Callable[["Target"], Awaitable[None]]


class Target:
    """Server that is flooded until `end`, a time of `perf_counter`."""

    def __init__(self, address: str, seconds: float) -> None:
        parts = urlsplit(address)
        self.host, self.port = parts.hostname or "127.0.0.1", parts.port or 80
        self.end = perf_counter() + seconds
        self.http = httpx.AsyncClient(
            base_url=f"http://{self.host}:{self.port}{API}",
            timeout=40,
            limits=httpx.Limits(max_connections=400),
            trust_env=False,
        )

    @property
    def is_open(self) -> bool:
        """Whether the flood goes on."""
        return perf_counter() < self.end

    async def create(self, **spec: Any) -> str:
        """Create a network and return its path."""
        created = await self.http.post("/networks", json=spec)
        return f"/networks/{created.raise_for_status().json()['id']}"

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Open a connection."""
        return await asyncio.open_connection(self.host, self.port)

    async def open_socket(self, path: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Open a live socket on a network, without a library that would limit what is sent."""
        reader, writer = await self.connect()
        writer.write(
            f"GET {API}{path}/live HTTP/1.1\r\nHost: {self.host}:{self.port}\r\nUpgrade: websocket\r\n"
            "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
        )
        await reader.readuntil(b"\r\n\r\n")
        return reader, writer

    async def repeat(self, send: Callable[[], Awaitable[object]], at_once: int) -> None:
        """Send again and again until the end, so many at the same time."""

        async def one_after_another() -> None:
            while self.is_open:
                with suppress(httpx.HTTPError, OSError):
                    await send()

        await asyncio.gather(*(one_after_another() for _ in range(at_once)))


async def first_steps(target: Target) -> None:
    """Send the first `steps` of sixty networks at the same time, each of another shape."""
    while target.is_open:
        shapes = [(1 + number % 8, 1 + number // 8) for number in range(60)]
        paths = [await target.create(layers=[{"units": a}, {"units": b}, {"units": 1}]) for a, b in shapes]
        await asyncio.gather(*(target.http.post(f"{path}/steps", json={"count": 100}) for path in paths))


async def cookies(target: Target) -> None:
    """Send cookies of 50 kB that are slow to unquote."""
    headers = {"Cookie": 'x="' + r"\1" * 25_000 + '"'}
    await target.repeat(lambda: target.http.get("/healthz", headers=headers), 4)


async def large_networks(target: Target) -> None:
    """Create networks with 20,000 generated examples, each by a request of a few hundred bytes."""
    features = [f"x1*{number}+x2" for number in range(1, 65)]
    spec = {"data": LARGE_DATA, "features": features, "layers": WIDE}
    await target.repeat(lambda: target.http.post("/networks", json=spec), 4)


async def half_heads(target: Target) -> None:
    """Open 1,100 connections that send half a head, and hold them."""
    await _hold(target, 1_100, b"GET / HTTP/1.1\r\nHost: x\r\nX-")


async def half_bodies(target: Target) -> None:
    """Open 400 connections that send all but the end of a large body, and hold them."""
    head = f"POST {API}/networks HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    body = f"{head}Content-Length: {BODY_BYTES}\r\n\r\n".encode() + b" " * (BODY_BYTES - 1)
    await _hold(target, 400, body)


async def _hold(target: Target, count: int, sent: bytes) -> None:
    async def hold() -> None:
        while target.is_open:
            with suppress(OSError, asyncio.IncompleteReadError, TimeoutError):
                reader, writer = await target.connect()
                try:
                    writer.write(sent)
                    async with asyncio.timeout(max(0.0, target.end - perf_counter())):
                        await reader.read()
                finally:
                    writer.transport.abort()
            await asyncio.sleep(0.1)

    await asyncio.gather(*(hold() for _ in range(count)))


async def pings(target: Target) -> None:
    """Send pings over two sockets as fast as they are taken."""
    await _flood_sockets(target, PING * 10_000)


async def continuations(target: Target) -> None:
    """Send empty pieces of a message over two sockets as fast as they are taken."""
    await _flood_sockets(target, EMPTY_CONTINUATION * 10_000, first=b"\x01\x80\x00\x00\x00\x00")


async def acknowledgements(target: Target) -> None:
    """Acknowledge frames that never came, over two sockets."""
    await _flood_sockets(target, _text_frame('{"type":"ack"}') * 3_000)


async def empty_lists(target: Target) -> None:
    """Send changes of 2 MB that are hundreds of thousands of empty lists."""
    command = '{"type":"command","id":1,"name":"patch","arguments":{"data":{"points":['
    await _flood_sockets(target, _text_frame(command + ",".join(["[]"] * 600_000) + "]}}}"))


async def _flood_sockets(target: Target, piece: bytes, first: bytes = b"") -> None:
    async def flood() -> None:
        path = await target.create()
        while target.is_open:
            reader, writer = await target.open_socket(path)
            reading = asyncio.create_task(reader.read())
            try:
                writer.write(first)
                while not reading.done():
                    writer.write(piece)
                    async with asyncio.timeout(max(0.01, target.end - perf_counter())):
                        await writer.drain()
            except (OSError, TimeoutError):
                pass
            finally:
                reading.cancel()
                writer.transport.abort()

    await asyncio.gather(flood(), flood())


def _text_frame(text: str) -> bytes:
    body = text.encode()
    size = bytes([0x80 | len(body)]) if len(body) < 126 else b"\xff" + len(body).to_bytes(8)
    return b"\x81" + size + bytes(4) + body


async def tables(target: Target) -> None:
    """Upload CSV tables of 20,000 rows and 47 columns."""
    path = await target.create()
    row = ",".join(["1"] * 46)
    table = "\n".join(f"{row},{number % 2}" for number in range(20_000)).encode()
    headers = {"Content-Type": "text/csv"}
    await target.repeat(lambda: target.http.put(f"{path}/data", content=table, headers=headers), 4)


async def waiting_changes(target: Target) -> None:
    """Let changes of 1.9 MB wait behind a long `steps`."""
    path = await target.create()
    points = [[0.123456789, 0.123456789, 1]] * 55_000
    change = json.dumps({"data": {"points": points}}).encode()[:BODY_BYTES]
    headers = {"Content-Type": "application/json"}

    async def train() -> None:
        await target.http.post(f"{path}/steps", json={"count": 200_000})

    async def send_change() -> None:
        await target.http.patch(path, content=change, headers=headers)

    await asyncio.gather(target.repeat(train, 1), target.repeat(send_change, 20))


async def endless_bodies(target: Target) -> None:
    """Send bodies without end after requests that take none."""
    head = f"GET {API}/healthz HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
    chunk = b"10000\r\n" + b"x" * 65_536 + b"\r\n"

    async def send() -> None:
        _, writer = await target.connect()
        try:
            writer.write(head)
            while target.is_open:
                writer.write(chunk)
                await writer.drain()
        finally:
            writer.transport.abort()

    await target.repeat(send, 4)


async def creations(target: Target) -> None:
    """Create networks and do nothing with them."""
    await target.repeat(lambda: target.http.post("/networks", json={}), 8)


async def methods(target: Target) -> None:
    """Send requests with invented methods of 50 kB."""
    numbers = count()
    await target.repeat(lambda: target.http.request(f"M{next(numbers)}" + "A" * 50_000, "/catalog"), 4)


async def questions(target: Target) -> None:
    """Ask for boundaries of 400 × 400 points over 20 connections."""
    path = await target.create(layers=WIDE)
    await target.repeat(lambda: target.http.get(f"{path}/boundary?resolution=400"), 20)


FLOODS: dict[str, Flood] = {
    flood.__name__: flood
    for flood in (
        first_steps, cookies, large_networks, half_heads, half_bodies, pings, continuations,
        acknowledgements, empty_lists, tables, waiting_changes, endless_bodies, creations, methods, questions,
    )
}  # fmt: skip


def run(name: str, address: str, seconds: float) -> None:
    """Flood the server, in a process of its own."""
    # On a machine of its own, the flood would take no processor time from the server: it yields to it here.
    os.nice(19)

    async def flood() -> None:
        target = Target(address, seconds)
        with suppress(TimeoutError):
            async with target.http, asyncio.timeout(seconds + 5):
                await FLOODS[name](target)

    asyncio.run(flood())
