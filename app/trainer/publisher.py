"""Publishing: frames for those who watch, and what is to be kept of those that play."""

from collections.abc import Callable, Iterable
from time import perf_counter

from app.domain.instruments import Histogram
from app.messages.channel import Channel
from app.messages.reports import Frames, Message, Progress
from app.trainer.persistence.record import record_of
from app.trainer.session import Resident, looked_at

SAVE_INTERVAL = 1.5
FULL = 1 << 20
"""Bytes that may wait for the other end before frames are left out."""


class Publisher:
    """frames: made so far. lag: how late each was."""

    def __init__(self, channel: Channel, tell: Callable[[Message], None]) -> None:
        self._channel = channel
        self._tell = tell
        self.frames = 0
        self.lag = Histogram()

    def wait(self, residents: Iterable[Resident], now: float) -> float | None:
        """Seconds until a frame is due; None when none is to come."""
        if self._channel.backlog > FULL:
            return None
        waits = (resident.frame_wait(now) for resident in residents)
        return min((wait for wait in waits if wait is not None), default=None)

    def publish(self, residents: Iterable[Resident]) -> None:
        """Send the frames that are due, and have kept what has not been for a while."""
        now, residents = perf_counter(), list(residents)
        due = []
        if self._channel.backlog <= FULL:
            due = [resident for resident in residents if resident.frame_wait(now) == 0.0]
        if due:
            self._send(due, now)
        for resident in residents:
            if resident.played and now - resident.saved_at > SAVE_INTERVAL:
                self.save(resident)

    def _send(self, due: list[Resident], now: float) -> None:
        for resident in due:
            self.lag.note(now - resident.frame_due_at)
        scores = looked_at(due)
        each = (perf_counter() - now) / len(due)
        self.frames += len(due)
        frames = zip(due, scores, strict=True)
        self._tell(Frames(tuple((one.network, one.frame(metrics, each)) for one, metrics in frames)))

    def save(self, resident: Resident) -> None:
        """Have kept how far a network has come."""
        resident.saved_at = perf_counter()
        self._tell(Progress(resident.network, record_of(resident, setup=False)))
