"""Live connection: frames and events out, commands in, over any socket."""

import asyncio
from typing import Any, Literal, Protocol

from pydantic import Field, ValidationError

from app.domain.exceptions import ServiceError, TooManyCommands
from app.domain.problems import error_problem
from app.domain.strict_json import MalformedError, parse
from app.messages.commands import parse_command
from app.schemas.base import RequestModel
from app.services.live.outbox import GoneError, Outbox, SlowReaderError
from app.services.networks import Network
from app.services.observability.traffic import Traffic

NOT_TEXT, NOT_JSON, NOT_UNDERSTOOD, TOO_SLOW = 1003, 1007, 1008, 1013
UNKNOWN = 4404
"""Close codes."""
LARGE_CHARACTERS = 1 << 16
"""Characters from which a message is parsed beside the event loop, which serves everybody."""
ACKNOWLEDGED = {'{"type":"ack"}', '{"type": "ack"}'}
"""Usual texts of an acknowledgement. One arrives per frame, so these are not parsed."""


class CloseConnectionError(Exception):
    """End of the connection by the service, with a close code and a reason."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason


class Socket(Protocol):
    """Socket as the connection uses it."""

    async def send(self, message: str | bytes) -> None: ...

    async def receive(self) -> str | bytes | None:
        """Return the next message; None when the client has left."""


class Acknowledgement(RequestModel):
    type: Literal["ack"]


class CommandMessage(RequestModel):
    type: Literal["command"]
    id: int
    name: str
    arguments: dict[str, Any] = Field(default_factory=dict)


class LiveConnection:
    """Connection of one client to one network."""

    def __init__(
        self, socket: Socket, network: Network, traffic: Traffic, commands: int, frames_per_second: float
    ) -> None:
        self._socket = socket
        self._traffic = traffic
        self._network = network
        self._limit = commands
        self._outbox = Outbox(network.with_page_address, frames_per_second)
        self._commands: set[asyncio.Task[None]] = set()
        self._large_command: asyncio.Task[None] | None = None

    async def serve(self) -> None:
        """Serve until the client leaves. Raises CloseConnectionError if the service ends the connection."""
        await self._network.watch(self._outbox)
        halves = [asyncio.create_task(self._send()), asyncio.create_task(self._listen())]
        try:
            done, _ = await asyncio.wait(halves, return_when=asyncio.FIRST_COMPLETED)
            for half in done:
                half.result()
        finally:
            self._network.unwatch(self._outbox)
            for task in (*halves, *self._commands):
                task.cancel()
            await asyncio.gather(*halves, *self._commands, return_exceptions=True)

    async def _send(self) -> None:
        try:
            while True:
                message = await self._outbox.next()
                await self._socket.send(message)
                self._traffic.frames += isinstance(message, bytes)
        except SlowReaderError:
            raise CloseConnectionError(
                TOO_SLOW, "this client reads too slowly; connect again for the current state"
            ) from None
        except GoneError:
            raise CloseConnectionError(UNKNOWN, "this network was deleted") from None

    async def _listen(self) -> None:
        while (message := await self._socket.receive()) is not None:
            if isinstance(message, bytes):
                raise CloseConnectionError(NOT_TEXT, "messages must be JSON text, not binary")
            await self._take(message)

    async def _take(self, text: str) -> None:
        if text in ACKNOWLEDGED:
            self._outbox.acknowledge()
            return
        try:
            large = len(text) > LARGE_CHARACTERS
            message = await asyncio.to_thread(parse, text) if large else parse(text)
        except MalformedError as error:
            raise CloseConnectionError(NOT_JSON, str(error)[:100]) from None
        try:
            if isinstance(message, dict) and message.get("type") == "ack":
                Acknowledgement.model_validate(message)
                self._outbox.acknowledge()
                return
            command = CommandMessage.model_validate(message)
        except ValidationError:
            raise CloseConnectionError(
                NOT_UNDERSTOOD, 'send {"type": "ack"} or {"type": "command", "id", "name", "arguments"}'
            ) from None
        self._traffic.commands += 1
        if len(self._commands) >= self._limit:
            self._refuse(command, TooManyCommands.of(self._limit))
            return
        # Many large commands behind a long one would fill the memory.
        if large and self._large_command in self._commands:
            self._refuse(command, TooManyCommands.of(1, "large commands"))
            return
        task = asyncio.create_task(self._do(command))
        self._commands.add(task)
        self._large_command = task if large else self._large_command
        task.add_done_callback(self._commands.discard)

    async def _do(self, command: CommandMessage) -> None:
        try:
            state = await self._network.command(parse_command(command.name, command.arguments))
        except ServiceError as refusal:
            self._refuse(command, refusal)
        else:
            self._outbox.send({"type": "done", "id": command.id, "state": state})

    def _refuse(self, command: CommandMessage, refusal: ServiceError) -> None:
        self._outbox.send({"type": "error", "id": command.id, "problem": error_problem(refusal)})
