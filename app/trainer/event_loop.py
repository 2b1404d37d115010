"""Event loop of the trainer process: it receives requests, schedules training, and sends reports.

Commands of one network are executed in order. Queries are answered at once, between two turns, even during
a long `steps` of the same network.
"""

import logging
import secrets
from collections import deque
from collections.abc import Callable
from functools import partial
from time import perf_counter
from typing import Any

from app.domain.exceptions import InternalError, ServiceError, UnknownNetwork
from app.domain.instruments import Histogram
from app.messages.channel import NonblockingChannel
from app.messages.commands import BY_BODY
from app.messages.reports import Answer, BusyNotice, Event, ProcessHealth
from app.messages.requests import (
    Command,
    Control,
    Create,
    Delete,
    Evict,
    Flush,
    Health,
    Ping,
    Query,
    Request,
    Restore,
    StatelessQuery,
    Unwatch,
    Watch,
)
from app.schemas.requests import Steps
from app.settings import Limits
from app.trainer.commands import check_version, execute
from app.trainer.fork_pool import ForkPool
from app.trainer.health import process_health
from app.trainer.persistence.record import record_of, session_of
from app.trainer.publisher import Publisher
from app.trainer.queries.registry import QUERIES
from app.trainer.queries.stateless import STATELESS_QUERIES
from app.trainer.scheduling.busy_notice import BusyNotifier, announced_examples
from app.trainer.scheduling.scheduler import SLICE_SECONDS, TICK_SECONDS, Scheduler
from app.trainer.scheduling.score_backfill import backfill_scores
from app.trainer.scheduling.step_benchmark import StepBenchmark
from app.trainer.scheduling.step_job import StepJob
from app.trainer.session import TrainingSession
from app.trainer.setup.network_setup import build_setup, first_run
from app.trainer.setup.tfplayground_import import spec_of_link
from app.trainer.state_view import network_state

MAX_WAIT_SECONDS = 60.0
PENDING = object()
MANY_EXAMPLES = 4_000
"""With more examples, building a set-up takes up to 0.3 s."""

log = logging.getLogger(__name__)


