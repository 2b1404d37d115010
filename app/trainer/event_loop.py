"""The trainer: takes requests, lets the networks that have work train in rounds, and tells of it.

Requests to one network are done in order. Those that only read are done at once, between two
rounds, even while a long `steps` of the same network goes on.
"""

import logging
import secrets
from collections.abc import Callable
from functools import partial
from time import perf_counter
from typing import Any

from app.domain.exceptions import Fault, FieldError, Refusal, TooMuchWork, UnknownNetwork
from app.domain.instruments import Histogram
from app.messages.channel import Channel
from app.messages.reports import Answer, Busy, Event, Vitals
from app.messages.requests import Request
from app.settings import Limits
from app.trainer.commands import change, check_version
from app.trainer.fork_pool import Errands
from app.trainer.health import vitals_of
from app.trainer.persistence.record import record_of, resident_of
from app.trainer.publisher import Publisher
from app.trainer.queries.registry import READINGS
from app.trainer.queries.stateless import ELSEWHERE
from app.trainer.scheduling.busy_notice import Forecasts
from app.trainer.scheduling.marking import mark
from app.trainer.scheduling.scheduler import SLICE, Rounds
from app.trainer.scheduling.step_job import STEPS_REHEARSED, Job
from app.trainer.session import Resident
from app.trainer.setup.network_setup import build, first_run
from app.trainer.setup.tfplayground_import import spec_of_link
from app.trainer.state_view import state_of

LONGEST_WAIT = 60.0
AWAITED = object()
CHANGES_OF_SETUP = {"patch", "data", "rows", "reset", "rewind"}

log = logging.getLogger(__name__)


