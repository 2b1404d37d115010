"""Protocols of uvicorn whose own error answers are problem documents too."""

import json
from typing import Any, ClassVar

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.datastructures import Headers
from websockets.http11 import Request, Response

from app.web.errors import MALFORMED_REQUEST, MEDIA_TYPE
from app.web.middleware.security_headers import HEADERS

SWITCHING = 101
NOT_UTF8 = 1007
BODY = json.dumps(MALFORMED_REQUEST).encode()
HEAD = {
    **HEADERS,
    "Content-Type": MEDIA_TYPE,
    "Content-Length": str(len(BODY)),
    "Connection": "close",
}


class Protocol(H11Protocol):
    """As its base, with a problem document for what cannot be read: msg never says more."""

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002
        for event in (
            h11.Response(status_code=400, headers=list(HEAD.items()), reason=b"Bad Request"),
            h11.Data(data=BODY),
            h11.EndOfMessage(),
        ):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()


class SocketProtocol(WebSocketsSansIOProtocol):
    """As its base, with a problem document for a handshake that is none; one that was refused is no fault."""

    KEPT: ClassVar = ("Upgrade", "Sec-WebSocket-Version")

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
        """Who answers no ping is let go at once: what it has not read would hold the connection open."""
        super().keepalive_timeout()
        self.transport.abort()

    def send_receive_event_to_app(self) -> None:
        """A text that is no UTF-8 closes the socket; no fault of ours, and none to be logged."""
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
        """Raises ClientDisconnected, as for one who has left, when the socket was closed here meanwhile."""
        await self.writable.wait()
        if self.close_sent and message["type"] in {"websocket.send", "websocket.close"}:
            raise ClientDisconnected
        await super().send(message)
        if message["type"] == "websocket.http.response.body" and not message.get("more_body", False):
            self.handshake_complete = True
