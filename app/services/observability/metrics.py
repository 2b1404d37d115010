"""Metrics of the whole service for Prometheus. docs/operations.md explains each of them."""

import asyncio
from collections.abc import Sequence
from time import time

from app.domain.process_info import memory_bytes, open_files
from app.messages.reports import ProcessHealth
from app.services.backend import Backend, Store
from app.services.observability.exposition import Exposition, Labels
from app.services.observability.traffic import Traffic


class Metrics:
    """Collector that reads back end, store, traffic and process at every request."""

    def __init__(self, backend: Backend, store: Store, traffic: Traffic) -> None:
        self._backend = backend
        self._store = store
        self._traffic = traffic
        self._began = time()

    async def text(self) -> str:
        """Return all metrics in the exposition format."""
        trainers = await self._backend.health()
        exposition = Exposition()
        self._write_networks(exposition, [health for health in trainers if health])
        _write_trainers(exposition, trainers)
        self._write_traffic(exposition)
        self._write_process(exposition)
        return exposition.text

    def _write_networks(self, to: Exposition, trainers: Sequence[ProcessHealth]) -> None:
        to.gauge("networks_kept", "Stored networks.", ({}, len(self._store)))
        in_memory = sum(health.networks for health in trainers)
        to.gauge("networks_in_memory", "Networks in the memory of trainers.", ({}, in_memory))
        playing = sum(health.playing for health in trainers)
        to.gauge("networks_playing", "Networks that are playing.", ({}, playing))
        watched = sum(health.watched for health in trainers)
        to.gauge("networks_watched", "Networks with a viewer.", ({}, watched))
        rate = sum(health.steps_per_second for health in trainers)
        to.gauge("steps_per_second", "Updates per second.", ({}, round(rate, 1)))
        ok = self._store.error is None
        to.gauge("storage_ok", "1 while changes can be saved, 0 otherwise.", ({}, ok))

    def _write_traffic(self, to: Exposition) -> None:
        traffic = self._traffic
        to.gauge("sockets", "Open live sockets.", ({}, traffic.sockets))
        ended = [({"code": str(code)}, count) for code, count in sorted(traffic.ended.items())]
        to.counter("sockets_ended_total", "Live sockets closed by the service, by close code.", *ended)
        to.counter("frames_sent_total", "Frames handed to sockets.", ({}, traffic.frames))
        to.counter("commands_total", "Commands received over sockets.", ({}, traffic.commands))
        requests = [
            ({"method": method, "route": route, "status": str(status)}, count)
            for (method, route, status), count in sorted(traffic.requests.items())
        ]
        to.counter("requests_total", "Answered requests.", *requests)
        to.histogram("request_seconds", "Duration of requests.", ({}, traffic.request_seconds))
        to.histogram("loop_lag_seconds", "Lag of the event loop of the web process.", ({}, traffic.loop_lag))

    def _write_process(self, to: Exposition) -> None:
        to.gauge("memory_bytes", "Resident memory of the web process.", ({}, memory_bytes()))
        to.gauge("open_files", "Open files and sockets of the web process.", ({}, open_files()))
        to.gauge("tasks", "Tasks of the event loop of the web process.", ({}, len(asyncio.all_tasks())))
        to.gauge("started_seconds", "Start time, in seconds since 1970.", ({}, self._began))


def _write_trainers(to: Exposition, trainers: Sequence[ProcessHealth | None]) -> None:
    up = [({"trainer": str(number)}, health is not None) for number, health in enumerate(trainers)]
    to.gauge("trainer_up", "1 if the trainer answers, 0 otherwise.", *up)
    known: list[tuple[Labels, ProcessHealth]] = [
        ({"trainer": str(number)}, health) for number, health in enumerate(trainers) if health
    ]
    memory = ((labels, health.memory_bytes) for labels, health in known)
    to.gauge("trainer_memory_bytes", "Resident memory of a trainer.", *memory)
    to.counter("steps_total", "Updates made.", *((labels, health.steps) for labels, health in known))
    to.counter("frames_made_total", "Frames made.", *((labels, health.frames) for labels, health in known))
    unscored = ((labels, health.pending_scores) for labels, health in known)
    to.gauge("rows_unscored", "Epochs whose scores are not computed yet.", *unscored)
    stacks = ((labels, health.stack_sizes) for labels, health in known)
    to.histogram("stack_size", "Networks trained together.", *stacks)
    lags = ((labels, health.frame_lag) for labels, health in known)
    to.histogram("frame_lag_seconds", "Delay with which frames left the trainer.", *lags)
    ticks = ((labels, health.tick_seconds) for labels, health in known)
    to.histogram("turn_seconds", "Training time per tick of a trainer.", *ticks)
