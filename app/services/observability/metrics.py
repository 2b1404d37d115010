"""Metrics: the state of the whole service in numbers. docs/operations.md says what each means; a test
compares."""

import asyncio
from collections.abc import Sequence
from time import time

from app.domain.process_info import memory_bytes, open_files
from app.messages.reports import ProcessHealth
from app.services.backend import Backend, Store
from app.services.observability.exposition import Exposition, Labels
from app.services.observability.traffic import Traffic


class Metrics:
    """Reads the parts when asked."""

    def __init__(self, backend: Backend, store: Store, traffic: Traffic) -> None:
        self._backend = backend
        self._store = store
        self._traffic = traffic
        self._began = time()

    async def text(self) -> str:
        """Return all of them, as Prometheus reads them."""
        vitals = await self._backend.health()
        exposition = Exposition()
        self._write_networks(exposition, [one for one in vitals if one])
        _write_trainers(exposition, vitals)
        self._write_traffic(exposition)
        self._write_process(exposition)
        return exposition.text

    def _write_networks(self, to: Exposition, vitals: Sequence[ProcessHealth]) -> None:
        to.gauge("networks_kept", "Networks that there are.", ({}, len(self._store)))
        to.gauge("networks_in_memory", "Networks in trainers.", ({}, sum(one.networks for one in vitals)))
        to.gauge("networks_playing", "Networks that play.", ({}, sum(one.playing for one in vitals)))
        to.gauge("networks_watched", "Networks with a viewer.", ({}, sum(one.watched for one in vitals)))
        rate = sum(one.steps_per_second for one in vitals)
        to.gauge("steps_per_second", "Updates in the last second.", ({}, round(rate, 1)))
        well = self._store.error is None
        to.gauge("storage_ok", "1 while changes can be saved, 0 while not.", ({}, well))

    def _write_traffic(self, to: Exposition) -> None:
        traffic = self._traffic
        to.gauge("sockets", "Live sockets that are open.", ({}, traffic.sockets))
        ended = [({"code": str(code)}, count) for code, count in sorted(traffic.ended.items())]
        to.counter("sockets_ended_total", "Live sockets that the service closed, by code.", *ended)
        to.counter("frames_sent_total", "Frames handed to sockets.", ({}, traffic.frames))
        to.counter("commands_total", "Commands that came over sockets.", ({}, traffic.commands))
        requests = [
            ({"method": method, "route": route, "status": str(status)}, count)
            for (method, route, status), count in sorted(traffic.requests.items())
        ]
        to.counter("requests_total", "Requests answered.", *requests)
        to.histogram("request_seconds", "How long requests took.", ({}, traffic.request_seconds))
        to.histogram("loop_lag_seconds", "By how much the event loop was late.", ({}, traffic.loop_lag))

    def _write_process(self, to: Exposition) -> None:
        to.gauge("memory_bytes", "Resident memory of the web process.", ({}, memory_bytes()))
        to.gauge("open_files", "Files and sockets open in the web process.", ({}, open_files()))
        to.gauge("tasks", "Tasks of its event loop.", ({}, len(asyncio.all_tasks())))
        to.gauge("started_seconds", "When it started, in seconds since 1970.", ({}, self._began))


def _write_trainers(to: Exposition, vitals: Sequence[ProcessHealth | None]) -> None:
    up = [({"trainer": str(number)}, one is not None) for number, one in enumerate(vitals)]
    to.gauge("trainer_up", "1 where a trainer answers.", *up)
    there: list[tuple[Labels, ProcessHealth]] = [
        ({"trainer": str(number)}, one) for number, one in enumerate(vitals) if one
    ]
    to.gauge("trainer_memory_bytes", "Its memory.", *((name, one.memory_bytes) for name, one in there))
    to.counter("steps_total", "Updates made.", *((name, one.steps) for name, one in there))
    to.counter("frames_made_total", "Frames made.", *((name, one.frames) for name, one in there))
    to.gauge(
        "rows_unscored", "Epochs that wait for scores.", *((name, one.pending_scores) for name, one in there)
    )
    to.histogram(
        "stack_size", "Networks trained together.", *((name, one.stack_sizes) for name, one in there)
    )
    lags = ((name, one.frame_lag) for name, one in there)
    to.histogram("frame_lag_seconds", "How late frames left the trainer.", *lags)
    turns = ((name, one.tick_seconds) for name, one in there)
    to.histogram("turn_seconds", "How long a trainer trained between two looks.", *turns)