class TrainerProcess:
    """Trainer process: its networks, and the handlers of all requests."""

    def __init__(self, channel: NonblockingChannel, limits: Limits) -> None:
        self.channel = channel
        self._send = channel.send
        self.limits = limits
        self.fork_pool = ForkPool(limits.work_seconds)
        self.publisher = Publisher(channel, self._send)
        self.tick_seconds = Histogram()
        self.sessions: dict[str, TrainingSession] = {}
        self._creations: deque[Control[Create]] = deque()
        self.busy_notifier = BusyNotifier(lambda seconds: channel.send_now(BusyNotice(seconds)), limits)
        self.benchmark = StepBenchmark(self.busy_notifier, limits.work_seconds)
        self.scheduler = Scheduler(self._on_training_error, self.busy_notifier.warn)
        self.control_handlers: dict[type, Callable[[Control[Any]], Any]] = {
            Create: self._create,
            Restore: self._restore,
            Delete: self._delete,
            Watch: self._watch,
            Unwatch: self._unwatch,
            Evict: self._evict,
            Flush: self._flush,
            Health: self._health,
            Ping: self._ping,
        }

    def run(self) -> None:
        """Serve until the web process closes the channel."""
        while self.channel.open:
            self.channel.wait(
                backfill_scores(self.sessions.values(), self._idle_seconds(), self.channel),
                self.fork_pool.pipes,
            )
            self.tick()

    def tick(self) -> None:
        """Run one turn: receive requests, run commands, train, and send reports."""
        self.benchmark.begin_turn()
        self._receive()
        for request, result in self.fork_pool.poll():
            self._return(request, result)
        self._run_commands()
        self._run_heavy()
        begun, stepping = perf_counter(), {session for session in self.sessions.values() if session.job}
        for session in self.scheduler.train(list(self.sessions.values())):
            self._after_training(session, stepped=session in stepping and not session.job)
        self.tick_seconds.observe(perf_counter() - begun)
        self._run_commands()
        self.publisher.publish(self.sessions.values())
        self.channel.flush()

    def _idle_seconds(self) -> float:
        """Return the seconds until the next turn is due, if no request arrives before."""
        if self.channel.has_message or self._creations or self._commanded():
            return 0.0
        now, sessions = perf_counter(), self.sessions.values()
        waits = (
            MAX_WAIT_SECONDS,
            self.scheduler.wait(sessions, now),
            self.fork_pool.wait(now),
            self.publisher.wait(sessions, now),
        )
        return min(wait for wait in waits if wait is not None)

    def _receive(self) -> None:
        """Queue commands and answer other requests, for about TICK_SECONDS. The rest waits."""
        for request in self.channel.receive(TICK_SECONDS):
            if isinstance(request, Command) and request.network_id in self.sessions:
                self.sessions[request.network_id].queue.append(request)
            elif isinstance(request.body, Create) and announced_examples(request.body.given) > MANY_EXAMPLES:
                self._creations.append(request)
            else:
                self._answer(request)

    def _dispatch(self, request: Request) -> Any:
        """Return the answer to a request that does not wait in a command queue."""
        match request:
            case Control():
                return self.control_handlers[type(request.body)](request)
            case StatelessQuery():
                return STATELESS_QUERIES[type(request.body)](request.body)
            case Query():
                return self._read(request, self._session(request))
            case Command():
                raise UnknownNetwork

    def _read(self, request: Query, session: TrainingSession) -> Any:
        query, body = QUERIES[type(request.body)], request.body
        seconds = query.expected_seconds(session, body, self.limits.work_seconds)
        if seconds > SLICE_SECONDS:
            self.fork_pool.submit(request, partial(query.handler, session, body), seconds)
            return PENDING
        return query.handler(session, body)

    def _session(self, request: Request) -> TrainingSession:
        session = self.sessions.get(request.network_id or "")
        if session is None:
            raise UnknownNetwork
        return session

    # Turns

    def _after_training(self, session: TrainingSession, stepped: bool) -> None:
        """Finish `steps`, or report that a play has stopped. stepped: whether `steps` are done."""
        # A playing network may have a command in its queue too: that one waits for the next turn.
        if stepped and session.queue:
            self._finish_command(session, session.queue.popleft(), {})
            return
        session.pause_if_unwatched(perf_counter())
        if not session.job and not session.play_request:
            self._send(Event(session.network_id, network_state(session), record_of(session, setup=False)))

    def _on_training_error(self, session: TrainingSession, error: Exception) -> None:
        """Stop a network whose training raised, and refuse its commands. All others go on."""
        fault = InternalError.of(number := secrets.token_hex(4))
        log.error("fault while a network trained", exc_info=error, extra={"fault": number})
        for request in session.fail(fault.detail):
            self._send_error(request, fault)
        self._send(Event(session.network_id, network_state(session)))

    def _commanded(self) -> list[TrainingSession]:
        """Return the networks whose first command can run now, and does not wait behind `steps`."""
        return [session for session in self.sessions.values() if session.queue and not session.job]

    def _run_commands(self) -> None:
        """Run the light commands that wait, oldest first, for about a turn. The next turn runs the others."""
        end = perf_counter() + TICK_SECONDS
        for session in sorted(self._commanded(), key=_first_request_id):
            while session.queue and not session.job and not _is_heavy(session):
                if not self._start_command(session, session.queue[0]) or perf_counter() > end:
                    break
            if perf_counter() > end:
                return

    def _run_heavy(self) -> None:
        """Run one command, or create one network, that builds many examples: the oldest that waits."""
        # One in a turn, after the light ones: else many such requests of one user would delay everybody.
        heavy = min(filter(_is_heavy, self._commanded()), key=_first_request_id, default=None)
        if self._creations and not (heavy and _first_request_id(heavy) < self._creations[0].request_id):
            self._answer(self._creations.popleft())
        elif heavy:
            self._start_command(heavy, heavy.queue[0])

    def _start_command(self, session: TrainingSession, command: Command) -> bool:
        """Run the next command, or begin a long one. Return False if it must wait for the next turn."""
        body = command.body
        try:
            check_version(session, command.versions)
            if isinstance(body, Steps):
                return self._start_steps(session, body)
            if BY_BODY[type(body)].changes_setup:
                self.busy_notifier.setup(announced_examples(body), session)
            extra = execute(session, body)
        except Exception as error:
            session.queue.popleft()
            self._send_error(command, error)
        else:
            self._finish_command(session, session.queue.popleft(), extra)
        return True

    def _start_steps(self, session: TrainingSession, body: Steps) -> bool:
        job = StepJob(session.run, body)
        if not self.benchmark.admit(session, job):
            return False
        session.checkpoints.add("steps", session.checkpoint)
        session.start_job(job)
        self.scheduler.prepare(session)
        return True

    def _finish_command(self, session: TrainingSession, command: Command, extra: dict[str, Any]) -> None:
        session.version += 1
        session.mark_dirty()
        state = network_state(session)
        record = record_of(session, setup=BY_BODY[type(command.body)].changes_setup)
        self._send(Event(session.network_id, state))
        value, memory = {**state, **extra}, session.memory_bytes
        self._send(Answer(command.request_id, session.network_id, value, record=record, memory_bytes=memory))

    # Control

    def _create(self, request: Control[Create]) -> Answer:
        network = request.network_id or ""
        given = spec_of_link(request.body.given)
        self.busy_notifier.setup(announced_examples(given))
        setup = build_setup(given, self.limits)
        session = self.sessions[network] = TrainingSession(network, setup, first_run(setup), self.limits)
        record = record_of(session, setup=True)
        state, memory = network_state(session), session.memory_bytes
        return Answer(request.request_id, network, state, record=record, memory_bytes=memory)

    def _restore(self, request: Control[Restore]) -> None:
        network = request.network_id or ""
        self.sessions[network] = session_of(network, request.body.record, self.limits)

    def _delete(self, request: Control[Delete]) -> None:
        session = self._session(request)
        check_version(session, request.body.versions)
        del self.sessions[session.network_id]
        for waiting in session.queue:
            self._send_error(waiting, UnknownNetwork())

    def _watch(self, request: Control[Watch]) -> Any:
        session = self._session(request)
        seen_by_others = session.watched
        session.watch(request.body.frames_per_second)
        return network_state(session), session.snapshot_frame(first=not seen_by_others)

    def _unwatch(self, request: Control[Unwatch]) -> None:
        self._session(request).unwatch()

    def _evict(self, request: Control[Evict]) -> None:
        self.sessions.pop(request.network_id or "", None)

    def _flush(self, _: Control[Flush]) -> None:
        for session in (one for one in self.sessions.values() if one.play_request):
            self.publisher.save(session)

    def _health(self, _: Control[Health]) -> ProcessHealth:
        return process_health(self.sessions.values(), self.scheduler, self.publisher, self.tick_seconds)

    def _ping(self, _: Control[Ping]) -> None:
        """Do nothing: the answer shows that the process works."""

    # Answers

    def _answer(self, request: Request) -> None:
        try:
            value = self._dispatch(request)
        except Exception as error:
            self._send_error(request, error)
        else:
            self._return(request, value)

    def _return(self, request: Request, value: Any) -> None:
        if isinstance(value, Exception):
            self._send_error(request, value)
        elif isinstance(value, Answer):
            self._send(value)
        elif value is not PENDING:
            session = self.sessions.get(request.network_id or "")
            memory = session.memory_bytes if session else 0
            self._send(Answer(request.request_id, request.network_id, value, memory_bytes=memory))

    def _send_error(self, request: Request, error: Exception) -> None:
        if not isinstance(error, ServiceError):
            number = secrets.token_hex(4)
            name = type(request.body).__name__
            log.error("fault in a request", exc_info=error, extra={"fault": number, "request": name})
            error = InternalError.of(number)
        self._send(Answer(request.request_id, request.network_id, error=error))


def _first_request_id(session: TrainingSession) -> int:
    return session.queue[0].request_id


def _is_heavy(session: TrainingSession) -> bool:
    """Return whether the first command that waits builds a set-up with many examples."""
    body = session.queue[0].body
    examples = max(len(session.setup.table.x), announced_examples(body))
    return BY_BODY[type(body)].changes_setup and examples > MANY_EXAMPLES
