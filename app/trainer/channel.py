"""The channel: this process's end of the socket, which never keeps the training waiting."""

import select
import socket
from collections.abc import Iterator, Sequence
from typing import Any

from app.services.wire import LENGTH, packed, unpacked

PIECE = 1 << 16


class Channel:
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
        """Whether something has come."""
        return bool(select.select([self._socket.fileno()], (), (), 0)[0])

    def receive(self) -> Iterator[Any]:
        """The messages that have arrived. The end of the connection closes the channel."""
        try:
            while piece := self._socket.recv(PIECE):
                self._incoming += piece
            self.open = False
        except BlockingIOError:
            pass
        except ConnectionError:
            self.open = False
        while (message := self._next()) is not None:
            yield message

    def _next(self) -> Any:
        if len(self._incoming) < LENGTH.size:
            return None
        end = LENGTH.size + LENGTH.unpack_from(self._incoming)[0]
        if len(self._incoming) < end:
            return None
        message = unpacked(self._incoming[LENGTH.size : end])
        del self._incoming[:end]
        return message

    def send(self, message: object) -> None:
        """Have a message sent as soon as there is room."""
        self._outgoing += packed(message)
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
    def backlog(self) -> int:
        """Bytes the other end has not had room for."""
        return len(self._outgoing)
