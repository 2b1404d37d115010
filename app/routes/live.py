"""The live socket (docs/frames.md)."""

from contextlib import suppress
from typing import Annotated

from fastapi import APIRouter, Query, WebSocket, WebSocketDisconnect

from app.dependencies import HomeDep, NetworksDep, SettingsDep
from app.services.live import UNKNOWN, ClosingError, Session
from app.services.mailboxes import MOST_FRAMES
from app.services.refusals import Refusal

router = APIRouter()


class Connection:
    """A WebSocket as a session sees it."""

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
    frames_per_second: Annotated[float, Query(gt=0, le=MOST_FRAMES)] = MOST_FRAMES,
) -> None:
    """Frames and events out, commands and acknowledgements in."""
    commands = settings.limits.commands
    await socket.accept()
    try:
        network = networks.get_network(id, home)
        await Session(Connection(socket), network, commands, frames_per_second).serve()
    except ClosingError as closing:
        await _close(socket, closing.code, closing.reason)
    except Refusal as refusal:
        await _close(socket, UNKNOWN, refusal.detail[:100])
    except WebSocketDisconnect:
        return


async def _close(socket: WebSocket, code: int, reason: str) -> None:
    """Say why it ends, to whoever may still be listening."""
    with suppress(WebSocketDisconnect):
        await socket.close(code, reason)