class Trainer:
    """All networks that live in this process."""

    def __init__(self, channel: Channel, limits: Limits) -> None:
        self.channel = channel
        self._tell = channel.send
        self.limits = limits
        self.errands = Errands(limits.work_seconds)
        self.publisher = Publisher(channel, self._tell)
        self.turns = Histogram()
        self.residents: dict[str, Resident] = {}
        self.forecasts = Forecasts(lambda seconds: self._tell(Busy(seconds)), limits)
        self.rounds = Rounds(self._failed, self.forecasts.warn)
        self.hosting: dict[str, Callable[[Request], Any]] = {
            "create": self._create,
            "restore": self._restore,
            "delete": self._delete,
            "watch": self._watch,
            "unwatch": self._unwatch,
            "leave": self._leave,
            "keep": self._keep,
            "vitals": self._vitals,
        }

    def run(self) -> None:
        """Serve until the other end is gone."""
        while self.channel.open:
            self.channel.wait(mark(self.residents.values(), self._idle(), self.channel), self.errands.pipes)
            self.turn()

    def turn(self) -> None:
        """Take what has come, and give every network its turn."""
        self._receive()
        for request, result in self.errands.finished():
            self._return(request, result)
        self._obey()
        begun = perf_counter()
        for resident in self.rounds.train(list(self.residents.values())):
            self._trained(resident)
        self.turns.note(perf_counter() - begun)
        self._obey()
        self.publisher.publish(self.residents.values())
        self.channel.flush()

    def _idle(self) -> float:
        """Seconds until there is something to do, unless a request brings something."""
        now = perf_counter()
        waits = [LONGEST_WAIT, self.rounds.wait(self.residents.values(), now)]
        if (late := self.errands.wait(now)) is not None:
            waits.append(late)
        if (frame := self.publisher.wait(self.residents.values(), now)) is not None:
            waits.append(frame)
        return min(waits)

    def _receive(self) -> None:
        for request in self.channel.receive():
            resident = self.residents.get(request.network or "")
            if resident and request.is_command:
                resident.queue.append(request)
            else:
                self._answer(request)

    def _at_once(self, request: Request) -> Any:
        """What needs no turn."""
        if request.name in self.hosting:
            return self.hosting[request.name](request)
        if request.network is None:
            return ELSEWHERE[request.name](request.arguments)
        return self._read(request, self._resident(request))

    def _read(self, request: Request, resident: Resident) -> Any:
        reading, question = READINGS[request.name], request.arguments
        seconds = reading.seconds(resident, question)
        limit = self.limits.work_seconds
        if seconds > limit:
            raise TooMuchWork.of(
                FieldError(
                    "", f"it would take about {seconds:,.0f} s, {limit:g} s is what a request may take"
                )
            )
        if seconds > SLICE:
            self.errands.send(request, partial(reading.answer, resident, question), seconds)
            return AWAITED
        return reading.answer(resident, question)

    def _resident(self, request: Request) -> Resident:
        resident = self.residents.get(request.network or "")
        if resident is None:
            raise UnknownNetwork
        return resident

    # Turns

    def _trained(self, resident: Resident) -> None:
        """After a network has trained: tell if it did what was asked, or stopped."""
        if resident.queue and not resident.job:
            self._accepted(resident, resident.queue.popleft(), {})
            return
        resident.rest(perf_counter())
        if not resident.job and not resident.played:
            self._tell(Event(resident.network, state_of(resident), record_of(resident, setup=False)))

    def _failed(self, resident: Resident, error: Exception) -> None:
        """A network whose training raised stops, and the others do not notice."""
        fault = Fault.of(number := secrets.token_hex(4))
        log.error("fault while a network trained", exc_info=error, extra={"fault": number})
        for request in resident.fail(fault.detail):
            self._refuse(request, fault)
        self._tell(Event(resident.network, state_of(resident)))

    def _obey(self) -> None:
        """Do the commands that wait, but for those behind `steps` that are being made."""
        for resident in [resident for resident in self.residents.values() if resident.queue]:
            while resident.queue and not resident.job and resident.network in self.residents:
                self._begin(resident, resident.queue[0])

    def _begin(self, resident: Resident, request: Request) -> None:
        """Do the next command, or, if it takes long, begin it."""
        try:
            check_version(resident, request.arguments)
            if request.name == "steps":
                job = Job(resident.run, request.arguments["asked"])
                if job.needs_rehearsal(resident.speeds[job.by_row]):
                    self.forecasts.steps(resident, STEPS_REHEARSED)
                job.check(resident.run, resident.speeds[job.by_row], self.limits.work_seconds)
                resident.past.steps.keep(resident.moment)
                resident.begin(job)
                self.rounds.prepare(resident)
                return
            if request.name in CHANGES_OF_SETUP:
                self.forecasts.setup(request.arguments["asked"], resident)
            extra = change(resident, request.name, request.arguments["asked"])
        except Exception as error:
            resident.queue.popleft()
            self._refuse(request, error)
        else:
            self._accepted(resident, resident.queue.popleft(), extra)

    def _accepted(self, resident: Resident, request: Request, extra: dict[str, Any]) -> None:
        resident.version += 1
        resident.renew()
        state = state_of(resident)
        record = record_of(resident, setup=request.name in CHANGES_OF_SETUP)
        self._tell(Event(resident.network, state))
        self._tell(Answer(request.number, resident.network, {**state, **extra}, record=record))

    # Hosting

    def _create(self, request: Request) -> Answer:
        network = request.network or ""
        self.forecasts.setup(given := spec_of_link(request.arguments["given"]))
        setup = build(given, self.limits)
        resident = self.residents[network] = Resident(network, setup, first_run(setup), self.limits)
        return Answer(request.number, network, state_of(resident), record=record_of(resident, setup=True))

    def _restore(self, request: Request) -> None:
        network = request.network or ""
        self.residents[network] = resident_of(network, request.arguments["record"], self.limits)

    def _delete(self, request: Request) -> None:
        resident = self.residents.pop(self._resident(request).network)
        for waiting in resident.queue:
            self._refuse(waiting, UnknownNetwork())

    def _watch(self, request: Request) -> Any:
        resident = self._resident(request)
        seen_by_others = resident.watched
        resident.watch(request.arguments["frames_per_second"])
        return state_of(resident), resident.picture(first=not seen_by_others)

    def _unwatch(self, request: Request) -> None:
        self._resident(request).unwatch()

    def _leave(self, request: Request) -> None:
        self.residents.pop(request.network or "", None)

    def _keep(self, _: Request) -> None:
        for resident in (one for one in self.residents.values() if one.played):
            self.publisher.save(resident)

    def _vitals(self, _: Request) -> Vitals:
        return vitals_of(self.residents.values(), self.rounds, self.publisher, self.turns)

    # Telling

    def _answer(self, request: Request) -> None:
        try:
            value = self._at_once(request)
        except Exception as error:
            self._refuse(request, error)
        else:
            self._return(request, value)

    def _return(self, request: Request, value: Any) -> None:
        if isinstance(value, Exception):
            self._refuse(request, value)
        elif isinstance(value, Answer):
            self._tell(value)
        elif value is not AWAITED:
            self._tell(Answer(request.number, request.network, value))

    def _refuse(self, request: Request, error: Exception) -> None:
        if not isinstance(error, Refusal):
            number = secrets.token_hex(4)
            log.error("fault in a request", exc_info=error, extra={"fault": number, "request": request.name})
            error = Fault.of(number)
        self._tell(Answer(request.number, request.network, refusal=error))
