"""Vitals: what this process says of itself to whoever looks after the service."""

from collections.abc import Collection
from time import perf_counter

from app.domain.instruments import Histogram
from app.domain.process_info import memory_bytes
from app.messages.reports import Vitals
from app.trainer.publisher import Publisher
from app.trainer.scheduling.scheduler import Rounds
from app.trainer.session import Resident


def vitals_of(
    residents: Collection[Resident], rounds: Rounds, publisher: Publisher, turns: Histogram
) -> Vitals:
    """How this process is."""
    return Vitals(
        networks=len(residents),
        playing=sum(resident.played is not None for resident in residents),
        watched=sum(resident.watched for resident in residents),
        steps=rounds.steps,
        steps_per_second=rounds.rate.at(perf_counter()),
        frames=publisher.frames,
        memory_bytes=memory_bytes(),
        unscored=sum(resident.run.history.waiting for resident in residents),
        stacks=rounds.stacks,
        frame_lag=publisher.lag,
        turns=turns,
    )
