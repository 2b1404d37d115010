"""Publisher: frames for viewers, and records of playing networks for storage."""

from collections.abc import Callable, Iterable, Iterator
from time import perf_counter

from app.domain.instruments import Histogram
from app.messages.channel import NonblockingChannel
from app.messages.reports import Frames, Message, Progress
from app.trainer.persistence.record import record_of
from app.trainer.scheduling.scheduler import TICK_SECONDS
from app.trainer.session import TrainingSession, score_sessions

SAVE_INTERVAL = 1.5
PRODUCTS_A_GROUP = 20_000_000
"""Parameters times examples that are scored between two messages: about 20 ms."""
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
        """Return the seconds until a frame is due; None if no network needs one."""
        if self._channel.pending_bytes > MAX_PENDING_BYTES:
            return None
        waits = (session.frame_wait(now) for session in sessions)
        return min((wait for wait in waits if wait is not None), default=None)

    def publish(self, sessions: Iterable[TrainingSession]) -> None:
        """Send the frames that are due, and save the progress of networks that was not saved for a while."""
        now, sessions = perf_counter(), list(sessions)
        if self._channel.pending_bytes <= MAX_PENDING_BYTES:
            self._send_due([session for session in sessions if session.frame_wait(now) == 0.0])
        for session in sessions:
            if session.play_request and now - session.saved_at > SAVE_INTERVAL:
                self.save(session)

    def _send_due(self, due: list[TrainingSession]) -> None:
        """Send frames for about a turn, those due longest first. The others are still due in the next one."""
        end = perf_counter() + TICK_SECONDS
        for group in scored_together(sorted(due, key=lambda session: session.frame_due_at)):
            self._send(group, perf_counter())
            if perf_counter() > end:
                return

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
        """Save the progress of a network."""
        session.saved_at = perf_counter()
        self._send_message(Progress(session.network_id, record_of(session, setup=False)))


def scored_together(sessions: list[TrainingSession]) -> Iterator[list[TrainingSession]]:
    """Yield groups, in order, that take little time to score; a single large network is one, too."""
    group: list[TrainingSession] = []
    work = 0
    for session in sessions:
        products = session.run.network.theta.size * len(session.run.examples.x)
        if group and work + products > PRODUCTS_A_GROUP:
            yield group
            group, work = [], 0
        group.append(session)
        work += products
    if group:
        yield group
