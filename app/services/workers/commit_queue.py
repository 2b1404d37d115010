"""Commit queue: a trainer's reports are delivered after their records are committed, in order per network."""

from asyncio import Future
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from app.domain.exceptions import ServiceError
from app.messages.reports import Answer, Event, Frame, Progress, Report
from app.services.backend import Store

Held = tuple[Report, "Future[None] | None"]


class CommitQueue:
    """Queue of reports that wait for their commit. store: saves records. deliver: called with each report."""

    def __init__(self, store: Store, deliver: Callable[[Report], None]) -> None:
        self._store = store
        self._deliver = deliver
        self._held: dict[str, deque[Held]] = {}

    def put(self, report: Report) -> None:
        """Save the record of a report if it has one, then deliver the report."""
        network = report.network_id or ""
        match report:
            case Progress(record=record):
                self._store.save(network, record)
            case Answer(record=record) | Event(record=record) if record:
                saved = self._store.save(network, record)
                self._held.setdefault(network, deque()).append((report, saved))
                saved.add_done_callback(partial(self._release, network))
            # A report without a record waits for earlier ones of its network, so that they stay in order.
            case Answer() | Event() | Frame() if network in self._held:
                self._held[network].append((report, None))
            case _:
                self._deliver(report)

    def _release(self, network: str, _: object) -> None:
        """Deliver the reports of a network whose records are committed, up to the first that is not."""
        waiting = self._held.get(network, deque())
        while waiting and (waiting[0][1] is None or waiting[0][1].done()):
            report, saved = waiting.popleft()
            refusal = saved.exception() if saved else None
            if isinstance(report, Answer) and isinstance(refusal, ServiceError):
                report = replace(report, value=None, error=refusal)
            self._deliver(report)
        if not waiting:
            self._held.pop(network, None)
