"""Outbox of one live socket: the newest frame replaces older ones; events and answers are never dropped."""

import asyncio
import json
from collections import deque
from collections.abc import Callable
from typing import Any

MAX_UNACKNOWLEDGED = 2
MAX_PENDING_NOTES = 1 << 20
MAX_FRAMES_PER_SECOND = 60.0


class SlowReaderError(Exception):
    """More waits than may."""


class GoneError(Exception):
    """The network was deleted."""


class Outbox:
    """Events in order, and one slot for a frame that is only sent while the client keeps up.

    credit: frames that may be under way without an acknowledgement. room: bytes of events that may wait.
    """

    def __init__(
        self,
        seen: Callable[[dict[str, Any]], dict[str, Any]],
        frames_per_second: float = MAX_FRAMES_PER_SECOND,
    ) -> None:
        self.frames_per_second = frames_per_second
        self._seen = seen
        self._notes: deque[str] = deque()
        self._waiting = 0
        self._frame: bytes | None = None
        self._credit = MAX_UNACKNOWLEDGED
        self._end: Exception | None = None
        self._news = asyncio.Event()

    def event(self, state: dict[str, Any]) -> None:
        """Queue a state, before any frame of its version."""
        self.send({"type": "state", "state": self._seen(state)})

    def frame(self, body: bytes) -> None:
        """Replace the waiting frame by the newest one."""
        self._frame = body
        self._news.set()

    def storage_error(self, reason: str | None) -> None:
        self.send({"type": "storage", "trouble": reason})

    def closed(self) -> None:
        self._end = GoneError()
        self._news.set()

    def send(self, message: dict[str, Any]) -> None:
        """Any other message, in order with the events."""
        note = json.dumps(message, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        self._notes.append(note)
        self._waiting += len(note)
        if self._waiting > MAX_PENDING_NOTES and len(self._notes) > 1:
            self._end = SlowReaderError()
        self._news.set()

    def acknowledge(self) -> None:
        """Count a frame that the client has handled."""
        self._credit = min(MAX_UNACKNOWLEDGED, self._credit + 1)
        self._news.set()

    async def next(self) -> str | bytes:
        """Return what to send next. Raises SlowReaderError or GoneError at the end."""
        while True:
            if self._notes and not isinstance(self._end, SlowReaderError):
                note = self._notes.popleft()
                self._waiting -= len(note)
                return note
            if self._end:
                raise self._end
            if self._frame is not None and self._credit:
                frame, self._frame = self._frame, None
                self._credit -= 1
                return frame
            self._news.clear()
            await self._news.wait()
