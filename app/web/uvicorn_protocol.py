"""HTTP protocol of uvicorn with limits of time and connections, and problem documents for bad requests."""

import json
from typing import Any, Literal

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle
from uvicorn.server import ServerState

from app.web.errors import MALFORMED_REQUEST, MEDIA_TYPE
from app.web.middleware.security_headers import HEADERS

HEAD_SECONDS = 10.0
"""For a whole head, from the first byte or from the moment of connecting."""
DRAIN_SECONDS = 5.0
MAX_DRAINED_BYTES = 16_000_000
"""For what is left of a body after its answer. It is read so that the client sees the answer."""
MIN_CROWDED_SECONDS = 1.0
"""Where there are too many connections, one without a whole head is closed when it is this old."""

BODY = json.dumps(MALFORMED_REQUEST).encode()
HEAD = {
    **HEADERS,
    "Content-Type": MEDIA_TYPE,
    "Content-Length": str(len(BODY)),
    "Connection": "close",
}
Phase = Literal["head", "exchange", "drain"]


class Config(uvicorn.Config):
    """Configuration of uvicorn. max_connections: open connections of any kind, with and without a request."""

    def __init__(self, *arguments: Any, max_connections: int, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.max_connections = max_connections


class Protocol(H11Protocol):
    """Connection that is closed when its head, or the rest of an answered body, takes too long.

    Phases: "head" until a request has come, "exchange" until it is answered, "drain" while the rest of its
    body is read. The body limit middleware limits the time for a body before its answer.
    """

    config: Config

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._phase: Phase = "head"
        self._phase_began = self.loop.time()
        self._drained_bytes = 0

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        if len(self.connections) > self.config.max_connections and not close_overdue(
            self.server_state, MIN_CROWDED_SECONDS
        ):
            self.transport.abort()

    def data_received(self, data: bytes) -> None:
        if self._phase == "drain":
            self._drained_bytes += len(data)
            if self._drained_bytes > MAX_DRAINED_BYTES:
                self.transport.abort()
                return
        super().data_received(data)

    def handle_events(self) -> None:
        super().handle_events()
        self._note_phase()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._note_phase()

    def _note_phase(self) -> None:
        phase: Phase = "exchange"
        cycle: RequestResponseCycle | None = self.cycle  # None before the first request
        if cycle is None or cycle.response_complete:
            phase = "drain" if self.conn.their_state is h11.SEND_BODY else "head"
        if phase != self._phase:
            self._phase, self._phase_began, self._drained_bytes = phase, self.loop.time(), 0

    def close_if_overdue(self, head_seconds: float) -> bool:
        """Close the connection if its phase has taken too long. Return whether it was closed."""
        limit = {"head": head_seconds, "exchange": float("inf"), "drain": DRAIN_SECONDS}[self._phase]
        if self.loop.time() - self._phase_began <= limit:
            return False
        self.transport.abort()
        return True

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - it never says more
        for event in (
            h11.Response(status_code=400, headers=list(HEAD.items()), reason=b"Bad Request"),
            h11.Data(data=BODY),
            h11.EndOfMessage(),
        ):
            self.transport.write(self.conn.send(event))
        self.transport.close()


def close_overdue(state: ServerState, head_seconds: float = HEAD_SECONDS) -> int:
    """Close the connections whose phase has taken too long. Return how many were closed."""
    # Live sockets are among the connections: pings tell which of those are gone.
    connections = [one for one in state.connections if isinstance(one, Protocol)]
    return sum(connection.close_if_overdue(head_seconds) for connection in connections)
