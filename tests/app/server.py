"""A real server, as a program would start it, and what tests say to it."""

import os
import re
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from json import dumps, loads
from typing import Any

import httpx
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

PREFIX = "/api/v1"
HEADER = struct.Struct("<BBHIdddd4fII")
STATUSES = ("paused", "playing", "reached", "diverged")
Json = dict[str, Any]


@contextmanager
def running(**environment: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`python -m app` on a free port, and its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "app"],
        env={**os.environ, "PORT": "0", "TRAINERS": "1", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    address = re.search(r"http://\S+", line)
    assert address, f"the server said {line!r}"
    try:
        yield process, address.group().rstrip("/")
    finally:
        process.terminate()
        process.communicate(timeout=10)


@contextmanager
def served(**environment: str) -> Iterator[tuple[subprocess.Popen[str], "Service"]]:
    """The same, with a client of it."""
    with running(**environment) as (process, address):
        service = Service(address, process.pid)
        try:
            yield process, service
        finally:
            service.http.close()


def started(*options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`python -m app` that is expected to end by itself."""
    return subprocess.run(
        [sys.executable, "-m", "app", *options],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )


class Service:
    """A client of one server."""

    def __init__(self, address: str, process: int = 0) -> None:
        self.address = address
        self.process = process
        self.http = httpx.Client(base_url=address + PREFIX, timeout=60)

    def create(self, **spec: Any) -> "Network":
        """A network made from this spec."""
        answer = self.http.post("/networks", json=spec)
        assert answer.status_code == 201, answer.text
        return Network(self, answer.json()["id"], answer.json())

    def refusal(self, method: str, path: str, status: int = 422, **request: Any) -> Json:
        """The problem with which a request is refused."""
        answer = self.http.request(method, path, **request)
        assert answer.status_code == status, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        assert len(answer.content) <= 4000
        problem: Json = answer.json()
        assert problem["status"] == status
        return problem

    def wrong_field(self, spec: Json) -> str:
        """Which field of a spec is refused."""
        problem = self.refusal("POST", "/networks", json=spec)
        field: str = problem["errors"][0]["field"]
        return field


@dataclass
class Network:
    """One network on the server. made: the state that it was created with."""

    service: Service
    id: str
    made: Json

    @property
    def path(self) -> str:
        return f"/networks/{self.id}"

    def get(self, rest: str = "", **request: Any) -> Any:
        answer = self.service.http.get(self.path + rest, **request)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def send(self, method: str, rest: str, body: Any = None, **request: Any) -> Any:
        answer = self.service.http.request(method, self.path + rest, json=body, **request)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def steps(self, count: int = 1, unit: str = "step") -> Any:
        return self.send("POST", "/steps", {"count": count, "unit": unit})

    def refused(self, method: str, rest: str, status: int = 422, **request: Any) -> Json:
        return self.service.refusal(method, self.path + rest, status, **request)

    @contextmanager
    def live(self, **options: Any) -> Iterator["Live"]:
        """A socket on this network."""
        url = self.service.address.replace("http", "ws", 1) + PREFIX + self.path + "/live"
        with connect(url, **options) as socket:
            yield Live(socket)


@dataclass(frozen=True)
class Frame:
    """A frame, decoded as docs/frames.md says."""

    status: str
    version: int
    step: float
    epoch: float
    train_loss: float
    test_loss: float
    train_accuracy: float
    theta: tuple[float, ...]

    @classmethod
    def of(cls, body: bytes) -> "Frame":
        form, status, _, version, step, epoch, train, test, accuracy, _, _, _, size, _ = HEADER.unpack_from(
            body
        )
        assert form == 1
        theta = struct.unpack_from(f"<{size}f", body, HEADER.size)
        assert len(body) == HEADER.size + 4 * size
        return cls(STATUSES[status], version, step, epoch, train, test, accuracy, theta)


class Live:
    """A live socket, as the page uses it."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self._ids = count(1)

    def next(self, acknowledge: bool = True) -> Json | Frame:
        """The next event or frame."""
        message = self.socket.recv(timeout=10)
        if isinstance(message, str):
            event: Json = loads(message)
            return event
        if acknowledge:
            self.socket.send(dumps({"type": "ack"}))
        return Frame.of(message)

    def frame(self, acknowledge: bool = True) -> Frame:
        """The next frame; events on the way are passed over."""
        while not isinstance(message := self.next(acknowledge), Frame):
            pass
        return message

    def event(self, kind: str) -> Json:
        """The next event of this kind; all else on the way is passed over."""
        while isinstance(message := self.next(), Frame) or message["type"] != kind:
            pass
        return message

    def closed(self) -> int:
        """The code with which the server closes the socket; all before that is passed over."""
        try:
            while True:
                self.socket.recv(timeout=10)
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 1006

    def command(self, name: str, **arguments: Any) -> int:
        """Send a command; its id."""
        number = next(self._ids)
        self.socket.send(dumps({"type": "command", "id": number, "name": name, "arguments": arguments}))
        return number
