"""Channels: both ends of the socket between the web process and a trainer process.

Messages are pickles, each behind its length. Pickles are safe here: the service started the process at the
other end, and nobody else reaches it. `Link` is the asyncio end of the web process; `Channel` is the end
of the trainer, which never waits for the other end to read.
"""

import asyncio
import pickle
import select
import socket
import struct
import subprocess
from collections.abc import Callable, Iterator, Sequence
from math import inf
from time import monotonic
from typing import Any

from app.messages.reports import Message
from app.messages.requests import Request

LENGTH = struct.Struct("!I")


def pack(message: object) -> bytes:
    """Return a message as it crosses."""
    body = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return LENGTH.pack(len(body)) + body


def unpack(body: bytes | bytearray) -> Any:
    """Return the message again, from what stands behind its length."""
    return pickle.loads(body)


KILL_WAIT_SECONDS = 2.0


class WorkerConnection:
    """Connection to a trainer process, with the process. Closing the connection ends the process."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, process: subprocess.Popen[bytes]
    ) -> None:
        self._reader = reader
        self._writer = writer
        self.process = process

    @classmethod
    async def open(cls, connection: socket.socket, process: subprocess.Popen[bytes]) -> "WorkerConnection":
        """Return a link over a connected socket."""
        reader, writer = await asyncio.open_connection(sock=connection)
        return cls(reader, writer, process)

    def send(self, request: Request) -> None:
        """Send a request. Requests stay in order, and the call never waits."""
        self._writer.write(pack(request))

    async def receive(self, heard: Callable[[Message], None]) -> None:
        """Receive reports until the process ends."""
        try:
            while True:
                head = await self._reader.readexactly(LENGTH.size)
                body = await self._reader.readexactly(LENGTH.unpack(head)[0])
                heard(unpack(body))
        except (asyncio.IncompleteReadError, ConnectionError):
            return

    def close(self) -> None:
        """End the process: at first by closing the connection, then by force."""
        self._writer.close()
        try:
            self.process.wait(0.2)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(KILL_WAIT_SECONDS)


READ_BYTES = 1 << 16
DRAIN_SECONDS = 0.5


class NonblockingChannel:
    """Messages in and out of a socket without ever waiting for the other end to read."""

    def __init__(self, connection: socket.socket) -> None:
        connection.setblocking(False)
        self._socket = connection
        self._incoming = bytearray()
        self._outgoing = bytearray()
        self.open = True

    def wait(self, seconds: float | None, others: Sequence[int] = ()) -> None:
        """Wait until there is something to read, here or from others, room to write, or the time is over."""
        writing = [self._socket] if self._outgoing else []
        select.select([self._socket.fileno(), *others], writing, [], seconds)

    @property
    def readable(self) -> bool:
        """Whether data has arrived."""
        return bool(select.select([self._socket.fileno()], (), (), 0)[0])

    def receive(self, seconds: float = inf) -> Iterator[Any]:
        """Yield the messages that have arrived, one at least, for so long; the others come the next time.

        The end of the connection closes the channel.
        """
        end = monotonic() + seconds
        try:
            while piece := self._socket.recv(READ_BYTES):
                self._incoming += piece
            self.open = False
        except BlockingIOError:
            pass
        except ConnectionError:
            self.open = False
        while size := self._message_end():
            message = unpack(self._incoming[LENGTH.size : size])
            del self._incoming[:size]
            yield message
            if monotonic() > end:
                return

    @property
    def has_message(self) -> bool:
        """Whether a complete message was read that `receive` has not yielded yet."""
        return self._message_end() > 0

    def _message_end(self) -> int:
        """Return the bytes up to the end of the first message; 0 where it is not all there."""
        if len(self._incoming) < LENGTH.size:
            return 0
        end: int = LENGTH.size + LENGTH.unpack_from(self._incoming)[0]
        return end if end <= len(self._incoming) else 0

    def send(self, message: object) -> None:
        """Have a message sent as soon as there is room."""
        self._outgoing += pack(message)
        self.flush()

    def send_now(self, message: object) -> None:
        """Send a message, and wait up to DRAIN_SECONDS until it and all before it are on their way."""
        self.send(message)
        end = monotonic() + DRAIN_SECONDS
        while self._outgoing and self.open and (left := end - monotonic()) > 0:
            select.select([], [self._socket], [], left)
            self.flush()

    def flush(self) -> None:
        """Send as much as there is room for."""
        try:
            while self._outgoing:
                del self._outgoing[: self._socket.send(self._outgoing)]
        except BlockingIOError:
            pass
        except ConnectionError:
            self.open = False

    @property
    def pending_bytes(self) -> int:
        """Bytes that wait because the other end does not read."""
        return len(self._outgoing)
