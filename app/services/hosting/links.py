"""Links: this end of the socket to a trainer process."""

import asyncio
import socket
import subprocess
from collections.abc import Callable

from app.services.seam import Message, Request
from app.services.wire import LENGTH, packed, unpacked

PATIENCE = 2.0


class Link:
    """A trainer process and the connection to it. ClosingError the connection ends the process."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, process: subprocess.Popen[bytes]
    ) -> None:
        self._reader = reader
        self._writer = writer
        self.process = process

    @classmethod
    async def open(cls, connection: socket.socket, process: subprocess.Popen[bytes]) -> "Link":
        """A link over a connected socket."""
        reader, writer = await asyncio.open_connection(sock=connection)
        return cls(reader, writer, process)

    def send(self, request: Request) -> None:
        """Have a request sent; in order, and never waiting."""
        self._writer.write(packed(request))

    async def listen(self, heard: Callable[[Message], None]) -> None:
        """Pass on every report until the process is gone."""
        try:
            while True:
                head = await self._reader.readexactly(LENGTH.size)
                body = await self._reader.readexactly(LENGTH.unpack(head)[0])
                heard(unpacked(body))
        except (asyncio.IncompleteReadError, ConnectionError):
            return

    def close(self) -> None:
        """End the process: at first by closing the connection, then by force."""
        self._writer.close()
        try:
            self.process.wait(0.2)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(PATIENCE)
