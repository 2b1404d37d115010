"""Virtual users: simulated students in one process, each with its own live socket."""

import asyncio
import json
from contextlib import suppress
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from app.trainer.frames import HEADER

ACK = '{"type":"ack"}'
MAX_CONNECTIONS = 50
"""Maximum number of concurrent REST requests of a class."""

SeenFrame = tuple[float, float, float, int]
"""Arrival time of a frame, and its step, epoch and version."""


@dataclass
class Student:
    """Student with one socket on one network.

    effects: seconds from each command to the frame that shows its effect.
    pending: the time of the last command, and the version before it, until its effect is seen.
    """

    network: str
    socket: ClientConnection
    frames: list[SeenFrame] = field(default_factory=list)
    effects: list[float] = field(default_factory=list)
    pending: tuple[float, int] | None = None
    listening: asyncio.Task[None] | None = None
    seen: asyncio.Event = field(default_factory=asyncio.Event)

    async def listen(self) -> None:
        """Receive frames and acknowledge them, until the socket closes."""
        with suppress(ConnectionClosed):
            async for message in self.socket:
                if isinstance(message, bytes):
                    now, header = perf_counter(), HEADER.unpack_from(message)
                    self.seen.set()
                    self.frames.append((now, header[4], header[5], header[3]))
                    if self.pending and header[3] > self.pending[1]:
                        self.effects.append(now - self.pending[0])
                        self.pending = None
                    await self.socket.send(ACK)

    async def change(self, rate: float) -> None:
        """Set the learning rate, and measure the time until a frame shows it."""
        if self.pending is None and self.frames:
            self.pending = perf_counter(), self.frames[-1][3]
            command = {"name": "patch", "arguments": {"optimizer": {"learning_rate": rate}}}
            await self.socket.send(json.dumps({"type": "command", "id": 1, **command}))

    async def leave(self) -> None:
        """Close the socket."""
        if self.listening:
            self.listening.cancel()
        await self.socket.close()

    def within(self, start: float, end: float) -> list[SeenFrame]:
        """Return the frames of this time."""
        return [frame for frame in self.frames if start <= frame[0] < end]


class Classroom:
    """Students of one server. At the end of the block they leave, and their networks are deleted."""

    def __init__(self, address: str, frames_per_second: float = 10) -> None:
        self.address = address.rstrip("/")
        self.frames_per_second = frames_per_second
        self.students: list[Student] = []
        self.networks: set[str] = set()
        self.http = self._client()

    def _client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            base_url=f"{self.address}/api/v1",
            timeout=60,
            limits=httpx.Limits(max_connections=MAX_CONNECTIONS, keepalive_expiry=1),
            trust_env=False,
        )

    async def close_connections(self) -> None:
        """Close all REST connections; the next requests open new ones."""
        await self.http.aclose()
        self.http = self._client()

    async def __aenter__(self) -> "Classroom":
        return self

    async def __aexit__(self, *_: object) -> None:
        await asyncio.gather(*(student.leave() for student in self.students))
        await self.delete(list(self.networks))
        await self.http.aclose()

    async def create(self, count: int, *specs: dict[str, Any]) -> list[str]:
        """Create `count` networks from these specs in turn, each with its own seed and data."""

        async def create_one(member: int) -> str:
            spec = {**specs[member % len(specs)], "seed": member} if specs else {"seed": member}
            response = await self.http.post("/networks", json=spec)
            network: str = response.raise_for_status().json()["id"]
            self.networks.add(network)
            return network

        return list(await asyncio.gather(*map(create_one, range(count))))

    async def join(self, network: str) -> Student:
        """Connect a new student to this network."""
        url = f"{self.address.replace('http', 'ws', 1)}/api/v1/networks/{network}/live"
        query = f"?frames_per_second={self.frames_per_second:g}"
        socket = await connect(url + query, compression=None, ping_interval=None, open_timeout=60)
        student = Student(network, socket)
        student.listening = asyncio.create_task(student.listen())
        self.students.append(student)
        return student

    async def start(self, count: int, pace: float, *specs: dict[str, Any]) -> list[Student]:
        """Connect `count` students, each to a new network that plays."""
        networks = await self.create(count, *specs)
        students = [await self.join(network) for network in networks]
        await asyncio.gather(*(self.play(network, pace) for network in networks))
        return students

    async def play(self, network: str, epochs_per_second: float | None) -> None:
        """Start playing a network."""
        body = {"epochs_per_second": epochs_per_second}
        (await self.http.post(f"/networks/{network}/play", json=body)).raise_for_status()

    async def delete(self, networks: list[str]) -> None:
        """Delete networks."""
        await asyncio.gather(*(self.http.delete(f"/networks/{network}") for network in networks))
        self.networks.difference_update(networks)
