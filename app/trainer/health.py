"""Health of the trainer process, for metrics and health checks."""

from collections.abc import Collection
from time import perf_counter

from app.domain.instruments import Histogram
from app.domain.process_info import memory_bytes
from app.messages.reports import ProcessHealth
from app.trainer.publisher import Publisher
from app.trainer.scheduling.scheduler import Scheduler
from app.trainer.session import TrainingSession


def process_health(
    sessions: Collection[TrainingSession], rounds: Scheduler, publisher: Publisher, turns: Histogram
) -> ProcessHealth:
    """Return how this process is."""
    return ProcessHealth(
        networks=len(sessions),
        playing=sum(session.play_request is not None for session in sessions),
        watched=sum(session.watched for session in sessions),
        steps=rounds.steps,
        steps_per_second=rounds.rate.at(perf_counter()),
        frames=publisher.frames,
        memory_bytes=memory_bytes(),
        pending_scores=sum(session.run.history.pending for session in sessions),
        stack_sizes=rounds.stack_sizes,
        frame_lag=publisher.lag,
        tick_seconds=turns,
    )
