"""Route of the live socket (docs/frames.md)."""

import logging
from contextlib import suppress
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, WebSocket, WebSocketDisconnect

from app.domain.exceptions import ServiceError
from app.services.live.connection import UNKNOWN, CloseConnectionError, LiveConnection
from app.services.live.outbox import MAX_FRAMES_PER_SECOND
from app.services.observability.traffic import Traffic
from app.web.dependencies import HomeDep, NetworksDep, SettingsDep, TrafficDep

router = APIRouter()
nowhere = APIRouter()
log = logging.getLogger(__name__)


class Connection:
    """WebSocket as a live connection uses it."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket

    async def send(self, message: str | bytes) -> None:
        if isinstance(message, str):
            await self._socket.send_text(message)
        else:
            await self._socket.send_bytes(message)

    async def receive(self) -> str | bytes | None:
        message = await self._socket.receive()
        if message["type"] == "websocket.disconnect":
            return None
        text: str | None = message.get("text")
        return message["bytes"] if text is None else text


@router.websocket("/networks/{id}/live")
async def watch_network(
    socket: WebSocket,
    id: str,
    networks: NetworksDep,
    home: HomeDep,
    settings: SettingsDep,
    traffic: TrafficDep,
    frames_per_second: Annotated[float, Query(gt=0, le=MAX_FRAMES_PER_SECOND)] = MAX_FRAMES_PER_SECOND,
) -> None:
    """Send frames and events, and receive commands and acknowledgements."""
    commands = settings.limits.commands
    try:
        await socket.accept()
    except OSError:  # gone before it was let in
        return
    traffic.sockets += 1
    try:
        network = networks.get_network(id, home)
        await LiveConnection(Connection(socket), network, traffic, commands, frames_per_second).serve()
    except CloseConnectionError as closing:
        await _close(socket, traffic, closing.code, closing.reason)
    except ServiceError as refusal:
        await _close(socket, traffic, UNKNOWN, refusal.detail[:100])
    except WebSocketDisconnect:
        return
    finally:
        traffic.sockets -= 1


@nowhere.websocket("/{path:path}")
async def watch_nothing() -> None:
    """Refuse a socket at an unknown address, as a request is refused."""
    raise HTTPException(404)


async def _close(socket: WebSocket, traffic: Traffic, code: int, reason: str) -> None:
    """Close a socket with a code and a reason, unless the client has left."""
    traffic.ended[code] += 1
    log.info("socket closed", extra={"code": code, "reason": reason})
    with suppress(WebSocketDisconnect):
        await socket.close(code, reason)
