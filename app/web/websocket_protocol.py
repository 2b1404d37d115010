"""WebSocket protocol of uvicorn with a share of the event loop, and problem documents for bad handshakes."""

from time import perf_counter
from typing import Any, ClassVar

from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.datastructures import Headers
from websockets.http11 import Request, Response

from app.web.uvicorn_protocol import BODY, HEAD

SWITCHING = 101
NOT_UTF8 = 1007
PIECE_BYTES = 512
"""Bytes that are parsed in one turn of the loop: at most 250 frames, which take a few milliseconds."""
IDLE_PER_BUSY_SECOND = 4.0
"""Seconds that a socket with more to read waits for each second that it was parsed: a fifth of one core."""
MIN_PAUSE_SECONDS = 0.002
BAD_REQUEST = b"".join(
    (
        b"HTTP/1.1 400 Bad Request\r\n",
        *(f"{name}: {value}\r\n".encode() for name, value in HEAD.items()),
        b"\r\n",
        BODY,
    )
)


class SocketProtocol(WebSocketsSansIOProtocol):
    """As its base, but a socket that sends without pause gets a share of the event loop only.

    A handshake that is none is answered by a problem document. One that was refused is no fault.
    """

    KEPT: ClassVar = ("Upgrade", "Sec-WebSocket-Version")

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._unread = bytearray()
        self._is_waiting = False
        self._debt_seconds = 0.0

    def data_received(self, data: bytes) -> None:
        """Parse a handshake at once, and frames piece by piece."""
        if self.handshake_initiated:
            if self._unread or len(data) > PIECE_BYTES:
                self._unread += data
                if not self._is_waiting:
                    self._parse_piece()
            else:  # an ordinary client, whose acknowledgements are a few bytes
                super().data_received(data)
            return
        super().data_received(data)
        if not self.handshake_initiated:
            # The upgrade comes with its whole head. If that is no request, nothing further makes it one.
            self.handshake_initiated = self.handshake_complete = self.close_sent = True
            self.transport.write(BAD_REQUEST)
            self.transport.close()

    def _parse_piece(self) -> None:
        """Parse a piece of what was received, and the next one after a pause."""
        self._is_waiting = False
        if self.transport.is_closing():
            return
        piece = bytes(self._unread[:PIECE_BYTES])
        del self._unread[:PIECE_BYTES]
        begun = perf_counter()
        super().data_received(piece)
        if not self._unread:
            self._resume_reading()
            return
        self.transport.pause_reading()
        self._debt_seconds += IDLE_PER_BUSY_SECOND * (perf_counter() - begun)
        # A message that nobody has taken pauses the parsing too: `receive` goes on with it.
        if not self.read_paused:
            self._parse_later()

    def _parse_later(self) -> None:
        """Parse the next piece in the next turn of the loop, or after the pause that is due."""
        self._is_waiting = True
        # The loop's timers are no finer than a millisecond: shorter pauses are added up.
        if self._debt_seconds < MIN_PAUSE_SECONDS:
            self.loop.call_soon(self._parse_piece)
        else:
            self.loop.call_later(self._debt_seconds, self._parse_piece)
            self._debt_seconds = 0.0

    def _resume_reading(self) -> None:
        if not self.read_paused and not self.transport.is_closing():
            self.transport.resume_reading()

    async def receive(self) -> Any:
        message = await self.queue.get()
        if self.read_paused and self.queue.empty():
            self.read_paused = False
            if not self._unread:
                self._resume_reading()
            elif not self._is_waiting:
                self._parse_later()
        return message

    def handle_connect(self, event: Request) -> None:
        refusal = self.conn.accept(event)
        if refusal.status_code == SWITCHING:
            super().handle_connect(event)
            return
        self.handshake_initiated = self.handshake_complete = self.close_sent = True
        told = {name: refusal.headers[name] for name in self.KEPT if name in refusal.headers}
        self.conn.send_response(Response(400, "Bad Request", Headers({**HEAD, **told}), BODY))
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.transport.close()

    def keepalive_timeout(self) -> None:
        """Close at once the socket of a client that answers no ping. Unread data would hold it open."""
        super().keepalive_timeout()
        self.transport.abort()

    def send_receive_event_to_app(self) -> None:
        """Close the socket for a text that is not UTF-8, which is no fault of ours and not logged."""
        try:
            if self.curr_msg_data_type == "text" and not self.close_sent:
                b"".join(self.frames).decode()
        except UnicodeDecodeError:
            self.frames = []
            self.conn.send_close(NOT_UTF8)
            self.handle_parser_exception()
        else:
            super().send_receive_event_to_app()

    async def send(self, message: Any) -> None:
        """Send a message. Raises ClientDisconnected when the socket was closed here meanwhile."""
        await self.writable.wait()
        if self.close_sent and message["type"] in {"websocket.send", "websocket.close"}:
            raise ClientDisconnected
        await super().send(message)
        if message["type"] == "websocket.http.response.body" and not message.get("more_body", False):
            self.handshake_complete = True
