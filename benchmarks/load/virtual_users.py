"""Students: clients of a playground, many of them in one process, each at a live socket of its own."""

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
AT_ONCE = 50
"""Requests under way while a class is being set up."""

Sight = tuple[float, float, float, int]
"""A frame that was seen: when it came, and its step, epoch and version."""


@dataclass
class Student:
    """One socket on one network. effects: seconds from a command to the frame that shows it."""

    network: str
    socket: ClientConnection
    frames: list[Sight] = field(default_factory=list)
    effects: list[float] = field(default_factory=list)
    asked: tuple[float, int] | None = None
    listening: asyncio.Task[None] | None = None
    seen: asyncio.Event = field(default_factory=asyncio.Event)

    async def listen(self) -> None:
        """Take in frames and acknowledge them, until the socket closes."""
        with suppress(ConnectionClosed):
            async for message in self.socket:
                if isinstance(message, bytes):
                    now, header = perf_counter(), HEADER.unpack_from(message)
                    self.seen.set()
                    self.frames.append((now, header[4], header[5], header[3]))
                    if self.asked and header[3] > self.asked[1]:
                        self.effects.append(now - self.asked[0])
                        self.asked = None
                    await self.socket.send(ACK)

    async def change(self, rate: float) -> None:
        """Set the learning rate, and note when a frame shows that it is set."""
        if self.asked is None and self.frames:
            self.asked = perf_counter(), self.frames[-1][3]
            command = {"name": "patch", "arguments": {"optimizer": {"learning_rate": rate}}}
            await self.socket.send(json.dumps({"type": "command", "id": 1, **command}))

    async def leave(self) -> None:
        """Close the socket."""
        if self.listening:
            self.listening.cancel()
        await self.socket.close()

    def within(self, start: float, end: float) -> list[Sight]:
        """The frames of this time."""
        return [frame for frame in self.frames if start <= frame[0] < end]


class Class:
    """Students of one playground. When the block ends they have left, and their networks are gone."""

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
            limits=httpx.Limits(max_connections=AT_ONCE, keepalive_expiry=1),
            trust_env=False,
        )

    async def hang_up(self) -> None:
        """Close all connections over which requests were made; the next ones open new ones."""
        await self.http.aclose()
        self.http = self._client()

    async def __aenter__(self) -> "Class":
        return self

    async def __aexit__(self, *_: object) -> None:
        await asyncio.gather(*(student.leave() for student in self.students))
        await self.forget(list(self.networks))
        await self.http.aclose()

    async def create(self, count: int, *specs: dict[str, Any]) -> list[str]:
        """So many networks, of these specs in turn, each with a seed and data of its own."""

        async def one(member: int) -> str:
            spec = {**specs[member % len(specs)], "seed": member} if specs else {"seed": member}
            answer = await self.http.post("/networks", json=spec)
            network: str = answer.raise_for_status().json()["id"]
            self.networks.add(network)
            return network

        return list(await asyncio.gather(*map(one, range(count))))

    async def join(self, network: str) -> Student:
        """A student at this network, who listens."""
        url = f"{self.address.replace('http', 'ws', 1)}/api/v1/networks/{network}/live"
        query = f"?frames_per_second={self.frames_per_second:g}"
        socket = await connect(url + query, compression=None, ping_interval=None, open_timeout=60)
        student = Student(network, socket)
        student.listening = asyncio.create_task(student.listen())
        self.students.append(student)
        return student

    async def seat(self, count: int, pace: float, *specs: dict[str, Any]) -> list[Student]:
        """So many students, each at a network of their own that plays."""
        networks = await self.create(count, *specs)
        students = [await self.join(network) for network in networks]
        await asyncio.gather(*(self.play(network, pace) for network in networks))
        return students

    async def play(self, network: str, epochs_per_second: float | None) -> None:
        """Have a network play."""
        body = {"epochs_per_second": epochs_per_second}
        (await self.http.post(f"/networks/{network}/play", json=body)).raise_for_status()

    async def forget(self, networks: list[str]) -> None:
        """Delete networks."""
        await asyncio.gather(*(self.http.delete(f"/networks/{network}") for network in networks))
        self.networks.difference_update(networks)
