"""Outbox of one live socket. A new frame replaces a waiting one; events and answers are never dropped."""

import asyncio
import json
from collections import deque
from collections.abc import Callable
from typing import Any

MAX_UNACKNOWLEDGED = 2
MAX_PENDING_CHARACTERS = 1 << 20
MAX_FRAMES_PER_SECOND = 60.0


class SlowReaderError(Exception):
    """The client does not read, and too many messages wait."""


class GoneError(Exception):
    """The network was deleted."""


class Outbox:
    """Queue of messages, and one slot for the newest frame.

    A frame is sent only while the client has acknowledged all but MAX_UNACKNOWLEDGED earlier frames.
    view: returns the state as this client sees it.
    """

    def __init__(
        self,
        view: Callable[[dict[str, Any]], dict[str, Any]],
        frames_per_second: float = MAX_FRAMES_PER_SECOND,
    ) -> None:
        self.frames_per_second = frames_per_second
        self._view = view
        self._messages: deque[str] = deque()
        self._pending_characters = 0
        self._frame: bytes | None = None
        self._credit = MAX_UNACKNOWLEDGED
        self._end: Exception | None = None
        self._changed = asyncio.Event()

    def event(self, state: dict[str, Any]) -> None:
        """Queue a state. It is sent before any frame of its version."""
        self.send({"type": "state", "state": self._view(state)})

    def frame(self, body: bytes) -> None:
        """Replace the waiting frame by a newer one."""
        self._frame = body
        self._changed.set()

    def storage_error(self, reason: str | None) -> None:
        self.send({"type": "storage", "trouble": reason})

    def closed(self) -> None:
        self._end = GoneError()
        self._changed.set()

    def send(self, message: dict[str, Any]) -> None:
        """Queue any other message, in order with the events."""
        text = json.dumps(message, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        self._messages.append(text)
        self._pending_characters += len(text)
        # A single message may be larger than the limit: a client that reads can still receive it.
        if self._pending_characters > MAX_PENDING_CHARACTERS and len(self._messages) > 1:
            self._end = SlowReaderError()
        self._changed.set()

    def acknowledge(self) -> None:
        """Record that the client has handled a frame."""
        self._credit = min(MAX_UNACKNOWLEDGED, self._credit + 1)
        self._changed.set()

    async def next(self) -> str | bytes:
        """Wait for the next message or frame to send. Raises SlowReaderError or GoneError at the end."""
        while True:
            if self._messages and not isinstance(self._end, SlowReaderError):
                text = self._messages.popleft()
                self._pending_characters -= len(text)
                return text
            if self._end:
                raise self._end
            if self._frame is not None and self._credit:
                frame, self._frame = self._frame, None
                self._credit -= 1
                return frame
            self._changed.clear()
            await self._changed.wait()
