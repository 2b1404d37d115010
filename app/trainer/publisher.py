"""Publishing: frames for those who watch, and what is to be kept of those that play."""

from collections.abc import Callable, Iterable
from time import perf_counter

from app.domain.instruments import Histogram
from app.messages.channel import NonblockingChannel
from app.messages.reports import Frames, Message, Progress
from app.trainer.persistence.record import record_of
from app.trainer.session import TrainingSession, score_sessions

SAVE_INTERVAL = 1.5
MAX_PENDING_BYTES = 1 << 20
"""Bytes that may wait for the other end before frames are left out."""


class Publisher:
    """frames: made so far. lag: how late each was."""

    def __init__(self, channel: NonblockingChannel, tell: Callable[[Message], None]) -> None:
        self._channel = channel
        self._send_message = tell
        self.frames = 0
        self.lag = Histogram()

    def wait(self, sessions: Iterable[TrainingSession], now: float) -> float | None:
        """Seconds until a frame is due; None when none is to come."""
        if self._channel.pending_bytes > MAX_PENDING_BYTES:
            return None
        waits = (session.frame_wait(now) for session in sessions)
        return min((wait for wait in waits if wait is not None), default=None)

    def publish(self, sessions: Iterable[TrainingSession]) -> None:
        """Send the frames that are due, and have kept what has not been for a while."""
        now, sessions = perf_counter(), list(sessions)
        due = []
        if self._channel.pending_bytes <= MAX_PENDING_BYTES:
            due = [session for session in sessions if session.frame_wait(now) == 0.0]
        if due:
            self._send(due, now)
        for session in sessions:
            if session.play_request and now - session.saved_at > SAVE_INTERVAL:
                self.save(session)

    def _send(self, due: list[TrainingSession], now: float) -> None:
        for session in due:
            self.lag.observe(now - session.frame_due_at)
        scores = score_sessions(due)
        each = (perf_counter() - now) / len(due)
        self.frames += len(due)
        frames = zip(due, scores, strict=True)
        self._send_message(
            Frames(tuple((one.network_id, one.frame(metrics, each)) for one, metrics in frames))
        )

    def save(self, session: TrainingSession) -> None:
        """Have kept how far a network has come."""
        session.saved_at = perf_counter()
        self._send_message(Progress(session.network_id, record_of(session, setup=False)))
