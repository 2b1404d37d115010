"""Vitals: what this process says of itself to whoever looks after the service."""

from collections.abc import Collection
from time import perf_counter

from app.services.measures import Histogram
from app.services.processes import memory_bytes
from app.services.seam import Vitals
from app.trainer.publishing import Publisher
from app.trainer.resident import Resident
from app.trainer.rounds import Rounds


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
